/** Which referral a flow talks about, and what the walk knows of it. */
import type { OwnReferral } from '../core/referral.ts'
import type { Answer } from './session.ts'
import { top, type Walk } from './walk.ts'

/** The referral that the talking flow is about. */
export function referralInHand(walk: Walk): OwnReferral | undefined {
  return referralOf(walk, top(walk)?.answers['referral'])
}

/** What this walk knows of one from here on. */
export function knowReferral(walk: Walk, it: OwnReferral): void {
  const referrals = walk.situation.referrals?.map((one) => (one.id === it.id ? it : one))
  walk.situation = { ...walk.situation, ...(referrals ? { referrals } : {}) }
}

/** The referral that is kept under an answer. */
export function referralOf(walk: Walk, answer: Answer | undefined): OwnReferral | undefined {
  return walk.situation.referrals?.find(({ id }) => answer?.is === 'code' && id === answer.value)
}
