/** Referrals in the conversation: the person is asked once, when nothing else is asked, and told by name what would leave. */
import { lockState } from '../core/lock.ts'
import type { OwnReferral } from '../core/referral.ts'
import { isAsked } from '../core/referral-rules.ts'
import { mayAsk } from './appointment.ts'
import { isIdle } from './idle.ts'
import { known } from './known.ts'
import { referralOf } from './referral.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { endAbove, enterFlow, layAside } from './stack.ts'
import { isQuiet, isSensitive, speak, tell, type Walk } from './walk.ts'

/** Asks what is due; on a phone that others read or that has a code, only in neutral words. One thing at a time. */
export function promptReferral(walk: Walk): void {
  const { shared, lock, now, referrals = walk.kept?.referrals } = walk.situation
  const it = referrals?.find(({ prompt, knocked }) => prompt?.due && !knocked)
  if (!it?.prompt || !mayAsk(walk, known.referral) || lockState(lock, now) === 'watched') return
  if (walk.happenings.some(({ type }) => type === 'message_created')) return
  const hidden = shared || lock !== undefined
  prompted(walk, it, hidden ? 'knocked' : 'said')
  if (hidden) speak(walk, sentences.knock)
  else begin(walk, it)
}

/** It is known by now who speaks, and what waits for them is asked. */
export function promptReferralAfterKnock(walk: Walk): void {
  const it = walk.situation.referrals?.find(({ knocked }) => knocked)
  if (!it?.prompt || !isIdle(walk) || isQuiet(walk) || isSensitive(walk)) return
  prompted(walk, it, 'said')
  begin(walk, it)
}

/** What staff settled meanwhile, or took back, is asked no longer. */
export function leaveSettled(walk: Walk): void {
  const { stack } = walk.session
  const place = stack.findIndex(({ flow }) => flow === known.referral)
  if (place < 0) return
  const answers = stack[place]?.answers ?? {}
  const it = referralOf(walk, answers['referral'])
  const prompt =
    answers['prompt']?.is === 'code' && answers['prompt'].value === 'outcome' ? 'outcome' : 'consent'
  if (it && isAsked(it.state, prompt)) return
  endAbove(walk, place - 1)
  walk.session.open = false
}

function prompted(walk: Walk, { id: referral, request, prompt }: OwnReferral, how: 'said' | 'knocked'): void {
  if (prompt) tell(walk, { type: 'referral_prompted', referral, request, prompt: prompt.what, how })
}

function begin(walk: Walk, it: OwnReferral): void {
  layAside(walk)
  const before = walk.session.stack.findIndex(({ flow }) => flow === known.referral)
  if (before >= 0) endAbove(walk, before - 1)
  const code = (value: string) => ({ is: 'code', value }) as const
  const answers = { prompt: code(it.prompt?.what ?? 'consent'), referral: code(it.id) }
  if (enterFlow(walk, known.referral, { answers })) run(walk)
}
