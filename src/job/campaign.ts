/**
 * Sends campaigns. A round, in one process at a time, sees to what time does: it releases what is due, lets the many go
 * after the first few came home well, stops what goes wrong, and ends what is through (campaign-round.ts). Here workers of
 * any process write the next few of the ledger and send them at once, so that little is ever written and not yet sent.
 *
 * How fast is the channel's matter. An account with a limit is spoken to by one worker at a time, as many messages as a
 * second allows; one without by several.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { mayWrite, nextTimeFor } from '../core/campaign-hours.ts'
import { homeCountry } from '../core/night.ts'
import { mayLeave } from '../core/send-policy.ts'
import { type CampaignRow, loadCampaign } from '../store/campaign.ts'
import { type Turn, type Verdict, writeBatch } from '../store/campaign-batch.ts'
import { templatesOf } from '../store/campaign-window.ts'
import type { Database } from '../store/database.ts'
import { type FirstWords, firstWords } from '../store/first-words.ts'
import type { TemplateRow } from '../store/template.ts'
import { sayAsTemplate, sayCampaign } from '../text/campaign.ts'
import type { Locales } from '../text/locale.ts'
import type { Screen } from '../text/render.ts'
import type { Watch } from '../turn/surroundings.ts'
import type { Clock } from '../world.ts'
import { alone } from './alone.ts'

/** What sends for one account of this process. */
export type Carrier = {
  readonly channel: string
  readonly screen: Screen
  /** Hours after their last word in which somebody may be written to freely; absent: always. */
  readonly answerWindow?: number
  /** Messages a second that the provider allows; absent: as fast as it goes. */
  readonly perSecond?: number
  readonly send: (addresses: readonly string[], signal: AbortSignal) => Promise<void>
}

/** One of several workers on a campaign and an account. */
export type CampaignJob = { readonly campaign: string; readonly channel: string; readonly part: number }

export const campaignLine = 'campaigns'

export type CampaignParts = Pick<Database, 'pool' | 'keys' | 'prisma'> & {
  readonly locales: Locales
  readonly watch: Watch
  readonly clock: Clock
}

const batchWithoutLimit = 64
/** Others of the same business write too: how many may still be written to first is counted again. */
const countAgainMilliseconds = 60_000
const partsWithoutLimit = 4

/** How many work at once on an account, over all processes. */
export function partsOf({ perSecond }: Pick<Carrier, 'perSecond'>): number {
  return perSecond === undefined ? partsWithoutLimit : 1
}

/** Works until nobody of the campaign is left whose turn could be now on this account, or the campaign stands still. */
export async function sendCampaign(
  parts: CampaignParts,
  carrier: Carrier,
  job: CampaignJob,
  signal: AbortSignal,
): Promise<void> {
  await alone(parts.pool, lockOf(carrier, job), async () => {
    const { campaign } = await loadCampaign(parts.prisma, job.campaign)
    const { perSecond, answerWindow } = carrier
    const templates = answerWindow === undefined ? [] : await templatesOf(parts.prisma, carrier.channel)
    const most = perSecond === undefined ? batchWithoutLimit : Math.max(1, Math.floor(perSecond))
    const firsts = answerWindow === undefined ? async () => undefined : countFirsts(parts, carrier.channel)
    while (!signal.aborted) {
      const now = parts.clock.now()
      const places = await firsts(now)
      const { holidays } = (await parts.watch.current()).calendar
      const batch = await writeBatch(parts, {
        ...{ campaign: job.campaign, channel: carrier.channel, most, now, turn: parts.clock.id() },
        id: () => parts.clock.id(),
        judge: (turn) =>
          judge(campaign, { ...carrier, templates, places }, parts.locales, turn, now, holidays),
      })
      if (!batch || batch.looked === 0) return
      if (batch.addresses.length > 0) await carrier.send(batch.addresses, signal)
    }
  })
}

/** Places of a day for whoever is written to first; `taken` counts those of this worker. */
type Places = { readonly known: FirstWords; taken: number }

function countFirsts({ pool }: CampaignParts, channel: string) {
  let places: Places | undefined
  let until = 0
  return async (now: Date): Promise<Places | undefined> => {
    if (now.getTime() < until) return places
    until = now.getTime() + countAgainMilliseconds
    const known = await firstWords(pool, channel, now)
    places = known && { known, taken: 0 }
    return places
  }
}

/** An account with a limit is one lock whatever the campaign; without, each part of each campaign has its own. */
function lockOf({ channel, perSecond }: Carrier, { campaign, part }: CampaignJob): string {
  return perSecond === undefined ? `campaign|${campaign}|${channel}|${part}` : `campaigns|${channel}`
}

function judge(
  campaign: CampaignRow,
  carrier: Carrier & { readonly templates: readonly TemplateRow[]; readonly places: Places | undefined },
  locales: Locales,
  turn: Turn,
  now: Date,
  holidays: ReadonlySet<string>,
): Verdict {
  const country = countryOf(turn.phone)
  if (!mayWrite(country, now, holidays)) {
    const at = nextTimeFor(country, now, holidays)
    return at ? { is: 'later', at } : { is: 'leave_out', reason: 'too_late' }
  }
  const { safe, heardAt } = turn
  const more = { ...(safe ? { safe } : {}), ...(heardAt ? { heardAt } : {}) }
  const whom = { country, shared: false, present: true, unsure: false, coded: false, ...more }
  const leave = mayLeave(whom, { occasion: 'campaign' }, now)
  if (leave.is === 'wait') return { is: 'later', at: leave.until }
  if (leave.is !== 'send') return { is: 'leave_out', reason: 'unsafe' }
  if (isClosed(carrier, turn, now)) {
    const { places } = carrier
    const told = sayAsTemplate(campaign, turn, carrier.templates)
    if (!told) return { is: 'leave_out', reason: 'window_closed' }
    if (places && places.taken >= places.known.left) {
      return { is: 'later', at: places.known.again, reason: 'day_limit' }
    }
    if (places) places.taken += 1
    return { is: 'say', spoken: told }
  }
  const spoken = sayCampaign(campaign, turn, carrier.screen, locales)
  return spoken ? { is: 'say', spoken } : { is: 'leave_out', reason: turn.neutral ? 'shared' : 'no_content' }
}

function isClosed({ answerWindow }: Carrier, { heardAt }: Turn, now: Date): boolean {
  if (answerWindow === undefined) return false
  return heardAt === undefined || now.getTime() - heardAt.getTime() > answerWindow * 3_600_000
}

function countryOf(phone: string | undefined): string {
  return (phone && parsePhoneNumberFromString(phone)?.country) || homeCountry
}
