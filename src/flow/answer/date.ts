/**
 * Dates as people say them, read in Africa/Bamako, which is UTC all year round. A day of the week is the coming one; a
 * day and month without a year are the nearest such date, before or after. A night word beside a named day is not
 * understood: in Bambara the night before a day belongs to that day (domain notes 5.4).
 */
import type { Understanding } from './files.ts'
import type { ReadNumber } from './number.ts'
import { makePhrases, phraseAt, wordings } from './phrases.ts'
import { partOf, type Said } from './said.ts'

type Part =
  | { readonly is: 'weekday'; readonly day: number }
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'relative'; readonly days: number }
  | { readonly is: 'night' }
  | { readonly is: 'around' }

/** ISO date, `2026-02-12`. */
export type ReadDate = (said: Said, now: Date) => string | undefined

const day = 24 * 60 * 60 * 1000

export function makeDates(understanding: Understanding, numbers: ReadNumber): ReadDate {
  const { dates } = understanding
  const known = makePhrases<Part>([
    ...dates.weekdays.map((saying, at) => [{ is: 'weekday', day: (at + 1) % 7 }, wordings(saying)] as const),
    ...dates.months.map((saying, at) => [{ is: 'month', month: at + 1 }, wordings(saying)] as const),
    [{ is: 'relative', days: 2 }, wordings(dates.after_tomorrow)],
    [{ is: 'relative', days: -2 }, wordings(dates.before_yesterday)],
    [{ is: 'relative', days: 0 }, wordings(dates.today)],
    [{ is: 'relative', days: 1 }, wordings(dates.tomorrow)],
    [{ is: 'relative', days: -1 }, wordings(dates.yesterday)],
    [{ is: 'night' }, wordings(dates.night)],
    [{ is: 'around' }, wordings(dates.around)],
  ])

  return (said, now) => {
    const parts: Part[] = []
    const figures: number[] = []
    for (let at = 0; at < said.words.length; at++) {
      const word = said.words[at] ?? ''
      const figure = /^(\d{1,4})(?:er|st|nd|rd|th)?$/.exec(word)
      const found = figure === null ? phraseAt(known, said.folded, at) : undefined
      if (figure !== null) figures.push(Number(figure[1]))
      else if (found !== undefined) {
        parts.push(found.value)
        at = found.to - 1
      } else {
        const spoken = numbers.whole(partOf(said, at, at + 1))
        if (spoken === undefined) return undefined
        figures.push(spoken)
      }
    }
    return dateOf(parts, figures, now)
  }
}

function dateOf(parts: readonly Part[], figures: readonly number[], now: Date): string | undefined {
  const months = parts.filter((part) => part.is === 'month')
  const weekdays = parts.filter((part) => part.is === 'weekday')
  const relatives = parts.filter((part) => part.is === 'relative')
  const named = weekdays.length + relatives.length
  if (months.length > 1 || named > 1) return undefined
  const weekday = weekdays[0]?.day
  if (figures.length === 0) {
    if (months.length > 0 || named !== 1 || parts.some((part) => part.is === 'night')) return undefined
    return iso(weekday === undefined ? later(now, relatives[0]?.days ?? 0) : coming(now, weekday))
  }
  if (relatives.length > 0) return undefined
  const date = calendarDate(months[0]?.month, figures, now)
  return date === undefined || (weekday !== undefined && date.getUTCDay() !== weekday) ? undefined : iso(date)
}

/** Day, month and perhaps year from figures in the order in which people write them. */
function calendarDate(month: number | undefined, figures: readonly number[], now: Date): Date | undefined {
  const [first = 0, second, third] = figures
  if (month !== undefined) {
    return figures.length <= 2 ? dated(first, month, second, now) : undefined
  }
  if (second === undefined || figures.length > 3) return undefined
  return first > 31 ? dated(third ?? 0, second, first, now) : dated(first, second, third, now)
}

function dated(date: number, month: number, year: number | undefined, now: Date): Date | undefined {
  if (year === undefined) return nearest(date, month, now)
  return onCalendar(date, month, year < 100 ? 2000 + year : year)
}

function nearest(date: number, month: number, now: Date): Date | undefined {
  const thisYear = now.getUTCFullYear()
  let best: Date | undefined
  for (const year of [thisYear, thisYear + 1, thisYear - 1]) {
    const candidate = onCalendar(date, month, year)
    if (candidate !== undefined && (best === undefined || distance(candidate, now) < distance(best, now))) {
      best = candidate
    }
  }
  return best
}

/** Undefined for the 31st of February and the like, and outside 1900 to 2100. */
function onCalendar(date: number, month: number, year: number): Date | undefined {
  const made = new Date(Date.UTC(year, month - 1, date))
  const exists = made.getUTCMonth() === month - 1 && made.getUTCDate() === date
  return exists && year >= 1900 && year <= 2100 ? made : undefined
}

function distance(a: Date, b: Date): number {
  return Math.abs(a.getTime() - b.getTime())
}

function later(now: Date, days: number): Date {
  return new Date(now.getTime() + days * day)
}

/** The next such day of the week after today; 0 is Sunday. */
function coming(now: Date, weekday: number): Date {
  return later(now, ((weekday - now.getUTCDay() + 6) % 7) + 1)
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10)
}
