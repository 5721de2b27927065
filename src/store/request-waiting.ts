/**
 * What is not closed, counted for one reader in one reading of the index request_waiting: the rail of every page stands on
 * it, so it is asked more often than anything else.
 */
import type { Staff } from '../core/staff.ts'
import { requestsSeenSql } from './access.ts'
import type { Database } from './database.ts'

/** Of one queue and one owner. */
export type Waiting = {
  readonly queue: string
  readonly owner: string | null
  /** Put aside until later; in none of the other numbers. */
  readonly snoozed: number
  readonly open: number
  /** Of these: the person owes the next word, or staff have answered. */
  readonly answered: number
  /** Of these: staff owe it and are late. */
  readonly late: number
}

export async function countWaiting(
  prisma: Database['prisma'],
  staff: Staff,
  now: Date,
): Promise<readonly Waiting[]> {
  return prisma.$queryRaw<Waiting[]>`
    with r as (
      select r.queue, r.owner_id, r.state, r.due_at, coalesce(r.snoozed_until > ${now}, false) as snoozed
      from request r
      where r.state <> 'closed' and ${requestsSeenSql(staff)}
    )
    select queue, owner_id as owner, count(*) filter (where snoozed)::int as snoozed,
      count(*) filter (where not snoozed)::int as open,
      count(*) filter (where not snoozed and state <> 'open')::int as answered,
      count(*) filter (where not snoozed and state = 'open' and due_at < ${now})::int as late
    from r group by queue, owner_id`
}
