/** How a referral is named to the person: the partner, what it is for, and every item that would leave. */

import type { OwnReferral } from '../core/referral.ts'
import { known } from './known.ts'
import type { Frame } from './session.ts'

/** {org} {what} {items} for the sentences of the flow about a referral. */
export function referralVars(
  frame: Frame | undefined,
  referrals: readonly OwnReferral[],
  label: (key: string) => string | undefined,
): Readonly<Record<string, string>> {
  if (frame?.flow !== known.referral) return {}
  const answer = frame.answers['referral']
  const it = referrals.find(({ id }) => answer?.is === 'code' && id === answer.value)
  if (!it) return {}
  return {
    org: it.partner,
    // A key that ends with "other" would be a plural of its beginning.
    what: label(`referral.for_${it.service === 'other' ? 'anything' : it.service}`) ?? '',
    items: it.items.map((item) => label(`referral.your_${item}`) ?? '').join(', '),
  }
}
