/** The one place where the policy of sending (core/send-policy.ts) is asked: of every message, in the moment it would leave. */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { homeCountry } from '../core/night.ts'
import { mayLeave, type Occasion } from '../core/send-policy.ts'
import type { Outcome, Outgoing } from '../store/outbox.ts'

/** What becomes of a message that may not leave now; undefined for one that may. */
export function keptBack(one: Outgoing, now: Date): Outcome | undefined {
  const { message, address, spoken, reached } = one
  const occasion = occasionOf(one)
  const country = (reached.phone && parsePhoneNumberFromString(reached.phone)?.country) || homeCountry
  const insisted = spoken.insisted === true
  const verdict = mayLeave({ ...reached, country }, { occasion, insisted }, now)
  switch (verdict.is) {
    case 'send':
      return undefined
    case 'preview':
      return { message, address, is: 'held', why: 'phone:locked' }
    case 'wait':
      // A campaign is not kept for an hour at which nobody expects it.
      if (occasion === 'campaign') return { message, address, is: 'failed', failure: 'person:unsafe' }
      return { message, address, is: 'held', why: 'person:not_now', at: verdict.until }
    case 'never':
      return { message, address, is: 'failed', failure: 'person:unsafe' }
    default:
      return verdict satisfies never
  }
}

function occasionOf({ spoken, priority, byStaff }: Outgoing): Occasion {
  if (priority === 'campaign') return 'campaign'
  return spoken.occasion ?? (byStaff ? 'staff' : 'reply')
}
