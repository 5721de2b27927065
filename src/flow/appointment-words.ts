/** How a time is said: weekday, date and hour, in digits (domain notes 5.4). */
import { clockInDigits, dateInDigits, weekdayOf } from '../core/followup.ts'
import { known } from './known.ts'
import type { Frame, OwnFollowUp } from './session.ts'

/** The answers under which three times are kept, by the choice that takes each. */
export const slotNames: Readonly<Record<string, string>> = {
  first: 'slot_1',
  second: 'slot_2',
  third: 'slot_3',
}

/** "jeudi 12/02/2026" and "10:00" for the sentences of the flow about an appointment. */
export function appointmentVars(
  frame: Frame | undefined,
  followUps: readonly OwnFollowUp[],
  label: (key: string) => string | undefined,
): Readonly<Record<string, string>> {
  if (frame?.flow !== known.appointment) return {}
  const answer = (name: string) => {
    const kept = frame.answers[name]
    return kept?.is === 'code' ? kept.value : undefined
  }
  const day = (at: Date) => `${label(`late.day_${weekdayOf(at)}`) ?? ''} ${dateInDigits(at)}`.trim()
  const it = followUps.find(({ id }) => id === answer('follow_up'))
  const vars: Record<string, string> = {}
  if (it) {
    vars['date'] = day(it.at)
    vars['time'] = clockInDigits(it.at)
    if (it.place !== undefined) vars['place'] = it.place
  }
  for (const name of Object.values(slotNames)) {
    const slot = answer(name)
    if (slot !== undefined) vars[name] = `${day(new Date(slot))}, ${clockInDigits(new Date(slot))}`
  }
  return vars
}
