/**
 * Asking somebody to write again, because the provider takes no free words for them: once in a silence, without content.
 * Whoever does not answer in two days is to be called.
 */
import type { Happening } from './event.ts'
import type { Request } from './request.ts'

export const knockDays = 2

/** Staff owe a call in it, from this moment; nothing once it is closed. */
export function askForCall(
  it: Request,
  cause: 'silent' | 'no_template' | 'not_delivered',
): readonly Happening[] {
  return it.state === 'closed' ? [] : [{ type: 'call_asked', request: it.id, cause }]
}
