/** What the office sets, for administrators and supervisors; for everybody else there is no such page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Hours, makeCalendar, officeHours } from '../core/calendar.ts'
import { isVerified } from '../core/emergency.ts'
import { type ReportTerms, reportLimits } from '../core/reported.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import {
  addHoliday,
  listHolidays,
  readEmergencyNumber,
  readHours,
  readReportTerms,
  removeHoliday,
  writeEmergencyNumber,
  writeHours,
  writeReportTerms,
} from '../store/setting.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { AdminPage, type OfficeView, weekdays } from './pages/admin.tsx'
import { dayOf, staffZone } from './words.ts'

/** One change of a setting; what it fails with is told on the page. */
type Change = (console: Console, body: unknown, reader: Staff) => Promise<void>

const changes: Readonly<Record<string, Change>> = {
  emergency: setEmergencyNumber,
  holidays: async ({ database }, body) => {
    const { day, name } = readForm(
      z.object({ day: z.string(), name: z.string().trim().min(1).max(80) }),
      body,
    )
    await addHoliday(database.prisma, { day: readDay(day), name })
  },
  'holidays/remove': async ({ database }, body) => {
    await removeHoliday(database.prisma, readDay(readForm(z.object({ day: z.string() }), body).day))
  },
  hours: setHours,
  'report-terms': setReportTerms,
}

export function adminRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/admin', async (request, reply) => {
    mayAdminister(request)
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('admin.saved') } : {})
  })
  for (const [name, change] of Object.entries(changes)) {
    app.post(`/console/admin/${name}`, async (request, reply) => {
      mayAdminister(request)
      const reader = askingOf(request).staff
      try {
        await change(console, request.body, reader)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        const fault = wordsOf(console, request).t(error.sentence, error.vars)
        return show(console, request, reply.code(422), { fault })
      }
      console.desk.watch.forget()
      return reply.redirect('/console/admin?done=1', 303)
    })
  }
}

function mayAdminister(request: FastifyRequest): void {
  const { roles } = askingOf(request).staff
  if (!roles.includes('admin') && !roles.includes('supervisor')) throw new Failure('page:not_found')
}

type Told = { readonly fault?: string; readonly done?: string }

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, told: Told) {
  const [rail, office] = await Promise.all([loadRail(console, askingOf(request).staff), loadOffice(console)])
  return sendPage(reply, AdminPage({ page: pageOf(console, request, reply), rail, office, ...told }))
}

async function loadOffice({ database, clock }: Console): Promise<OfficeView> {
  const { prisma } = database
  const now = clock.now()
  const [hours, holidays, emergency, report] = await Promise.all([
    readHours(prisma),
    listHolidays(prisma, dayOf(now)),
    readEmergencyNumber(prisma),
    readReportTerms(prisma),
  ])
  return {
    hours: hours ?? officeHours,
    holidays,
    report,
    emergency: emergency && {
      number: emergency.number,
      // One that was not called for half a year is told to nobody, and so the page says.
      verifiedOn:
        emergency.verifiedAt && isVerified(emergency.verifiedAt, now)
          ? dayOf(emergency.verifiedAt)
          : undefined,
    },
  }
}

/** A number is told to people only with the day on which somebody called it; a day ahead of us is a mistake. */
async function setEmergencyNumber({ database, clock }: Console, body: unknown): Promise<void> {
  const shape = z.object({ number: z.string().trim().max(20), verifiedOn: z.string().default('') })
  const { number, verifiedOn } = readForm(shape, body)
  if (number === '') return writeEmergencyNumber(database.prisma, undefined)
  if (!/^\+?[\d ]{2,20}$/.test(number)) throw new FormFault('admin.bad_number')
  if (verifiedOn === '') return writeEmergencyNumber(database.prisma, { number })
  const day = readDay(verifiedOn)
  if (day > dayOf(clock.now())) throw new FormFault('admin.bad_date')
  await writeEmergencyNumber(database.prisma, { number, verifiedAt: new Date(`${day}T12:00:00Z`) })
}

async function setReportTerms({ database }: Console, body: unknown): Promise<void> {
  const whole = (name: keyof ReportTerms) => {
    const [least, most] = reportLimits[name]
    const { [name]: given = '' } = readForm(z.record(z.string(), z.string().max(10)), body)
    const number = /^\d+$/.test(given.trim()) ? Number(given) : Number.NaN
    if (!(number >= least && number <= most)) throw new FormFault('report.bad_terms', { least, most })
    return number
  }
  await writeReportTerms(database.prisma, { hours: whole('hours'), keptDays: whole('keptDays') })
}

async function setHours({ database }: Console, body: unknown): Promise<void> {
  const fields = readForm(z.record(z.string(), z.string().max(200)), body)
  const week = Object.fromEntries(weekdays.map((day) => [day, readSpans(fields[`day${day}`] ?? '')]))
  const hours: Hours = { zone: staffZone, week }
  if (Object.values(week).every((spans) => spans.length === 0)) throw new FormFault('admin.never_open')
  makeCalendar(hours)
  await writeHours(database.prisma, hours)
}

/** `08:00-12:30, 14:00-17:00`; fails with FormFault when it is not that, or not in order. */
function readSpans(text: string): readonly (readonly [string, string])[] {
  let last = ''
  return text
    .split(',')
    .map((span) => span.trim())
    .filter((span) => span !== '')
    .map((span) => {
      const [, from = '', to = ''] = /^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)$/.test(
        span,
      )
        ? (/^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/.exec(span) ?? [])
        : []
      if (from === '' || from >= to || from < last) throw new FormFault('admin.bad_hours')
      last = to
      return [from, to] as const
    })
}

function readDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`)
  if (
    !/^20\d\d-\d\d-\d\d$/.test(text) ||
    Number.isNaN(day.getTime()) ||
    day.toISOString().slice(0, 10) !== text
  ) {
    throw new FormFault('admin.bad_day')
  }
  return text
}
