/** Times in which a queue held as much as the office said is too much (queue-setting.ts), one row for each. */
import type pg from 'pg'
import { type QueueKey, queueKeys, queueOf } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { countsAny } from './access.ts'
import type { Database } from './database.ts'

type Client = Database['prisma']
type World = { id(): string; now(): Date }

/** What is counted of a queue: everything that is not closed, or what is late. */
export type Measure = 'open' | 'late'

export type Passing = {
  readonly queue: QueueKey
  readonly what: Measure
  /** What the office allows. */
  readonly most: number
  readonly since: Date
  readonly until?: Date
}

/** What lies in each queue now. Sealed matters are in no count, and what was put aside is not late. */
export async function queueLoads(
  pool: Pick<pg.Pool, 'query'>,
  now: Date,
): Promise<ReadonlyMap<string, Readonly<Record<Measure, number>>>> {
  const { rows } = await pool.query<{ queue: string; open: number; late: number }>({
    name: 'queue_loads',
    text: `select queue, count(*)::int as open, count(*) filter (where state = 'open' and due_at < $1
        and (snoozed_until is null or snoozed_until <= $1))::int as late
      from request where state <> 'closed' and visibility <> 'sealed' group by queue`,
    values: [now],
  })
  return new Map(rows.map(({ queue, open, late }) => [queue, { open, late }]))
}

/** Those that last. */
export async function openPassings(prisma: Client): Promise<readonly Passing[]> {
  return (await prisma.queuePassing.findMany({ where: { until: null } })).map(passingOf)
}

/** Notes that a queue has passed; false when that is known, also when another process was first. */
export async function beginPassing(
  prisma: Client,
  world: World,
  it: Pick<Passing, 'queue' | 'what' | 'most'>,
): Promise<boolean> {
  const { count } = await prisma.queuePassing.createMany({
    data: { id: world.id(), since: world.now(), ...it },
    skipDuplicates: true,
  })
  return count > 0
}

export async function endPassing(
  prisma: Client,
  { queue, what }: Pick<Passing, 'queue' | 'what'>,
  at: Date,
): Promise<void> {
  await prisma.queuePassing.updateMany({ where: { queue, what, until: null }, data: { until: at } })
}

/** Those that last or ended after `since`, of queues whose figures this member of staff reads, the last first. */
export async function passingsFor(prisma: Client, staff: Staff, since: Date): Promise<readonly Passing[]> {
  if (!countsAny(staff)) return []
  const rows = await prisma.queuePassing.findMany({
    where: {
      queue: { in: queueKeys.filter((key) => !queueOf(key).closed || staff.queues.includes(key)) },
      OR: [{ until: null }, { until: { gte: since } }],
    },
    orderBy: { since: 'desc' },
    take: 20,
  })
  return rows.map(passingOf)
}

/**
 * Who is told that a queue has passed: the supervisors who sit in it and the officers. How much lies in a closed queue is
 * for its members alone; where none of them supervises, all of them are told.
 */
export async function tellPassing(prisma: Client, queue: QueueKey): Promise<readonly string[]> {
  const seated = { queues: { some: { queue } } }
  const closed = queueOf(queue).closed === true
  const find = async (where: object) =>
    (await prisma.staff.findMany({ where: { active: true, ...where }, select: { id: true } })).map(
      ({ id }) => id,
    )
  const leading = await find({
    OR: [
      { roles: { has: 'supervisor' }, ...seated },
      { roles: { has: 'officer' }, ...(closed ? seated : {}) },
    ],
  })
  return leading.length > 0 ? leading : find(seated)
}

type Row = {
  readonly queue: string
  readonly what: string
  readonly most: number
  readonly since: Date
  readonly until: Date | null
}

function passingOf({ queue, what, most, since, until }: Row): Passing {
  return {
    // Written by the program from the same unions.
    queue: queue as QueueKey,
    what: what as Measure,
    ...{ most, since },
    ...(until === null ? {} : { until }),
  }
}
