/** Who is silent while something is held for them, who wrote since, and who must be called. Each by a partial index. */
import type pg from 'pg'
import type { Language } from '../core/language.ts'
import type { Visibility } from '../core/visibility.ts'

type Queryable = Pick<pg.Pool, 'query'>

/** Somebody for whom something is held and who was not asked yet to write. */
export type Silent = {
  readonly address: string
  readonly channel: string
  readonly key: string
  readonly session: string
  readonly language?: Language
  /** Of the most hidden message that is held. */
  readonly request?: string
  readonly visibility: Visibility
}

export async function listSilent(pool: Queryable, limit: number): Promise<readonly Silent[]> {
  const { rows } = await pool.query<{
    address: string
    channel: string
    key: string
    session: string
    language: Language | null
    request: string | null
    visibility: Visibility
  }>({
    name: 'knock_silent',
    text: `select distinct on (a.id) a.id as address, a.channel_id as channel, a.key_id as key,
        a.session_id as session, coalesce(a.language, m.language) as language, m.request_id as request, m.visibility
      from message m join address a on a.id = m.address_id
      where m.state = 'held' and a.state = 'live' and a.stopped <> 'all'
        and (a.last_heard_at is null or a.last_heard_at <= m.state_at)
        and not exists (select from knock k where k.address_id = a.id and k.ended_at is null)
      order by a.id, array_position(array['sealed', 'restricted', 'open'], m.visibility), m.position desc limit $1`,
    values: [limit],
  })
  return rows.map(({ language, request, ...row }) => {
    return { ...row, ...(language ? { language } : {}), ...(request ? { request } : {}) }
  })
}

/** Knocks are over once the person wrote, or nothing is held any more; gives how many ended. */
export async function endKnocks(pool: Queryable, now: Date): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'knock_end',
    text: `update knock k set ended_at = $1 where k.ended_at is null and (
        exists (select from address a where a.id = k.address_id and a.last_heard_at > k.at)
        or not exists (select from message m where m.address_id = k.address_id and m.state = 'held'))`,
    values: [now],
  })
  return rowCount ?? 0
}

export type CallOwed = {
  readonly knock: string
  readonly cause: 'silent' | 'no_template' | 'not_delivered'
  readonly requests: readonly string[]
}

/** Knocks that nobody answered, or that could not even go out, with the requests whose answers are held. */
export async function callsOwed(pool: Queryable, before: Date, limit: number): Promise<readonly CallOwed[]> {
  const { rows } = await pool.query<{ knock: string; cause: CallOwed['cause']; requests: string[] }>({
    name: 'knock_calls',
    text: `select k.id as knock, case when k.message_id is null then 'no_template' when s.state = 'failed'
        then 'not_delivered' else 'silent' end as cause,
        array(select distinct m.request_id from message m
          where m.address_id = k.address_id and m.state = 'held' and m.request_id is not null) as requests
      from knock k left join message s on s.id = k.message_id
      where k.ended_at is null and k.called_at is null
        and (k.message_id is null or s.state = 'failed' or k.at <= $1)
      order by k.at limit $2`,
    values: [before, limit],
  })
  return rows
}

/** Staff know that they have to call. */
export async function noteCalled(pool: Queryable, knock: string, at: Date): Promise<void> {
  await pool.query('update knock set called_at = $2 where id = $1', [knock, at])
}

/** Accounts and addresses whose held messages may go: the person has written since. */
export async function heardSince(
  pool: Queryable,
  limit: number,
): Promise<readonly { readonly address: string; readonly channel: string }[]> {
  const { rows } = await pool.query<{ address: string; channel: string }>({
    name: 'knock_heard',
    text: `select distinct a.id as address, a.channel_id as channel from message m join address a on a.id = m.address_id
      where m.state = 'held' and a.last_heard_at > m.state_at and a.state <> 'closed'
        and a.stopped <> 'all' limit $1`,
    values: [limit],
  })
  return rows
}
