/**
 * Campaigns of the demo office, made on the filled database by the product's own acts, ledger and turns: one of yesterday
 * with what people answered, one that waits for a second person, one that goes out tomorrow.
 */
import type { Campaign, CampaignQuestion } from '../core/campaign.ts'
import type { Language } from '../core/language.ts'
import type { Staff } from '../core/staff.ts'
import type { Log } from '../log.ts'
import { type CampaignContent, loadCampaign } from '../store/campaign.ts'
import { writeBatch } from '../store/campaign-batch.ts'
import { releaseCampaign } from '../store/campaign-ledger.ts'
import { endCampaign } from '../store/campaign-standing.ts'
import { campaignAccounts } from '../store/channel.ts'
import type { Database } from '../store/database.ts'
import { placeOf } from '../store/encryption.ts'
import { sayCampaign } from '../text/campaign.ts'
import { approveCampaign, beginCampaign, type CampaignDesk, submitCampaign } from '../turn/act-campaign.ts'
import { audienceSettings } from '../turn/campaign-audience.ts'
import { type LaneParts, Lanes } from '../turn/receive.ts'
import { makeReferences } from '../turn/references.ts'
import { makeWatch } from '../turn/surroundings.ts'
import type { Clock } from '../world.ts'
import { memberOf, type StoryClock, storyClock } from './afterwards.ts'

type Talk = Pick<LaneParts, 'engine' | 'book' | 'locales' | 'voices'> & {
  readonly formerOf: Readonly<Record<string, string>>
}
type Parts = { readonly database: Database; readonly talk: Talk; readonly log: Log }

const hour = 3_600_000
const day = 24 * hour
const answering = 40
const screen = { buttons: undefined, textLength: 4096 }

const yesOrNo: CampaignQuestion = {
  choices: [
    { value: 'yes', texts: { fr: 'Oui', bm: 'Ɔwɔ', en: 'Yes' } },
    { value: 'no', texts: { fr: 'Non', bm: 'Ayi', en: 'No' } },
  ],
}

/** The Bambara of these is attested. */
const activity = {
  name: 'Comment va votre activité ?',
  texts: {
    fr: { text: 'Bonjour {name}. Est-ce que votre activité marche bien ?' },
    bm: { text: 'I ni ce {name}. I ka baara bɛ ka taa ɲɛ wa?' },
    en: { text: 'Hello {name}. Is your activity going well?' },
  },
  question: {
    choices: [
      { value: 'good', texts: { fr: 'Bien', bm: 'A ka ɲi', en: 'Well' } },
      { value: 'some', texts: { fr: 'Un peu', bm: 'Dɔɔnin', en: 'A little' } },
      { value: 'bad', texts: { fr: 'Mal', bm: 'A man ɲi', en: 'Badly' } },
    ],
  },
} satisfies CampaignContent
const equipment = {
  name: 'Matériel reçu ?',
  texts: {
    fr: { text: 'Bonjour {name}. Avez-vous reçu le matériel ?' },
    bm: { text: 'I ni ce {name}. I ye baarakɛminɛnw sɔrɔ wa?' },
    en: { text: 'Hello {name}. Have you received the equipment?' },
  },
  question: yesOrNo,
} satisfies CampaignContent
const numbers = {
  name: 'Numéros de téléphone',
  texts: {
    fr: { text: 'Bonjour {name}. Avez-vous changé de numéro ?' },
    bm: { text: 'I ni ce {name}. I ka nimɔrɔ yɛlɛmana wa?' },
    en: { text: 'Hello {name}. Has your number changed?' },
  },
  question: yesOrNo,
} satisfies CampaignContent

/** Numbers mostly, and now and then words; many say the same. */
const sayings: Readonly<Record<Language, readonly string[]>> = {
  fr: ['1', '1', '2', 'Merci beaucoup', '1', '3', 'merci beaucoup !', 'Quand est-ce que vous passez ?', '2'],
  bm: ['1', '2', '1', 'I ni ce', '1', 'i ni cé', '3', '1'],
  en: ['1', '2', 'Thank you', '1'],
}

/** Fills in the campaigns; everything in them lies before `now` but for the one that is to go out. */
export async function fillCampaigns(parts: Parts, now: Date): Promise<void> {
  const clock = storyClock('campaigns', new Date(Math.floor(now.getTime() / day) * day - 15 * hour))
  await askForInformation(parts, clock)
  const officer = await memberOf(parts.database, 'officer')
  const supervisor = await memberOf(parts.database, 'supervisor')
  const { prisma, pool } = parts.database
  const desk: CampaignDesk = { prisma, pool, clock, changed: () => {} }
  const id = await write(desk, officer, activity, supervisor)
  await send(parts, clock, id)
  await answer(parts, clock, id)
  clock.set(new Date(now.getTime() - 3 * hour))
  await write(desk, officer, numbers)
  const tomorrow = new Date(Math.floor(now.getTime() / day) * day + day + 10 * hour)
  await write(desk, officer, { ...equipment, startsAt: tomorrow }, supervisor)
}

/** Whoever agreed that we keep their data and was not asked yet is asked at the office: most of them agree. */
async function askForInformation({ database }: Parts, clock: Clock): Promise<void> {
  await database.pool.query(
    `insert into consent (id, address_id, person_id, session_id, item, answer, at, text, wording, language, medium)
      select gen_random_uuid(), k.address_id, k.person_id, k.session_id, 'information',
        case when abs(hashtext(k.person_id::text)) % 12 = 0 then 'refused' else 'given' end, $1, 'inform.ask', k.wording,
        k.language, k.medium
      from (
        select distinct on (person_id) * from consent where item = 'keep_data' and person_id is not null
        order by person_id, at desc
      ) k
      where k.answer = 'given' and not exists (
        select from consent i where i.item = 'information' and i.person_id = k.person_id)`,
    [clock.now()],
  )
}

/** Written and given to a second person, who agrees where there is one. */
async function write(
  desk: CampaignDesk,
  writer: Staff,
  content: CampaignContent & { readonly name: string },
  approver?: Staff,
): Promise<string> {
  const campaign = desk.clock.id()
  const by = (staff: Staff) => ({ staff, campaign, form: desk.clock.id() })
  await beginCampaign(desk, by(writer), content)
  await submitCampaign(desk, by(writer))
  if (approver) await approveCampaign(desk, by(approver))
  return campaign
}

/** Through its ledger; how each message fared is set by chance, as no provider is there to tell. */
async function send({ database, talk }: Parts, clock: StoryClock, id: string) {
  const { prisma, pool } = database
  const { campaign } = await loadCampaign(prisma, id)
  const accounts = await campaignAccounts(prisma)
  await releaseCampaign(pool, campaign, audienceSettings(talk, campaign, accounts, clock.now()), clock.id())
  for (const watched of [true, false]) {
    for (const channel of accounts) await sendOn(database, talk, clock, campaign, channel)
    const later = new Date(clock.now().getTime() + 10 * 60_000)
    if (watched) await prisma.campaign.update({ where: { id }, data: { canaryUntil: later } })
    clock.set(later)
  }
  await pool.query(
    `update message set state_at = created_at + interval '1 minute', state =
        case abs(hashtext(id::text)) % 20 when 0 then 'failed' when 1 then 'sent' when 2 then 'sent'
          when 3 then 'delivered' when 4 then 'delivered' when 5 then 'delivered' else 'read' end,
      failure = case when abs(hashtext(id::text)) % 20 = 0 then 'channel:refused' end, attempts = 1
      where campaign_id = $1 and direction = 'out'`,
    [id],
  )
  await endCampaign(pool, { campaign: id, form: clock.id(), at: clock.now() })
}

async function sendOn(
  database: Database,
  { locales }: Talk,
  clock: Clock,
  campaign: Campaign,
  channel: string,
): Promise<void> {
  for (;;) {
    const batch = await writeBatch(database, {
      ...{ campaign: campaign.id, channel, most: 200, now: clock.now(), turn: clock.id() },
      id: () => clock.id(),
      judge: (listener) => {
        const spoken = sayCampaign(campaign, listener, screen, locales)
        return spoken ? { is: 'say', spoken } : { is: 'leave_out', reason: 'no_content' }
      },
    })
    if (!batch || batch.looked === 0) return
  }
}

/** Some answer within the evening, by turns of their own conversation. */
async function answer({ database, talk, log }: Parts, clock: StoryClock, id: string) {
  const { pool, keys, prisma, road } = database
  const nothing = async () => undefined
  const lanes = new Lanes({
    ...{ ...talk, keys, clock, road, log, screen: () => screen },
    ...{ watch: makeWatch(prisma, clock), references: makeReferences(pool) },
    ...{
      quotedList: nothing,
      original: nothing,
      card: nothing,
      told: nothing,
      barred: async () => new Map(),
      code: nothing,
      passOn: () => {},
    },
  })
  const { rows } = await pool.query<{
    address: string
    channel: string
    key: string
    external: Buffer
    language: Language
  }>(
    `select a.id as address, a.channel_id as channel, a.key_id as key, a.external_enc as external, r.language
      from campaign_recipient r join message m on m.id = r.message_id join address a on a.id = r.address_id
      where r.campaign_id = $1 and m.state in ('read', 'delivered') order by hashtext(r.person_id::text) limit $2`,
    [id, answering],
  )
  await keys.load(rows.map(({ key }) => key))
  // Each language in the order of its sayings, whoever happens to speak it.
  const spoke = { fr: 0, bm: 0, en: 0 }
  for (const [place, { address, channel, key, external, language }] of rows.entries()) {
    const from = keys.read(key, placeOf('address', 'external_enc', address), external)
    const said = sayings[language][spoke[language] % sayings[language].length] ?? '1'
    spoke[language] += 1
    if (from === undefined) continue
    clock.set(new Date(clock.now().getTime() + 5 * 60_000))
    const externalId = `campaign-${place}`
    const content = { kind: 'text', text: said } as const
    await lanes.arrived([{ channel, from, externalId, edit: 0, sentAt: clock.now(), content }])
    await lanes.settled()
  }
  await lanes.close()
}
