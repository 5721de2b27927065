/** What a process that died, or the passing of time, left for somebody to take up. */
import type pg from 'pg'

type Queryable = Pick<pg.Pool, 'query'>

/** Addresses with an arrival that nobody handled since `before`, oldest first. */
export async function unhandledAddresses(
  pool: Queryable,
  before: Date,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sweep_unhandled',
    text: `select address_id as address from message
      where state = 'received' and direction = 'in' and created_at <= $1
      group by address_id order by min(created_at) limit $2`,
    values: [before, limit],
  })
  return rows.map((row) => row.address)
}

/** Addresses whose speaking session waits for a moment that has come, longest overdue first. */
export async function wakingAddresses(pool: Queryable, now: Date, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sweep_waking',
    text: `select a.id as address from session s join address a on a.session_id = s.id
      where s.wake_at <= $1 order by s.wake_at limit $2`,
    values: [now, limit],
  })
  return rows.map((row) => row.address)
}

/**
 * Addresses whose present speaker is to be asked whether a matter is solved, longest due first. On a phone that others
 * read, and where the provider takes nothing of ours any more, it is asked when they write next.
 */
export async function loopAddresses(pool: Queryable, now: Date, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sweep_loops',
    text: `select a.id as address from request r join address a on a.id = r.address_id
        join channel c on c.id = a.channel_id join session s on s.id = a.session_id
      where r.loop_at <= $1 and r.loop_asked_at is null and r.state in ('answered', 'closed')
        and r.visibility = 'open' and r.merged_into_id is null
        and a.state = 'live' and a.stopped = 'no' and not a.shared and s.code_hash is null
        and (c.kind <> 'whatsapp_cloud' or a.last_heard_at > $1 - interval '24 hours' or exists (
          select from template t where t.use = 'solved.ask' and t.state = 'approved'))
      group by a.id order by min(r.loop_at) limit $2`,
    values: [now, limit],
  })
  return rows.map((row) => row.address)
}

/**
 * Addresses whose present speaker is to be asked how they are, longest due first. On a phone that others read or that has a
 * code, and where the provider takes nothing of ours any more, they are asked when they write next.
 */
export async function checkInAddresses(
  pool: Queryable,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sweep_check_ins',
    text: `select a.id as address from case_file f join session s on s.person_id = f.person_id
        join address a on a.session_id = s.id join channel c on c.id = a.channel_id
      where f.check_in_at <= $1 and f.closed_at is null and a.state = 'live' and a.stopped = 'no' and not a.shared
        and s.code_hash is null
        and (c.kind <> 'whatsapp_cloud' or a.last_heard_at > $1::timestamptz - interval '24 hours')
      order by f.check_in_at limit $2`,
    values: [now, limit],
  })
  return rows.map((row) => row.address)
}

/** Addresses whose present speaker is to be told something of a follow-up, longest due first; none that asked for silence. */
export async function promptedAddresses(
  pool: Queryable,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sweep_prompted',
    text: `select a.id as address from follow_up f join request r on r.id = f.request_id
        join address a on a.id = r.address_id join session s on s.id = a.session_id
      where f.prompt_at <= $1 and not f.knocked and r.visibility = 'open' and a.state = 'live' and a.stopped <> 'all'
        and (not a.shared or r.person_id = s.person_id or (r.person_id is null and r.id > s.id))
      group by a.id order by min(f.prompt_at) limit $2`,
    values: [now, limit],
  })
  return rows.map((row) => row.address)
}

/** The same for what is to be asked of a referral: its person speaks there now. */
export async function referredAddresses(
  pool: Queryable,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ address: string }>({
    name: 'sweep_referred',
    text: `select a.id as address from referral e join request r on r.id = e.request_id
        join address a on a.id = e.address_id join session s on s.id = a.session_id and s.person_id = e.person_id
      where e.ask_person_at <= $1 and e.prompt is not null and not e.knocked and r.visibility = 'open'
        and a.state = 'live' and a.stopped <> 'all'
      group by a.id order by min(e.ask_person_at) limit $2`,
    values: [now, limit],
  })
  return rows.map((row) => row.address)
}
