/** The duty list as weeks: hours that nobody covers, hours of each day, a week copied onto the next. Clocks are UTC. */
import { DateTime } from 'luxon'

export type Span = { readonly from: Date; readonly until: Date }

const day = 24 * 60 * 60_000
export const weekLength = 7 * day

/** Monday midnight of the week of a moment. */
export function mondayOf(at: Date): Date {
  return DateTime.fromJSDate(at, { zone: 'utc' }).startOf('week').toJSDate()
}

/** What of a span lies within another; undefined when nothing does. */
export function within(span: Span, around: Span): Span | undefined {
  const from = new Date(Math.max(span.from.getTime(), around.from.getTime()))
  const until = new Date(Math.min(span.until.getTime(), around.until.getTime()))
  return from < until ? { from, until } : undefined
}

/** The hours of `around` that no span covers, in order. */
export function gapsOf(spans: readonly Span[], around: Span): readonly Span[] {
  const gaps: Span[] = []
  let covered = around.from
  const inside = spans.flatMap((span) => within(span, around) ?? [])
  for (const { from, until } of [...inside].sort((one, other) => one.from.getTime() - other.from.getTime())) {
    if (from > covered) gaps.push({ from: covered, until: from })
    if (until > covered) covered = until
  }
  if (covered < around.until) gaps.push({ from: covered, until: around.until })
  return gaps
}

/**
 * From the first day to the last each day at the same hours, taken from the two ends; hours that end before they begin
 * run through the night. `from` 18:00 on Monday and `until` 08:00 on Friday: four nights.
 */
export function eachDay({ from, until }: Span): readonly Span[] {
  const length = (((until.getTime() - from.getTime()) % day) + day) % day || day
  const spans: Span[] = []
  for (let start = from.getTime(); start + length <= until.getTime(); start += day) {
    spans.push({ from: new Date(start), until: new Date(start + length) })
  }
  return spans
}

/** A span some weeks later. */
export function laterBy<T extends Span>(span: T, weeks: number): T {
  const later = (at: Date) => new Date(at.getTime() + weeks * weekLength)
  return { ...span, from: later(span.from), until: later(span.until) }
}
