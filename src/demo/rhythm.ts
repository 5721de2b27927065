/**
 * When things happen in the demo office: people write early and in the evening, less on a Friday noon, more after a
 * distribution; staff answer in office hours. Bamako keeps UTC all year, so a day is a UTC day.
 */
import type { Dice } from './dice.ts'

export const minute = 60_000
export const hour = 60 * minute
export const dayLength = 24 * hour

export type DemoHoliday = { readonly day: Date; readonly name: string }

/** How many days the story covers. */
export const storyDays = 182

/** Days before today on which kits were given out; the two weeks after bring thanks, questions and broken parts. */
export const distributions = [128, 79, 31, 6] as const

export function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / dayLength) * dayLength)
}

/** How busy a day is against an ordinary working day; `ago` counts back from today. */
export function busyness(day: Date, ago: number): number {
  const weekday = day.getUTCDay()
  const usual = weekday === 0 || weekday === 6 ? 0.45 : weekday === 5 ? 0.8 : 1
  const since = Math.min(...distributions.map((when) => when - ago).filter((days) => days >= 0), 99)
  const wave = since <= 14 ? 1 + 1.1 * (1 - since / 15) : 1
  // The office is better known with every month.
  return usual * wave * (1 - (0.45 * ago) / storyDays)
}

// biome-ignore format: a table of hours is read in rows.
const hours = {
  6: 2, 7: 5, 8: 8, 9: 9, 10: 8, 11: 7, 12: 5, 13: 3, 14: 4, 15: 5, 16: 6, 17: 7, 18: 8, 19: 9, 20: 8, 21: 5, 22: 2,
} as const

/** A moment of a day at which somebody writes. */
export function writingMoment(day: Date, dice: Dice): Date {
  const weights: Record<string, number> = { ...hours }
  if (day.getUTCDay() === 5) for (const quiet of ['12', '13', '14']) weights[quiet] = 1
  const at = Number(dice.weigh(weights))
  return new Date(day.getTime() + at * hour + dice.below(3600) * 1000)
}
