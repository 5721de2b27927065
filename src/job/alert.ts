/**
 * Alerts, from the row that a turn wrote to people who answer. A round tells the first step of the ladder at once; when
 * nobody of it has opened or pressed the alert within a quarter of an hour, the next step is told, and when all were
 * told, all of them again each hour. Seen is not taken: whoever has seen it has until it is due, and then it goes on.
 *
 * Everything is rows, so that a restart loses nothing. Nothing of it is logged: of a sealed matter not even the moment
 * may stand anywhere.
 */
import { dutyLineOf } from '../core/duty.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import { awayAt } from '../store/absence.ts'
import { type AlertWay, toldOf } from '../store/alert.ts'
import {
  callLate,
  callUnreported,
  claimNotices,
  type DueAlert,
  dueAlerts,
  endTaken,
  findNotice,
  type Notice,
  passOnAlert,
  settleNotice,
} from '../store/alert-round.ts'
import type { Database } from '../store/database.ts'
import { readReportTerms } from '../store/setting.ts'
import { ladderOf } from '../turn/ladder.ts'
import type { Watch } from '../turn/surroundings.ts'
import type { Clock } from '../world.ts'
import type { Line } from './line.ts'

/** Tells one person that an alert waits; false when they cannot be reached in this way at all. */
export type Tell = (staff: Notice['staff'], alert: string) => Promise<boolean>

export type AlertParts = Pick<Database, 'pool' | 'prisma'> & {
  readonly watch: Watch
  readonly hints: { changed(names: Iterable<string>): void }
  readonly clock: Clock
  readonly log: Log
  readonly ways: Readonly<Partial<Record<AlertWay, Tell>>>
}

export const noticeLine = 'notices'
export type NoticeJob = { readonly notice: string }

/** Within this time somebody of those who were told must have seen it. */
const quarter = 15 * 60_000
/** When everybody was told, so often again. */
const hour = 60 * 60_000
const atOnce = 100

/** One round: what is over ends, what is due is told or passed on, what is to be sent becomes jobs. */
export async function alertRound(parts: AlertParts, line: Line<NoticeJob>): Promise<void> {
  const { pool, prisma, clock } = parts
  showTo(parts, await toldOf(prisma, await endTaken(pool, clock.now())))
  const due = await dueAlerts(prisma, clock.now(), atOnce)
  if (due.length > 0) await passOn(parts, due)
  for (const notice of await claimNotices(pool, clock.now(), atOnce)) await line.add({ notice })
}

/** Calls for what nobody answered, or reported, in time. */
export async function lateRound({ pool, prisma, clock }: AlertParts): Promise<number> {
  const late = await callLate(pool, clock, dutyLineOf)
  return late + (await callUnreported(pool, clock, await readReportTerms(prisma), dutyLineOf))
}

/** Sends one notice; a failure that may pass leaves it to a later round. */
export async function sendNotice(parts: AlertParts, { notice: id }: NoticeJob): Promise<void> {
  const { prisma, log } = parts
  const notice = await findNotice(prisma, id)
  if (!notice) return
  const tell = parts.ways[notice.way]
  try {
    const told = tell !== undefined && (await tell(notice.staff, notice.alert))
    await settleNotice(prisma, id, told ? 'sent' : 'unneeded')
  } catch (error) {
    log.error('a notice was not sent', error, { way: notice.way })
    const forGood = error instanceof Failure && !error.trouble.retry
    if (forGood || notice.last) await settleNotice(prisma, id, 'failed')
  }
}

async function passOn(parts: AlertParts, due: readonly DueAlert[]): Promise<void> {
  const { prisma, clock } = parts
  const [town, officers, away] = await Promise.all([
    parts.watch.current(),
    officersOf(prisma),
    awayAt(prisma, clock.now()),
  ])
  for (const alert of due) {
    const now = clock.now()
    const ladder = ladderOf(town, { ...alert, officers, absent: [...away.keys()] }, now)
    const fresh = ladder.map((step) => step.filter((one) => !alert.told.includes(one)))
    const next = fresh.find((step) => step.length > 0)
    const to = next ?? ladder.flat()
    const nextAt = new Date(now.getTime() + (next ? quarter : hour))
    if (await passOnAlert(prisma, clock, { alert, to, nextAt })) showTo(parts, to)
  }
}

async function officersOf(prisma: Database['prisma']): Promise<readonly string[]> {
  const rows = await prisma.staff.findMany({
    where: { active: true, roles: { has: 'officer' } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Their open pages look again. */
function showTo({ hints }: AlertParts, staff: readonly string[]): void {
  if (staff.length > 0) hints.changed(staff.map((id) => `alert-${id}`))
}
