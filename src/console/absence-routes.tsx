/** Who is away: said by themselves or by whoever supervises them, and ended by whoever comes back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Staff } from '../core/staff.ts'
import { addAbsence, endAbsence, findAbsence, listAbsences } from '../store/absence.ts'
import { listStaff, staffNames } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { AbsencePage } from './pages/absence.tsx'
import { readMoment } from './until.ts'

/** Longer than this is not an absence but a leaving. */
const longest = 366 * 24 * 60 * 60_000

const spanForm = z.object({ staff: z.uuid(), from: z.string().max(30), until: z.string().max(30) })

export function absenceRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/absences', (request, reply) => show(console, request, reply))
  const changes = { '': say, '/end': end }
  for (const [name, change] of Object.entries(changes)) {
    app.post(`/console/absences${name}`, async (request, reply) => {
      try {
        await change(console, askingOf(request).staff, request.body)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        return show(
          console,
          request,
          reply.code(422),
          wordsOf(console, request).t(error.sentence, error.vars),
        )
      }
      return reply.redirect('/console/absences', 303)
    })
  }
}

async function say({ database, clock }: Console, reader: Staff, body: unknown): Promise<void> {
  const { staff, ...span } = readForm(spanForm, body)
  const [from, until] = [readMoment(span.from), readMoment(span.until)]
  if (
    !from ||
    !until ||
    until <= from ||
    until <= clock.now() ||
    until.getTime() - from.getTime() > longest
  ) {
    throw new FormFault('lists.bad_span')
  }
  const ours = await minded(database.prisma, reader)
  if (!ours.some(({ id }) => id === staff)) throw new FormFault('form.incomplete')
  await addAbsence(database.prisma, { id: clock.id(), staff, from, until, by: reader.id }, clock.now())
}

async function end({ database, clock }: Console, reader: Staff, body: unknown): Promise<void> {
  const { absence: id } = readForm(z.object({ absence: z.uuid() }), body)
  const absence = await findAbsence(database.prisma, id)
  const ours = await minded(database.prisma, reader)
  if (!absence || !ours.some((one) => one.id === absence.staff)) return
  await endAbsence(database.prisma, id, clock.now())
}

/** The reader, and whom they supervise: directly, or in their office. */
async function minded(prisma: Console['database']['prisma'], reader: Staff): Promise<readonly Staff[]> {
  const all = (await listStaff(prisma)).filter(({ active }) => active)
  const chief = reader.roles.includes('supervisor') && reader.office !== undefined
  return all.filter(
    ({ id, supervisor, office }) =>
      id === reader.id || supervisor === reader.id || (chief && office === reader.office),
  )
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { staff } = askingOf(request)
  const { prisma } = console.database
  const [rail, ours] = await Promise.all([loadRail(console, staff), minded(prisma, staff)])
  const ids = ours.map(({ id }) => id)
  const absences = await listAbsences(prisma, console.clock.now(), ids)
  const names = await staffNames(prisma, [...ids, ...absences.map(({ by }) => by)])
  const shown = absences.map((one) => ({
    ...one,
    name: names.get(one.staff) ?? '',
    by: names.get(one.by) ?? '',
  }))
  const colleagues = ours.map(({ id, name }) => ({ id, name }))
  const page = pageOf(console, request, reply)
  return sendPage(reply, AbsencePage({ page, rail, absences: shown, colleagues, fault }))
}
