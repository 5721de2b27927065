/** What the office decides of each queue: how requests find their owner, limits, and who sits in the ordinary ones. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { assignments } from '../core/assignment.ts'
import { type QueueKey, queueKeys } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { hasContent } from '../store/access.ts'
import { readQueueSettings, writeQueueSetting } from '../store/queue-setting.ts'
import { listStaff, seatQueue } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { QueuesPage } from './pages/queues.tsx'

/** Who sits here changes only with the approval of those who sit here already: not by this page. */
export const guardedQueues: ReadonlySet<QueueKey> = new Set(['protection', 'psea', 'data'])

const queueForm = z.object({ queue: z.enum(queueKeys) })
const limit = z
  .string()
  .trim()
  .regex(/^([1-9]\d{0,4})?$/)
  .default('')
const settingForm = queueForm.extend({
  assignment: z.enum(assignments),
  personLimit: limit,
  alertOpen: limit,
  alertLate: limit,
})
const seatForm = queueForm.extend({ staff: z.union([z.uuid(), z.array(z.uuid()).max(1000)]).default([]) })

export function queueRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/admin/queues', (request, reply) => {
    mayAdminister(askingOf(request).staff)
    return show(console, request, reply)
  })
  const changes = { settings: setLimits, seats: setSeats }
  for (const [name, change] of Object.entries(changes)) {
    app.post(`/console/admin/queues/${name}`, async (request, reply) => {
      const { staff } = askingOf(request)
      mayAdminister(staff)
      try {
        const queue = await change(console, staff, request.body)
        return reply.redirect(`/console/admin/queues?queue=${queue}&done=1`, 303)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        return show(console, request, reply.code(422), wordsOf(console, request).t(error.sentence))
      }
    })
  }
}

function mayAdminister({ roles }: Staff): void {
  if (!roles.includes('admin') && !roles.includes('supervisor')) throw new Failure('page:not_found')
}

async function setLimits({ database }: Console, _reader: Staff, body: unknown): Promise<QueueKey> {
  const read = settingForm.safeParse(body)
  if (!read.success) throw new FormFault('lists.bad_limit')
  const { queue, assignment, ...limits } = read.data
  const number = (text: string) => (text === '' ? undefined : Number(text))
  await writeQueueSetting(database.prisma, queue, {
    assignment,
    personLimit: number(limits.personLimit),
    alertOpen: number(limits.alertOpen),
    alertLate: number(limits.alertLate),
  })
  return queue
}

/** Administrators seat others, never themselves: whoever administers must not make themselves a reader. */
async function setSeats({ database, desk, clock }: Console, reader: Staff, body: unknown): Promise<QueueKey> {
  if (!reader.roles.includes('admin')) throw new Failure('page:not_found')
  const { queue, staff } = readForm(seatForm, body)
  if (guardedQueues.has(queue)) throw new Failure('staff:not_allowed')
  const all = await listStaff(database.prisma)
  const seated = all.filter(({ queues }) => queues.includes(queue)).map(({ id }) => id)
  const asked = new Set([staff].flat())
  const kept = all.filter(({ id, active }) => {
    // Who has left keeps their seat, for the day they come back.
    if (id === reader.id || !active) return seated.includes(id)
    return asked.has(id)
  })
  const hints = await seatQueue(
    database.prisma,
    queue,
    kept.map(({ id }) => id),
    { clock, by: reader.id },
  )
  desk.watch.forget()
  desk.passOn({ outgoing: new Map(), hints: new Set(hints) })
  return queue
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { staff } = askingOf(request)
  const { prisma } = console.database
  const [rail, settings, all] = await Promise.all([
    loadRail(console, staff),
    readQueueSettings(prisma),
    listStaff(prisma),
  ])
  const active = all.filter((one) => one.active)
  const { queue: asked, done } = request.query as { queue?: unknown; done?: unknown }
  const body = queueForm.safeParse(request.body)
  const queues = queueKeys.map((queue) => ({
    queue,
    setting: settings.get(queue) ?? { assignment: 'manual' as const },
    seated: active.filter(({ queues: own }) => own.includes(queue)).map(({ id, name }) => ({ id, name })),
    guarded: guardedQueues.has(queue),
  }))
  return sendPage(
    reply,
    QueuesPage({
      page: pageOf(console, request, reply),
      rail,
      queues,
      chosen: queueKeys.find((one) => one === asked) ?? (body.success ? body.data.queue : undefined),
      // Whoever sees no content would sit there in vain.
      colleagues: active.filter(hasContent).map(({ id, name }) => ({ id, name })),
      fault,
      done: done === '1' && !fault,
    }),
  )
}
