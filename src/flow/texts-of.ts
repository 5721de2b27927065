/** The sentences of a step, for whoever reads flows without walking them. */
import type { Step } from './definition.ts'

/** The sentences that a step may say, choices included. */
export function textsOf(step: Step): readonly string[] {
  if ('say' in step) return [step.say]
  if ('ask' in step) {
    const texts = [step.text, step.help, step.silence?.say, ...(step.choices ?? []).map(({ text }) => text)]
    return texts.filter((text) => text !== undefined)
  }
  if ('show_notice' in step) return step.show_notice
  if ('record_consent' in step) return [step.record_consent.text]
  if ('answer_referral' in step) return [step.answer_referral.text]
  if ('withdraw_referrals' in step) return [step.withdraw_referrals.text]
  if ('tell_nameless' in step) return [step.tell_nameless.code]
  if ('show_requests' in step) return [step.show_requests.one, step.show_requests.none]
  return 'find_request' in step ? [step.find_request.found, step.find_request.unknown] : []
}
