/**
 * What people tell us of the programme's work: how staff sort it, whose work it is about, and how a request is made of it.
 * Pure: each rule gives what happens, and nothing when nothing would change.
 */
import { Failure } from '../failure.ts'
import type { Happening, Opening } from './event.ts'
import { priorityOf } from './priority.ts'
import { type FeedbackKind, kindOf, type RequestKind } from './request.ts'

/** Feedback as the rules see it. */
export type Feedback = {
  readonly id: string
  readonly kind: FeedbackKind
  readonly text?: string
  /** The organisation whose work it is about, when it is not ours. */
  readonly elsewhere?: string
  /** The request that was made of it. */
  readonly request?: string
  /** What others said as well. */
  readonly rumour?: string
  readonly version: number
}

/** A name, not a story. */
export const longestOrganisation = 120

/** Sorts it under another kind. */
export function recode(it: Feedback, kind: FeedbackKind): readonly Happening[] {
  if (it.kind === kind) return []
  return [{ type: 'feedback_recoded', feedback: it.id, kind, was: it.kind }]
}

/** Whose work it is about: a name, or nothing when it is ours. Fails with `form:invalid` for a name that is too long. */
export function point(it: Feedback, organisation: string): readonly Happening[] {
  const name = organisation.trim().replace(/\s+/g, ' ')
  if (name.length > longestOrganisation) throw new Failure('form:invalid', { field: 'organisation' })
  if (name === (it.elsewhere ?? '')) return []
  const elsewhere = name !== ''
  const secret = elsewhere ? { organisation: name } : undefined
  return [{ type: 'feedback_pointed', feedback: it.id, elsewhere, ...(secret ? { secret } : {}) }]
}

/** Puts it to what others said alike; from here on it is a rumour, whatever it was told as. */
export function gather(it: Feedback, rumour: string): readonly Happening[] {
  if (it.rumour === rumour) return []
  return [...recode(it, 'rumour'), { type: 'feedback_gathered', feedback: it.id, rumour }]
}

/** It was something else after all. */
export function release(it: Feedback): readonly Happening[] {
  return it.rumour === undefined ? [] : [{ type: 'feedback_released', feedback: it.id, rumour: it.rumour }]
}

/**
 * Makes a request of it, in the person's own words and with the queue, eyes and term of its kind. Fails with
 * `feedback:raised` when somebody did so before.
 */
export function raise(
  it: Feedback,
  to: { readonly request: string; readonly reference: string; readonly kind: RequestKind },
): readonly Happening[] {
  if (it.request !== undefined) throw new Failure('feedback:raised')
  const { request, reference, kind } = to
  const { queue, visibility } = kindOf(kind)
  const opening: Opening = {
    ...{ request, reference, kind, queue, visibility, priority: priorityOf({ kind }), cause: 'staff' },
    ...(it.text === undefined ? {} : { secret: { text: it.text } }),
  }
  return [
    { type: 'request_opened', ...opening },
    { type: 'feedback_raised', feedback: it.id, request, kind },
  ]
}
