/** The next few of a campaign on one account: their rows become messages, in one transaction. */
import type pg from 'pg'
import type { Spoken } from '../core/message.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import { inTransaction } from './commit.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseSafeContact } from './safe-contact-shape.ts'
import { saidChildSql } from './said-age.ts'

/** Somebody whose turn it is. */
export type Turn = {
  readonly person: string
  readonly address: string
  readonly language: string
  readonly neutral: boolean
  readonly name?: string
  readonly office?: string
  /** E.164, where it is known. */
  readonly phone?: string
  /** When they last wrote. */
  readonly heardAt?: Date
  /** How they are reached without harm. */
  readonly safe?: SafeContact
}

/** What is to become of it. */
export type Verdict =
  | { readonly is: 'say'; readonly spoken: Spoken }
  /** Not at this hour; or the places of this day are taken. */
  | { readonly is: 'later'; readonly at: Date; readonly reason?: 'day_limit' }
  | { readonly is: 'leave_out'; readonly reason: string }

export type Batch = {
  readonly campaign: string
  readonly channel: string
  readonly most: number
  readonly now: Date
  /** One id for the whole batch: it is one turn. */
  readonly turn: string
  readonly id: () => string
  readonly judge: (turn: Turn) => Verdict
}

type TurnRow = {
  readonly person_id: string
  readonly address_id: string
  readonly language: string
  readonly neutral: boolean
  readonly address_key: string
  readonly phone_enc: Buffer | null
  readonly heard_at: Date | null
  readonly person_key: string
  readonly name_enc: Buffer | null
  readonly safe_contact_enc: Buffer | null
  readonly office: string | null
  readonly barred: string | null
}

// The campaign's row is held while its messages are written: a pause waits for them, and takes them back.
const standsSql = `
  select canary_until is not null and canary_until <= $2 as whole from campaign
  where id = $1 and state = 'sending' and (ends_at is null or ends_at > $2) for share`

// Before the canary has come home only its own rows go.
const turnsSql = `
  select r.person_id, r.address_id, r.language, r.neutral, a.key_id as address_key, a.phone_enc, a.last_heard_at as heard_at, p.key_id as person_key,
    p.name_enc, p.safe_contact_enc, o.name as office,
    case when p.erased_at is not null then 'erased' when p.minor or ${saidChildSql('p.id')} then 'minor'
      when a.state <> 'live' then 'no_address'
      when a.stopped <> 'no' or said.answer = 'withdrawn' then 'opted_out'
      when said.answer = 'refused' then 'no_consent'
      when a.shared and c.sensitive and not r.neutral then 'shared' end as barred
  from campaign_recipient r
  join campaign c on c.id = r.campaign_id
  join address a on a.id = r.address_id
  join person p on p.id = r.person_id
  left join lateral (
    select answer from consent where person_id = r.person_id and item = 'information' order by at desc, id desc limit 1
  ) said on true
  left join lateral (
    select o.name from case_file f join office o on o.id = f.office_id where f.person_id = r.person_id limit 1
  ) o on true
  where r.campaign_id = $1 and r.channel_id = $2 and r.state = 'waiting' and (r.not_before is null or r.not_before <= $3)
    and ($5 or r.canary or not exists (select from campaign_recipient f where f.campaign_id = $1 and f.canary))
  order by r.place limit $4 for update of r skip locked`

const writeSql = `
  insert into message (id, address_id, person_id, direction, kind, body_enc, key_id, language, state, priority, visibility,
    turn_id, created_at, state_at, campaign_id)
  select n.id, n.address, n.person, 'out', n.kind, n.body, n.key, n.language, 'queued', 1, 'open', $8, $9, $9, $10
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::uuid[], $7::text[])
    as n(id, address, person, kind, body, key, language)`

const settleSql = `
  update campaign_recipient r set state = n.state, reason = n.reason, not_before = n.later, message_id = n.message,
    written_at = case when n.message is null then null else $7::timestamptz end
  from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[]) as n(person, state, reason, later, message)
  where r.campaign_id = $1 and r.person_id = n.person`

/**
 * Writes at most `most` messages and gives their addresses. Undefined: the campaign does not run (any more). Empty: nobody
 * is left whose turn could be now.
 */
export async function writeBatch(
  { pool, keys }: { readonly pool: pg.Pool; readonly keys: Keys },
  batch: Batch,
): Promise<{ readonly looked: number; readonly addresses: readonly string[] } | undefined> {
  return inTransaction(pool, async (client) => {
    const stands = await client.query<{ whole: boolean }>({
      name: 'campaign_stands',
      text: standsSql,
      values: [batch.campaign, batch.now],
    })
    const [campaign] = stands.rows
    if (!campaign) return undefined
    const { rows } = await client.query<TurnRow>({
      name: 'campaign_turns',
      text: turnsSql,
      values: [batch.campaign, batch.channel, batch.now, batch.most, campaign.whole],
    })
    if (rows.length === 0) return { looked: 0, addresses: [] }
    await keys.load(rows.flatMap((row) => [row.address_key, row.person_key]))
    const judged = rows.map((row) => ({ row, id: batch.id(), verdict: judge(row, keys, batch) }))
    await write(client, keys, batch, judged)
    return {
      looked: rows.length,
      addresses: judged.flatMap(({ row, verdict }) => (verdict.is === 'say' ? [row.address_id] : [])),
    }
  })
}

type Judged = { readonly row: TurnRow; readonly id: string; readonly verdict: Verdict }

function judge(row: TurnRow, keys: Keys, batch: Batch): Verdict {
  if (row.barred !== null) return { is: 'leave_out', reason: row.barred }
  if (keys.isErased(row.address_key)) return { is: 'leave_out', reason: 'erased' }
  const name = keys.read(row.person_key, placeOf('person', 'name_enc', row.person_id), row.name_enc)
  const phone = keys.read(row.address_key, placeOf('address', 'phone_enc', row.address_id), row.phone_enc)
  const place = placeOf('person', 'safe_contact_enc', row.person_id)
  const safe = keys.read(row.person_key, place, row.safe_contact_enc)
  return batch.judge({
    ...{ person: row.person_id, address: row.address_id, language: row.language, neutral: row.neutral },
    ...(name ? { name } : {}),
    ...(row.office ? { office: row.office } : {}),
    ...(phone ? { phone } : {}),
    ...(row.heard_at ? { heardAt: row.heard_at } : {}),
    ...(safe ? { safe: parseSafeContact(safe) } : {}),
  })
}

async function write(
  client: pg.PoolClient,
  keys: Keys,
  batch: Batch,
  judged: readonly Judged[],
): Promise<void> {
  const said = judged.flatMap(({ row, id, verdict }) =>
    verdict.is === 'say' ? [{ row, id, spoken: verdict.spoken }] : [],
  )
  if (said.length > 0) {
    await client.query({
      name: 'campaign_write',
      text: writeSql,
      values: [
        said.map(({ id }) => id),
        said.map(({ row }) => row.address_id),
        said.map(({ row }) => row.person_id),
        said.map(({ spoken }) => spoken.file?.kind ?? 'text'),
        said.map(({ row, id, spoken }) =>
          keys.encrypt(row.address_key, placeOf('message', 'body_enc', id), JSON.stringify(spoken)),
        ),
        said.map(({ row }) => row.address_key),
        said.map(({ row }) => row.language),
        ...[batch.turn, batch.now, batch.campaign],
      ],
    })
  }
  await client.query({
    name: 'campaign_settle',
    text: settleSql,
    values: [
      batch.campaign,
      judged.map(({ row }) => row.person_id),
      judged.map(({ verdict }) =>
        verdict.is === 'say' ? 'written' : verdict.is === 'later' ? 'waiting' : 'left_out',
      ),
      judged.map(({ verdict }) => (verdict.is === 'say' ? null : (verdict.reason ?? null))),
      judged.map(({ verdict }) => (verdict.is === 'later' ? verdict.at : null)),
      judged.map(({ id, verdict }) => (verdict.is === 'say' ? id : null)),
      batch.now,
    ],
  })
}
