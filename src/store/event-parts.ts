/** A happening in two parts: facts that are codes and ids, and what is personal and lies encrypted. */
import type { Event, Happening } from '../core/event.ts'

/** The columns of a happening. The words of a sentence we said are in its message and not here. */
export function eventParts(happening: Happening): {
  readonly facts: object
  readonly secret: string | undefined
} {
  const { type: _, ...rest } = happening
  if (happening.type === 'message_created') {
    const { vars: _, ...say } = happening.say
    return { facts: { message: happening.message, say }, secret: undefined }
  }
  if (!('secret' in rest)) return { facts: rest, secret: undefined }
  const { secret, ...facts } = rest
  return { facts, secret: secret === undefined ? undefined : JSON.stringify(secret) }
}

/** The happening again; without its secret where that was erased. */
export function happeningOf(type: string, facts: unknown, secret: string | undefined): Happening {
  const personal = secret === undefined ? {} : { secret: JSON.parse(secret) as object }
  // Written by eventParts from a happening, and never changed since.
  const whole = { type, ...(facts as object), ...personal } as unknown as Happening
  return whole.type === 'person_described' && secret === undefined ? { ...whole, secret: {} } : whole
}

/** Who caused it, from its two columns. */
export function byOf(by: string, staff: string | null): Event['by'] {
  return by === 'staff' && staff !== null
    ? { staff }
    : by === 'staff'
      ? 'flow'
      : (by as 'person' | 'flow' | 'clock' | 'partner')
}
