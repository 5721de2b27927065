/** Until when something is put aside: one of the usual mornings, or a day and hour of the reader's own. */
import { z } from 'zod'
import { FormFault, readForm } from './form.ts'

export const mornings = ['tomorrow', 'monday', 'week'] as const
export type Morning = (typeof mornings)[number]

const shape = z.object({ until: z.enum([...mornings, 'date']).default('date'), at: z.string().default('') })
const dayMilliseconds = 24 * 60 * 60_000
/** When the office opens; Bamako stands at UTC all year. */
const morningHour = 8

/** The moment that a form asks for; fails with FormFault when it names none. */
export function readUntil(body: unknown, now: Date): Date {
  const { until, at } = readForm(shape, body)
  if (until !== 'date') return morningOf(until, now)
  const moment = readMoment(at)
  if (!moment) throw new FormFault('lists.bad_time')
  return moment
}

/** Eight in the morning of that day. */
export function morningOf(morning: Morning, now: Date): Date {
  const days = { tomorrow: 1, monday: (8 - now.getUTCDay()) % 7 || 7, week: 7 }[morning]
  const day = new Date(now.getTime() + days * dayMilliseconds)
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), morningHour))
}

/** A moment as a browser's field for day and hour gives it, on the clocks of Bamako. */
export function readMoment(text: string): Date | undefined {
  const at = new Date(`${text}Z`)
  return /^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(text) && !Number.isNaN(at.getTime()) ? at : undefined
}
