/** Where a request goes when its turn comes: until when it is due, who is alerted, who may know of a sealed one. */
import { dutyLineOf } from '../core/duty.ts'
import { namedIn, officesIn } from '../core/named.ts'
import { termOf } from '../core/priority.ts'
import { type QueueKey, queueOf } from '../core/queue.ts'
import { kindOf, mayBeAboutWorker, type Priority, type RequestKind } from '../core/request.ts'
import { allOnDuty, officeOf, onDuty, type Surroundings } from './surroundings.ts'

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

type Matter = { readonly kind: RequestKind; readonly queue: QueueKey }

/** The route of a request that is opened or raised at `at`; those who are barred from it never get it. */
export function routeOf(
  town: Surroundings,
  it: Matter & { readonly priority: Priority },
  at: Date,
  barred: readonly string[] = [],
): Route {
  const dueAt = town.calendar.dueAt(at, termOf(it.kind, it.priority))
  if (it.priority === 0) {
    const duty = dutyFor(town, it.queue, at)
    return { dueAt, alert: duty && !barred.includes(duty) ? [duty] : [] }
  }
  if (it.priority !== 1 || !isPressing(town, at)) return { dueAt, alert: [] }
  const duty = onDuty(town, 'critical', at)
  if (duty === undefined || !maySee(town, it, duty, barred)) return { dueAt, alert: [] }
  const soon = new Date(at.getTime() + criticalMinutes * minute)
  return { dueAt: soon < dueAt ? soon : dueAt, owner: duty, alert: [duty] }
}

/** Whether too little is left of the working day for what is critical. */
export function isPressing(town: Surroundings, at: Date): boolean {
  return town.calendar.minutesLeft(at) < criticalMinutes
}

/** Restricted matters are for the staff of their queue, on duty or not, and never for whom they may be about. */
function maySee(town: Surroundings, it: Matter, staff: string, barred: readonly string[]): boolean {
  if (kindOf(it.kind).visibility === 'open') return true
  return !barred.includes(staff) && town.staffOf.get(it.queue)?.includes(staff) === true
}

/**
 * The office that a request waits for in a queue: that of the person's case, else of the region they named. Where nobody of
 * it sits in an open queue there is none, and everybody who sits there sees the request: nothing lies where nobody looks.
 * Closed queues are central, and the office only says where a matter comes from.
 */
export function officeFor(
  town: Surroundings,
  queue: QueueKey,
  person: { readonly office?: string; readonly region?: string } | undefined,
): string | undefined {
  const own = person?.office ?? officeOf(town, person?.region)?.id
  if (own === undefined || queueOf(queue).closed) return own
  const seats = town.staffOf.get(queue) ?? []
  return seats.some((one) => town.officeOfStaff.get(one) === own) ? own : undefined
}

/** Queues that read what may be about anybody, when those of its own queue must not. */
const elsewhere: readonly QueueKey[] = ['conduct', 'protection', 'psea']

/** Whom a matter may be about: "my worker" is whoever has or had the case, and whoever is named in what was said. */
export type About = {
  readonly workers: readonly string[]
  readonly named: readonly string[]
}

/** Whom a matter of this person may be about, by what was said in it. */
export function aboutOf(
  town: Surroundings,
  person:
    | { readonly owner?: string; readonly pastOwners?: readonly string[]; readonly office?: string }
    | undefined,
  said: string | undefined,
): About {
  const workers = [...new Set([person?.owner ?? [], person?.pastOwners ?? []].flat())]
  const near = (one: string) => person?.office !== undefined && town.officeOfStaff.get(one) === person.office
  if (said === undefined) return { workers, named: [] }
  const offices = officesIn(said, town.officeNames)
  const there = [...town.officeOfStaff].flatMap(([one, office]) => (offices.includes(office) ? [one] : []))
  return { workers, named: [...new Set([...namedIn(said, town.names, near), ...there])] }
}

/**
 * Where a matter that may be about staff waits, and who must not know of it: those whom it may be about, those below them
 * and their supervisors. When nobody else sits in its queue it waits where somebody does; in an office too small for that
 * only they themselves are barred, then only the workers of the case, and from what nobody has heard yet nobody is. Names
 * are sought only in what may be about staff.
 */
export function keptFrom(
  town: Surroundings,
  it: Matter,
  about: () => About,
): { readonly queue: QueueKey; readonly barred: readonly string[] } {
  const nobody = { queue: it.queue, barred: [] }
  if (!mayBeAboutWorker(it.kind)) return nobody
  const { workers, named } = about()
  const all = [...new Set([...workers, ...named])]
  if (all.length === 0) return nobody
  const places = kindOf(it.kind).visibility === 'sealed' ? [it.queue] : [it.queue, ...elsewhere]
  for (const barred of [linesOf(town, all), all, workers]) {
    const queue = places.find((one) => holdersIn(town, one, barred).length > 0)
    if (queue !== undefined) return { queue, barred }
  }
  return { queue: it.queue, barred: it.kind === 'unclear' ? [] : workers }
}

/** Staff, everybody below each of them, and their direct supervisors. */
export function linesOf(town: Surroundings, staff: readonly string[]): readonly string[] {
  const line = new Set(staff)
  // Grows while it is walked: those below come behind those they work for.
  for (const one of line) {
    for (const [below, supervisor] of town.supervisorOf) if (supervisor === one) line.add(below)
  }
  for (const one of staff) {
    const above = town.supervisorOf.get(one)
    if (above !== undefined) line.add(above)
  }
  return [...line]
}

/** Who of a queue may read a matter; of a queue that guards sealed ones, the other such queue answers for it. */
function holdersIn(town: Surroundings, queue: QueueKey, barred: readonly string[]): readonly string[] {
  const seats = (of: QueueKey) => (town.staffOf.get(of) ?? []).filter((one) => !barred.includes(one))
  const own = seats(queue)
  if (own.length > 0 || (queue !== 'psea' && queue !== 'protection')) return own
  return seats(queue === 'psea' ? 'protection' : 'psea')
}

/**
 * Who may know that a sealed request exists: the staff of its queue and who is on duty for it, but nobody who is barred. A
 * queue without staff is answered for by the other sealed one.
 */
export function holdersOf(
  town: Surroundings,
  queue: QueueKey,
  at: Date,
  barred: readonly string[] = [],
): readonly string[] {
  const seats = town.staffOf.get(queue) ?? []
  const called = allOnDuty(town, dutyLineOf(queue), at).map(({ staff }) => staff)
  const own = [...new Set([...seats, ...called])].filter((one) => !barred.includes(one))
  return own.length > 0 ? own : holdersIn(town, queue, barred)
}

function dutyFor(town: Surroundings, queue: QueueKey, at: Date): string | undefined {
  return onDuty(town, dutyLineOf(queue), at)
}
