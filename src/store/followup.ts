/** Follow-ups and the calendars they stand in. What they belong to is found under the reader's access before. */
import type { FollowUpKind, FollowUpState, Span } from '../core/followup.ts'
import type { FollowUp } from '../core/followup-rules.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

/** As a row has it, with what must still stand when it is changed. */
export type FollowUpRow = FollowUp & {
  readonly version: number
  readonly country: string
  readonly office?: string
  readonly prompt?: string
  readonly promptAt?: Date
  readonly knocked: boolean
  readonly askedAt: Date
}

/** Those of a request that one may see, newest first. */
export async function followUpsOfRequest(prisma: Prisma, request: string): Promise<readonly FollowUpRow[]> {
  const rows = await prisma.followUp.findMany({
    where: { requestId: request },
    orderBy: { id: 'desc' },
    take: 20,
  })
  return rows.map((row) => ({
    ...{ id: row.id, request, version: row.version, knocked: row.knocked, askedAt: row.createdAt },
    // Written from the unions.
    state: row.state as FollowUpState,
    ...(row.kind === null ? {} : { kind: row.kind as FollowUpKind }),
    ...(row.at ? { at: row.at } : {}),
    ...(row.minutes === null ? {} : { minutes: row.minutes }),
    ...(row.staffId === null ? {} : { staff: row.staffId }),
    ...(row.officeId === null ? {} : { office: row.officeId }),
    ...(row.prompt === null ? {} : { prompt: row.prompt }),
    ...(row.promptAt ? { promptAt: row.promptAt } : {}),
    country: row.country ?? 'ML',
  }))
}

export type Diary = {
  readonly version: number
  readonly taken: readonly Span[]
  readonly away: readonly Span[]
}

/** The time that somebody has not: follow-ups but for one, absences. Makes the calendar when they never had one. */
export async function readDiary(prisma: Prisma, staff: string, now: Date, except?: string): Promise<Diary> {
  // The version is read before what it stands for: whatever comes between is noticed.
  const known = await prisma.diary.findUnique({ where: { id: staff } })
  if (!known) {
    await prisma.diary.createMany({ data: [{ id: staff, changedAt: now }], skipDuplicates: true })
  }
  const [rows, absences] = await Promise.all([
    prisma.followUp.findMany({
      where: {
        staffId: staff,
        state: { in: ['proposed', 'agreed'] },
        at: { gt: new Date(now.getTime() - 86_400_000) },
        ...(except === undefined ? {} : { id: { not: except } }),
      },
      select: { at: true, minutes: true },
    }),
    prisma.absence.findMany({ where: { staffId: staff, until: { gt: now } } }),
  ])
  return {
    version: known?.version ?? 0,
    taken: rows.flatMap(({ at, minutes }) =>
      at ? [{ from: at, to: new Date(at.getTime() + (minutes ?? 60) * 60_000) }] : [],
    ),
    away: absences.map(({ from, until }) => ({ from, to: until })),
  }
}

/** How many of a person were missed since the last one that took place; of a request where nobody knows whose it is. */
export async function missedInARow(
  prisma: Prisma,
  of: { readonly person?: string | undefined; readonly request: string },
): Promise<number> {
  const theirs = of.person === undefined ? { requestId: of.request } : { personId: of.person }
  const last = await prisma.followUp.findFirst({
    where: { ...theirs, state: 'done' },
    orderBy: { endedAt: { sort: 'desc', nulls: 'last' } },
    select: { endedAt: true },
  })
  const since = last?.endedAt ? { endedAt: { gt: last.endedAt } } : {}
  return prisma.followUp.count({ where: { ...theirs, state: 'missed', ...since } })
}
