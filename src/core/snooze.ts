/** A request put aside until a moment: it is nobody's next work until then, but its due time stands. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import type { Request } from './request.ts'
import { isGuarded, mustBeOpen } from './request-rules.ts'

const longest = 90 * 24 * 60 * 60_000

/** Fails with `request:bad_time` for the past or too far ahead, and with `staff:not_allowed` for danger. */
export function snooze(it: Request, until: Date, now: Date): readonly Happening[] {
  mustBeOpen(it)
  const ahead = until.getTime() - now.getTime()
  if (!(ahead > 0 && ahead <= longest)) throw new Failure('request:bad_time', { request: it.id })
  if (it.priority === 0 || isGuarded(it.kind)) throw new Failure('staff:not_allowed', { request: it.id })
  if (it.snoozedUntil?.getTime() === until.getTime()) return []
  return [{ type: 'request_snoozed', request: it.id, until: until.toISOString() }]
}

/** It is work again: its time has come, the person wrote, or staff took it back. */
export function wake(it: Request, cause: 'time' | 'person' | 'staff'): readonly Happening[] {
  if (it.state === 'closed' || it.snoozedUntil === undefined) return []
  return [{ type: 'request_woken', request: it.id, cause }]
}

/** Whether it is put aside at a moment. */
export function isSnoozed(it: Pick<Request, 'snoozedUntil'>, now: Date): boolean {
  return it.snoozedUntil !== undefined && it.snoozedUntil > now
}
