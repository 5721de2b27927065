/** Sending again what did not arrive, or of which nobody knows. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import type { DeliveryState } from './message.ts'
import type { Request } from './request.ts'

/** A message as it stands. */
export type Standing = {
  readonly id: string
  readonly state: DeliveryState
  readonly failure?: string
}

/** Whether a member of staff can send it again: it failed, or its fate is unknown after the second try as well. */
export function canResend({ state, failure }: Omit<Standing, 'id'>): boolean {
  return state === 'failed' || (state === 'unknown' && failure === 'resent')
}

/** By whoever may answer; nothing when it is on its way again already. Fails as an answer does. */
export function resend(
  it: Request,
  staff: string,
  message: Standing & { readonly answers: boolean },
): readonly Happening[] {
  if (it.state === 'closed') throw new Failure('request:closed', { request: it.id })
  if (it.owner !== undefined && it.owner !== staff) throw new Failure('request:taken', { request: it.id })
  const { id, answers } = message
  return canResend(message) ? [{ type: 'message_resent', request: it.id, message: id, answers }] : []
}
