/**
 * Takes the words of a message that its sender took back out of everything they went into: the request, the need or the
 * opinion that was made of it, what is on record of it, what a listener wrote down, and the words by which it is found.
 *
 * A restricted or sealed matter keeps them for those who guard it: on a phone that is looked at, a call for help is deleted
 * to hide it from others, and whoever answers it must know what was said. They go when the matter is handed back as open.
 */
import type pg from 'pg'
import { withoutSaid } from '../core/unsaid.ts'
import { firstIdAt } from '../world.ts'
import { inTransaction } from './commit.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { textOfBody } from './message-words.ts'

type Part = Pick<Database, 'pool' | 'keys'>

/** Messages that were taken back and whose words were not looked for yet. */
export async function takenBack({ pool }: Pick<Part, 'pool'>, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select id from message where deleted_at is not null and unsaid_at is null order by id limit $1',
    [limit],
  )
  return rows.map(({ id }) => id)
}

/** Where the person's own words lie: rows that a message on the address `$1`, written at `$2`, may have made. */
const places = [
  {
    table: 'request',
    column: 'text_enc',
    rows: `select t.id, t.key_id, t.text_enc as value from request t
      where t.address_id = $1 and t.opened_at >= $2 and t.visibility = 'open' and t.text_enc is not null`,
  },
  {
    table: 'need',
    column: 'text_enc',
    rows: `select t.id, t.key_id, t.text_enc as value from need t join request r on r.id = t.request_id
      where r.address_id = $1 and t.created_at >= $2 and r.visibility = 'open' and t.text_enc is not null`,
  },
  {
    table: 'feedback',
    column: 'text_enc',
    rows: `select t.id, t.key_id, t.text_enc as value from feedback t
      where t.address_id = $1 and t.at >= $2 and t.visibility = 'open' and t.text_enc is not null`,
  },
] as const

/** What is on record of the person's own words (core/event.ts), all of it dispensable in its event. */
const recordOfWords = ['answer_kept', 'request_opened', 'need_recorded', 'feedback_recorded']

/** Does it for one message, in one transaction; a second time it finds nothing. */
export async function unsay(part: Part, message: string, now: Date): Promise<void> {
  await inTransaction(part.pool, async (client) => {
    const { rows } = await client.query<Taken>(
      `select id, address_id, key_id, body_enc, direction, visibility, created_at from message
       where id = $1 and deleted_at is not null and unsaid_at is null for update`,
      [message],
    )
    const [row] = rows
    if (!row) return
    await part.keys.load([row.key_id])
    const said = textOfBody(row, part.keys)
    if (said.trim() !== '') {
      for (const place of places) await emptyPlace(part, client, place, row, said)
      await emptyEvents(part, client, row, said)
    }
    // What a listener wrote of a call for help stays with those who guard it, like the words of its request.
    if (row.visibility === 'open') {
      await client.query('update media set transcript_enc = null where message_id = $1', [message])
    }
    await client.query(
      `update event set secret_enc = null where address_id = $2 and id >= $3 and type = 'transcript_written'
         and facts ->> 'message' = $1 and visibility = 'open'`,
      [message, row.address_id, firstIdAt(row.created_at)],
    )
    await client.query('delete from message_word where message_id = $1', [message])
    await client.query('update message set unsaid_at = $2 where id = $1', [message, now])
  })
}

type Taken = {
  readonly id: string
  readonly address_id: string
  readonly key_id: string
  readonly body_enc: Buffer
  readonly direction: string
  readonly visibility: string
  readonly created_at: Date
}
type Kept = { readonly id: string; readonly key_id: string | null; readonly value: Buffer }

async function emptyPlace(
  { keys }: Part,
  client: pg.PoolClient,
  { table, column, rows: text }: (typeof places)[number],
  { address_id, created_at }: Taken,
  said: string,
): Promise<void> {
  const { rows } = await client.query<Kept>(`${text} for update of t`, [address_id, created_at])
  await keys.load(rows.flatMap((row) => row.key_id ?? []))
  for (const { id, key_id: key, value } of rows) {
    const place = placeOf(table, column, id)
    const before = key === null ? undefined : keys.read(key, place, value)
    if (key === null || before === undefined) continue
    const after = withoutSaid(before, said)
    if (after === before) continue
    await client.query(`update ${table} set ${column} = $2 where id = $1`, [
      id,
      after === undefined ? null : keys.encrypt(key, place, after),
    ])
  }
}

async function emptyEvents(
  { keys }: Part,
  client: pg.PoolClient,
  { address_id, created_at }: Taken,
  said: string,
): Promise<void> {
  const { rows } = await client.query<Kept>(
    `select id, key_id, secret_enc as value from event where address_id = $1 and id >= $2 and type = any($3)
       and visibility = 'open' and secret_enc is not null for update`,
    [address_id, firstIdAt(created_at), recordOfWords],
  )
  await keys.load(rows.flatMap((row) => row.key_id ?? []))
  const gone = rows.filter(({ id, key_id, value }) => {
    const secret = key_id === null ? undefined : keys.read(key_id, placeOf('event', 'secret_enc', id), value)
    return secret !== undefined && holds(secret, said)
  })
  await client.query('update event set secret_enc = null where id = any($1::uuid[])', [
    gone.map(({ id }) => id),
  ])
}

/** Whether a secret, which is a flat JSON object, has a text that holds it. */
function holds(secret: string, said: string): boolean {
  const fields: Record<string, unknown> = JSON.parse(secret)
  return Object.values(fields).some((text) => typeof text === 'string' && withoutSaid(text, said) !== text)
}
