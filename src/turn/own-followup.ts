/** A follow-up as the conversation knows it: what may be said of it now, and which times are free. */
import {
  freeSlots,
  isAhead,
  isFree,
  type Room,
  type SlotWish,
  type StandingFollowUp,
} from '../core/followup.ts'
import { safeSpansOf } from '../core/safe-hours.ts'
import { mayLeave } from '../core/send-policy.ts'
import type { OwnFollowUp } from '../flow/session.ts'
import type { Standing } from '../store/road.ts'
import type { Surroundings } from './surroundings.ts'

/** Whoever is to come needs time to plan. */
const notice = 12 * 3_600_000
const offered = 3

export function ownFollowUp(
  it: StandingFollowUp,
  standing: Standing,
  town: Surroundings,
  now: Date,
): OwnFollowUp {
  const { calendar, offices } = town
  const safe = safeSpansOf(standing.safe?.hours)
  const own = { from: it.at, to: new Date(it.at.getTime() + it.minutes * 60_000) }
  const room: Room = {
    ...{ calendar, taken: it.taken, away: it.away, country: it.country },
    ...(safe ? { safe } : {}),
  }
  const place = it.kind === 'meeting' ? offices.find(({ id }) => id === it.office)?.place : undefined
  return {
    ...{ id: it.id, request: it.request, state: it.state, kind: it.kind, at: it.at, knocked: it.knocked },
    ...(place ? { place } : {}),
    ...(it.prompt
      ? { prompt: { what: it.prompt.what, due: mayPrompt(it.prompt.at, it.country, standing, now) } }
      : {}),
    slots(wish: Omit<SlotWish, 'minutes' | 'from' | 'most'>) {
      // What staff wrote of safe hours nobody but staff can read.
      if (!safe) return []
      const from = new Date(now.getTime() + notice)
      const others = { ...room, taken: [...room.taken, own] }
      return freeSlots(others, { ...wish, from, minutes: it.minutes, most: offered })
    },
    isFree: (at) => isAhead(at, now) && isFree(room, at, it.minutes),
  }
}

/** Only those who may be written to unasked, in this moment (core/send-policy.ts), and not before theirs. */
export function mayPrompt(at: Date, country: string, { address, safe }: Standing, now: Date): boolean {
  if (at > now) return false
  if (address.state !== 'live' || address.stopped === 'all') return false
  // A question that would wait in the post would be open before anybody sees it.
  const whom = {
    country,
    shared: false,
    present: true,
    unsure: false,
    coded: false,
    ...(safe ? { safe } : {}),
  }
  return mayLeave(whom, { occasion: 'prompt' }, now).is === 'send'
}
