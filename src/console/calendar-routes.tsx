/** The calendar of the reader; supervisors open those of their office, officers all. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mondayOf, weekLength } from '../core/duty-week.ts'
import { readReference, showReference } from '../core/reference.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { listAbsences } from '../store/absence.ts'
import { hasContent } from '../store/access.ts'
import { endFeed, hasFeed, listCalendar, renewFeed } from '../store/calendar.ts'
import { findByReference } from '../store/request.ts'
import { listStaff } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { loadRail } from './load.ts'
import { CalendarPage, type CalendarWeek, everybody } from './pages/calendar.tsx'
import { noteRead } from './reads.ts'

export function calendarRoutes(app: FastifyInstance, console: Console): void {
  const { clock, database } = console
  const { prisma } = database
  app.get('/console/calendar', (request, reply) => show(console, request, reply))
  app.get('/console/calendar/add', async (request, reply) => {
    const { staff } = askingOf(request)
    mustHave(staff)
    const { reference: text } = request.query as { reference?: unknown }
    const reference = typeof text === 'string' ? readReference(text) : undefined
    const found = reference && (await findByReference(prisma, staff, reference))
    if (reference && found) {
      return reply.redirect(`/console/requests/${showReference(reference)}/follow-up`, 303)
    }
    const fault = wordsOf(console, request).t('calendar.no_request')
    return show(console, request, reply.code(404), { fault })
  })
  app.post('/console/calendar/feed', async (request, reply) => {
    const { staff } = askingOf(request)
    mustHave(staff)
    const code = await renewFeed(prisma, staff.id, clock.now())
    const host = console.publicUrl ?? `${request.protocol}://${request.host}`
    return show(console, request, reply, { address: `${host.replace(/\/$/, '')}/calendar/${code}.ics` })
  })
  app.post('/console/calendar/feed/end', async (request, reply) => {
    const { staff } = askingOf(request)
    mustHave(staff)
    await endFeed(prisma, staff.id, clock.now())
    return reply.redirect('/console/calendar', 303)
  })
}

/** Whoever has no requests has no follow-ups. */
function mustHave(staff: Staff): void {
  if (!hasContent(staff)) throw new Failure('page:not_found')
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string; readonly address?: string } = {},
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  mustHave(staff)
  const [rail, week, on] = await Promise.all([
    loadRail(console, staff),
    loadWeek(console, staff, request.query),
    hasFeed(console.database.prisma, staff.id),
  ])
  for (const { seen } of week.entries) if (seen?.person) noteRead(request, 'person', seen.person)
  const { fault, address } = told
  return sendPage(
    reply,
    CalendarPage({
      ...{ page: pageOf(console, request, reply), rail, week },
      feed: { on, ...(address === undefined ? {} : { address }) },
      ...(fault === undefined ? {} : { fault }),
    }),
  )
}

async function loadWeek(
  { database, clock, desk }: Console,
  reader: Staff,
  query: unknown,
): Promise<CalendarWeek> {
  const asked = query as { readonly week?: unknown; readonly staff?: unknown }
  const monday = weekOf(asked.week) ?? mondayOf(clock.now())
  const until = new Date(monday.getTime() + weekLength)
  const people = await openedBy(database.prisma, reader)
  const known = asked.staff === everybody || people.some(({ id }) => id === asked.staff)
  const whose = known && people.length > 1 ? String(asked.staff) : reader.id
  const staff = whose === everybody ? people.map(({ id }) => id) : [whose]
  const [entries, absences, town] = await Promise.all([
    listCalendar(database, reader, { staff, from: monday, until }),
    listAbsences(database.prisma, monday, staff),
    desk.watch.current(),
  ])
  return {
    ...{ monday, entries, people, whose, holidays: town.calendar.holidays },
    away: absences.filter(({ from }) => from < until),
  }
}

/** Whose calendars somebody opens: their own first. */
async function openedBy(prisma: Console['database']['prisma'], reader: Staff) {
  const own = { id: reader.id, name: reader.name }
  const officer = reader.roles.includes('officer')
  if (!officer && !(reader.roles.includes('supervisor') && reader.office)) return [own]
  const others = (await listStaff(prisma)).filter(
    (one) =>
      one.active && one.id !== reader.id && hasContent(one) && (officer || one.office === reader.office),
  )
  return [own, ...others.map(({ id, name }) => ({ id, name }))]
}

function weekOf(day: unknown): Date | undefined {
  if (typeof day !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(day)) return undefined
  const at = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? undefined : mondayOf(at)
}
