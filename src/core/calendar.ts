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
}

/** A year ahead without one open day is a mistake in the hours; the search ends there. */
const searchDays = 366

/** `holidays` are dates `YYYY-MM-DD`. Fails with a plain Error when the week has no open hour at all. */
export function makeCalendar(hours: Hours = officeHours, holidays: Iterable<string> = []): Calendar {
  const closed = new Set(holidays)
  const { zone } = hours
  const local = (at: Date) => DateTime.fromJSDate(at, { zone })

  /** The open spans of the day on which `day` lies. */
  function spansOf(day: DateTime): readonly { readonly from: DateTime; readonly to: DateTime }[] {
    if (closed.has(day.toFormat('yyyy-MM-dd'))) return []
    const spans = hours.week[day.weekday as 1 | 2 | 3 | 4 | 5 | 6 | 7] ?? []
    return spans.map(([from, to]) => ({ from: clockOn(day, from), to: clockOn(day, to) }))
  }

  /** Open spans from a moment on; the first may have begun already and is cut to what is left of it. */
  function* openFrom(at: DateTime) {
    for (let ahead = 0; ahead < searchDays; ahead++) {
      for (const { from, to } of spansOf(at.startOf('day').plus({ days: ahead }))) {
        if (to > at) yield { from: from > at ? from : at, to }
      }
    }
  }

  function firstOpen(at: DateTime) {
    for (const span of openFrom(at)) return span
    throw new Error('The office never opens: no working hour in a year')
  }

  /** Closing of the day that is `count` working days after the one of the next opening. */
  function closingAfter(at: DateTime, count: number): DateTime {
    let left = count
    let day = firstOpen(at).from.startOf('day')
    while (left > 0) {
      day = firstOpen(day.plus({ days: 1 })).from.startOf('day')
      left -= 1
    }
    return spansOf(day).at(-1)?.to ?? day
  }

  function afterWorking(at: DateTime, minutes: number): DateTime {
    let left = minutes
    for (const { from, to } of openFrom(at)) {
      const long = to.diff(from, 'minutes').minutes
      if (left <= long) return from.plus({ minutes: left })
      left -= long
    }
    throw new Error('The term ends in no working hour of a year')
  }

  firstOpen(DateTime.fromMillis(0, { zone }))
  return {
    isOpen: (at) => spansOf(local(at)).some(({ from, to }) => from <= local(at) && local(at) < to),
    opensAt: (at) => firstOpen(local(at)).from.toJSDate(),
    dueAt(at, term) {
      if ('minutes' in term) return new Date(at.getTime() + term.minutes * 60_000)
      if ('workingHours' in term) return afterWorking(local(at), term.workingHours * 60).toJSDate()
      return closingAfter(local(at), term.workingDays).toJSDate()
    },
    daysUntil(at, due) {
      const days = local(due).startOf('day').diff(local(at).startOf('day'), 'days').days
      return Math.max(1, Math.round(days))
    },
    minutesLeft(at) {
      const now = local(at)
      return spansOf(now)
        .filter(({ to }) => to > now)
        .reduce((sum, { from, to }) => (from > now ? sum : sum + to.diff(now, 'minutes').minutes), 0)
    },
  }
}

function clockOn(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return day.set({ hour, minute, second: 0, millisecond: 0 })
}
