/** Where a request goes when its turn comes: until when it is due, who is alerted, who may know of a sealed one. */
import type { HappeningOf } from '../core/event.ts'
import { termOf } from '../core/priority.ts'
import type { QueueKey } from '../core/queue.ts'
import { kindOf, type Priority, type RequestKind } from '../core/request.ts'
import { type DutyLine, onDuty, type Surroundings } from './surroundings.ts'

/** A critical request with less of the working day left than this goes to whoever is on duty, not to tomorrow. */
const criticalMinutes = 180
const minute = 60_000

export type Route = {
  readonly dueAt: Date
  /** Whoever is on duty has it from the start. */
  readonly owner?: string
  /** Staff whose pages must show it at once. */
  readonly alert: readonly string[]
}

/** The route of a request that is opened or raised at `at`; `notFor` never gets it (the worker complained about). */
export function routeOf(
  town: Surroundings,
  it: { readonly kind: RequestKind; readonly queue: QueueKey; readonly priority: Priority },
  at: Date,
  notFor?: string,
): Route {
  const dueAt = town.calendar.dueAt(at, termOf(it.kind, it.priority))
  if (it.priority === 0) {
    const duty = dutyFor(town, it.queue, at)
    return { dueAt, alert: duty && duty !== notFor ? [duty] : [] }
  }
  if (it.priority !== 1 || town.calendar.minutesLeft(at) >= criticalMinutes) return { dueAt, alert: [] }
  const duty = onDuty(town, 'critical', at)
  if (duty === undefined || !maySee(town, it, duty, notFor)) return { dueAt, alert: [] }
  const soon = new Date(at.getTime() + criticalMinutes * minute)
  return { dueAt: soon < dueAt ? soon : dueAt, owner: duty, alert: [duty] }
}

/** Restricted matters are for the staff of their queue, on duty or not, and never for the worker they may be about. */
function maySee(
  town: Surroundings,
  it: { readonly kind: RequestKind; readonly queue: QueueKey },
  staff: string,
  notFor: string | undefined,
): boolean {
  if (kindOf(it.kind).visibility === 'open') return true
  return staff !== notFor && town.staffOf.get(it.queue)?.includes(staff) === true
}

/**
 * Who may know that a sealed request exists: the staff of its queue and who is on duty for it; never the worker of the
 * person's case, whom it may be about. A queue without staff is answered for by the other sealed one.
 */
export function holdersOf(town: Surroundings, queue: QueueKey, at: Date, notFor?: string): readonly string[] {
  const seats = town.staffOf.get(queue) ?? []
  const duty = dutyFor(town, queue, at)
  const holders = [...new Set(duty === undefined ? seats : [...seats, duty])].filter((one) => one !== notFor)
  if (holders.length > 0) return holders
  const deputies = town.staffOf.get(queue === 'psea' ? 'protection' : 'psea') ?? []
  return deputies.filter((one) => one !== notFor)
}

function dutyFor(town: Surroundings, queue: QueueKey, at: Date): string | undefined {
  const line: DutyLine = queue === 'psea' ? 'psea' : queue === 'protection' ? 'protection' : 'critical'
  return onDuty(town, line, at)
}

/** Complaints may be about the worker of the person's own case. */
export function mayBeAboutWorker(it: Pick<HappeningOf<'request_opened'>, 'kind'>): boolean {
  return it.kind.startsWith('complaint.') || it.kind === 'unclear'
}
