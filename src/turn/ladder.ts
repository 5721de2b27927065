/**
 * In which order staff are called to a request: whoever is on duty, the deputies in their order, everybody who may know
 * of it and is there, and at last those who answer for them, who are told that something waits and not what. Of a sealed
 * matter nobody but its holders and those on duty for it ever hears.
 */
import type { DutyLine } from '../core/duty.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Visibility } from '../core/visibility.ts'
import { allOnDuty, type Surroundings } from './surroundings.ts'

export type Called = {
  /** Nobody did what was to be done: the deputies are called before whoever did not. */
  readonly overdue?: boolean
  readonly line: DutyLine
  readonly queue: QueueKey
  readonly visibility: Visibility
  /** Of an open one: the office that it waits for. */
  readonly office?: string
  /** Of a sealed matter. */
  readonly holders: readonly string[]
  /** Never told, whatever else they are. */
  readonly barred: readonly string[]
  /** Who answers for the programme. */
  readonly officers: readonly string[]
  /** Away, and called only when nobody else is there. */
  readonly absent: readonly string[]
}

/** The steps of the ladder at a moment; none is empty, and nobody stands on two. */
export function ladderOf(town: Surroundings, it: Called, at: Date): readonly (readonly string[])[] {
  const called = allOnDuty(town, it.line, at)
  const inOrder = [...new Set(called.map(({ rank }) => rank))]
  const ranks = it.overdue ? [...inOrder.slice(1), ...inOrder.slice(0, 1)] : inOrder
  const duty = ranks.map((rank) => called.filter((span) => span.rank === rank).map(({ staff }) => staff))
  const seats = seatsFor(town, it)
  const knowing = it.visibility === 'sealed' ? it.holders : seats
  const present = knowing.filter((one) => !it.absent.includes(one))
  const above = it.visibility === 'sealed' ? [] : answerable(town, seats, it.officers)
  const told = new Set(it.barred)
  return [...duty, present, knowing, above]
    .map((step) => {
      const fresh = [...new Set(step)].filter((one) => !told.has(one) && mayHear(town, it, one))
      for (const one of fresh) told.add(one)
      return fresh
    })
    .filter((step) => step.length > 0)
}

/** On duty one may still have no seat where a restricted matter waits: then its queue is called. */
function mayHear(town: Surroundings, it: Called, staff: string): boolean {
  if (it.visibility !== 'restricted') return true
  const above = answerable(town, town.staffOf.get(it.queue) ?? [], it.officers)
  return town.staffOf.get(it.queue)?.includes(staff) === true || above.includes(staff)
}

/** Who sits in its queue and sees it. */
function seatsFor(town: Surroundings, { queue, visibility, office }: Called): readonly string[] {
  const seats = town.staffOf.get(queue) ?? []
  if (visibility !== 'open' || office === undefined) return seats
  return seats.filter((one) => (town.officeOfStaff.get(one) ?? office) === office)
}

function answerable(
  town: Surroundings,
  seats: readonly string[],
  officers: readonly string[],
): readonly string[] {
  return [...seats.flatMap((one) => town.supervisorOf.get(one) ?? []), ...officers]
}
