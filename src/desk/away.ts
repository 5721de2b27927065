/** Saying in the chat that one is away: until the morning of a day. */
import { DateTime } from 'luxon'
import type { Staff } from '../core/staff.ts'
import { addAbsence, findAbsence } from '../store/absence.ts'
import type { StaffChat } from '../store/staff-chat.ts'
import type { DeskParts } from './parts.ts'
import { momentOf, sayTo } from './shown.ts'

const zone = 'Africa/Bamako'
/** Somebody who is back is back when the office opens. */
const morning = { hour: 7, minute: 0, second: 0, millisecond: 0 }
const longestDays = 90

/** The morning so many days ahead. */
export function morningIn(days: number, now: Date): Date {
  return DateTime.fromJSDate(now, { zone }).plus({ days }).set(morning).toJSDate()
}

/** `3`, `28/11`, `28/11/2026` or `2026-11-28`: until when; undefined for what is no such day, is past or far away. */
export function dayAsked(text: string, now: Date): Date | undefined {
  if (/^\d{1,2}$/.test(text)) return within(morningIn(Number(text), now), now)
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(text) ?? []
  const today = DateTime.fromJSDate(now, { zone })
  if (day === undefined || month === undefined) {
    return within(DateTime.fromISO(text, { zone }).set(morning).toJSDate(), now)
  }
  const at = (of: number) =>
    DateTime.fromObject({ year: of, month: Number(month), day: Number(day), ...morning }, { zone }).toJSDate()
  if (year !== undefined) return within(at(Number(year)), now)
  // Without a year the next such day is meant.
  return within(at(today.year), now) ?? within(at(today.year + 1), now)
}

/** The words of a button. */
export function awayUntil(staff: Pick<Staff, 'language'>, days: number, now: Date): string {
  return momentOf(staff, morningIn(days, now))
}

/** Notes the absence under its id, once, and says until when it lasts. */
export async function goAway(parts: DeskParts, link: StaffChat, id: string, until: Date): Promise<void> {
  const { prisma, clock, voice, locales } = parts
  const { staff, chat } = link
  if (await findAbsence(prisma, id)) return
  const from = clock.now()
  await addAbsence(prisma, { id, staff: staff.id, from, until, by: staff.id }, from)
  await voice.say(chat, { text: sayTo(locales, staff)('away', { until: momentOf(staff, until) }) })
}

function within(until: Date, now: Date): Date | undefined {
  const days = (until.getTime() - now.getTime()) / (24 * 60 * 60_000)
  return days > 0 && days <= longestDays ? until : undefined
}
