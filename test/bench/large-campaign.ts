/**
 * Campaigns on a large database: a draft for everybody, and one that has gone to half of them, with answers. What was sent is
 * written in one statement: a bench of pages does not send.
 */
import { createCampaign, loadCampaign } from '../../src/store/campaign.ts'
import { releaseCampaign } from '../../src/store/campaign-ledger.ts'
import type { Database } from '../../src/store/database.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { audienceSettings } from '../../src/turn/campaign-audience.ts'
import { realClock } from '../../src/world.ts'

/** At most; who lives on a paired phone gets none. */
const recipients = 50_000
const answers = 3_000

export async function fillCampaigns(
  { prisma, pool, keys }: Pick<Database, 'prisma' | 'pool' | 'keys'>,
  formerOf: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> {
  // Nine of ten agreed to information.
  await pool.query(`
    insert into consent (id, address_id, person_id, session_id, item, answer, text, wording, language, medium, at)
    select gen_random_uuid(), address_id, person_id, session_id, 'information', 'given', 'inform.ask', wording, language,
      medium, at
    from consent where item = 'keep_data' and hashtext(id::text) % 10 <> 0`)
  const writer = await prisma.staff.findFirstOrThrow({ where: { email: 'officer@demo.invalid' } })
  const question = {
    choices: [
      { value: 'c1', texts: { fr: 'Oui', bm: 'Ɔwɔ', en: 'Yes' } },
      { value: 'c2', texts: { fr: 'Non', bm: 'Ayi', en: 'No' } },
    ],
  }
  const texts = {
    fr: { text: 'Bonjour {name}, les kits de saison sont au marché lundi.' },
    bm: { text: 'I ni ce {name}.' },
    en: { text: 'Hello {name}, the season kits are at the market on Monday.' },
  }
  const make = async (name: string) => {
    const id = realClock.id()
    const content = { name, texts, question }
    await createCampaign(prisma, { id, form: realClock.id(), writer: writer.id, at: now, content })
    return id
  }
  await make('Kits, brouillon')
  const sent = await make('Kits de saison')
  await prisma.campaign.update({ where: { id: sent }, data: { state: 'scheduled' } })
  const { campaign } = await loadCampaign(prisma, sent)
  const accounts = await prisma.channel.findMany({ select: { id: true } })
  const settings = audienceSettings(
    { formerOf },
    campaign,
    accounts.map(({ id }) => id),
    now,
  )
  await releaseCampaign(pool, campaign, settings, realClock.id())
  await pool.query(
    `with gone as (
      select person_id, address_id, language, place, gen_random_uuid() as message from campaign_recipient
      where campaign_id = $1 and place <= $3
    ), said as (
      insert into message (id, address_id, person_id, direction, kind, body_enc, key_id, language, state, priority,
        visibility, turn_id, created_at, state_at, campaign_id)
      select g.message, g.address_id, g.person_id, 'out', 'text', '\\x01', a.key_id, g.language,
        (array['read', 'delivered', 'delivered', 'sent', 'failed'])[1 + g.place % 5], 1, 'open', $1, $2, $2, $1
      from gone g join address a on a.id = g.address_id
    )
    update campaign_recipient r set state = 'written', written_at = $2, message_id = g.message,
      answer = case when g.place % 9 = 0 then 'c' || (1 + g.place % 2) end,
      answered_at = case when g.place % 9 = 0 then $2::timestamptz end
    from gone g where r.campaign_id = $1 and r.person_id = g.person_id`,
    [sent, now, recipients],
  )
  await pool.query(
    `update message set campaign_id = $1 where id in (
      select id from message where direction = 'in' and kind = 'text' and visibility = 'open' and person_id is not null
      order by position desc limit $2)`,
    [sent, answers],
  )
  await encryptSaid({ pool, keys }, sent)
  await pool.query('delete from campaign_recipient where campaign_id = $1 and place > $2', [sent, recipients])
  await prisma.campaign.update({ where: { id: sent }, data: { state: 'finished', endedAt: now } })
  await pool.query('analyze campaign_recipient, message')
}

/** What was sent has a body under the key of its address: threads show it. */
export async function encryptSaid(
  { pool, keys }: Pick<Database, 'pool' | 'keys'>,
  campaign: string,
): Promise<void> {
  const { rows } = await pool.query<{ id: string; key_id: string; language: string }>(
    "select id, key_id, language from message where campaign_id = $1 and direction = 'out'",
    [campaign],
  )
  for (let from = 0; from < rows.length; from += 5_000) {
    const some = rows.slice(from, from + 5_000)
    await keys.load(some.map(({ key_id }) => key_id))
    const bodies = some.map(({ id, key_id, language }) => {
      const spoken = { text: 'Les kits de saison sont au marché lundi.', language }
      return keys.encrypt(key_id, placeOf('message', 'body_enc', id), JSON.stringify(spoken))
    })
    await pool.query(
      `update message m set body_enc = it.body from unnest($1::uuid[], $2::bytea[]) as it(id, body) where m.id = it.id`,
      [some.map(({ id }) => id), bodies],
    )
  }
}
