/**
 * How each account stands: what came in the last day and what was handled, what is missing, what waits to go out. Each by
 * an index: ids begin with the time at which they were made. Counted by address first, so that each is looked up once.
 */
import type pg from 'pg'
import { uuid7 } from '../world.ts'

type Queryable = Pick<pg.Pool, 'query'>

export type ChannelFacts = {
  readonly id: string
  readonly kind: string
  readonly account: string
  readonly name?: string
  readonly state: string
  readonly stateAt?: Date
  /** In the last day. */
  readonly received: number
  readonly handled: number
  readonly lastReceivedAt?: Date
  /** The provider had them and they never came, all in all. */
  readonly missed: number
  readonly missedAt?: Date
  readonly comparedAt?: Date
  /** Came, and nobody has handled them for a minute. */
  readonly stuck: number
  /** Wait to go out, and since when the oldest does. */
  readonly waiting: number
  readonly waitingSince?: Date
  /** Held until their person writes. */
  readonly held: number
  /** Files that did not come in a day. */
  readonly lost: number
}

const day = 24 * 60 * 60_000

// What is sealed is in no count: somebody who knows of one message more would know that it was said.
const factsSql = `
  with came as (
    select (select a.channel_id from address a where a.id = m.address_id) as channel_id,
      sum(m.received)::int as received, sum(m.handled)::int as handled, max(m.last) as last
    from (
      select address_id, count(*) as received, count(*) filter (where state = 'handled') as handled,
        max(created_at) as last
      from message where id >= $1 and direction = 'in' and visibility <> 'sealed' group by 1
    ) m group by 1
  ), stuck as (
    select a.channel_id, count(*)::int as n from message m join address a on a.id = m.address_id
    where m.state = 'received' and m.created_at < $2 group by 1
  ), goes as (
    select a.channel_id, sum(m.waiting)::int as waiting, min(m.since) as since, sum(m.held)::int as held
    from (
      select address_id, count(*) filter (where state <> 'held') as waiting,
        min(created_at) filter (where state <> 'held') as since, count(*) filter (where state = 'held') as held
      from message where state in ('queued', 'sending', 'unknown', 'held') and visibility <> 'sealed'
        and (state <> 'unknown' or failure is distinct from 'resent') group by 1
    ) m join address a on a.id = m.address_id where a.state <> 'closed' group by 1
  ), files as (
    select a.channel_id, count(*)::int as lost from media f join message m on m.id = f.message_id
      join address a on a.id = m.address_id
    where f.state = 'lost' and m.visibility <> 'sealed' group by 1
  )
  select c.id, c.kind, c.account, c.settings ->> 'name' as name, c.state, c.state_at, c.missed, c.missed_at,
    c.compared_at, coalesce(came.received, 0) as received, coalesce(came.handled, 0) as handled, came.last,
    coalesce(stuck.n, 0) as stuck, coalesce(goes.waiting, 0) as waiting, goes.since, coalesce(goes.held, 0) as held,
    coalesce(files.lost, 0) as lost
  from channel c left join came on came.channel_id = c.id left join stuck on stuck.channel_id = c.id
    left join goes on goes.channel_id = c.id
    left join files on files.channel_id = c.id
  order by c.id`

type FactsRow = {
  readonly id: string
  readonly kind: string
  readonly account: string
  readonly name: string | null
  readonly state: string
  readonly state_at: Date | null
  readonly missed: number
  readonly missed_at: Date | null
  readonly compared_at: Date | null
  readonly received: number
  readonly handled: number
  readonly last: Date | null
  readonly stuck: number
  readonly waiting: number
  readonly since: Date | null
  readonly held: number
  readonly lost: number
}

/** Of every account there is, the oldest first. */
export async function channelFacts(pool: Queryable, now: Date): Promise<readonly ChannelFacts[]> {
  const since = uuid7(now.getTime() - day, new Uint8Array(10))
  const { rows } = await pool.query<FactsRow>({
    name: 'channel_facts',
    text: factsSql,
    values: [since, new Date(now.getTime() - 60_000)],
  })
  return rows.map(
    ({ id, kind, account, state, missed, received, handled, stuck, waiting, held, lost, ...row }) => ({
      ...{ id, kind, account, state, missed, received, handled, stuck, waiting, held, lost },
      name: row.name ?? undefined,
      stateAt: row.state_at ?? undefined,
      missedAt: row.missed_at ?? undefined,
      comparedAt: row.compared_at ?? undefined,
      lastReceivedAt: row.last ?? undefined,
      waitingSince: row.since ?? undefined,
    }),
  )
}

/** Writes the state of an account where it is another; whether it was. */
export async function noteState(pool: Queryable, id: string, state: string, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update channel set state = $2, state_at = $3 where id = $1 and (state <> $2 or state_at is null)',
    [id, state, at],
  )
  return rowCount === 1
}

/** An account was compared with what its provider has: so many messages never came. */
export async function noteCompared(
  pool: Queryable,
  id: string,
  { missing, at }: { readonly missing: number; readonly at: Date },
): Promise<void> {
  await pool.query(
    `update channel set compared_at = $3, missed = missed + $2,
       missed_at = case when $2 > 0 then $3::timestamptz else missed_at end where id = $1`,
    [id, missing, at],
  )
}
