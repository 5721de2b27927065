/**
 * When the office works, and until when a term runs. Hours and holidays are data: feasts follow the moon and are
 * entered by people, never computed (domain notes 5.4).
 */
import { DateTime } from 'luxon'
import type { Term } from './request.ts'

/** Opening and closing on one weekday, `HH:MM` in the office's zone; several spans where there is a break. */
type Span = readonly [from: string, to: string]

/** Spans by ISO weekday, 1 is Monday; a day without spans is closed. */
export type Hours = {
  readonly zone: string
  readonly week: Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly Span[]>>>
}

/** The programme's default; Friday ends before the great prayer. */
export const officeHours: Hours = {
  zone: 'Africa/Bamako',
  week: {
    1: [['08:00', '17:00']],
    2: [['08:00', '17:00']],
    3: [['08:00', '17:00']],
    4: [['08:00', '17:00']],
    5: [['08:00', '12:30']],
  },
}

export type Calendar = {
  /** Dates `YYYY-MM-DD` of the office's zone on which it is closed for everybody. */
  readonly holidays: ReadonlySet<string>
  isOpen(at: Date): boolean
  /** When the office opens next; `at` itself while it is open. */
  opensAt(at: Date): Date
  /**
   * When a term that starts at `at` is over. Minutes run through nights and holidays. Working time starts at the next
   * opening; working days end at closing, day 0 being the day of that opening.
   */
  dueAt(at: Date, term: Term): Date
  /** Whole days from `at` to `due` as people count them, by dates in the office's zone; at least 1. */
  daysUntil(at: Date, due: Date): number
  /** Working minutes from `at` to the closing of the same day; 0 while the office is closed. */
  minutesLeft(at: Date): number
  /** The unbroken times of work that are not over at `from` and begin before `until`, whole, in order. */
  openBetween(from: Date, until: Date): readonly { readonly from: Date; readonly to: Date }[]
}

/** A year ahead without one open day is a mistake in the hours; the search ends there. */
const searchDays = 366
const day = 86_400_000
const minute = 60_000

/** One unbroken time of work, in milliseconds since the epoch; `date` is the day it counts for in the office's zone. */
type Open = { readonly from: number; readonly to: number; readonly date: string }

/** `holidays` are dates `YYYY-MM-DD`. Fails with a plain Error when the week has no open hour at all. */
export function makeCalendar(hours: Hours = officeHours, holidays: Iterable<string> = []): Calendar {
  const closed = new Set(holidays)
  // Zones are slow to ask, and every turn asks: each day is worked out once.
  const days = new Map<number, readonly Open[]>()

  function startingOn(utcDay: number): readonly Open[] {
    const known = days.get(utcDay)
    if (known) return known
    const spans = spansAround(hours, closed, utcDay).filter(({ from }) => Math.floor(from / day) === utcDay)
    if (days.size > 4 * searchDays) days.clear()
    days.set(utcDay, spans)
    return spans
  }

  /** Open times that are not over at a moment, in order. */
  function* openFrom(at: number): Generator<Open> {
    const first = Math.floor(at / day) - 1
    for (let ahead = 0; ahead <= searchDays; ahead++) {
      for (const span of startingOn(first + ahead)) if (span.to > at) yield span
    }
  }

  function nextOpen(at: number): Open {
    for (const span of openFrom(at)) return span
    throw new Error('The office never opens: no working hour in a year')
  }

  /** Closing of the day that is `count` working days after the one of the next opening. */
  function closingAfter(at: number, count: number): number {
    let date = nextOpen(at).date
    let [left, closing] = [count, at]
    for (const span of openFrom(at)) {
      if (span.date !== date) {
        if (left === 0) break
        left -= 1
        date = span.date
      }
      closing = span.to
    }
    return closing
  }

  function afterWorking(at: number, milliseconds: number): number {
    let left = milliseconds
    for (const { from, to } of openFrom(at)) {
      const start = Math.max(from, at)
      if (left <= to - start) return start + left
      left -= to - start
    }
    throw new Error('The term ends in no working hour of a year')
  }

  nextOpen(0)
  return {
    holidays: closed,
    isOpen: (at) => nextOpen(at.getTime()).from <= at.getTime(),
    opensAt: (at) => new Date(Math.max(at.getTime(), nextOpen(at.getTime()).from)),
    dueAt(at, term) {
      const start = at.getTime()
      if ('minutes' in term) return new Date(start + term.minutes * minute)
      if ('workingHours' in term) return new Date(afterWorking(start, term.workingHours * 60 * minute))
      return new Date(closingAfter(start, term.workingDays))
    },
    daysUntil(at, due) {
      const local = (date: Date) => DateTime.fromJSDate(date, { zone: hours.zone }).startOf('day')
      return Math.max(1, Math.round(local(due).diff(local(at), 'days').days))
    },
    minutesLeft(at) {
      const now = at.getTime()
      const { from, to, date } = nextOpen(now)
      if (from > now) return 0
      let left = to - now
      for (const span of openFrom(to)) {
        if (span.date !== date) break
        left += span.to - span.from
      }
      return left / minute
    },
    openBetween(from, until) {
      const found: { readonly from: Date; readonly to: Date }[] = []
      for (const span of openFrom(from.getTime())) {
        if (span.from >= until.getTime()) break
        found.push({ from: new Date(span.from), to: new Date(span.to) })
      }
      return found
    },
  }
}

/** The spans of the dates that touch a day of the universal clock. */
function spansAround(hours: Hours, closed: ReadonlySet<string>, utcDay: number): Open[] {
  const noon = DateTime.fromMillis(utcDay * day + day / 2, { zone: hours.zone })
  return [-1, 0, 1].flatMap((offset) => {
    const local = noon.plus({ days: offset })
    const date = local.toFormat('yyyy-MM-dd')
    const spans = closed.has(date) ? [] : (hours.week[local.weekday as 1 | 2 | 3 | 4 | 5 | 6 | 7] ?? [])
    return spans.map(([from, to]) => ({ from: clockOn(local, from), to: clockOn(local, to), date }))
  })
}

function clockOn(date: DateTime, clock: string): number {
  const [hour = 0, minutes = 0] = clock.split(':').map(Number)
  return date.set({ hour, minute: minutes, second: 0, millisecond: 0 }).toMillis()
}
