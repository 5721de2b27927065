/**
 * When a campaign may write: by day where the person is, and not on a feast of the place. Whether it can be through in
 * time is reckoned by the hours of the office's own place.
 */
import { DateTime } from 'luxon'
import { nightIn } from './night.ts'
import type { Stretch } from './provider-pace.ts'

const opens = 7
const closes = 20
const hour = 3_600_000
const zone = 'Africa/Bamako'
/** The looking ahead ends here: a campaign that takes longer never ends for anybody. */
const mostDays = 60

/** Whether somebody whose phone is of this country may be written to now. `holidays` are dates `YYYY-MM-DD` of the office. */
export function mayWrite(country: string, now: Date, holidays: ReadonlySet<string>): boolean {
  if (nightIn(country, now) !== undefined) return false
  return country !== 'ML' || !holidays.has(dateIn(zone, now))
}

/** The next moment, to the hour, at which they may be; undefined when there is none within days. */
export function nextTimeFor(country: string, now: Date, holidays: ReadonlySet<string>): Date | undefined {
  if (mayWrite(country, now, holidays)) return now
  const first = Math.floor(now.getTime() / hour) * hour + hour
  for (let ahead = 0; ahead < 14 * 24; ahead++) {
    const at = new Date(first + ahead * hour)
    if (mayWrite(country, at, holidays)) return at
  }
  return undefined
}

/**
 * When the last message goes out if so much sending begins at `from`, by the clock of the office's place; undefined when
 * that is months away.
 */
export function throughAt(
  { days, seconds }: Stretch,
  from: Date,
  holidays: ReadonlySet<string>,
): Date | undefined {
  let left = seconds * 1000
  let full = days
  let day = DateTime.fromJSDate(from, { zone }).startOf('day')
  for (let ahead = 0; ahead <= mostDays; ahead++, day = day.plus({ days: 1 })) {
    if (holidays.has(day.toFormat('yyyy-MM-dd'))) continue
    const begin = Math.max(day.set({ hour: opens }).toMillis(), from.getTime())
    const end = day.set({ hour: closes }).toMillis()
    if (begin >= end) continue
    if (full > 0) {
      full -= 1
      continue
    }
    if (left <= end - begin) return new Date(begin + left)
    left -= end - begin
  }
  return undefined
}

/** When the next round of a repeating campaign begins, at the same hour of the office's place; past rounds are left out. */
export function nextRound(repeat: 'weekly' | 'monthly', last: Date, now: Date): Date {
  const first = DateTime.fromJSDate(last, { zone })
  for (let count = 1; ; count++) {
    const at = first.plus(repeat === 'weekly' ? { weeks: count } : { months: count })
    if (at.toMillis() > now.getTime()) return at.toJSDate()
  }
}

function dateIn(where: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone: where }).toFormat('yyyy-MM-dd')
}
