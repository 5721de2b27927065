/** Who is silent while something is held for them, who wrote since, and who must be called. Each by a partial index. */
import type pg from 'pg'
import type { CallCause } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import type { Visibility } from '../core/visibility.ts'
import { released } from './outbox-take.ts'

type Queryable = Pick<pg.Pool, 'query'>

/** Somebody for whom something is held and who was not asked yet to write. */
export type Silent = {
  readonly address: string
  readonly channel: string
  readonly key: string
  readonly session: string
  readonly shared: boolean
  readonly language?: Language
  /** Of the most hidden message that is held. */
  readonly request?: string
  readonly visibility: Visibility
  /** Others may read there: only neutral words ask them. */
  readonly locked: boolean
  readonly heardAt?: Date
}

/** Held until the person does something; what only waits for an hour goes by itself. */
const waitsForThem = "m.state = 'held' and m.failure is distinct from 'person:not_now'"
const isLocked = "m.state = 'held' and m.failure = 'phone:locked'"

/** Whoever called for help in secret is not asked to write while they may be watched. */
export async function listSilent(
  pool: Queryable,
  { hushedSince, limit }: { readonly hushedSince: Date; readonly limit: number },
): Promise<readonly Silent[]> {
  const { rows } = await pool.query<{
    address: string
    channel: string
    key: string
    session: string
    shared: boolean
    language: Language | null
    request: string | null
    visibility: Visibility
    locked: boolean
    heard_at: Date | null
  }>({
    name: 'knock_silent',
    text: `select distinct on (a.id) a.id as address, a.channel_id as channel, a.key_id as key,
        a.session_id as session, a.shared, coalesce(a.language, m.language) as language, m.request_id as request, m.visibility,
        a.last_heard_at as heard_at, exists (select from message m where m.address_id = a.id and ${isLocked}) as locked
      from message m join address a on a.id = m.address_id join session s on s.id = a.session_id
      where ${waitsForThem} and a.state = 'live' and a.stopped <> 'all'
        and (m.failure = 'phone:locked' or a.last_heard_at is null or a.last_heard_at <= m.state_at)
        and (s.alarmed_at is null or s.alarmed_at <= $2 or s.opened_at > s.alarmed_at)
        and not exists (select from knock k where k.address_id = a.id and k.ended_at is null)
      order by a.id, array_position(array['sealed', 'restricted', 'open'], m.visibility), m.position desc limit $1`,
    values: [limit, hushedSince],
  })
  return rows.map(({ language, request, heard_at, ...row }) => {
    const more = { ...(language ? { language } : {}), ...(request ? { request } : {}) }
    return { ...row, ...more, ...(heard_at ? { heardAt: heard_at } : {}) }
  })
}

/**
 * Knocks are over once the person wrote, or nothing waits for them any more; of what a code keeps, once staff were asked to
 * call and say something new. Gives how many ended.
 */
export async function endKnocks(pool: Queryable, now: Date): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'knock_end',
    text: `update knock k set ended_at = $1 where k.ended_at is null and (
        (exists (select from address a where a.id = k.address_id and a.last_heard_at > k.at)
          and not exists (select from message m where m.address_id = k.address_id and ${isLocked}))
        or not exists (select from message m where m.address_id = k.address_id and ${waitsForThem})
        or exists (select from message m where m.address_id = k.address_id and ${isLocked} and m.created_at > k.called_at))`,
    values: [now],
  })
  return rowCount ?? 0
}

export type CallOwed = {
  readonly knock: string
  readonly cause: CallCause
  readonly requests: readonly string[]
}

/** Knocks that nobody answered, or that could not even go out, with the requests whose answers are held. */
export async function callsOwed(
  pool: Queryable,
  before: { readonly silent: Date; readonly locked: Date },
  limit: number,
): Promise<readonly CallOwed[]> {
  const { rows } = await pool.query<{ knock: string; cause: CallOwed['cause']; requests: string[] }>({
    name: 'knock_calls',
    text: `select k.id as knock, case when k.message_id is null then 'no_template' when s.state = 'failed'
        then 'not_delivered' when l.locked then 'locked' else 'silent' end as cause,
        array(select distinct m.request_id from message m
          where m.address_id = k.address_id and m.state = 'held' and m.request_id is not null) as requests
      from knock k left join message s on s.id = k.message_id
      cross join lateral (
        select exists (select from message m where m.address_id = k.address_id and ${isLocked}) as locked
      ) l
      where k.ended_at is null and k.called_at is null
        and (k.message_id is null or s.state = 'failed' or k.at <= case when l.locked then $3::timestamptz else $1::timestamptz end)
      order by k.at limit $2`,
    values: [before.silent, limit, before.locked],
  })
  return rows
}

/** Staff know that they have to call. */
export async function noteCalled(pool: Queryable, knock: string, at: Date): Promise<void> {
  await pool.query('update knock set called_at = $2 where id = $1', [knock, at])
}

/** Accounts and addresses whose held messages may be judged again: the person has written since, or given their code. */
export async function heardSince(
  pool: Queryable,
  now: Date,
  limit: number,
): Promise<readonly { readonly address: string; readonly channel: string }[]> {
  const { rows } = await pool.query<{ address: string; channel: string }>({
    name: 'knock_heard',
    text: `select distinct a.id as address, a.channel_id as channel from message m join address a on a.id = m.address_id
      where ${waitsForThem} and ${released('a', '$2')} and a.state <> 'closed'
        and a.stopped <> 'all' limit $1`,
    values: [limit, now],
  })
  return rows
}
