/** Accounts that cannot speak at the moment, and what waits there: told to everybody who answers. */
import type pg from 'pg'

export type HeldBack = {
  readonly kind: string
  readonly why: 'down' | 'unauthorized' | 'paused' | 'full'
  /** Messages of open matters that wait to go out, up to a thousand; what is guarded is not counted here. */
  readonly waiting: number
}

const countedAtMost = 1_000

/** Of these accounts, those in trouble. */
export async function heldBack(
  pool: Pick<pg.Pool, 'query'>,
  accounts: readonly string[],
  now: Date,
): Promise<readonly HeldBack[]> {
  if (accounts.length === 0) return []
  const { rows } = await pool.query<HeldBack>({
    name: 'held_back',
    text: `
      with troubled as (
        select c.id, c.kind, case when c.state in ('down', 'unauthorized') then c.state
          when w.paused_at is not null then 'paused'
          when w.sent_day = $2::date and w.sent_count >= w.daily_cap then 'full' end as why
        from channel c left join whatsapp_web w on w.channel_id = c.id where c.id = any($1::uuid[])
      )
      select t.kind, t.why, (select count(*)::int from (
        select from message m join address a on a.id = m.address_id
        where a.channel_id = t.id and m.direction = 'out' and m.visibility = 'open'
          and m.state in ('queued', 'sending', 'unknown')
          and (m.state <> 'unknown' or m.failure is distinct from 'resent') limit ${countedAtMost}) counted) as waiting
      from troubled t where t.why is not null order by t.kind`,
    values: [accounts, now],
  })
  return rows
}
