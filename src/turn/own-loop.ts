/** A matter that was answered, as the conversation knows it: whether the person may be asked about it now. */

import type { OwnLoop } from '../core/loop.ts'
import { homeCountry } from '../core/night.ts'
import { mayLeave } from '../core/send-policy.ts'
import type { Standing } from '../store/road.ts'
import type { StandingLoop } from '../store/standing-loop.ts'

export function ownLoop(it: StandingLoop, standing: Standing, now: Date): OwnLoop {
  const { request, reference, state, closable } = it
  return { request, reference, closable, open: state !== 'closed', due: isDue(it, standing, now) }
}

function isDue({ at, asked }: StandingLoop, { address, safe }: Standing, now: Date): boolean {
  if (asked || at > now || address.state !== 'live' || address.stopped !== 'no') return false
  // A question that would wait in the post would be open before anybody sees it.
  const here = { shared: false, present: true, unsure: false, coded: false }
  const whom = { country: homeCountry, ...here, ...(safe ? { safe } : {}) }
  return mayLeave(whom, { occasion: 'prompt' }, now).is === 'send'
}
