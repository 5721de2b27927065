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
export const weeksShown = 12
/** What "lately" means: the present week and those before it. */
const latelyWeeks = 4

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
  const mondays = Array.from({ length: weeksShown }, (_, week) => weeksAgo(now, weeksShown - 1 - week))
  const [answers, closed, reopened] = await Promise.all([
    readAnswers(prisma, where, mondays, now),
    readClosed(prisma, where, mondays),
    readReopened(prisma, where, mondays),
  ])
  return mondays.map((from, week) => ({
    from,
    ...(answers.get(week) ?? none),
    closed: closed.get(week) ?? 0,
    reopened: reopened.get(week) ?? 0,
  }))
}

/** The four weeks before the last four of these, to tell whether it is getting better. */
export function beforeThat(weeks: readonly WeekFigures[]): Answers {
  const some = weeks.slice(-2 * latelyWeeks, -latelyWeeks)
  const sum = (of: keyof typeof none) => some.reduce((all, week) => all + week[of], 0)
  return { opened: sum('opened'), answered: sum('answered'), inTime: sum('inTime'), late: sum('late') }
}

/** First answers to what was opened in the last four weeks: of all, and by owner. */
export async function readLately(
  prisma: Client,
  staff: Staff,
  scope: FigureScope,
  now: Date,
): Promise<{ readonly all: Answers; readonly byOwner: ReadonlyMap<string, Answers> }> {
  const rows = await prisma.$queryRaw<(AnswerRow & { owner: string | null; whole: boolean })[]>`
    select r.owner_id as owner, grouping(r.owner_id) = 1 as whole, ${answerColumns(now)}
    from request r
    where r.opened_at >= ${weeksAgo(now, latelyWeeks - 1)} and ${counted(staff, scope)}
    group by grouping sets ((r.owner_id), ())`
  const byOwner = rows.flatMap(({ owner, whole, ...row }) =>
    whole || owner === null ? [] : [[owner, answersOf(row)] as const],
  )
  const all = rows.find(({ whole }) => whole)
  return { all: all ? answersOf(all) : none, byOwner: new Map(byOwner) }
}

const none = { opened: 0, answered: 0, inTime: 0, late: 0 } satisfies Answers

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

/** The Monday of this week or of one before. Bamako keeps UTC all year: its weeks begin at midnight UTC. */
export function weeksAgo(now: Date, weeks: number): Date {
  const today = Math.floor(now.getTime() / day)
  // The first day of the epoch was a Thursday.
  return new Date((today - ((today + 3) % 7) - 7 * weeks) * day)
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
    extract(epoch from percentile_cont(0.5) within group (order by r.first_answer_at - r.opened_at))::float8 / 60 as median`
}

function answersOf({ opened, answered, inTime, late, median }: AnswerRow): Answers {
  const told = { opened, answered, inTime, late }
  return median === null ? told : { ...told, medianMinutes: Math.round(median) }
}

/** The week a moment lies in, counted from 0 at the first of these Mondays. */
function weekOf(column: Prisma.Sql, mondays: readonly Date[]): Prisma.Sql {
  return Prisma.sql`width_bucket(${column}, ${[...mondays]}::timestamptz[]) - 1`
}

async function readAnswers(
  prisma: Client,
  where: Prisma.Sql,
  mondays: readonly Date[],
  now: Date,
): Promise<ReadonlyMap<number, Answers>> {
  const rows = await prisma.$queryRaw<(AnswerRow & { week: number })[]>`
    select ${weekOf(Prisma.sql`r.opened_at`, mondays)} as week, ${answerColumns(now)}
    from request r
    where r.opened_at >= ${mondays[0]} and ${where}
    group by 1`
  return new Map(rows.map((row) => [row.week, answersOf(row)]))
}

async function readClosed(
  prisma: Client,
  where: Prisma.Sql,
  mondays: readonly Date[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await prisma.$queryRaw<{ week: number; n: number }[]>`
    select ${weekOf(Prisma.sql`r.closed_at`, mondays)} as week, count(*)::int as n
    from request r
    where r.closed_at >= ${mondays[0]} and ${where}
    group by 1`
  return new Map(rows.map(({ week, n }) => [week, n]))
}

async function readReopened(
  prisma: Client,
  where: Prisma.Sql,
  mondays: readonly Date[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await prisma.$queryRaw<{ week: number; n: number }[]>`
    select ${weekOf(Prisma.sql`e.at`, mondays)} as week, count(*)::int as n
    from event e join request r on r.id = e.request_id
    where e.type = 'request_reopened' and e.at >= ${mondays[0]} and ${where}
    group by 1`
  return new Map(rows.map(({ week, n }) => [week, n]))
}
