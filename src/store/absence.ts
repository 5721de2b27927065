/** When members of staff are away: said by themselves or by their supervisor, ended by whoever comes back. */
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type Absence = {
  readonly id: string
  readonly staff: string
  readonly from: Date
  readonly until: Date
  /** Who said so. */
  readonly by: string
}

/** Notes that somebody is away. Spans may overlap: away is who is in any of them. */
export async function addAbsence(prisma: Prisma, absence: Absence, at: Date): Promise<void> {
  const { id, staff: staffId, from, until, by: byId } = absence
  await prisma.absence.create({ data: { id, staffId, from, until, byId, createdAt: at } })
}

/** Takes back what has not begun and ends what has; nothing when it is over or gone. */
export async function endAbsence(prisma: Prisma, id: string, at: Date): Promise<void> {
  await prisma.absence.deleteMany({ where: { id, from: { gte: at } } })
  await prisma.absence.updateMany({ where: { id, until: { gt: at } }, data: { until: at } })
}

/** Somebody is back: whatever keeps them away at that moment ends. Gives whether they were away. */
export async function endAbsences(prisma: Prisma, staff: string, at: Date): Promise<boolean> {
  const ended = await prisma.absence.updateMany({
    where: { staffId: staff, from: { lte: at }, until: { gt: at } },
    data: { until: at },
  })
  return ended.count > 0
}

/** One absence, or undefined. */
export async function findAbsence(prisma: Prisma, id: string): Promise<Absence | undefined> {
  const row = await prisma.absence.findUnique({ where: { id } })
  return row ? absenceOf(row) : undefined
}

/** Present and coming absences of these people, in order; of everybody when nobody is named. */
export async function listAbsences(
  prisma: Prisma,
  from: Date,
  staff?: readonly string[],
): Promise<readonly Absence[]> {
  const rows = await prisma.absence.findMany({
    where: { until: { gt: from }, ...(staff ? { staffId: { in: [...staff] } } : {}) },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  })
  return rows.map(absenceOf)
}

/** Who is away at a moment, each with the time until which they are: the last of their spans that touch it. */
export async function awayAt(prisma: Prisma, at: Date): Promise<ReadonlyMap<string, Date>> {
  const rows = await prisma.absence.groupBy({
    by: ['staffId'],
    where: { from: { lte: at }, until: { gt: at } },
    _max: { until: true },
  })
  return new Map(rows.map((row) => [row.staffId, row._max.until ?? at]))
}

type Row = NonNullable<Awaited<ReturnType<Prisma['absence']['findFirst']>>>

function absenceOf({ id, staffId, from, until, byId }: Row): Absence {
  return { id, staff: staffId, from, until, by: byId }
}
