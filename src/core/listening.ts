/** Voice notes that somebody has to listen to: how soon, and what may be made of one. */
import type { Happening } from './event.ts'
import type { ListeningHappening } from './listening-happening.ts'
import type { RequestKind, Term } from './request.ts'

/** Until somebody has listened (S6). */
export const listenWithin: Term = { workingHours: 2 }

export type HeardHow = Extract<ListeningHappening, { readonly type: 'voice_heard' }>['how']

/** What a listener may take out of everybody's sight with one tap: its queue and who sees it follow from the kind. */
export const guardedKinds = [
  'security.threat',
  'protection.gbv',
  'protection.child',
  'protection.trafficking',
  'protection.suicide',
  'complaint.sea',
  'complaint.staff_conduct',
  'complaint.fraud',
] as const satisfies readonly RequestKind[]

/** These notes were listened to. What was not said at the question is summed up by the answer to it. */
export function hearNotes(
  request: string,
  notes: readonly { readonly message: string; readonly asked: boolean }[],
  how: HeardHow,
): readonly Happening[] {
  return notes.map(({ message, asked }) => ({
    ...{ type: 'voice_heard', request, message },
    how: how === 'answered' && !asked ? 'summary' : how,
  }))
}
