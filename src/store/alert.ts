/** Alerts as rows: raised, shown to whom they were told, acknowledged, over. What they are about stands nowhere in them. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { AlertCause, DutyLine } from '../core/duty.ts'
import type { Staff } from '../core/staff.ts'
import type { Visibility } from '../core/visibility.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'

type Client = Database['prisma']
type Ids = { id(): string; now(): Date }

/** How somebody is told besides what their open pages show. */
export const alertWays = ['email', 'telegram'] as const
export type AlertWay = (typeof alertWays)[number]

/** An alert as one of those who were told sees it. */
export type OpenAlert = {
  readonly id: string
  readonly cause: AlertCause
  readonly line?: DutyLine
  readonly at: Date
  /** Told again because nobody answered. */
  readonly passedOn: boolean
  /** Of the request, for whoever may see it. */
  readonly reference?: string
  readonly page?: string
  /** Who has seen it, until somebody takes it. */
  readonly acknowledged?: string
}

/** What is not done by taking the request. */
const standing: ReadonlySet<string> = new Set<AlertCause>(['report', 'opening'])

/** What the reader was told of and nobody has taken yet, the oldest first. */
export async function alertsOf(prisma: Client, staff: Staff): Promise<readonly OpenAlert[]> {
  const rows = await prisma.alert.findMany({
    where: { endedAt: null, notices: { some: { staffId: staff.id, way: 'console' } } },
    orderBy: { id: 'asc' },
    take: 50,
  })
  const requests = await requestsOf(
    prisma,
    staff,
    rows.flatMap(({ requestId }) => requestId ?? []),
  )
  return rows.flatMap((row) => {
    const request = row.requestId === null ? undefined : requests.get(row.requestId)
    if (
      request &&
      ((!standing.has(row.cause) && isTaken(row, request)) ||
        (request.visibility === 'sealed' && !request.reference))
    )
      return []
    return {
      id: row.id,
      // Written by the program from the same unions.
      cause: row.cause as AlertCause,
      line: (row.line ?? undefined) as DutyLine | undefined,
      at: row.createdAt,
      passedOn: row.level > 1,
      reference: request?.reference,
      page: row.page ?? undefined,
      acknowledged: row.acknowledgedId ?? undefined,
    }
  })
}

type Request = {
  readonly visibility: Visibility
  readonly state: string
  readonly owner: string | null
  readonly reference?: string
}

/** Taken or answered a moment ago, before the round has ended it (alert-round.ts). */
function isTaken(
  { acknowledgedId }: { readonly acknowledgedId: string | null },
  { state, owner }: Request,
): boolean {
  return state === 'closed' || state === 'answered' || (owner !== null && acknowledgedId !== null)
}

/** What the alerts of a reader are about; the reference only of what they may see. */
async function requestsOf(
  prisma: Client,
  staff: Staff,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Request>> {
  if (ids.length === 0) return new Map()
  const [all, seen] = await Promise.all([
    prisma.request.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, visibility: true, state: true, ownerId: true },
    }),
    prisma.request.findMany({
      where: { AND: [{ id: { in: [...ids] } }, requestsSeenBy(staff)] },
      select: { id: true, reference: true },
    }),
  ])
  const references = new Map(seen.map(({ id, reference }) => [id, reference]))
  return new Map(
    all.map(({ id, visibility, state, ownerId }) => {
      const one = { visibility: visibility as Visibility, state, owner: ownerId }
      return [id, { ...one, reference: references.get(id) }]
    }),
  )
}

/** Somebody who was told has opened or pressed it. Nothing for whoever was not told, and when it is over. */
export async function acknowledgeAlert(
  prisma: Client,
  which: { readonly id: string } | { readonly request: string },
  staff: string,
  at: Date,
): Promise<readonly string[]> {
  const where: Prisma.AlertWhereInput = 'id' in which ? { id: which.id } : { requestId: which.request }
  const open = await prisma.alert.findMany({
    where: { ...where, endedAt: null, notices: { some: { staffId: staff } } },
    select: { id: true, requestId: true, acknowledgedAt: true },
  })
  if (open.length === 0) return []
  const ids = open.map(({ id }) => id)
  const requests = await prisma.request.findMany({
    where: { id: { in: open.flatMap(({ requestId }) => requestId ?? []) } },
    select: { id: true, dueAt: true },
  })
  const marks = open
    .filter(({ acknowledgedAt }) => acknowledgedAt === null)
    .map(({ id, requestId }) => {
      const due = requests.find((one) => one.id === requestId)?.dueAt
      // What has no request is taken care of by being seen; of the others somebody must also do something in time.
      const data = requestId === null ? { endedAt: at } : { nextAt: nextLook(at, due) }
      return prisma.alert.updateMany({
        where: { id, acknowledgedAt: null },
        data: { acknowledgedId: staff, acknowledgedAt: at, ...data },
      })
    })
  await prisma.$transaction([
    ...marks,
    prisma.alertNotice.updateMany({
      where: { alertId: { in: ids }, staffId: staff, heardAt: null },
      data: { heardAt: at },
    }),
  ])
  return toldOf(prisma, ids)
}

/** How long somebody who has seen it may take to begin; at least as long as to hear of it. */
const beginMilliseconds = 15 * 60_000

function nextLook(at: Date, due: Date | undefined): Date {
  return new Date(Math.max(at.getTime() + beginMilliseconds, due?.getTime() ?? 0))
}

/** Who was told of these alerts: whose pages are to look again. */
export async function toldOf(prisma: Client, alerts: readonly string[]): Promise<readonly string[]> {
  if (alerts.length === 0) return []
  const rows = await prisma.alertNotice.findMany({
    where: { alertId: { in: [...alerts] } },
    distinct: ['staffId'],
    select: { staffId: true },
  })
  return rows.map(({ staffId }) => staffId)
}

/**
 * Raises an alert that has no request: an approval that is wanted, a queue past its limit. It is over as soon as one of
 * those told has seen it, or by `endAlerts`. Pages of these staff should hear the hint `alert-<id>` afterwards.
 */
export async function raiseAlert(
  prisma: Client,
  world: Ids,
  it: {
    readonly cause: 'approval' | 'limit'
    /** Path of the console where it is taken care of; nothing personal. */
    readonly page: string
    readonly to: readonly string[]
  },
): Promise<void> {
  if (it.to.length === 0) return
  const id = world.id()
  const at = world.now()
  await prisma.$transaction([
    prisma.alert.create({ data: { id, cause: it.cause, page: it.page, level: 1, createdAt: at } }),
    prisma.alertNotice.createMany({ data: noticesOf(world, { alert: id, to: it.to, level: 1 }) }),
  ])
}

/** What such an alert asked for was done. */
export async function endAlerts(prisma: Client, cause: AlertCause, page: string, at: Date): Promise<void> {
  await prisma.alert.updateMany({ where: { cause, page, endedAt: null }, data: { endedAt: at } })
}

/** One row for each who is told and each way: what became of it is written there. */
export function noticesOf(
  world: Ids,
  it: { readonly alert: string; readonly to: readonly string[]; readonly level: number },
) {
  const at = world.now()
  const row = { alertId: it.alert, level: it.level, createdAt: at }
  return it.to.flatMap((staffId) => [
    { ...row, id: world.id(), staffId, way: 'console', state: 'sent' },
    ...alertWays.map((way) => ({ ...row, id: world.id(), staffId, way, state: 'queued', nextTryAt: at })),
  ])
}
