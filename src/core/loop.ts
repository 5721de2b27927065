/**
 * Closing the loop (domain notes 3.4, S1): a day after the last answer the person is asked once whether it has solved the
 * matter. Yes closes it. No is an appeal: somebody else than who answered takes it up, once. Nothing said is silence.
 */
import { nextDaytime } from './followup.ts'
import { homeCountry } from './night.ts'
import type { Outcome, RequestKind } from './request.ts'
import type { Visibility } from './visibility.ts'

/** After so long nobody waits for the answer any more: it counts as silence. */
export const silentAfterDays = 7

const day = 24 * 3_600_000

/** Matters of which a person can say whether they are solved; of what is hidden nothing is said of our own accord. */
const asked: ReadonlySet<RequestKind> = new Set([
  'request.followup',
  'request.need',
  'request.info',
  'request.person',
  'complaint.service',
  'complaint.eligibility',
  'out_of_scope',
])

/** Ends after which there is nothing to ask. */
const settled: ReadonlySet<Outcome> = new Set(['unreachable', 'duplicate', 'reported'])

/** When the person is to be asked about a matter that was answered just now; undefined: never. */
export function loopAt(
  { kind, visibility }: { readonly kind?: RequestKind; readonly visibility: Visibility },
  now: Date,
): Date | undefined {
  if (kind === undefined || visibility !== 'open' || !asked.has(kind)) return undefined
  return nextDaytime(new Date(now.getTime() + day), homeCountry)
}

/** What an end changes of it: of some there is nothing to ask. */
export function loopAfter(outcome: Outcome): { readonly loop_at?: null } {
  return settled.has(outcome) ? { loop_at: null } : {}
}

/** How it stands between us and the person. */
export const loopStates = ['none', 'owed', 'asked', 'yes', 'no', 'silent'] as const
export type LoopState = (typeof loopStates)[number]

export function loopStateOf(
  it: { readonly at?: Date; readonly askedAt?: Date; readonly answer?: string },
  now: Date,
): LoopState {
  if (it.answer === 'yes' || it.answer === 'no') return it.answer
  if (it.askedAt === undefined) return it.at === undefined ? 'none' : 'owed'
  return now.getTime() - it.askedAt.getTime() > silentAfterDays * day ? 'silent' : 'asked'
}

/** A matter that was answered, as the conversation knows it. */
export type OwnLoop = {
  readonly request: string
  readonly reference: string
  readonly due: boolean
  readonly open: boolean
  readonly closable: boolean
}
