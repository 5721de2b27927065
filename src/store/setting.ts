/** Settings made in the console: hours, holidays, the emergency number, where offices are. */
import type { Hours } from '../core/calendar.ts'
import { type ReportTerms, reportTermsOf } from '../core/reported.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

/** The office's hours as set; undefined while the programme's default holds. */
export async function readHours(prisma: Prisma): Promise<Hours | undefined> {
  return (await readSetting(prisma, 'office_hours')) as Hours | undefined
}

/** Sets the hours; the caller's form has judged them (core/calendar.ts refuses a week without an open hour). */
export async function writeHours(prisma: Prisma, hours: Hours): Promise<void> {
  const week = Object.fromEntries(
    Object.entries(hours.week).map(([day, spans]) => [day, spans.map(([from, to]) => [from, to])]),
  )
  await writeSetting(prisma, 'office_hours', { zone: hours.zone, week })
}

export type EmergencyNumber = {
  readonly number: string
  /** Absent: nobody has called it and found the right people; it is then said to nobody. */
  readonly verifiedAt?: Date
}

export async function readEmergencyNumber(prisma: Prisma): Promise<EmergencyNumber | undefined> {
  const value = (await readSetting(prisma, 'emergency_number')) as
    | { number?: string; verifiedAt?: string }
    | undefined
  if (!value?.number) return undefined
  return { number: value.number, ...(value.verifiedAt ? { verifiedAt: new Date(value.verifiedAt) } : {}) }
}

/** Sets the number, or takes it away; a changed number counts as never verified unless it comes with a date. */
export async function writeEmergencyNumber(
  prisma: Prisma,
  number: EmergencyNumber | undefined,
): Promise<void> {
  if (!number) {
    await prisma.setting.deleteMany({ where: { key: 'emergency_number' } })
    return
  }
  const value: Record<string, string> = { number: number.number }
  if (number.verifiedAt) value['verifiedAt'] = number.verifiedAt.toISOString()
  await writeSetting(prisma, 'emergency_number', value)
}

export type Holiday = { /** `YYYY-MM-DD`. */ readonly day: string; readonly name: string }

/** Days on which the office is closed, from a day on, in order. */
export async function listHolidays(prisma: Prisma, from?: string): Promise<readonly Holiday[]> {
  const rows = await prisma.holiday.findMany({
    where: from === undefined ? {} : { day: { gte: new Date(from) } },
    orderBy: { day: 'asc' },
  })
  return rows.map((row) => ({ day: row.day.toISOString().slice(0, 10), name: row.name }))
}

/** Closes the office on a day, or names the day anew. */
export async function addHoliday(prisma: Prisma, { day, name }: Holiday): Promise<void> {
  const date = new Date(day)
  await prisma.holiday.upsert({ where: { day: date }, create: { day: date, name }, update: { name } })
}

/** Opens the office again on a day; nothing when it was not closed. */
export async function removeHoliday(prisma: Prisma, day: string): Promise<void> {
  await prisma.holiday.deleteMany({ where: { day: new Date(day) } })
}

/** Where people can come, as they are told; empty: not said. */
export async function setOfficePlace(prisma: Prisma, office: string, place: string): Promise<void> {
  await prisma.office.update({ where: { id: office }, data: { place } })
}

/** What flows must be before they talk in a language, as stored; flow/readiness.ts reads it. */
export function readGate(prisma: Prisma): Promise<unknown> {
  return readSetting(prisma, 'publish_gate')
}

export async function writeGate(
  prisma: Prisma,
  gate: { readonly [language: string]: readonly string[] },
): Promise<void> {
  const value = Object.fromEntries(Object.entries(gate).map(([language, asked]) => [language, [...asked]]))
  await prisma.setting.upsert({
    where: { key: 'publish_gate' },
    create: { key: 'publish_gate', value },
    update: { value },
  })
}

/** Bytes of recorded sentences that one person may get in a month; undefined while nobody set it. */
export async function readVoiceBudget(prisma: Prisma): Promise<unknown> {
  return readSetting(prisma, 'voice_budget')
}

export async function writeVoiceBudget(prisma: Prisma, bytes: number): Promise<void> {
  await prisma.setting.upsert({
    where: { key: 'voice_budget' },
    create: { key: 'voice_budget', value: bytes },
    update: { value: bytes },
  })
}

/** In how many hours what others look into is reported, and how long its words are kept after that. */
export async function readReportTerms(prisma: Prisma): Promise<ReportTerms> {
  return reportTermsOf(await readSetting(prisma, 'report_terms'))
}

export async function writeReportTerms(prisma: Prisma, { hours, keptDays }: ReportTerms): Promise<void> {
  const value = { hours, keptDays }
  await prisma.setting.upsert({
    where: { key: 'report_terms' },
    create: { key: 'report_terms', value },
    update: { value },
  })
}

async function readSetting(prisma: Prisma, key: string): Promise<unknown> {
  return (await prisma.setting.findUnique({ where: { key } }))?.value
}

async function writeSetting(
  prisma: Prisma,
  key: string,
  value: { readonly [name: string]: string | { readonly [name: string]: string[][] } },
): Promise<void> {
  await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
