/** What the round of alerts reads and writes: which are due, over or late, and which notices are to be sent. */
import type pg from 'pg'
import type { AlertCause, DutyLine } from '../core/duty.ts'
import type { QueueKey } from '../core/queue.ts'
import { type ReportTerms, reportedKinds } from '../core/reported.ts'
import type { Visibility } from '../core/visibility.ts'
import { type AlertWay, noticesOf } from './alert.ts'
import type { Database } from './database.ts'

type Client = Database['prisma']
type Queryable = Pick<pg.Pool, 'query'>
type World = { id(): string; now(): Date }

/** An alert that is to be told or passed on, with what the ladder asks of its request. */
export type DueAlert = {
  readonly id: string
  readonly line: DutyLine
  /** It was to be reported by now. */
  readonly overdue: boolean
  readonly level: number
  readonly acknowledged: boolean
  readonly queue: QueueKey
  readonly visibility: Visibility
  readonly office?: string
  readonly holders: readonly string[]
  readonly barred: readonly string[]
  readonly told: readonly string[]
}

/**
 * Ends what somebody has taken, what was answered, and what repeats another; gives the ids. Whoever was only given a
 * request, by rule or in turn, has not taken it: they must have seen it.
 */
export async function endTaken(pool: Queryable, now: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'alert_end_taken',
    text: `with over as (
        update alert a set ended_at = $1 from request r
        where a.ended_at is null and r.id = a.request_id and case
          when a.cause = 'opening'
          then not exists (select from opening o where o.request_id = r.id and o.decided_at is null)
          when a.cause = 'report'
          then r.state = 'closed' or r.reported_on is not null or r.kind <> all($2::text[])
          else r.state in ('closed', 'answered')
          or (r.owner_id is not null and (a.acknowledged_id is not null
            or exists (select 1 from event e where e.request_id = r.id and e.type = 'request_taken'
              and e.by = 'staff' and e.at > a.created_at)))
          or exists (select 1 from alert b where b.request_id = a.request_id and b.line = a.line
            and b.cause not in ('report', 'opening') and b.ended_at is null and b.id < a.id)
        end
        returning a.id)
      , unneeded as (
        update alert_notice n set state = 'unneeded', next_try_at = null from over
        where n.alert_id = over.id and n.state = 'queued')
      select id from over`,
    values: [now, reportedKinds],
  })
  return rows.map(({ id }) => id)
}

/** What is due to be told, the oldest first. */
export async function dueAlerts(prisma: Client, now: Date, limit: number): Promise<readonly DueAlert[]> {
  const rows = await prisma.alert.findMany({
    where: { endedAt: null, nextAt: { lte: now }, requestId: { not: null } },
    orderBy: { id: 'asc' },
    take: limit,
    include: { notices: { where: { way: 'console' }, select: { staffId: true } } },
  })
  const requests = await prisma.request.findMany({
    where: { id: { in: rows.flatMap(({ requestId }) => requestId ?? []) } },
    select: {
      ...{ id: true, queue: true, visibility: true, officeId: true },
      holders: { select: { staffId: true } },
      barred: { select: { staffId: true } },
    },
  })
  return rows.flatMap((row) => {
    const request = requests.find(({ id }) => id === row.requestId)
    if (!request) return []
    return {
      ...{ id: row.id, level: row.level, acknowledged: row.acknowledgedAt !== null },
      // Codes were written by the program from the same unions.
      line: row.line as DutyLine,
      overdue: row.cause === 'report',
      queue: request.queue as QueueKey,
      visibility: request.visibility as Visibility,
      office: request.officeId ?? undefined,
      holders: request.holders.map(({ staffId }) => staffId),
      barred: request.barred.map(({ staffId }) => staffId),
      told: row.notices.map(({ staffId }) => staffId),
    }
  })
}

/**
 * Writes that these staff were told and when it is passed on; an acknowledgement from which nothing came is void. False
 * when another process was first. Whoever is called to a sealed matter while on duty may know of it from then on.
 */
export async function passOnAlert(
  prisma: Client,
  world: World,
  it: {
    readonly alert: DueAlert
    readonly to: readonly string[]
    readonly nextAt: Date
  },
): Promise<boolean> {
  const { alert, to, nextAt } = it
  const level = alert.level + 1
  return prisma.$transaction(async (db) => {
    const { count } = await db.alert.updateMany({
      where: { id: alert.id, level: alert.level, endedAt: null },
      data: { level, nextAt, acknowledgedId: null, acknowledgedAt: null },
    })
    if (count === 0) return false
    await db.alertNotice.createMany({ data: noticesOf(world, { alert: alert.id, to, level }) })
    const { requestId } = await db.alert.findUniqueOrThrow({
      where: { id: alert.id },
      select: { requestId: true },
    })
    if (alert.visibility === 'sealed' && requestId) {
      const since = world.now()
      const holders = to.map((staffId) => ({ requestId, staffId, since }))
      await db.requestHolder.createMany({ data: holders, skipDuplicates: true })
    }
    return true
  })
}

/** Queues whose matters are called for when nobody answers in time, whatever their priority. */
const watched: readonly QueueKey[] = ['protection', 'psea', 'conduct', 'data']
const day = 24 * 60 * 60_000

/** Requests whose time ran out within a day without a word, each called for once; gives how many. */
export async function callLate(
  pool: Queryable,
  world: World,
  lineOf: (queue: QueueKey) => DutyLine,
): Promise<number> {
  const now = world.now()
  const { rows } = await pool.query<{ id: string; queue: QueueKey }>({
    name: 'alert_late',
    text: `select r.id, r.queue from request r
      where r.state = 'open' and r.due_at > $1 and r.due_at <= $2
        and (r.priority <= 1 or r.queue = any($3))
        and not exists (select 1 from alert a where a.request_id = r.id
          and (a.ended_at is null or (a.cause = 'late' and a.created_at >= r.due_at)))
      limit 500`,
    values: [new Date(now.getTime() - day), now, watched],
  })
  const cause: AlertCause = 'late'
  for (const { id, queue } of rows) await callFor(pool, world, { id, cause, line: lineOf(queue) })
  return rows.length
}

/** Matters that nobody has reported in time, each called for once, whoever has them; gives how many. */
export async function callUnreported(
  pool: Queryable,
  world: World,
  { hours }: ReportTerms,
  lineOf: (queue: QueueKey) => DutyLine,
): Promise<number> {
  const now = world.now()
  const { rows } = await pool.query<{ id: string; queue: QueueKey }>({
    name: 'alert_unreported',
    text: `update request set report_called_at = $2 where id in (
        select id from request where kind = any($3::text[]) and reported_on is null
          and opened_at <= $1 and state <> 'closed' and report_called_at is null and merged_into_id is null limit 500)
      returning id, queue`,
    values: [new Date(now.getTime() - hours * 3_600_000), now, reportedKinds],
  })
  const cause: AlertCause = 'report'
  for (const { id, queue } of rows) await callFor(pool, world, { id, cause, line: lineOf(queue) })
  return rows.length
}

async function callFor(
  pool: Queryable,
  world: World,
  it: { readonly id: string; readonly cause: AlertCause; readonly line: DutyLine },
): Promise<void> {
  await pool.query(
    `insert into alert (id, cause, line, request_id, level, created_at, next_at)
     values ($1, $2, $3, $4, 0, $5, $5)`,
    [world.id(), it.cause, it.line, it.id, world.now()],
  )
}

/** Pauses between tries in seconds; after the last one it has failed: whoever did not hear was passed by long ago. */
const pauses = [15, 60, 300, 900, 3600]

/** Notices to be sent now, each taken for one try: a process that dies on it leaves it to the next. */
export async function claimNotices(pool: Queryable, now: Date, limit: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'alert_claim_notices',
    text: `update alert_notice n set attempts = attempts + 1,
        next_try_at = $1::timestamptz + make_interval(secs => coalesce(($3::int[])[attempts + 1], 3600))
      where n.id in (select id from alert_notice where state = 'queued' and next_try_at <= $1
        order by next_try_at limit $2 for update skip locked)
      returning n.id`,
    values: [now, limit, pauses],
  })
  return rows.map(({ id }) => id)
}

export type Notice = {
  readonly id: string
  readonly way: AlertWay
  readonly alert: string
  readonly last: boolean
  readonly staff: { readonly id: string; readonly email: string; readonly language: 'fr' | 'en' }
}

/** A notice that is still to be sent; undefined when the alert is over or the account closed. */
export async function findNotice(prisma: Client, id: string): Promise<Notice | undefined> {
  const row = await prisma.alertNotice.findFirst({
    where: { id, state: 'queued' },
    include: { alert: { select: { endedAt: true } } },
  })
  if (!row) return undefined
  const staff = await prisma.staff.findUnique({
    where: { id: row.staffId, active: true },
    select: { id: true, email: true, language: true },
  })
  if (row.alert.endedAt !== null || !staff) {
    await settleNotice(prisma, id, 'unneeded')
    return undefined
  }
  return {
    id,
    // Console notices are never queued.
    way: row.way as AlertWay,
    alert: row.alertId,
    last: row.attempts > pauses.length,
    staff: { ...staff, language: staff.language === 'en' ? 'en' : 'fr' },
  }
}

/** How it went: gone out, given up, or there is no such way to reach them. */
export async function settleNotice(
  prisma: Client,
  id: string,
  state: 'sent' | 'failed' | 'unneeded',
): Promise<void> {
  await prisma.alertNotice.updateMany({ where: { id }, data: { state, nextTryAt: null } })
}
