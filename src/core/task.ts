/**
 * What falls due in a case (domain notes 1.8, S9, S12, S15). A task is computed from what is known and ends by itself when
 * what it asks for is there; staff may end it or put it off, with a reason. Which tasks there are is asked of the database
 * (store/task-sql.ts), by the terms that stand here.
 */
export const taskKinds = [
  'plan',
  'check_in',
  'visit',
  'partner_silent',
  'outcome',
  'home_visit',
  'call',
  'guardian',
] as const
export type TaskKind = (typeof taskKinds)[number]

/** What names a task: the case, referral, request or person it is about, and which of several it is. */
export type TaskName = { readonly kind: TaskKind; readonly of: string; readonly step: number }

export type Task = TaskName & {
  readonly person: string
  readonly dueAt: Date
  /** Whose it is to do, as far as somebody has the case. */
  readonly owner?: string
  /** The request that it comes from; that is as hidden as the task. */
  readonly request?: string
}

/** Days, counted from what each term says; settings of the office. */
export type TaskTerms = {
  /** From the return to a plan. */
  readonly plan: number
  /** From the delivery: the check-in may be made from the first day on and is late after the last. */
  readonly checkInFrom: number
  readonly checkInUntil: number
  /** From the delivery to each visit. */
  readonly visits: readonly number[]
  /** From one visit to the next of a case at high risk, until the last of the visits above. */
  readonly visitsHighRisk: number
  /** From the moment the person could be asked whether a service came until staff ask them. */
  readonly outcome: number
  /** From the third missed follow-up to a visit, and from a call that is owed to the call. */
  readonly home: number
  readonly call: number
  /** From the opening of the case of a child to the word of whoever answers for them. */
  readonly guardian: number
}

/** Where each default comes from: a source, general knowledge of the trade, or our own choice (domain notes 1.8). */
export const termOrigins = {
  plan: 'source',
  checkInFrom: 'practice',
  checkInUntil: 'practice',
  visits: 'practice',
  visitsHighRisk: 'practice',
  outcome: 'design',
  home: 'design',
  call: 'design',
  guardian: 'design',
} as const satisfies Readonly<Record<keyof TaskTerms, 'source' | 'practice' | 'design'>>

export const usualTerms: TaskTerms = {
  ...{ plan: 30, checkInFrom: 14, checkInUntil: 28, visits: [30, 90, 180], visitsHighRisk: 30 },
  ...{ outcome: 7, home: 2, call: 1, guardian: 7 },
}

const longestTerm = 730

/** Whether days can be terms: whole, not negative, visits in order, and a check-in that begins before it is late. */
export function areTerms(it: TaskTerms): boolean {
  const days = [...Object.values(it)].flat()
  const ordered = it.visits.every((day, index) => index === 0 || day > (it.visits[index - 1] ?? 0))
  return (
    days.every((day) => Number.isInteger(day) && day >= 0 && day <= longestTerm) &&
    it.visits.length > 0 &&
    it.visits.length <= 12 &&
    ordered &&
    it.visitsHighRisk >= 7 &&
    it.checkInFrom < it.checkInUntil
  )
}

/** The days after the delivery on which a case is visited. */
export function visitDays({ visits, visitsHighRisk }: TaskTerms, highRisk: boolean): readonly number[] {
  if (!highRisk) return visits
  const last = visits.at(-1) ?? visitsHighRisk
  const count = Math.max(1, Math.floor(last / visitsHighRisk))
  return Array.from({ length: count }, (_, n) => (n + 1) * visitsHighRisk)
}

const day = 86_400_000
/** So long before it is due a task is shown. */
export const shownAhead = 7

export const longestDelay = 90

export type TaskWhen = 'late' | 'today' | 'soon'

/** Bamako keeps UTC all year: days begin at midnight UTC. */
export function whenOf({ dueAt }: Pick<Task, 'dueAt'>, now: Date): TaskWhen {
  const today = Math.floor(now.getTime() / day)
  const due = Math.floor(dueAt.getTime() / day)
  if (due < today) return 'late'
  return due === today ? 'today' : 'soon'
}
