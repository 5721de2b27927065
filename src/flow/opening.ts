/** Opening requests: the rules of priority, the danger words heard before, and the matter at intake that more may join. */
import { type Danger, requestOfDanger } from '../core/danger.ts'
import type { Opening } from '../core/event.ts'
import type { NeedCategory, Urgency } from '../core/need.ts'
import { dangerPriority, higher, priorityOf } from '../core/priority.ts'
import { queueOf } from '../core/queue.ts'
import { kindOf, mayBeAboutWorker, type Priority, type RequestKind } from '../core/request.ts'
import type { Session, Situation } from './session.ts'
import { messageOf, requestInHand, tell, type Walk } from './walk.ts'

const minute = 60_000

/** The same words within this time join what they opened (domain notes 7.2, rule 8). */
export const sameWordsFor = 10 * minute
/** Voice notes in a row, and words that come in several messages, are one matter at intake. */
const joinFor = 60 * minute
/** What is said so long after danger may well be about it. */
const guardedFor = 24 * 60 * minute
/** A weak danger word raises what is opened within a day. */
const alarmFor = 24 * 60 * minute

export type Opened = { readonly request: string; readonly reference: string; readonly days: number }

/** Opens a request; its queue, visibility and priority follow by rule, raised by a weak danger word heard before. */
export function openRequest(
  walk: Walk,
  wish: {
    readonly kind: RequestKind
    readonly cause: Opening['cause']
    readonly category?: NeedCategory
    readonly urgency?: Urgency
    readonly danger?: Danger
    readonly text?: string
    /** For the person they help. */
    readonly behalf?: boolean
  },
): Opened {
  const { session, world } = walk
  const danger = wish.danger ?? takeAlarm(walk)
  const { queue, visibility } = kindOf(wish.kind)
  const priority = priorityOf({ ...wish, danger })
  const request = world.id()
  const reference = world.reference()
  tell(walk, {
    type: 'request_opened',
    request,
    reference,
    kind: wish.kind,
    queue,
    visibility,
    priority,
    category: wish.category,
    urgency: wish.urgency,
    cause: wish.cause,
    danger,
    ...(wish.behalf ? { behalf: true, how: 'relative' } : {}),
    secret: wish.text === undefined ? undefined : { text: wish.text },
  })
  session.lastRequest = { request, reference, kind: wish.kind, priority, at: walk.now }
  if (danger?.strength === 'strong') session.guarded = { request, reference, kind: danger.kind, at: walk.now }
  if (wish.kind === 'unclear') session.intake = { request, reference, at: walk.now }
  return { request, reference, days: walk.situation.daysFor(wish.kind, priority) }
}

/** Keeps what nobody could read for the listeners of intake: joins the open matter there, or opens one. */
export function giveToIntake(
  walk: Walk,
  cause: 'voice' | 'not_understood' | 'after_closure' | 'hand_over',
  text?: string,
): Opened & { readonly joined: boolean } {
  const { session } = walk
  const open = session.intake
  if (open && walk.now - open.at <= joinFor) {
    tell(walk, { type: 'request_joined', request: open.request, message: messageOf(walk) })
    session.intake = { ...open, at: walk.now }
    raise(walk, open.request)
    return { ...open, days: walk.situation.daysFor('unclear', kindOf('unclear').priority), joined: true }
  }
  const opened = openRequest(walk, { kind: 'unclear', cause, text })
  return { ...opened, joined: false }
}

/**
 * What somebody writes after staff answered goes on in that request, the newest one: staff of its queue asked and wait for
 * the reply. Everything else that nobody classed is for intake. Gives false when nobody waits for a word.
 */
export function joinAnswered(walk: Walk): boolean {
  const answered = walk.situation.requests.findLast(
    ({ state }) => state === 'answered' || state === 'waiting',
  )
  if (!answered) return false
  join(walk, answered.id)
  raise(walk, answered.id)
  return true
}

/**
 * Keeps what nobody could class where it does no harm: for a day after danger with those who guard that matter, then with
 * whoever answered in confidence, else with the listeners of intake.
 */
export function giveToReaders(
  walk: Walk,
  cause: 'voice' | 'not_understood' | 'after_closure' | 'hand_over',
  text?: string,
): Opened & { readonly joined: boolean } {
  const confidant = confidantOf(walk)
  if (confidant === undefined) return giveToIntake(walk, cause, text)
  const { id: request, reference, kind } = confidant
  join(walk, request)
  return { request, reference, days: walk.situation.daysFor(kind, kindOf(kind).priority), joined: true }
}

/** Whether what nobody could class has to stay among those who know of a sealed or restricted matter. */
export function isConfided(walk: Walk): boolean {
  return confidantOf(walk) !== undefined
}

/** Whether danger was spoken of within a day; a matter of money leaves other things to others. */
export function isGuarded({ session: { guarded }, now }: Talk): boolean {
  if (!guarded || now - guarded.at >= guardedFor) return false
  return queueOf(kindOf(requestOfDanger[guarded.kind]).queue).guards === true
}

/** The sealed or restricted request that what nobody could class belongs to: of danger, a complaint, or answered. */
export function confidantOf(talk: Talk): Situation['confided'] {
  const { guarded } = talk.session
  if (guarded && isGuarded(talk)) {
    return { id: guarded.request, reference: guarded.reference, kind: requestOfDanger[guarded.kind] }
  }
  return complaintOf(talk) ?? talk.situation.confided
}

/** The last request, if it is a complaint of the last day that others than those complained about read. */
function complaintOf({ session: { lastRequest: last }, now }: Talk): Situation['confided'] {
  if (last?.reference === undefined || now - last.at >= guardedFor) return undefined
  if (last.kind === 'unclear' || !mayBeAboutWorker(last.kind)) return undefined
  return { id: last.request, reference: last.reference, kind: last.kind }
}

/** As much of a walk as is known outside one, too. */
type Talk = {
  readonly session: Pick<Session, 'guarded' | 'lastRequest'>
  readonly situation: Pick<Situation, 'confided'>
  readonly now: number
}

/** A message belongs to a request that is open already. */
export function join(walk: Walk, request: string): void {
  tell(walk, { type: 'request_joined', request, message: messageOf(walk) })
}

/** A weak danger word: raises the request in hand or the last one; without one it waits for the next. */
export function noteWeakDanger(walk: Walk, danger: Danger): void {
  const { session } = walk
  session.alarm = { danger, at: walk.now }
  const request = requestInHand(walk)?.request ?? recentRequest(walk)
  if (request !== undefined) raise(walk, request)
}

/** The last request, while what is sent may well belong to it. */
export function recentRequest(walk: Walk, within: number = joinFor): string | undefined {
  const last = walk.session.lastRequest
  return last && walk.now - last.at <= within ? last.request : undefined
}

/** Raises the last request when a rule calls for more; never lowers it. Of an older one the priority is not known. */
export function raiseTo(walk: Walk, request: string, wanted: Priority, danger?: Danger): void {
  const last = walk.session.lastRequest
  const known = last?.request === request ? last.priority : 4
  const priority = higher(known, wanted)
  if (priority === known) return
  tell(walk, { type: 'request_raised', request, priority, danger })
  if (last?.request === request) walk.session.lastRequest = { ...last, priority }
}

/** Raises a request by the danger word that waits. */
function raise(walk: Walk, request: string): void {
  const danger = takeAlarm(walk)
  if (danger) raiseTo(walk, request, dangerPriority(danger), danger)
}

function takeAlarm(walk: Walk): Danger | undefined {
  const { alarm } = walk.session
  walk.session.alarm = undefined
  return alarm && walk.now - alarm.at <= alarmFor ? alarm.danger : undefined
}
