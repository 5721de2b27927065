/** The duty list, week by week. Everybody may read whom to call; supervisors and administrators keep it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dutyLines, dutyRanks, mayBeOnDuty } from '../core/duty.ts'
import { eachDay, gapsOf, laterBy, mondayOf, weekLength, within } from '../core/duty-week.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { addDuties, type Duty, listDuty, removeDuty } from '../store/duty.ts'
import { listStaff } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { DutyPage, type DutyWeek } from './pages/duty.tsx'
import { dayOf } from './words.ts'

export function dutyRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/duty', (request, reply) => {
    const { done } = request.query as { done?: unknown }
    const told = done ? { done: wordsOf(console, request).t('duty.saved') } : {}
    return show(console, request, reply, weekAsked(console, request), told)
  })
  for (const [path, change] of Object.entries(changes)) {
    app.post(path, async (request, reply) => {
      const { staff } = askingOf(request)
      if (!mayKeep(staff)) throw new Failure('page:not_found')
      const week = weekOf(readForm(z.object({ week: z.string() }), request.body).week) ?? mondayNow(console)
      try {
        await change(console, request.body, week)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        const fault = wordsOf(console, request).t(error.sentence, error.vars)
        return show(console, request, reply.code(422), week, { fault })
      }
      console.desk.watch.forget()
      return reply.redirect(`/console/duty?week=${dayOf(week)}&done=1`, 303)
    })
  }
}

type Change = (console: Console, body: unknown, week: Date) => Promise<void>

const changes: Readonly<Record<string, Change>> = {
  '/console/duty/add': putOnDuty,
  '/console/duty/remove': async ({ database, clock }, body) => {
    const { duty } = readForm(z.object({ duty: z.uuid() }), body)
    await removeDuty(database.prisma, duty, clock.now())
  },
  '/console/duty/copy': copyWeek,
}

function mayKeep({ roles }: Staff): boolean {
  return roles.includes('supervisor') || roles.includes('admin')
}

const dutyForm = z.object({
  staff: z.uuid(),
  line: z.enum(dutyLines),
  rank: z.enum(dutyRanks.map(String)),
  from: z.string().max(30),
  until: z.string().max(30),
  daily: z.literal('on').optional(),
})
const longestDuty = 31 * 24 * 60 * 60_000

async function putOnDuty({ database, clock }: Console, body: unknown): Promise<void> {
  const { staff, line, rank, daily, ...ends } = readForm(dutyForm, body)
  const span = { from: readMoment(ends.from), until: readMoment(ends.until) }
  const length = span.until.getTime() - span.from.getTime()
  if (!(length > 0 && length <= longestDuty)) throw new FormFault('duty.bad_time')
  const known = (await listStaff(database.prisma)).find(({ id, active }) => active && id === staff)
  if (!known) throw new FormFault('form.incomplete')
  // Being on duty makes a holder of sealed matters: nobody becomes one by being put on a list.
  if (!mayBeOnDuty(line, known)) throw new FormFault('duty.not_theirs')
  const spans = daily ? eachDay(span) : [span]
  const one = { staff, line, rank: Number(rank) }
  await addDuties(
    database.prisma,
    spans.map((each) => ({ ...one, ...each, id: clock.id() })),
  )
}

const copyForm = z.object({ line: z.enum(dutyLines), weeks: z.enum(['1', '4']) })

/** The duties of this week onto the next ones, for whoever may still be on them. */
async function copyWeek({ database, clock }: Console, body: unknown, week: Date): Promise<void> {
  const { line, weeks } = readForm(copyForm, body)
  const around = { from: week, until: new Date(week.getTime() + weekLength) }
  const [duties, staff] = await Promise.all([
    listDuty(database.prisma, around.from, around.until),
    listStaff(database.prisma),
  ])
  const fit = duties.filter((duty) => {
    const holder = staff.find(({ id, active }) => active && id === duty.staff)
    return duty.line === line && holder !== undefined && mayBeOnDuty(line, holder)
  })
  const copies = Array.from({ length: Number(weeks) }, (_, n) => n + 1).flatMap((later) =>
    fit.flatMap((duty) => {
      const inside = within(duty, around)
      return inside ? laterBy({ ...duty, ...inside, id: clock.id() }, later) : []
    }),
  )
  if (copies.length === 0) throw new FormFault('duty.nothing_to_copy')
  await addDuties(database.prisma, copies)
}

type Told = { readonly fault?: string; readonly done?: string }

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  week: Date,
  told: Told,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const [rail, duty] = await Promise.all([loadRail(console, staff), loadWeek(console, week)])
  const page = pageOf(console, request, reply)
  return sendPage(reply, DutyPage({ page, rail, week: duty, mayKeep: mayKeep(staff), ...told }))
}

async function loadWeek({ database, clock }: Console, monday: Date): Promise<DutyWeek> {
  const around = { from: monday, until: new Date(monday.getTime() + weekLength) }
  const now = clock.now()
  const [duties, current, staff] = await Promise.all([
    listDuty(database.prisma, around.from, around.until),
    listDuty(database.prisma, now, new Date(now.getTime() + 1)),
    listStaff(database.prisma),
  ])
  const active = staff.filter((one) => one.active)
  const name = ({ staff: id }: Duty) => active.find((one) => one.id === id)?.name
  return {
    monday,
    lines: dutyLines.map((line) => {
      const fit = active.filter((one) => mayBeOnDuty(line, one))
      const counts = (duty: Duty) => duty.line === line && fit.some(({ id }) => id === duty.staff)
      const own = duties.filter(counts)
      return {
        line,
        now: current
          .filter(counts)
          .sort((one, other) => one.rank - other.rank)
          .map((duty) => name(duty) ?? ''),
        spans: own.map((duty) => ({ ...duty, name: name(duty) ?? '' })),
        gaps: gapsOf(own, around),
        people: fit.map(({ id, name: called }) => ({ id, name: called })),
      }
    }),
  }
}

function weekAsked(console: Console, request: FastifyRequest): Date {
  const { week } = request.query as { week?: unknown }
  return (typeof week === 'string' ? weekOf(week) : undefined) ?? mondayNow(console)
}

function mondayNow({ clock }: Console): Date {
  return mondayOf(clock.now())
}

/** The Monday of a day as the address gives it. */
function weekOf(day: string): Date | undefined {
  const at = new Date(`${day}T00:00:00Z`)
  return /^20\d\d-\d\d-\d\d$/.test(day) && !Number.isNaN(at.getTime()) ? mondayOf(at) : undefined
}

/** A moment on the clocks of Bamako, which stand at UTC all year. */
function readMoment(text: string): Date {
  const at = new Date(`${text}Z`)
  if (!/^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(at.getTime())) {
    throw new FormFault('duty.bad_time')
  }
  return at
}
