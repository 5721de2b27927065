/** What time does to campaigns; one process at a time. */
import { passedLimit } from '../core/campaign.ts'
import { nextRound } from '../core/campaign-hours.ts'
import type { Log } from '../log.ts'
import { type CampaignRow, listCampaigns, openRound } from '../store/campaign.ts'
import { leaveOutTheRest, releaseCampaign, stopCampaign } from '../store/campaign-ledger.ts'
import {
  dropStopped,
  endCampaign,
  setCanary,
  standingOf,
  waitingChannels,
} from '../store/campaign-standing.ts'
import { closedWindows } from '../store/campaign-window.ts'
import { campaignAccounts } from '../store/channel.ts'
import { audienceSettings, rulesNow } from '../turn/campaign-audience.ts'
import { alone } from './alone.ts'
import type { CampaignJob, CampaignParts } from './campaign.ts'

export type RoundParts = CampaignParts & {
  /** Accounts that may carry a campaign, with how many work on each at once. */
  readonly carriers: () => Promise<ReadonlyMap<string, number>>
  readonly formerOf: Readonly<Record<string, string>>
  /** Has a worker of any process take this up. */
  readonly work: (job: CampaignJob) => Promise<void>
  /** Pages that show a campaign fetch again. */
  readonly changed: (campaigns: readonly string[]) => void
  readonly log: Log
}

/** How long the first few are watched before all the others follow. */
export const canaryMilliseconds = 10 * 60_000
/** Repeating ones stay scheduled for good: far more than there will be. */
const mostAtOnce = 1_000

export async function campaignRound(parts: RoundParts): Promise<void> {
  await alone(parts.pool, 'campaigns', async () => {
    const running = await listCampaigns(parts.prisma, { states: ['scheduled', 'sending'], most: mostAtOnce })
    if (running.length === 0) return
    await dropStopped(parts.pool, parts.clock.now())
    for (const campaign of running) {
      const step = campaign.state === 'scheduled' ? begin : goOn
      // One that cannot go on must not hold up the others.
      await step(parts, campaign).catch((error: unknown) => {
        parts.log.error('a campaign does not go on', error, { campaign: campaign.id })
      })
    }
    const now = parts.clock.now()
    // What only waits for its time looks the same all the while.
    const moved = running.filter(({ state, startsAt }) => state === 'sending' || !startsAt || startsAt <= now)
    if (moved.length > 0) parts.changed(moved.map(({ id }) => id))
  })
}

/** Releases what is due; a repeating one opens its next round, and stays scheduled for the one after. */
async function begin(parts: RoundParts, campaign: CampaignRow): Promise<void> {
  const now = parts.clock.now()
  if (campaign.startsAt && campaign.startsAt > now) return
  if (campaign.repeat !== 'once') {
    const next = nextRound(campaign.repeat, campaign.startsAt ?? now, now)
    const round = { id: parts.clock.id(), form: parts.clock.id(), next, at: now }
    await openRound(parts.prisma, campaign, round)
    return
  }
  const carriers = await parts.carriers()
  const may = new Set(await campaignAccounts(parts.prisma))
  const accounts = [...carriers.keys()].filter((account) => may.has(account))
  const closed = await closedWindows(parts.prisma, campaign.texts, now)
  const settings = audienceSettings(parts, campaign, accounts, now, closed)
  const audience = await rulesNow(parts.prisma, campaign)
  await releaseCampaign(parts.pool, { ...campaign, audience }, settings, parts.clock.id())
}

async function goOn(parts: RoundParts, campaign: CampaignRow): Promise<void> {
  const { pool, clock } = parts
  const now = clock.now()
  const so = await standingOf(pool, campaign.id)
  const passed = passedLimit(campaign.limits, so)
  if (passed) {
    const why = { act: 'halted', halt: passed, form: clock.id(), at: now }
    await stopCampaign(pool, { ...why, id: campaign.id, from: ['sending'], to: 'paused' })
    return
  }
  if (campaign.endsAt && campaign.endsAt <= now && so.waiting > 0) {
    await leaveOutTheRest(pool, campaign.id, 'too_late')
    return
  }
  if (so.waiting === 0 && so.inAir === 0) {
    await endCampaign(pool, { campaign: campaign.id, form: clock.id(), at: now })
    return
  }
  if (so.canary > 0 && so.waitingCanary === 0 && so.inAir === 0 && !campaign.canaryUntil) {
    await setCanary(pool, campaign.id, new Date(now.getTime() + canaryMilliseconds))
    return
  }
  const watched =
    so.canary > 0 && so.waitingCanary === 0 && (!campaign.canaryUntil || campaign.canaryUntil > now)
  if (so.waiting > 0 && !watched) await callWorkers(parts, campaign.id, now)
}

async function callWorkers(parts: RoundParts, campaign: string, now: Date): Promise<void> {
  const carriers = await parts.carriers()
  for (const channel of await waitingChannels(parts.pool, campaign, now)) {
    const count = carriers.get(channel) ?? 0
    for (let part = 0; part < count; part++) await parts.work({ campaign, channel, part })
  }
}
