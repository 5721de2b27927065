/**
 * Four digits that a person sets on a phone: what staff say to them there is read only after them. A second code opens
 * nothing, looks the same, and calls for help. Both are known only as marks: slow, keyed, of this person on this phone.
 */
import { isOpen } from './send-policy.ts'

export type Lock = {
  /** The mark of the code. */
  readonly code: string
  /** The mark of the code that calls for help. */
  readonly alarm?: string
  /** Wrong codes since the last right one. */
  readonly tries: number
  readonly openedAt?: Date
  readonly alarmedAt?: Date
}

/** After so many wrong ones nothing opens until staff have made sure who it is. */
export const triesAtMost = 3

/**
 * `shut` tells nothing of theirs; `watched` does the same and lets nobody see it: the code for help was the last one given.
 */
export function lockState(lock: Lock | undefined, now: Date): 'none' | 'open' | 'shut' | 'watched' {
  if (!lock) return 'none'
  const { openedAt, alarmedAt } = lock
  if (alarmedAt && !(openedAt && openedAt > alarmedAt)) return 'watched'
  return isOpen(lock, now) ? 'open' : 'shut'
}

/** What a code that was given is. Where too many were wrong even the right one opens nothing. */
export function judgeCode(lock: Lock, mark: string): 'opened' | 'alarm' | 'refused' {
  if (mark === lock.alarm) return 'alarm'
  return mark === lock.code && lock.tries < triesAtMost ? 'opened' : 'refused'
}

/** A message that is four digits and nothing else, in any script; undefined for every other one. */
export function codeIn(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\uFE0F\u20E3\s.-]/g, '')
    .replace(/\p{Nd}/gu, digitOf)
  return /^[0-9]{4}$/.test(plain) ? plain : undefined
}

/** What whoever wants in would try first: 0000, 1234, 4321. */
export function isEasy(code: string): boolean {
  const steps = [...code].slice(1).map((digit, place) => Number(digit) - Number(code[place]))
  const [first] = steps
  return first !== undefined && Math.abs(first) <= 1 && steps.every((step) => step === first)
}

/** Digits of a script stand ten in a row, the zero at a round place. */
function digitOf(sign: string): string {
  const point = sign.codePointAt(0) ?? 0
  let zero = point
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && point - zero < 9) zero -= 1
  return String(point - zero)
}
