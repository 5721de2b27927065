/** A check-in as the conversation knows it: whether the person may be asked now. */
import type { OwnCheckIn } from '../core/check-in.ts'
import { homeCountry } from '../core/night.ts'
import type { Standing } from '../store/road.ts'
import { mayPrompt } from './own-followup.ts'

/** Whoever asked for silence is asked nothing of our own accord. */
export function ownCheckIn(standing: Standing, now: Date): { readonly checkIn?: OwnCheckIn } {
  const { person, address } = standing
  if (!person?.checkInAt || person.case === undefined) return {}
  const due = address.stopped === 'no' && mayPrompt(person.checkInAt, homeCountry, standing, now)
  return { checkIn: { case: person.case, due } }
}
