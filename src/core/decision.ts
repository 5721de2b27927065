/** "You said, we did": what the programme decided because of what people said. Pure. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'

/** What stands behind a decision, by id. */
export type Basis = { readonly request: string } | { readonly feedback: string }

export type NewDecision = {
  readonly id: string
  readonly text: string
  /** ISO date. */
  readonly day: string
  readonly basis: readonly Basis[]
}

/** It is read aloud in a campaign. */
export const longestDecision = 600

/**
 * On record with each request and piece of feedback behind it. Fails with `form:invalid` without a text, for one that is
 * too long, a day to come, or nothing behind it.
 */
export function record({ id, text, day, basis }: NewDecision, today: string): readonly Happening[] {
  if (text.trim() === '' || text.length > longestDecision)
    throw new Failure('form:invalid', { field: 'text' })
  if (day > today) throw new Failure('form:invalid', { field: 'day' })
  if (basis.length === 0) throw new Failure('form:invalid', { field: 'basis' })
  return basis.map((one) => ({ type: 'decision_recorded', decision: id, day, ...one }))
}

/** `2026-4` for the fourth quarter of 2026: what decisions are counted by. */
export function quarterOf(at: Date): string {
  return `${at.getUTCFullYear()}-${Math.floor(at.getUTCMonth() / 3) + 1}`
}
