/** Steps about being referred to a partner: what the person says to it, whether it helped, and that they take it back. */

import type { Said } from '../../core/referral-happening.ts'
import { hearPerson, isOpen, judgeReferral as judge, withdrawReferral } from '../../core/referral-rules.ts'
import { knowReferral, referralInHand } from '../referral.ts'
import { messageOf, tell, tongueOf, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

export const answerReferral: Take<'answer_referral'> = (walk, { answer_referral: { as, text } }) => {
  const it = referralInHand(walk)
  if (it?.state !== 'asked') return 'on'
  for (const one of hearPerson(it, as === 'given', saidNow(walk, text))) tell(walk, one)
  knowReferral(walk, { ...it, state: as === 'given' ? 'agreed' : 'refused' })
  return 'on'
}

export const judgeReferral: Take<'judge_referral'> = (walk, { judge_referral: how }) => {
  const it = referralInHand(walk)
  for (const one of it ? judge(it, how === 'came') : []) tell(walk, one)
  return 'on'
}

export const withdrawReferrals: Take<'withdraw_referrals'> = (
  walk,
  { withdraw_referrals: { text, none } },
) => {
  const all = (walk.situation.referrals ?? []).filter(({ state }) => isOpen(state))
  for (const it of all) {
    for (const one of withdrawReferral(it, saidNow(walk, text))) tell(walk, one)
    knowReferral(walk, { ...it, state: 'withdrawn' })
  }
  return all.length === 0 && none !== undefined ? { to: none } : 'on'
}

/** The record of what was said just now: typed, or heard by a listener in a voice note. */
function saidNow(walk: Walk, text: string): Said {
  const { input } = walk
  const language = tongueOf(walk)
  const message = input.kind === 'heard' ? input.message : messageOf(walk)
  return {
    ...{ consent: walk.world.id(), text, wording: walk.parts.wording(text, language), language },
    medium: input.kind === 'heard' || input.kind === 'voice' ? 'audio' : 'text',
    ...(message === undefined ? {} : { message }),
  }
}
