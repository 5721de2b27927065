/** A referral as the conversation knows it: what may be asked of it now. */
import { type OwnReferral, promptNow, type StandingReferral } from '../core/referral.ts'
import type { Standing } from '../store/road.ts'
import { mayPrompt } from './own-followup.ts'

export function ownReferral(it: StandingReferral, standing: Standing, now: Date): OwnReferral {
  const { id, request, state, partner, service, items, sentAt, prompt, country, knocked } = it
  return {
    ...{ id, request, state, partner, service, items, knocked },
    ...(sentAt ? { sentAt } : {}),
    ...(prompt
      ? {
          prompt: {
            what: promptNow(prompt.what, prompt.at, { country, now }),
            due: mayPrompt(prompt.at, country, standing, now),
          },
        }
      : {}),
  }
}
