/** Referrals as sentences: who proposed, what the person said, what the partner answered and what came of it. */
import type { Happening } from '../core/event.ts'
import type { ReferralHappening } from '../core/referral-happening.ts'
import type { Who } from './describe-sharing.ts'
import type { Words } from './words.ts'

export function isOfReferral(it: Happening): it is ReferralHappening {
  return it.type.startsWith('referral_')
}

export function describeReferral(it: ReferralHappening, words: Words, who: Who): string {
  const say = (vars: Record<string, string | number> = {}) =>
    words.any(`event.${it.type}`, { by: who.by ?? words.t('event.nobody'), ...vars })
  switch (it.type) {
    case 'referral_proposed':
      return say({
        service: words.t(`referral.service.${it.service}`),
        items: it.items.map((item) => words.t(`referral.item.${item}`)).join(', '),
      })
    case 'referral_prompted':
      return words.t(`referral.told.${it.how === 'said' ? it.prompt : it.how}`)
    case 'referral_agreed':
    case 'referral_refused':
      if (it.medium !== 'staff') return say()
      return words.t(`referral.${it.guardian ? 'guardian' : 'heard'}.${it.type}`, { by: who.by ?? '' })
    case 'referral_sent':
      return it.again ? words.t('referral.sent_again', { by: who.by ?? '' }) : say()
    case 'referral_declined':
      return untold(say({ reason: words.t(`referral.decline.${it.reason}`) }), it, words)
    case 'referral_ended': {
      const result = words.t(`referral.state.${it.result}`)
      return who.by ? words.t('referral.ended_by', { by: who.by, result }) : say({ result })
    }
    case 'referral_judged':
      return words.t(it.came ? 'referral.came' : 'referral.came_not')
    case 'referral_withdrawn': {
      const how = it.guardian ? 'referral.guardian.referral_withdrawn' : 'referral.withdrawn_by'
      const taken = who.by ? words.t(how, { by: who.by }) : say()
      return it.sent ? `${taken} ${words.t('referral.removal_asked')}` : taken
    }
    case 'referral_accepted':
      return untold(say(), it, words)
    case 'referral_opened':
    case 'referral_silent':
    case 'referral_removed':
      return say()
    default:
      return it satisfies never
  }
}

/** With what is left to staff, where nothing may be said to the person in writing. */
function untold(sentence: string, { byStaff }: { readonly byStaff?: true }, words: Words): string {
  return byStaff ? `${sentence} ${words.t('referral.told.by_staff')}` : sentence
}
