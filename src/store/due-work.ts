/** What the passing of time does to requests: who wakes, who goes back to the pool, whose turn it is. Each with its index. */
import type pg from 'pg'
import type { Candidate } from '../core/assignment.ts'
import type { Language } from '../core/language.ts'
import type { QueueKey } from '../core/queue.ts'
import type { WorkerSex } from '../core/safe-contact.ts'
import type { Database } from './database.ts'

type Queryable = Pick<pg.Pool, 'query'>

/** Put aside, and their moment has come or the person wrote. Served by the partial index request_snoozed. */
export async function wakingRequests(
  pool: Queryable,
  now: Date,
  limit: number,
): Promise<readonly { readonly id: string; readonly cause: 'time' | 'person' }[]> {
  const { rows } = await pool.query<{ id: string; cause: 'time' | 'person' }>({
    name: 'due_waking',
    text: `select r.id, case when r.snoozed_until <= $1 then 'time' else 'person' end as cause
      from request r left join address a on a.id = r.address_id
      where r.snoozed_until is not null and r.state <> 'closed'
        and (r.snoozed_until <= $1 or a.last_heard_at > r.snoozed_at)
      order by r.snoozed_until limit $2`,
    values: [now, limit],
  })
  return rows
}

/** Open ones of people who are away, the soonest due first. Served by the index on (owner_id, state, due_at). */
export async function requestsOfAbsent(
  pool: Queryable,
  now: Date,
  limit: number,
): Promise<readonly { readonly id: string; readonly owner: string }[]> {
  const { rows } = await pool.query<{ id: string; owner: string }>({
    name: 'due_absent',
    text: `select r.id, r.owner_id as owner from request r
      where r.owner_id in (select staff_id from absence where "from" <= $1 and until > $1) and r.state = 'open'
        and (r.snoozed_until is null or r.snoozed_until <= $1)
        and r.opened_at + (r.due_at - r.opened_at) * 0.8 <= $1
      order by r.due_at limit $2`,
    values: [now, limit],
  })
  return rows
}

/** Those whose person is still to be told, and can be. Served by the partial index request_delay_owed. */
export async function delaysOwed(pool: Queryable, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'due_delays',
    text: `select r.id from request r join address a on a.id = r.address_id
      where r.delay_owed_at is not null and r.delay_told_at is null and r.state = 'open' and r.visibility <> 'sealed'
        and a.state = 'live' and a.stopped <> 'all' and not a.shared
      order by r.delay_owed_at limit $1`,
    values: [limit],
  })
  return rows.map((row) => row.id)
}

export type Unowned = {
  readonly id: string
  readonly language?: Language
  readonly office?: string
  /** Whom the person would rather speak with. */
  readonly prefers?: WorkerSex
}

/** What waits in a queue for the machine to give it to somebody. Served by the partial index request_unowned. */
export async function waitingInTurn(
  pool: Queryable,
  queue: QueueKey,
  now: Date,
  limit: number,
): Promise<readonly Unowned[]> {
  const { rows } = await pool.query<{
    id: string
    language: Language | null
    office: string | null
    prefers: WorkerSex | null
  }>({
    name: 'due_in_turn',
    text: `select r.id, r.language, r.office_id as office, p.prefers from request r left join person p on p.id = r.person_id
      where queue = $1 and state <> 'closed' and state = 'open' and r.owner_id is null and visibility <> 'sealed'
        and (snoozed_until is null or snoozed_until <= $2)
      order by due_at, r.id limit $3`,
    values: [queue, now, limit],
  })
  return rows.map(({ id, language, office, prefers }) => ({
    id,
    ...(language ? { language } : {}),
    ...(office ? { office } : {}),
    ...(prefers ? { prefers } : {}),
  }))
}

/**
 * Who sits in a queue, may come in and is not away; of what waits for one office, who belongs there or nowhere. Whoever
 * said no language speaks that of their console.
 */
export async function candidatesOf(
  prisma: Database['prisma'],
  { queue, office }: { readonly queue: QueueKey; readonly office?: string },
  away: ReadonlySet<string>,
): Promise<readonly Candidate[]> {
  const [seats, loads] = await Promise.all([
    prisma.queueStaff.findMany({
      where: {
        ...{ queue, staffId: { notIn: [...away] } },
        staff: { active: true, ...(office ? { OR: [{ officeId: office }, { officeId: null }] } : {}) },
      },
      select: {
        ...{ staffId: true, assignedAt: true },
        staff: { select: { speaks: true, language: true, sex: true } },
      },
    }),
    prisma.request.groupBy({
      by: ['ownerId'],
      where: { queue, state: 'open', ownerId: { not: null } },
      _count: true,
    }),
  ])
  return seats.map(({ staffId, assignedAt, staff }) => ({
    staff: staffId,
    speaks: staff.speaks.length > 0 ? staff.speaks : [staff.language],
    open: loads.find(({ ownerId }) => ownerId === staffId)?._count ?? 0,
    ...(staff.sex === 'woman' || staff.sex === 'man' ? { sex: staff.sex } : {}),
    ...(assignedAt ? { assignedAt } : {}),
  }))
}

/** Somebody was given something of a queue by the machine. */
export async function noteTurn(
  prisma: Database['prisma'],
  queue: QueueKey,
  staff: string,
  at: Date,
): Promise<void> {
  await prisma.queueStaff.updateMany({ where: { queue, staffId: staff }, data: { assignedAt: at } })
}
