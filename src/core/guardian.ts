/**
 * Whoever answers for a child (domain notes 4.2, S12): a child does not agree alone. Staff write down what the grown-up
 * said; it is a record of consent like any other, and what they take back is another record.
 */
import { Failure } from '../failure.ts'
import type { ConsentAnswer } from './consent.ts'

export const kins = ['mother', 'father', 'grandparent', 'aunt_uncle', 'sibling', 'spouse', 'other'] as const
export type Kin = (typeof kins)[number]

/** How staff heard it. */
export const guardianMedia = ['came', 'visited', 'called'] as const
export type GuardianMedium = (typeof guardianMedia)[number]

/** What is written down of it, beside the answer. */
export type GuardianWord = { readonly kin: Kin; readonly medium: GuardianMedium }

/**
 * Whether this answer says anything new after the last one. Fails with `guardian:nobody_needed` for a grown-up, and with
 * `guardian:not_given` where something is taken back that was never given.
 */
export function isNewWord(minor: boolean, last: ConsentAnswer | undefined, answer: ConsentAnswer): boolean {
  // Whoever has grown up since may still have it taken back.
  if (!minor && answer !== 'withdrawn') throw new Failure('guardian:nobody_needed')
  if (answer === 'withdrawn' && last !== 'given' && last !== 'withdrawn')
    throw new Failure('guardian:not_given')
  return last !== answer
}

/** Whether somebody answers for this child, so that what they agree to may be passed on. */
export function isAnsweredFor(minor: boolean, last: ConsentAnswer | undefined): boolean {
  return !minor || last === 'given'
}
