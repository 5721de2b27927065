/**
 * The key pair of a sealed matter. Its public half encrypts what is said in it; the private half lies in a grant for each
 * of its holders, boxed to their own key. While none of them has a key pair it stays with the house, wrapped like any
 * other, and the first one who signs in takes it over. Holders let in a colleague; nobody else can.
 */
import type pg from 'pg'
import { boxTo, makePair, type Pair } from './box.ts'
import { inTransaction } from './commit.ts'
import type { Database } from './database.ts'
import { grantPlace } from './encryption.ts'
import { type Reader, reader } from './reader.ts'

type Part = Pick<Database, 'pool' | 'keys'>

/**
 * Makes the key of a sealed request, for those of its holders who have a pair; within the caller's transaction. Gives its
 * id; the caller writes it into the request.
 */
export async function makeSealedKey(
  client: pg.PoolClient,
  keys: Part['keys'],
  it: { readonly id: string; readonly request: string; readonly at: Date },
): Promise<string> {
  const pair = makePair()
  const { rows } = await client.query<Holder>({ text: holdersSql, values: [it.request] })
  const wrapped = rows.length === 0 ? keys.wrap(it.id, pair.secret) : undefined
  await client.query(
    `insert into subject_key (id, subject, wrapped, wrap_id, public, created_at) values ($1, 'matter', $2, $3, $4, $5)`,
    [it.id, wrapped?.wrapped ?? null, wrapped?.wrapId ?? 0, pair.publicKey, it.at],
  )
  for (const holder of rows) await grant(client, { key: it.id, pair, holder, at: it.at })
  keys.meet(it.id, pair.publicKey)
  return it.id
}

/** Takes over, for a holder who has just signed in, what the house kept for whoever comes first. Nothing for the suspended. */
export async function takeOver(
  { pool, keys }: Part,
  who: { readonly staff: string; readonly pair: Pair },
  at: Date,
): Promise<void> {
  const { rows } = await pool.query<{ id: string }>({ text: keptSql, values: [who.staff] })
  for (const { id } of rows) {
    await inTransaction(pool, async (client) => {
      const { rows: locked } = await client.query<KeptKey>({ text: lockSql, values: [id] })
      const [key] = locked
      // Another holder was quicker, and lets this one in.
      if (!key?.wrapped) return
      const secret = keys.unwrap({ id, wrapped: key.wrapped, wrapId: key.wrap_id })
      const pair = { publicKey: key.public, secret }
      const holder = { staff_id: who.staff, public: who.pair.publicKey }
      await grant(client, { key: id, pair, holder, at })
      await client.query('update subject_key set wrapped = null where id = $1', [id])
    })
  }
}

export type Waiting = {
  readonly staff: string
  readonly name: string
  /** They signed in since their password was made, so that they can be let in. */
  readonly ready: boolean
}

/** The holders of a request who cannot open its words, by name; none while it is not boxed yet. */
export async function listWaiting(pool: pg.Pool, request: string): Promise<readonly Waiting[]> {
  const { rows } = await pool.query<Waiting>({ text: waitingSql, values: [request] })
  return rows
}

/** How the words of a sealed request lie: not put away yet, with the house until a holder comes, or opening for its holders. */
export type Lying = 'soon' | 'house' | 'held'

/** That, and whether they open for whoever is asking. The caller has found the request under the reader's access. */
export async function sealOf(
  { pool, keys }: Part,
  request: string,
): Promise<{ readonly lying: Lying; readonly opens: boolean }> {
  const { rows } = await pool.query<{ id: string; sealed: boolean; kept: boolean }>({
    text: `select k.id, k.public is not null as sealed, k.wrapped is not null as kept
      from request r join subject_key k on k.id = r.key_id where r.id = $1`,
    values: [request],
  })
  const [row] = rows
  if (!row?.sealed) return { lying: 'soon', opens: true }
  await keys.load([row.id])
  return { lying: row.kept ? 'house' : 'held', opens: !keys.isShut(row.id) }
}

/** The names of the holders who can open it, for one who cannot. */
export async function listOpening(pool: pg.Pool, request: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>({
    text: `select s.name from request r join sealed_grant g on g.key_id = r.key_id join staff s on s.id = g.staff_id
      join request_holder h on h.request_id = r.id and h.staff_id = s.id
      where r.id = $1 and s.active and s.suspended = '{}' order by s.name`,
    values: [request],
  })
  return rows.map(({ name }) => name)
}

/**
 * Lets a holder in to the words of a request, by whoever is asking and can open them; of everything else that both hold
 * as well. Gives how many matters; none when the reader cannot open it or the other has no key pair.
 */
export async function grantMatter(
  { pool, keys }: Part,
  it: { readonly request: string; readonly staff: string },
  at: Date,
): Promise<number> {
  const who = reader()
  if (!who) return 0
  const { rows } = await pool.query<Grantable>({
    text: grantableSql,
    values: [it.request, it.staff, who.staff],
  })
  await keys.load(rows.map(({ key_id }) => key_id))
  let granted = 0
  for (const row of rows) granted += await grantOne(pool, who, row, at)
  return granted
}

async function grantOne(pool: pg.Pool, who: Reader, row: Grantable, at: Date): Promise<number> {
  const pair = who.opened.get(row.key_id)
  if (typeof pair !== 'object') return 0
  return inTransaction(pool, (client) =>
    grant(client, { key: row.key_id, pair, holder: row, by: who.staff, at }),
  )
}

type Holder = { readonly staff_id: string; readonly public: Buffer }
type Grantable = Holder & { readonly key_id: string }
type KeptKey = { readonly wrapped: Buffer | null; readonly wrap_id: number; readonly public: Buffer }

async function grant(
  client: pg.PoolClient,
  it: {
    readonly key: string
    readonly pair: Pair
    readonly holder: Holder
    readonly by?: string
    readonly at: Date
  },
): Promise<number> {
  const { key, pair, holder } = it
  const box = boxTo(holder.public, grantPlace(key, holder.staff_id), pair.secret)
  const { rowCount } = await client.query(
    `insert into sealed_grant (key_id, staff_id, box, by_id, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [key, holder.staff_id, box, it.by ?? null, it.at],
  )
  return rowCount ?? 0
}

const present = `s.active and s.suspended = '{}'`
const allowed = (holder: string) => `not exists (select from request_barred b
  where b.request_id = ${holder}.request_id and b.staff_id = ${holder}.staff_id)`
const holdersSql = `select h.staff_id, k.public from request_holder h join staff s on s.id = h.staff_id
  join staff_key k on k.staff_id = s.id where h.request_id = $1 and ${present} and ${allowed('h')}`
const keptSql = `select distinct k.id from request_holder h join staff s on s.id = h.staff_id
  join request r on r.id = h.request_id join subject_key k on k.id = r.key_id
  where h.staff_id = $1 and k.public is not null and k.wrapped is not null and ${present} and ${allowed('h')}`
const lockSql = 'select wrapped, wrap_id, public from subject_key where id = $1 for update'
const waitingSql = `select s.id as staff, s.name, k.staff_id is not null as ready
  from request r join request_holder h on h.request_id = r.id join staff s on s.id = h.staff_id
  join subject_key m on m.id = r.key_id left join staff_key k on k.staff_id = s.id
  where r.id = $1 and r.visibility = 'sealed' and m.public is not null and ${present} and ${allowed('h')}
    and not exists (select from sealed_grant g where g.key_id = r.key_id and g.staff_id = s.id)
  order by s.name`
/** The request itself first of all, and what else the two of them hold. */
const grantableSql = `select r.key_id, h.staff_id, k.public from request r
  join request_holder h on h.request_id = r.id and h.staff_id = $2
  join staff s on s.id = h.staff_id join staff_key k on k.staff_id = s.id
  join sealed_grant mine on mine.key_id = r.key_id and mine.staff_id = $3
  where r.visibility = 'sealed' and ${present} and ${allowed('h')}
    and exists (select from request_holder o where o.request_id = $1 and o.staff_id = $2)
    and exists (select from request_holder o where o.request_id = r.id and o.staff_id = $3)
    and not exists (select from sealed_grant g where g.key_id = r.key_id and g.staff_id = $2)`
