/** What becomes of the requests of somebody who is away (domain notes S22): back to the pool, and the person is told. */
import type { Happening } from './event.ts'
import { queueOf } from './queue.ts'
import { kindOf, type Request } from './request.ts'
import { isSnoozed } from './snooze.ts'

/** So much of the term used up makes a request of somebody absent due. */
const dueShare = 0.8

/** From when on a request of somebody absent goes back to the pool. */
export function returnsAt({ openedAt, dueAt }: Pick<Request, 'openedAt' | 'dueAt'>): Date {
  const term = Math.max(0, dueAt.getTime() - openedAt.getTime())
  return new Date(openedAt.getTime() + term * dueShare)
}

/** Nobody's again, so that a colleague takes it; nothing while there is time, or while nobody owes a word. */
export function giveBack(it: Request, absent: string, now: Date): readonly Happening[] {
  if (it.owner !== absent || it.state !== 'open' || isSnoozed(it, now) || returnsAt(it) > now) return []
  return [{ type: 'request_returned', request: it.id, owner: absent }]
}

/** Whether the person is to be told that it takes longer: never of danger, never twice, not once a word was said. */
export function owesDelay(it: Request): boolean {
  const guarded = it.visibility === 'sealed' || queueOf(kindOf(it.kind).queue).guards === true
  return it.delay === 'owed' && it.state === 'open' && !guarded
}
