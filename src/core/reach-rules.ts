/** When staff may write to somebody who did not write to them, and how often somebody was tried in vain. */
import type { ConsentAnswer } from './consent.ts'
import type { RequestKind } from './request.ts'
import type { SafeWay } from './safe-contact.ts'

/** What stands against writing first; a call remains. */
export type WriteBar = 'no_consent' | 'stopped' | 'blocked' | 'closed' | 'safe' | 'night' | 'window'

/** The reason why nobody may write to this address of their own accord now; undefined when they may. */
export function writeBar(facts: {
  readonly state: 'live' | 'blocked' | 'closed'
  readonly stopped: 'no' | 'campaigns' | 'all'
  /** To keeping what is said, and with it to being written to about the case. */
  readonly consent: ConsentAnswer | undefined
  /** How the person said that they are reached without harm. */
  readonly safe: SafeWay | undefined
  /** Where the person is (night.ts). */
  readonly night: boolean
  /** The provider takes no free text so long after the person's last word. */
  readonly windowClosed: boolean
}): WriteBar | undefined {
  if (facts.state !== 'live') return facts.state
  if (facts.stopped === 'all') return 'stopped'
  if (facts.consent !== 'given') return 'no_consent'
  if (facts.safe === 'call' || facts.safe === 'visit' || facts.safe === 'none') return 'safe'
  if (facts.windowClosed) return 'window'
  return facts.night ? 'night' : undefined
}

/** What staff may write about first; whatever is confidential is answered where it was said. */
export const firstWordKinds = [
  'request.person',
  'request.followup',
  'request.need',
  'request.info',
  'request.contact_change',
] as const satisfies readonly RequestKind[]

/** A case is closed without contact after so many tries on different days (domain notes 1.8). */
export const triesBeforeClosing = 3

/** On how many days somebody was tried in vain since they were last reached; days as `2026-03-02`. */
export function vainDays(attempts: readonly { readonly day: string; readonly reached: boolean }[]): number {
  const last = attempts.findLastIndex(({ reached }) => reached)
  return new Set(attempts.slice(last + 1).map(({ day }) => day)).size
}
