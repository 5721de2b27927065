/** Who is called when danger does not wait for office hours. */
import type { DutyLine } from '../core/duty.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type Duty = {
  readonly id: string
  readonly staff: string
  readonly line: DutyLine
  /** 0 is called first, then the deputies. */
  readonly rank: number
  readonly from: Date
  readonly until: Date
}

/** Active staff on duty on a line at a moment, in the order in which they are called. */
export async function onDutyAt(prisma: Prisma, line: DutyLine, at: Date): Promise<readonly string[]> {
  const rows = await prisma.duty.findMany({
    where: { line, from: { lte: at }, until: { gt: at }, staffId: { in: await activeStaff(prisma) } },
    orderBy: [{ rank: 'asc' }, { from: 'asc' }, { id: 'asc' }],
    select: { staffId: true },
  })
  return rows.map((row) => row.staffId)
}

/** The duties that touch a span of time, or everything that is not over, in order. */
export async function listDuty(prisma: Prisma, from: Date, until?: Date): Promise<readonly Duty[]> {
  const rows = await prisma.duty.findMany({
    where: { until: { gt: from }, ...(until ? { from: { lt: until } } : {}) },
    orderBy: [{ from: 'asc' }, { rank: 'asc' }, { id: 'asc' }],
  })
  // Lines were written from the same union.
  return rows.map(({ staffId, line, ...span }) => {
    return { ...span, staff: staffId, line: line as DutyLine }
  })
}

/** Puts people on duty. Spans may overlap: then several are called. What is on the list already is not added again. */
export async function addDuties(prisma: Prisma, duties: readonly Duty[]): Promise<number> {
  if (duties.length === 0) return 0
  const times = duties.map(({ from }) => from.getTime())
  const known = await prisma.duty.findMany({
    where: { from: { gte: new Date(Math.min(...times)), lte: new Date(Math.max(...times)) } },
  })
  const fresh = duties.filter(
    (duty) => !known.some(({ staffId, ...one }) => isSame({ ...one, staff: staffId }, duty)),
  )
  await prisma.duty.createMany({ data: fresh.map(({ staff, ...duty }) => ({ ...duty, staffId: staff })) })
  return fresh.length
}

/** Puts one person on duty. */
export async function addDuty(prisma: Prisma, duty: Duty): Promise<void> {
  await addDuties(prisma, [duty])
}

/** Takes a duty off the list: one that runs ends, and who was on duty before stays on record. */
export async function removeDuty(prisma: Prisma, id: string, at: Date): Promise<void> {
  await prisma.duty.deleteMany({ where: { id, from: { gte: at } } })
  await prisma.duty.updateMany({ where: { id, from: { lt: at }, until: { gt: at } }, data: { until: at } })
}

function isSame(one: Omit<Duty, 'id' | 'line'> & { readonly line: string }, other: Duty): boolean {
  return (
    one.staff === other.staff &&
    one.line === other.line &&
    one.rank === other.rank &&
    one.from.getTime() === other.from.getTime() &&
    one.until.getTime() === other.until.getTime()
  )
}

async function activeStaff(prisma: Prisma): Promise<string[]> {
  return (await prisma.staff.findMany({ where: { active: true }, select: { id: true } })).map((row) => row.id)
}
