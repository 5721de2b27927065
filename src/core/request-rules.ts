/**
 * What staff may do with a request, as rules: each gives what happened, and nothing when nothing would change. Who may
 * see the request at all is decided before, in the query. Priorities and due times of a new kind follow in turn/apply.
 */

import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import { type NeedResult, needResults } from './need.ts'
import { type QueueKey, queueOf } from './queue.ts'
import { mustBeReported } from './reported.ts'
import { kindOf, type Outcome, type Priority, type Request, type RequestKind } from './request.ts'
import type { SafeContact, WorkerSex } from './safe-contact.ts'

/** The request is theirs from here on. Fails with `request:taken` when a colleague has it: that is handed over. */
export function take(it: Request, staff: string): readonly Happening[] {
  mustBeOpen(it)
  if (it.owner === staff) return []
  if (it.owner !== undefined) throw new Failure('request:taken', { request: it.id })
  return [{ type: 'request_taken', request: it.id, owner: staff }]
}

/** What staff said last in a request, and what whoever answers now knew of it (ids of messages grow with time). */
export type SaidBefore = {
  readonly last?: { readonly id: string; readonly staff: string }
  /** The last message of staff that the writer saw when they began; absent: nobody asks. */
  readonly seen?: string
  /** A colleague's answer that the writer was shown, and means to write all the same. */
  readonly despite?: string
}

/**
 * Records the answer that `message` carries, the first one as such; whoever answers an unowned request takes it. Fails
 * with `request:answered_meanwhile` when a colleague answered since the writer began: two do not answer unknowingly.
 * Whoever was shown that answer may write all the same; the request stays with whom it is.
 */
export function answer(
  it: Request,
  staff: string,
  message: string,
  before: SaidBefore = {},
): readonly Happening[] {
  mustBeOpen(it)
  const { last, seen, despite } = before
  const colleague = last && last.staff !== staff ? last.id : undefined
  const knows = colleague !== undefined && colleague === despite
  if (colleague !== undefined && seen !== undefined && colleague > seen && !knows) {
    throw new Failure('request:answered_meanwhile', { request: it.id })
  }
  const taken = knows && it.owner !== undefined ? [] : take(it, staff)
  return [
    ...taken,
    { type: 'request_answered', request: it.id, message, first: it.firstAnswerAt === undefined },
  ]
}

/**
 * To another queue, to a colleague, or both. A new queue without a name leaves the request to whoever takes it. A sealed
 * one goes to nobody but those who guard such matters: fails with `staff:not_allowed`.
 */
export function handOver(
  it: Request,
  to: { readonly queue: QueueKey; readonly owner?: string; readonly reason?: string },
): readonly Happening[] {
  mustBeOpen(it)
  if (it.visibility === 'sealed' && queueOf(to.queue).guards !== true) {
    throw new Failure('staff:not_allowed', { request: it.id })
  }
  if (to.queue === it.queue && (to.owner === undefined || to.owner === it.owner)) return []
  const secret = to.reason ? { reason: to.reason } : undefined
  const happenings: Happening[] = [{ type: 'request_handed_over', request: it.id, queue: to.queue, secret }]
  if (to.owner) happenings.push({ type: 'request_taken', request: it.id, owner: to.owner })
  return happenings
}

/**
 * Ends the request. Fails with `request:result_missing` for a need of which nobody says what came of it, and with
 * `request:attempt_missing` when nobody has tried to reach somebody who spoke of suicide; with `request:report_missing` when
 * what others look into was not reported to them: it ends as that and never with a verdict.
 */
export function close(
  it: Request,
  end: { readonly outcome: Outcome; readonly needResult?: NeedResult; readonly note?: string },
): readonly Happening[] {
  if (it.state === 'closed') return []
  const open = (it.openNeeds?.length ?? 0) > 0
  const told = end.needResult ?? needResults.find((result) => result === end.outcome)
  // What came of one need says nothing of another under the same request.
  const needResult = told ?? (open ? undefined : it.needResult)
  const owes = it.kind === 'request.need' || open
  if (owes && !needResult) throw new Failure('request:result_missing', { request: it.id })
  if (it.kind === 'protection.suicide' && !it.contactAttempted) {
    throw new Failure('request:attempt_missing', { request: it.id })
  }
  if (mustBeReported(it.kind) && (it.reportedOn === undefined || end.outcome !== 'reported')) {
    throw new Failure('request:report_missing', { request: it.id })
  }
  return [
    {
      type: 'request_closed',
      request: it.id,
      outcome: end.outcome,
      needResult: owes ? needResult : undefined,
      secret: end.note ? { note: end.note } : undefined,
    },
  ]
}

/** Open again, with the owner it had. Fails with `request:merged` for one that goes on in another: it is parted instead. */
export function reopen(it: Request): readonly Happening[] {
  if (it.mergedInto) throw new Failure('request:merged', { request: it.id })
  return it.state === 'closed' ? [{ type: 'request_reopened', request: it.id, cause: 'staff' }] : []
}

/**
 * Another kind, and with it another queue, visibility and term. A protection matter that turns out to be an ordinary one
 * is a false alarm: what was hidden with it is open again.
 */
export function reclassify(it: Request, kind: RequestKind): readonly Happening[] {
  mustBeOpen(it)
  if (it.kind === kind) return []
  const falseAlarm = isGuarded(it.kind) && !isGuarded(kind)
  const happenings: Happening[] = [{ type: 'request_reclassified', request: it.id, kind, falseAlarm }]
  const { queue, priority } = kindOf(kind)
  if (queue !== it.queue) happenings.push({ type: 'request_handed_over', request: it.id, queue })
  if (priority < it.priority) happenings.push({ type: 'request_raised', request: it.id, priority })
  if (falseAlarm && priority > it.priority)
    happenings.push({ type: 'request_lowered', request: it.id, priority })
  return happenings
}

/** Only a person may lower a priority; nobody may lower that of a protection matter without reclassifying it. */
export function setPriority(it: Request, priority: Priority): readonly Happening[] {
  mustBeOpen(it)
  if (priority === it.priority) return []
  if (priority < it.priority) return [{ type: 'request_raised', request: it.id, priority }]
  if (isGuarded(it.kind)) throw new Failure('staff:not_allowed', { request: it.id })
  return [{ type: 'request_lowered', request: it.id, priority }]
}

/** A try to reach the person, whether it worked or not. */
export function attemptContact(
  it: Request,
  attempt: {
    readonly id: string
    readonly way: 'call' | 'visit' | 'message'
    readonly reached: boolean
    readonly note?: string
    /** ISO; now while absent. */
    readonly when?: string
  },
): readonly Happening[] {
  const { id, way, reached, note, when } = attempt
  const secret = note ? { note } : undefined
  return [{ type: 'contact_attempted', attempt: id, request: it.id, way, reached, when, secret }]
}

/** A note for colleagues, some of whom it may name; the person never sees it. */
export function writeNote(it: Request, note: string, mentions: readonly string[] = []): readonly Happening[] {
  if (note.trim() === '') return []
  const named = mentions.length > 0 ? { mentions } : {}
  return [{ type: 'note_written', request: it.id, ...named, secret: { note } }]
}

/** Writes down how the person is reached without harm; nothing when it says what was known. */
export function noteSafeContact(before: SafeContact | undefined, after: SafeContact): readonly Happening[] {
  const same =
    before !== undefined &&
    before.way === after.way &&
    before.hours === after.hours &&
    before.who === after.who &&
    before.note === after.note
  return same ? [] : [{ type: 'safe_contact_noted', secret: after }]
}

/** Whom the person would rather speak with; the same again changes nothing. */
export function preferWorker(before: string | undefined, after: WorkerSex | undefined): readonly Happening[] {
  if (before === after) return []
  return [{ type: 'worker_preferred', ...(after ? { sex: after } : {}) }]
}

/** Fails with `request:closed`. */
export function mustBeOpen(it: Request): void {
  if (it.state === 'closed') throw new Failure('request:closed', { request: it.id })
}

/** Matters of protection: sealed ones, and everything of that family. */
export function isGuarded(kind: RequestKind): boolean {
  return kind.startsWith('protection.') || kindOf(kind).visibility === 'sealed'
}
