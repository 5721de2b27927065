/** Who is called when danger does not wait for office hours. */
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export const dutyLines = ['protection', 'psea', 'critical'] as const
export type DutyLine = (typeof dutyLines)[number]

export type Duty = {
  readonly id: string
  readonly staff: string
  readonly line: DutyLine
  readonly from: Date
  readonly until: Date
}

/** Active staff on duty on a line at a moment, the one who began first at the head. */
export async function onDutyAt(prisma: Prisma, line: DutyLine, at: Date): Promise<readonly string[]> {
  const rows = await prisma.duty.findMany({
    where: { line, from: { lte: at }, until: { gt: at }, staffId: { in: await activeStaff(prisma) } },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
    select: { staffId: true },
  })
  return rows.map((row) => row.staffId)
}

/** Present and coming duties, in order. */
export async function listDuty(prisma: Prisma, from: Date): Promise<readonly Duty[]> {
  const rows = await prisma.duty.findMany({
    where: { until: { gt: from } },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  })
  // Lines were written from the same union.
  return rows.map(({ id, staffId, line, from: start, until }) => {
    return { id, staff: staffId, line: line as DutyLine, from: start, until }
  })
}

/** Puts somebody on duty. Spans may overlap: then several are called. */
export async function addDuty(prisma: Prisma, { id, staff, line, from, until }: Duty): Promise<void> {
  await prisma.duty.create({ data: { id, staffId: staff, line, from, until } })
}

/** Takes a duty off the list; nothing when it is gone. */
export async function removeDuty(prisma: Prisma, id: string): Promise<void> {
  await prisma.duty.deleteMany({ where: { id } })
}

async function activeStaff(prisma: Prisma): Promise<string[]> {
  return (await prisma.staff.findMany({ where: { active: true }, select: { id: true } })).map((row) => row.id)
}
