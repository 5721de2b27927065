/**
 * Files that come after their message. On a bad network, or from a phone that is switched off, that takes hours: tried often
 * at first and seldom later, for about a day, then taken for lost until somebody asks for it again.
 */
import type { Happening } from './event.ts'

/** Between one try and the next, in minutes; together about a day. */
const pauses = [1, 2, 5, 15, 30, 60, 120, 180, 240, 240, 240, 300]
const minute = 60_000

/** When it is tried again after so many tries that brought nothing; undefined: it is lost. */
export function nextTry(tries: number, now: Date): Date | undefined {
  const pause = pauses[tries - 1]
  return pause === undefined ? undefined : new Date(now.getTime() + pause * minute)
}

/** A file beside a request. */
export type LateFile = {
  readonly message: string
  readonly media: string
  readonly state: string
  /** The request that its message belongs to. */
  readonly request?: string
}

/** Staff want it tried once more from the beginning; nothing when it came meanwhile, or is on its way already. */
export function wantFile({ message, media, state, request }: LateFile): readonly Happening[] {
  return state === 'lost' ? [{ type: 'file_wanted', message, media, request }] : []
}
