/**
 * Puts what was said and done in a sealed matter under the matter's own key, beside the road: an arrival is a row before
 * anybody knows what it is about, and an answer must be readable until the channel has it. What lies boxed already is never
 * looked at again, so that the same finds what an older database, a crash or a hand-over left.
 *
 * Under the ordinary key stay, until they are done with: what is still to be sent, what failed and may be sent again within
 * the hour, a message whose file is still at the provider, and in the web chat what its browser may still show.
 */
import type pg from 'pg'
import { inTransaction } from './commit.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { emptyMessages } from './forget.ts'
import { makeSealedKey } from './sealed-key.ts'

type Part = Pick<Database, 'pool' | 'keys'>

/** A failed answer can be sent again by whoever sees it soon; after that a holder opens it first. */
const againMinutes = 60
/** As long as the web chat shows it after a reload (chat-history.ts). */
const shownHours = 12

const unboxed = (column: string) => `substring(${column} from 1 for 1) = '\\x01'::bytea`

/** Which message is done with. */
const done = `(m.direction = 'in' and m.state = 'handled'
      or m.state in ('sent', 'delivered', 'read')
      or m.state in ('failed', 'unknown') and m.state_at < $2::timestamptz - interval '${againMinutes} minutes')
    and not exists (select from media f where f.message_id = m.id and f.state = 'waiting')
    and (m.created_at < $2::timestamptz - interval '${shownHours} hours' or not exists (
      select from address a join channel c on c.id = a.channel_id where a.id = m.address_id and c.kind = 'web_chat'))`

/** Where words of a request lie besides its messages, and by which id they are bound to their place. */
const fields = [
  { table: 'event', column: 'secret_enc', id: 'id' },
  { table: 'need', column: 'text_enc', id: 'id' },
  { table: 'contact_attempt', column: 'note_enc', id: 'id' },
  { table: 'feedback', column: 'text_enc', id: 'id' },
  { table: 'opening', column: 'reason_enc', id: 'id' },
  { table: 'draft', column: 'text_enc', id: `request_id || '/' || staff_id` },
] as const

/**
 * Empties what was said around complaints without a name and is done with: it belongs to no request and exists for nobody.
 * Gives the files that came with it, to be dropped.
 */
export async function emptyApart(
  { pool }: Pick<Part, 'pool'>,
  world: { id(): string; now(): Date },
): Promise<readonly string[]> {
  const now = world.now()
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select m.id from message m where m.request_id is null and m.visibility = 'sealed'
        and ${unboxed('m.body_enc')} and ${done.replaceAll('$2', '$1')} limit 500 for update of m`,
      [now],
    )
    return rows.length === 0
      ? []
      : emptyMessages(
          client,
          rows.map(({ id }) => id),
          world,
        )
  })
}

/** Sealed requests that have something to be put away, some at a time. */
export async function unsealedRequests({ pool }: Part, now: Date, limit: number): Promise<readonly string[]> {
  const others = fields.map(
    ({ table, column }) =>
      `or exists (select from ${table} t where t.request_id = r.id and ${unboxed(`t.${column}`)}
        ${table === 'event' ? `and t.visibility = 'sealed'` : ''})`,
  )
  const { rows } = await pool.query<{ id: string }>({
    text: `select r.id from request r left join subject_key k on k.id = r.key_id
      where r.visibility = 'sealed' and (k.id is null or k.public is null and k.erased_at is null or k.public is not null and (
        exists (select from message m where m.request_id = r.id and m.visibility = 'sealed'
          and ${unboxed('m.body_enc')} and ${done})
        ${others.join('\n')}))
      limit $1`,
    values: [limit, now],
  })
  return rows.map(({ id }) => id)
}

/** Puts away what is done with of one request, in one transaction; gives how many values. Nothing when it is sealed no longer. */
export async function sealAway(part: Part, request: string, id: string, now: Date): Promise<number> {
  return inTransaction(part.pool, async (client) => {
    const { rows } = await client.query<RequestRow>(
      `select r.key_id, r.text_enc, k.public, k.erased_at from request r left join subject_key k on k.id = r.key_id
       where r.id = $1 and r.visibility = 'sealed' for update of r`,
      [request],
    )
    const [row] = rows
    if (!row || row.erased_at) return 0
    const boxing = { ...part, client, now }
    const known = row.public && row.key_id ? row.key_id : undefined
    if (known) await part.keys.load([known])
    const key = known ?? (await giveKey(boxing, { request, id, row }))
    let count = await boxMessages(boxing, request, key)
    for (const field of fields) count += await boxField(boxing, field, request, key)
    return count
  })
}

type RequestRow = {
  readonly key_id: string | null
  readonly text_enc: Buffer | null
  readonly public: Buffer | null
  readonly erased_at: Date | null
}
type Boxing = Part & { readonly client: pg.PoolClient; readonly now: Date }

/** What was opened, or became sealed, before it had such a key. */
async function giveKey(
  { client, keys, now }: Boxing,
  it: { readonly request: string; readonly id: string; readonly row: RequestRow },
): Promise<string> {
  const { request, row } = it
  const place = placeOf('request', 'text_enc', request)
  if (row.key_id) await keys.load([row.key_id])
  const text = row.key_id ? keys.read(row.key_id, place, row.text_enc) : undefined
  const key = await makeSealedKey(client, keys, { id: it.id, request, at: now })
  await client.query('update request set key_id = $2, text_enc = $3 where id = $1', [
    request,
    key,
    text === undefined ? null : keys.encrypt(key, place, text),
  ])
  return key
}

type Found = { readonly id: string; readonly key_id: string | null; readonly value: Buffer }

/** Messages leave the word index with their words: what is sealed is searched by nobody. */
async function boxMessages(boxing: Boxing, request: string, key: string): Promise<number> {
  const { client, now } = boxing
  const { rows } = await client.query<Found>(
    `select m.id, m.key_id, m.body_enc as value from message m where m.request_id = $1 and m.visibility = 'sealed'
      and ${unboxed('m.body_enc')} and ${done} for update of m`,
    [request, now],
  )
  const count = await box(boxing, { table: 'message', column: 'body_enc', id: 'id' }, rows, key)
  await client.query(`delete from message_word where message_id = any($1::uuid[])`, [
    rows.map(({ id }) => id),
  ])
  return count
}

async function boxField(
  boxing: Boxing,
  field: (typeof fields)[number],
  request: string,
  key: string,
): Promise<number> {
  const { table, column, id } = field
  const { rows } = await boxing.client.query<Found>(
    `select ${id} as id, key_id, ${column} as value from ${table} where request_id = $1 and ${unboxed(column)}
      ${table === 'event' ? `and visibility = 'sealed'` : ''} for update`,
    [request],
  )
  return box(boxing, field, rows, key)
}

async function box(
  { client, keys }: Boxing,
  { table, column, id }: { readonly table: string; readonly column: string; readonly id: string },
  rows: readonly Found[],
  key: string,
): Promise<number> {
  await keys.load(rows.flatMap((row) => row.key_id ?? []))
  const boxes = rows.map((row) => {
    // Of what was erased nothing is left to be put away.
    if (row.key_id === null || keys.isErased(row.key_id)) return { value: Buffer.alloc(0), key: row.key_id }
    const place = placeOf(table, column, row.id)
    return { value: keys.encrypt(key, place, keys.decrypt(row.key_id, place, row.value)), key }
  })
  const where = table === 'draft' ? `${id} = u.place` : `id = u.place::uuid`
  await client.query(
    `update ${table} set ${column} = u.value, key_id = u.key
     from unnest($1::text[], $2::bytea[], $3::uuid[]) as u(place, value, key) where ${where}`,
    [rows.map((row) => row.id), boxes.map(({ value }) => value), boxes.map((one) => one.key)],
  )
  return boxes.length
}
