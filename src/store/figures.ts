/**
 * What waits and what was done, in numbers: of all offices, of one, of a queue or of a member of staff, under the access
 * of who asks (requestsCountedFor). The indexes request_counted, request_counted_closed, request_unfinished and
 * event_reopened serve these statements.
 */
import { Prisma } from '../../prisma/client/client.ts'
import { type QueueKey, queueKeys } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { requestsCountedFor } from './access.ts'
import type { Database } from './database.ts'

type Client = Database['prisma']

/** Whose requests; what is absent is not asked about. */
export type FigureScope = { readonly office?: string; readonly queue?: QueueKey; readonly owner?: string }

export type Present = {
  /** Not closed. */
  readonly open: number
  /** Staff owe the next word. */
  readonly owed: number
  /** Of these: within a day from now. */
  readonly due: number
  /** Of these: late. */
  readonly overdue: number
  /** Open and taken by nobody. */
  readonly unowned: number
}

/** Of the requests opened in some time: how many had their first answer, and when. */
export type Answers = {
  readonly opened: number
  readonly answered: number
  readonly inTime: number
  /** Answered late, or late and not answered yet. */
  readonly late: number
  /** Half of the first answers came within this. */
  readonly medianMinutes?: number
}

export type WeekFigures = Answers & {
  /** Monday. */
  readonly from: Date
  readonly closed: number
  readonly reopened: number
}

export type PresentFigures = {
  readonly all: Present
  readonly byQueue: readonly (Present & { readonly queue: QueueKey })[]
  readonly byOwner: readonly (Present & { readonly owner: string })[]
}

const day = 86_400_000
const weekLength = 7 * day
export const weeksShown = 12
/** What "lately" means. */
const latelyLength = 4 * weekLength

/** What waits now. */
export async function readPresent(
  prisma: Client,
  staff: Staff,
  scope: FigureScope,
  now: Date,
): Promise<PresentFigures> {
  const rows = await readUnfinished(prisma, counted(staff, scope), now)
  const owners = [...new Set(rows.flatMap(({ owner }) => owner ?? []))]
  return {
    all: sumOf(rows),
    byQueue: queueKeys.flatMap((queue) => {
      const own = rows.filter((row) => row.queue === queue)
      return own.length === 0 ? [] : [{ queue, ...sumOf(own) }]
    }),
    byOwner: owners.map((owner) => ({ owner, ...sumOf(rows.filter((row) => row.owner === owner)) })),
  }
}

/** Twelve weeks, oldest first; the last is the present one. */
export async function readWeeks(
  prisma: Client,
  staff: Staff,
  scope: FigureScope,
  now: Date,
): Promise<readonly WeekFigures[]> {
  const where = counted(staff, scope)
  const since = new Date(mondayOf(now).getTime() - (weeksShown - 1) * weekLength)
  const [answers, closed, reopened] = await Promise.all([
    readAnswers(prisma, where, { from: since, until: now, step: weekLength, now }),
    readClosed(prisma, where, since),
    readReopened(prisma, where, since),
  ])
  return Array.from({ length: weeksShown }, (_, week) => ({
    from: new Date(since.getTime() + week * weekLength),
    ...(answers.get(week) ?? none),
    closed: closed.get(week) ?? 0,
    reopened: reopened.get(week) ?? 0,
  }))
}

/** The last four weeks against the four before: whether it is getting better. */
export async function readTrend(
  prisma: Client,
  staff: Staff,
  scope: FigureScope,
  now: Date,
): Promise<{ readonly lately: Answers; readonly before: Answers }> {
  const from = new Date(now.getTime() - 2 * latelyLength)
  const halves = await readAnswers(prisma, counted(staff, scope), {
    from,
    until: now,
    step: latelyLength,
    now,
  })
  return { before: halves.get(0) ?? none, lately: halves.get(1) ?? none }
}

/** First answers by owner to what was opened in the last four weeks, for a page that compares nobody with anybody else. */
export async function readOwnersLately(
  prisma: Client,
  staff: Staff,
  scope: FigureScope,
  now: Date,
): Promise<ReadonlyMap<string, Answers>> {
  const since = new Date(now.getTime() - latelyLength)
  const rows = await prisma.$queryRaw<(AnswerRow & { owner: string })[]>`
    select r.owner_id as owner, ${answerColumns(now)}
    from request r
    where r.opened_at >= ${since} and r.owner_id is not null and ${counted(staff, scope)}
    group by 1`
  return new Map(rows.map(({ owner, ...row }) => [owner, answersOf(row)]))
}

const none: Answers = { opened: 0, answered: 0, inTime: 0, late: 0 }

function counted(staff: Staff, { office, queue, owner }: FigureScope): Prisma.Sql {
  return Prisma.join(
    [
      requestsCountedFor(staff),
      ...(office === undefined ? [] : [Prisma.sql`r.office_id = ${office}::uuid`]),
      ...(queue === undefined ? [] : [Prisma.sql`r.queue = ${queue}`]),
      ...(owner === undefined ? [] : [Prisma.sql`r.owner_id = ${owner}::uuid`]),
    ],
    ' and ',
  )
}

/** Bamako keeps UTC all year: its weeks begin on Monday at midnight UTC. */
export function mondayOf(at: Date): Date {
  const midnight = Math.floor(at.getTime() / day)
  // The first day of the epoch was a Thursday.
  return new Date((midnight - ((midnight + 3) % 7)) * day)
}

type PresentRow = Present & { readonly queue: string; readonly owner: string | null }

function readUnfinished(prisma: Client, where: Prisma.Sql, now: Date): Promise<PresentRow[]> {
  const soon = new Date(now.getTime() + day)
  return prisma.$queryRaw<PresentRow[]>`
    select r.queue, r.owner_id as owner, count(*)::int as open,
      count(*) filter (where r.state = 'open')::int as owed,
      count(*) filter (where r.state = 'open' and r.due_at >= ${now} and r.due_at < ${soon})::int as due,
      count(*) filter (where r.state = 'open' and r.due_at < ${now})::int as overdue,
      count(*) filter (where r.owner_id is null)::int as unowned
    from request r
    where r.state <> 'closed' and ${where}
    group by 1, 2`
}

function sumOf(rows: readonly Present[]): Present {
  const sum = (of: keyof Present) => rows.reduce((all, row) => all + row[of], 0)
  return {
    open: sum('open'),
    owed: sum('owed'),
    due: sum('due'),
    overdue: sum('overdue'),
    unowned: sum('unowned'),
  }
}

type AnswerRow = Omit<Answers, 'medianMinutes'> & { readonly median: number | null }

function answerColumns(now: Date): Prisma.Sql {
  return Prisma.sql`count(*)::int as opened, count(r.first_answer_at)::int as answered,
    count(*) filter (where r.first_in_time)::int as "inTime",
    count(*) filter (where not r.first_in_time
      or (r.first_answer_at is null and r.state = 'open' and r.due_at < ${now}))::int as late,
    percentile_cont(0.5) within group (order by extract(epoch from r.first_answer_at - r.opened_at)::float8) / 60 as median`
}

function answersOf({ median, ...row }: AnswerRow): Answers {
  return median === null ? row : { ...row, medianMinutes: Math.round(median) }
}

/** What was opened from a moment on, in steps counted from 0. */
async function readAnswers(
  prisma: Client,
  where: Prisma.Sql,
  { from, until, step, now }: { from: Date; until: Date; step: number; now: Date },
): Promise<ReadonlyMap<number, Answers>> {
  const rows = await prisma.$queryRaw<(AnswerRow & { step: number })[]>`
    select ${stepOf(Prisma.sql`r.opened_at`, from, step)} as step, ${answerColumns(now)}
    from request r
    where r.opened_at >= ${from} and r.opened_at < ${until} and ${where}
    group by 1`
  return new Map(rows.map(({ step: nth, ...row }) => [nth, answersOf(row)]))
}

async function readClosed(
  prisma: Client,
  where: Prisma.Sql,
  since: Date,
): Promise<ReadonlyMap<number, number>> {
  const rows = await prisma.$queryRaw<{ step: number; n: number }[]>`
    select ${stepOf(Prisma.sql`r.closed_at`, since, weekLength)} as step, count(*)::int as n
    from request r
    where r.closed_at >= ${since} and ${where}
    group by 1`
  return new Map(rows.map(({ step, n }) => [step, n]))
}

async function readReopened(
  prisma: Client,
  where: Prisma.Sql,
  since: Date,
): Promise<ReadonlyMap<number, number>> {
  const rows = await prisma.$queryRaw<{ step: number; n: number }[]>`
    select ${stepOf(Prisma.sql`e.at`, since, weekLength)} as step, count(*)::int as n
    from event e join request r on r.id = e.request_id
    where e.type = 'request_reopened' and e.at >= ${since} and ${where}
    group by 1`
  return new Map(rows.map(({ step, n }) => [step, n]))
}

function stepOf(column: Prisma.Sql, from: Date, step: number): Prisma.Sql {
  return Prisma.sql`floor(extract(epoch from ${column} - ${from}::timestamptz) / ${step / 1000}::float8)::int`
}
