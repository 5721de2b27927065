/** An office that sends campaigns: somebody who writes them, somebody who agrees, and rounds that a test calls. */
import type { Staff } from '../../src/core/staff.ts'
import { type CampaignJob, type Carrier, sendCampaign } from '../../src/job/campaign.ts'
import { campaignRound } from '../../src/job/campaign-round.ts'
import { makePace } from '../../src/job/pace.ts'
import { sendMessages } from '../../src/job/send-messages.ts'
import { type CampaignContent, loadCampaign } from '../../src/store/campaign.ts'
import {
  approveCampaign,
  beginCampaign,
  type CampaignDesk,
  submitCampaign,
} from '../../src/turn/act-campaign.ts'
import { noFiles } from '../channel/ears.ts'
import { conversation, hire, type Office } from '../turn/office.ts'
import { gather, type Soul } from './crowd.ts'

const never = new AbortController().signal
export const texts = { fr: { text: 'Bonjour {name}, les kits sont au marché.' } }

export type CampaignOffice = Awaited<ReturnType<typeof campaignsIn>>

export async function campaignsIn(office: Office) {
  const awa = await hire(office, 'Awa', ['officer'])
  const fanta = await hire(office, 'Fanta', ['supervisor'])
  const desk: CampaignDesk = { ...office.database, clock: office.clock, changed: () => {} }
  const by = (staff: Staff, campaign: string) => ({ staff, campaign, form: office.clock.id() })
  const parts = {
    ...{ ...office.database, locales: conversation.locales, watch: office.watch, clock: office.clock },
  }

  function carrier(): Carrier {
    const { outbox, channel, clock, log } = office
    const more = { open: noFiles, pace: makePace({}), blocked: async () => {}, again: async () => {} }
    return {
      ...{ channel: channel.id, screen: channel.abilities },
      send: (addresses, signal) => sendMessages({ outbox, channel, clock, log, ...more }, addresses, signal),
    }
  }

  const work = (job: CampaignJob, send: Carrier = carrier()) => sendCampaign(parts, send, job, never)
  const round = (workers = 1, take: (job: CampaignJob) => Promise<void> = work) =>
    campaignRound({
      ...{ ...parts, log: office.log, formerOf: conversation.formerOf, changed: () => {} },
      carriers: async () => new Map([[office.channel.id, workers]]),
      work: take,
    })

  return {
    ...{ awa, fanta, desk, by, carrier, work, round },
    crowd: (souls: readonly Soul[]) => gather(office.database, office.clock, office.channel.id, souls),
    /** Written, agreed to by another, and waiting for its time. */
    async schedule(content: Partial<CampaignContent> = {}): Promise<string> {
      const id = office.clock.id()
      await beginCampaign(desk, by(awa, id), { name: 'Kits', texts, ...content })
      await submitCampaign(desk, by(awa, id))
      await approveCampaign(desk, by(fanta, id))
      return id
    },
    /** As many rounds as it takes while nobody moves the clock. */
    async rounds(): Promise<void> {
      for (let count = 0; count < 6; count++) await round()
    },
    state: async (id: string) => (await loadCampaign(office.database.prisma, id)).campaign.state,
    got: () => office.channel.sent().map(({ to }) => to),
  }
}
