/** A campaign that went out: its ledger is written by its own statements, and what the provider told is set by hand. */
import { type CampaignContent, createCampaign, loadCampaign } from '../../src/store/campaign.ts'
import { writeBatch } from '../../src/store/campaign-batch.ts'
import { releaseCampaign } from '../../src/store/campaign-ledger.ts'
import { gather, type Soul } from '../job/crowd.ts'
import type { Counter } from './counter.ts'

/** Gives the id of the campaign and those of the people, in order. */
export async function sentCampaign(
  { database, clock, channel }: Counter,
  souls: readonly Soul[],
  content: CampaignContent = {},
): Promise<{ readonly campaign: string; readonly people: readonly string[] }> {
  const people = await gather(database, clock, channel, souls)
  const campaign = clock.id()
  const texts = { fr: { text: 'Les kits sont au marché.' }, bm: { text: 'Minɛnw bɛ sugu la.' } }
  await createCampaign(database.prisma, {
    ...{ id: campaign, form: clock.id(), writer: clock.id(), at: clock.now() },
    content: { name: '=Kits', texts, ...content },
  })
  await database.prisma.campaign.update({ where: { id: campaign }, data: { state: 'scheduled' } })
  const row = (await loadCampaign(database.prisma, campaign)).campaign
  const wordings = (['fr', 'bm'] as const).map((language) => ({ language, neutral: false }))
  const settings = { now: clock.now(), wordings, sensitive: false, channels: [channel], formerOf: {} }
  await releaseCampaign(database.pool, row, settings, clock.id())
  await database.prisma.campaign.update({ where: { id: campaign }, data: { canaryUntil: clock.now() } })
  await writeBatch(database, {
    ...{ campaign, channel, most: 1_000, now: clock.now(), turn: clock.id(), id: () => clock.id() },
    judge: () => ({ is: 'say', spoken: { text: 'Les kits sont au marché.', language: 'fr' } }),
  })
  return { campaign, people }
}
