/**
 * Asking somebody to write again, because the provider takes no free words for them: once in a silence, without content.
 * Whoever does not answer in two days is to be called.
 */
import type { CallCause, Happening } from './event.ts'
import type { Request } from './request.ts'

export const knockDays = 2
/** What a code keeps is staff's to tell after so long (S5). */
export const lockedDays = 3

/** Where others may read: words that, read aloud by somebody else, tell of nothing (S5). */
export const neutralKnock = 'knock.neutral'

/** Staff owe a call in it, from this moment; nothing once it is closed. */
export function askForCall(it: Request, cause: CallCause): readonly Happening[] {
  return it.state === 'closed' ? [] : [{ type: 'call_asked', request: it.id, cause }]
}
