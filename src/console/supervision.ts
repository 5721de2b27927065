/** From figures to what the pages of supervision show: rounded, dated, and for monitoring without small numbers. */
import type { QueueKey } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { countsByName } from '../store/access.ts'
import {
  type Answers,
  beforeThat,
  type FigureScope,
  type Present,
  readLately,
  readPresent,
  readWeeks,
  type WeekFigures,
} from '../store/figures.ts'
import { type Passing, passingsFor } from '../store/queue-passing.ts'
import { staffNames } from '../store/seat.ts'
import { nameOf } from './counted.ts'
import type { ConsoleParts } from './parts.ts'

type Parts = Pick<ConsoleParts, 'database' | 'clock' | 'counted'>

/** A number, or one under five that tells too much of too few people to whoever only monitors. */
export type Shown = number | 'few'

export type PresentView = { readonly [K in keyof Present]: Shown }

export type AnswersView = {
  readonly opened: Shown
  readonly answered: Shown
  readonly inTime: Shown
  readonly late: Shown
  /** In time, of all that had an answer or should have; whole percent. */
  readonly share?: number
  readonly medianMinutes?: number
}

export type WeekView = AnswersView & { readonly from: Date; readonly closed: Shown; readonly reopened: Shown }

export type SupervisionView = {
  readonly present: PresentView
  readonly lately: AnswersView
  readonly before: AnswersView
  readonly weeks: readonly WeekView[]
  /** Queues that held too much lately, the last first. */
  readonly passings: readonly Passing[]
  readonly queues: readonly (PresentView & { readonly queue: QueueKey })[]
  /** By name; absent for whoever reads figures without names, and on the page of one person. */
  readonly owners?: readonly (PresentView & {
    readonly id: string
    readonly name: string
    readonly lately: AnswersView
  })[]
}

/** A queue that came down again is still told of for a fortnight. */
const remembered = 14 * 86_400_000

export async function loadSupervision(
  parts: Parts,
  staff: Staff,
  scope: FigureScope,
): Promise<SupervisionView> {
  const { database, clock } = parts
  const { prisma } = database
  const now = clock.now()
  const named = countsByName(staff, scope.office)
  const [present, weeks, lately, passings] = await Promise.all([
    readPresent(prisma, staff, scope, now),
    weeksFor(parts, staff, scope),
    parts.counted(nameOf('lately', staff, scope), () => readLately(prisma, staff, scope, now)),
    passingsFor(prisma, staff, new Date(now.getTime() - remembered)),
  ])
  const hide = hiding(staff, scope)
  return {
    present: presentOf(present.all, hide),
    lately: answersOf(lately.all, hide),
    before: answersOf(beforeThat(weeks), hide),
    weeks: weeks.map((week) => weekOf(week, hide)),
    passings: passings.filter(({ queue }) => scope.owner === undefined && queue === (scope.queue ?? queue)),
    queues: present.byQueue.map(({ queue, ...row }) => ({ queue, ...presentOf(row, hide) })),
    ...(named && scope.owner === undefined
      ? { owners: await ownersOf(prisma, present.byOwner, lately.byOwner, hide) }
      : {}),
  }
}

/** The weeks alone, for a picture. */
export async function loadWeeks(
  parts: Parts,
  staff: Staff,
  scope: FigureScope,
): Promise<readonly WeekView[]> {
  const weeks = await weeksFor(parts, staff, scope)
  return weeks.map((week) => weekOf(week, hiding(staff, scope)))
}

function weeksFor({ database, clock, counted }: Parts, staff: Staff, scope: FigureScope) {
  return counted(nameOf('weeks', staff, scope), () => readWeeks(database.prisma, staff, scope, clock.now()))
}

type Hide = (n: number) => Shown

const fewest = 5

/** A member of staff is looked at only by who may (supervision-routes.tsx), in the whole of their work. */
function hiding(staff: Staff, { office, owner }: FigureScope): Hide {
  return owner !== undefined || countsByName(staff, office)
    ? (n) => n
    : (n) => (n > 0 && n < fewest ? 'few' : n)
}

function presentOf({ open, owed, due, overdue, unowned }: Present, hide: Hide): PresentView {
  return {
    open: hide(open),
    owed: hide(owed),
    due: hide(due),
    overdue: hide(overdue),
    unowned: hide(unowned),
  }
}

/** A share or a median of few is as telling as their number. */
function answersOf({ opened, answered, inTime, late, medianMinutes }: Answers, hide: Hide): AnswersView {
  const counted = inTime + late
  const told = { opened: hide(opened), answered: hide(answered), inTime: hide(inTime), late: hide(late) }
  return {
    ...told,
    ...(counted === 0 || told.inTime === 'few' || told.late === 'few'
      ? {}
      : { share: Math.round((100 * inTime) / counted) }),
    ...(medianMinutes === undefined || told.answered === 'few' ? {} : { medianMinutes }),
  }
}

function weekOf(week: WeekFigures, hide: Hide): WeekView {
  return {
    from: week.from,
    ...answersOf(week, hide),
    closed: hide(week.closed),
    reopened: hide(week.reopened),
  }
}

/** Whoever has something open or was asked something lately. */
async function ownersOf(
  prisma: Parts['database']['prisma'],
  present: readonly (Present & { readonly owner: string })[],
  lately: ReadonlyMap<string, Answers>,
  hide: Hide,
): Promise<NonNullable<SupervisionView['owners']>> {
  const nothing = { open: 0, owed: 0, due: 0, overdue: 0, unowned: 0 }
  const idle = { opened: 0, answered: 0, inTime: 0, late: 0 }
  const names = await staffNames(prisma, [
    ...new Set([...present.map(({ owner }) => owner), ...lately.keys()]),
  ])
  return [...names]
    .map(([id, name]) => ({
      ...{ id, name },
      ...presentOf(present.find(({ owner }) => owner === id) ?? nothing, hide),
      lately: answersOf(lately.get(id) ?? idle, hide),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'fr'))
}
