/**
 * Two requests of one person about one thing: the later joins the earlier and is closed as a duplicate. A link and no
 * rewrite: messages stay where they are and are read together, and the two can be parted again.
 */
import { Failure } from '../failure.ts'
import type { Happening, HappeningOf } from './event.ts'
import { higher } from './priority.ts'
import type { Request } from './request.ts'
import { mustBeOpen } from './request-rules.ts'

/** The two in the order in which they were opened. */
export function inOrder(
  one: Request,
  other: Request,
): { readonly earlier: Request; readonly later: Request } {
  const isEarlier = one.openedAt.getTime() - other.openedAt.getTime() || (one.id < other.id ? -1 : 1)
  return isEarlier < 0 ? { earlier: one, later: other } : { earlier: other, later: one }
}

/** Whether two may be merged: open, of one person, for the same eyes; what is sealed has holders of its own. */
export function areAlike(one: Request, other: Request): boolean {
  if (one.id === other.id || one.state === 'closed' || other.state === 'closed') return false
  if (one.person === undefined || one.person !== other.person) return false
  if (one.visibility === 'open') return other.visibility === 'open'
  const sameReaders = one.queue === other.queue && one.kind === other.kind
  return one.visibility === 'restricted' && other.visibility === 'restricted' && sameReaders
}

/**
 * The later joins the earlier, which is due at the earlier time of both, with the higher priority, and owes what came of
 * the later's needs. Fails with `request:closed` and `request:not_alike`.
 */
export function merge(one: Request, other: Request): readonly Happening[] {
  mustBeOpen(one)
  mustBeOpen(other)
  if (!areAlike(one, other)) throw new Failure('request:not_alike', { request: one.id })
  const { earlier, later } = inOrder(one, other)
  const dueAt = new Date(Math.min(earlier.dueAt.getTime(), later.dueAt.getTime()))
  return [
    {
      type: 'request_merged',
      request: later.id,
      into: earlier.id,
      reference: earlier.reference,
      state: later.state,
    },
    {
      type: 'request_absorbed',
      request: earlier.id,
      merged: later.id,
      reference: later.reference,
      needs: later.openNeeds ?? [],
      dueAt: dueAt.toISOString(),
      priority: higher(earlier.priority, later.priority),
      was: { dueAt: earlier.dueAt.toISOString(), priority: earlier.priority },
    },
  ]
}

/** What the history of both says of their merging. */
export type Merging = {
  readonly merged: HappeningOf<'request_merged'>
  readonly absorbed: HappeningOf<'request_absorbed'>
}

/** Takes a merged request out of the earlier one. What staff changed since is left as it is. */
export function part(later: Request, earlier: Request, merging: Merging): readonly Happening[] {
  if (later.mergedInto !== earlier.id) return []
  const { was, dueAt, priority, needs } = merging.absorbed
  const dueStands = earlier.dueAt.toISOString() === dueAt
  const priorityStands = earlier.priority === priority
  const still = needs.filter((need) => earlier.openNeeds?.includes(need))
  return [
    {
      type: 'request_parted',
      request: later.id,
      reference: earlier.reference,
      back: { state: merging.merged.state },
      needs: still,
    },
    {
      type: 'request_parted',
      request: earlier.id,
      reference: later.reference,
      back: {
        ...(dueStands ? { dueAt: was.dueAt } : {}),
        ...(priorityStands ? { priority: was.priority } : {}),
      },
    },
  ]
}
