/**
 * Follow-ups: when a member of staff is free for one, and when the person is reminded. Pure: what is taken, who is away and
 * where it is night come in as values.
 */
import type { Calendar } from './calendar.ts'
import { nightIn } from './night.ts'
import { holdsMinutes, type SafeSpan } from './safe-hours.ts'

export const followUpKinds = ['visit', 'call', 'meeting'] as const
export type FollowUpKind = (typeof followUpKinds)[number]

export const followUpStates = ['asked', 'proposed', 'agreed', 'done', 'missed', 'cancelled'] as const
export type FollowUpState = (typeof followUpStates)[number]

/** What is still to be said to the person about one, of our own accord. */
export const followUpPrompts = ['propose', 'changed', 'day_before', 'same_day', 'cancelled'] as const
export type FollowUpPrompt = (typeof followUpPrompts)[number]

/** How long one takes, unless staff say otherwise. */
export const usualMinutes: Readonly<Record<FollowUpKind, number>> = { visit: 60, call: 20, meeting: 30 }
export const longestMinutes = 240

/** So many in a row that did not happen ask for another way to the person (domain notes S15). */
export const missedAtMost = 3

export type Span = { readonly from: Date; readonly to: Date }

/** What the free time of a member of staff, for one person, is made of. */
export type Room = {
  readonly calendar: Calendar
  /** Follow-ups proposed or agreed, of whoever it is. */
  readonly taken: readonly Span[]
  readonly away: readonly Span[]
  /** Where the person is, as far as their phone tells: nobody is met at night. */
  readonly country: string
  /** When it is safe for the person; absent: by day. */
  readonly safe?: readonly SafeSpan[]
}

export type SlotWish = {
  readonly minutes: number
  readonly from: Date
  readonly until?: Date
  readonly most: number
  /** Between the beginnings of two that are offered together. */
  readonly apart?: number
  /** Days of the week (1 is Monday) that alone will do, and that will not. */
  readonly only?: number
  readonly not?: readonly number[]
  /** Dates `YYYY-MM-DD` that will not do. */
  readonly notOn?: readonly string[]
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Times that are offered begin on the half hour: they are said aloud. */
const grid = 30 * minute
/** Nobody plans further ahead. */
const horizon = 60 * day

/** The next beginnings at which somebody is free, in order. Never on a holiday, in an absence, over another, or at night. */
export function freeSlots(room: Room, wish: SlotWish): readonly Date[] {
  const found: Date[] = []
  const until = wish.until ?? new Date(wish.from.getTime() + horizon)
  for (const open of room.calendar.openBetween(wish.from, until)) {
    for (let at = open.from.getTime(); at + wish.minutes * minute <= open.to.getTime(); at += grid) {
      if (found.length >= wish.most) return found
      const last = found.at(-1)
      if (at < wish.from.getTime() || at >= until.getTime()) continue
      if (last && at - last.getTime() < (wish.apart ?? 0)) continue
      const slot = new Date(at)
      if (isWished(slot, wish) && isFree(room, slot, wish.minutes)) found.push(slot)
    }
  }
  return found
}

/** Whether a whole span is within the hours of the office, taken by nothing, and by day where the person is. */
export function isFree(room: Room, at: Date, minutes: number): boolean {
  const span = { from: at, to: new Date(at.getTime() + minutes * minute) }
  const inside = room.calendar
    .openBetween(at, span.to)
    .some(({ from, to }) => from <= span.from && span.to <= to)
  if (!inside) return false
  if ([...room.taken, ...room.away].some((other) => overlap(span, other))) return false
  const lastMinute = new Date(span.to.getTime() - minute)
  if ([at, lastMinute].some((moment) => nightIn(room.country, moment) !== undefined)) return false
  return room.safe === undefined || room.safe.some((safe) => holdsMinutes(safe, at, minutes))
}

export function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to
}

/** Only such a time can be agreed to, or moved to. */
export function isAhead(at: Date, now: Date): boolean {
  return at > now
}

export function spanOf(at: Date, minutes: number): Span {
  return { from: at, to: new Date(at.getTime() + minutes * minute) }
}

function isWished(at: Date, { only, not, notOn }: SlotWish): boolean {
  const weekday = weekdayOf(at)
  if (only !== undefined && weekday !== only) return false
  return !not?.includes(weekday) && !notOn?.includes(at.toISOString().slice(0, 10))
}

/** 1 is Monday; the office's zone is UTC all year. */
export function weekdayOf(at: Date): number {
  return ((at.getUTCDay() + 6) % 7) + 1
}

/** What is said next of one that is agreed, and when: the day before, then two hours before; each once. */
export function nextReminder(
  at: Date,
  after: 'agreed' | 'day_before',
  now: Date,
  country: string,
): { readonly prompt: FollowUpPrompt; readonly at: Date } | undefined {
  const dayBefore = byDay(new Date(at.getTime() - day), country)
  const sameDay = byDay(new Date(at.getTime() - 2 * hour), country)
  if (after === 'agreed' && dayBefore > now) return { prompt: 'day_before', at: dayBefore }
  return sameDay > now ? { prompt: 'same_day', at: sameDay } : undefined
}

/** The same moment by day; at night the last full hour before it that is none. */
function byDay(at: Date, country: string): Date {
  if (nightIn(country, at) === undefined) return at
  let hourly = Math.floor(at.getTime() / hour) * hour
  for (let tries = 0; tries < 24; tries++, hourly -= hour) {
    if (nightIn(country, new Date(hourly)) === undefined) return new Date(hourly)
  }
  return at
}

/** The first moment from now on at which somebody may be written to of our own accord. */
export function nextDaytime(now: Date, country: string): Date {
  if (nightIn(country, now) === undefined) return now
  let hourly = Math.ceil(now.getTime() / hour) * hour
  for (let tries = 0; tries < 24; tries++, hourly += hour) {
    if (nightIn(country, new Date(hourly)) === undefined) return new Date(hourly)
  }
  return now
}

/** Every date as it is confirmed: digits, never a night word alone (domain notes 5.4). */
export function dateInDigits(at: Date): string {
  const [year, month, date] = at.toISOString().slice(0, 10).split('-')
  return `${date}/${month}/${year}`
}

export function clockInDigits(at: Date): string {
  return at.toISOString().slice(11, 16)
}

/** A follow-up as a turn starts from it: with all that its free times are made of, and the versions that must still stand. */
export type StandingFollowUp = {
  readonly id: string
  readonly request: string
  readonly state: FollowUpState
  readonly kind: FollowUpKind
  readonly at: Date
  readonly minutes: number
  readonly office?: string
  readonly staff: string
  readonly country: string
  readonly prompt?: { readonly what: FollowUpPrompt; readonly at: Date }
  readonly knocked: boolean
  readonly version: number
  readonly diary: number
  readonly taken: readonly Span[]
  readonly away: readonly Span[]
}
