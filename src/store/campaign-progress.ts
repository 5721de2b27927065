/** How far a campaign has come, as somebody watches it. */
import type pg from 'pg'

export type Progress = {
  readonly recipients: number
  readonly waiting: number
  /** Of those: whom it is night for, or a feast. */
  readonly later: number
  /** Of those: for whom there is no place this day (core/daily-tier.ts). */
  readonly limited: number
  readonly canary: number
  readonly waitingCanary: number
  /** Written to whom; each in one of the next five. */
  readonly written: number
  readonly inAir: number
  readonly sent: number
  readonly delivered: number
  readonly read: number
  /** Nobody knows whether it arrived; it is never sent again. */
  readonly unknown: number
  readonly failed: number
  readonly stopped: number
  readonly answered: number
  /** Left out after the release, by reason. */
  readonly leftOut: Readonly<Record<string, number>>
}

const progressSql = `
  select r.*, m.*, coalesce(l.reasons, '{}') as left_out from (
    select count(*)::int as recipients,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'waiting' and not_before > $2 and reason is null)::int as later,
      count(*) filter (where state = 'waiting' and not_before > $2 and reason = 'day_limit')::int as limited,
      count(*) filter (where canary)::int as canary,
      count(*) filter (where state = 'waiting' and canary)::int as waiting_canary,
      count(*) filter (where stopped_at is not null)::int as stopped,
      count(*) filter (where answered_at is not null)::int as answered
    from campaign_recipient where campaign_id = $1
  ) r, (
    select count(*)::int as written,
      count(*) filter (where state in ('queued', 'sending'))::int as in_air,
      count(*) filter (where state = 'sent')::int as sent,
      count(*) filter (where state = 'delivered')::int as delivered,
      count(*) filter (where state = 'read')::int as read,
      count(*) filter (where state = 'unknown')::int as unknown,
      count(*) filter (where state = 'failed')::int as failed
    from message where campaign_id = $1 and direction = 'out'
  ) m, (
    select jsonb_object_agg(reason, n) as reasons from (
      select coalesce(reason, '') as reason, count(*)::int as n from campaign_recipient
        where campaign_id = $1 and state = 'left_out' group by 1
    ) x
  ) l`

export async function progressOf(pool: pg.Pool, campaign: string, now: Date): Promise<Progress> {
  const { rows } = await pool.query<
    Omit<Progress, 'waitingCanary' | 'inAir' | 'leftOut'> & {
      waiting_canary: number
      in_air: number
      left_out: Record<string, number>
    }
  >({ name: 'campaign_progress', text: progressSql, values: [campaign, now] })
  const [row] = rows
  if (!row) throw new Error('a count gives a row')
  const { waiting_canary: waitingCanary, in_air: inAir, left_out: leftOut, ...rest } = row
  return { ...rest, waitingCanary, inAir, leftOut }
}

/** How many of those whom it did not reach can be tried once more (campaign-ledger.ts, retryFailed). */
export async function againOf(pool: pg.Pool, campaign: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from message where campaign_id = $1 and state = 'failed' and direction = 'out'
      and failure not in ('channel:blocked', 'key:erased', 'person:stopped')`,
    [campaign],
  )
  return rows[0]?.n ?? 0
}

/** How many still wait, for each of these campaigns. */
export async function waitingOf(
  pool: pg.Pool,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ id: string; n: number }>(
    `select campaign_id as id, count(*)::int as n from campaign_recipient
      where campaign_id = any($1::uuid[]) and state = 'waiting' group by 1`,
    [campaigns],
  )
  return new Map(rows.map(({ id, n }) => [id, n]))
}
