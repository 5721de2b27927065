/** Changes that wait for the agreement of those who guard what they open. For everybody else there is no such page. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { mayApprove } from '../core/approval.ts'
import { guards } from '../core/queue.ts'
import { Failure } from '../failure.ts'
import { decideApproval, listApprovals } from '../store/approval.ts'
import { tryOnce } from '../store/attempt.ts'
import { askToOpen } from '../store/opening.ts'
import { staffNames } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { readForm } from './form.ts'
import { loadRail } from './load.ts'
import { ApprovalsPage } from './pages/approvals.tsx'

const base = '/console/approvals'
const openForm = z.object({ reference: z.string().max(20), reason: z.string().trim().min(1).max(1000) })
const openLimit = { kind: 'opening', most: 10, within: 60 * 60_000 }

export function approvalRoutes(app: FastifyInstance, console: Console): void {
  const { prisma } = console.database
  app.get(base, async (request, reply) => {
    const { staff } = askingOf(request)
    if (!mayApprove(staff)) throw new Failure('page:not_found')
    const [rail, lines] = await Promise.all([
      loadRail(console, staff),
      listApprovals(prisma, staff, console.clock.now()),
    ])
    const ids = lines.flatMap((one) => [one.staff, one.askedBy, ...(one.decidedBy ? [one.decidedBy] : [])])
    const names = await staffNames(prisma, [...new Set(ids)])
    const { done } = request.query as { done?: unknown }
    const told = done
      ? { done: wordsOf(console, request).t(done === 'asked' ? 'sealed.asked' : 'admin.saved') }
      : {}
    return sendPage(
      reply,
      ApprovalsPage({
        page: pageOf(console, request, reply),
        ...{ rail, lines, names, asks: guards(staff), ...told },
      }),
    )
  })
  app.post(`${base}/open`, async (request, reply) => {
    const { staff } = askingOf(request)
    if (!guards(staff)) throw new Failure('page:not_found')
    const { reference, reason } = readForm(openForm, request.body)
    const { database, clock } = console
    // Whoever asks for one number after the other finds nothing out, and is stopped all the same.
    const afterSeconds = await tryOnce(database, openLimit, staff.id, clock.now())
    if (afterSeconds !== undefined) throw new Failure('rate:exceeded', { afterSeconds })
    await askToOpen(database, staff, { reference: reference.replace(/\D/g, ''), reason }, clock)
    return reply.redirect(`${base}?done=asked`, 303)
  })
  app.post(`${base}/decide`, async (request, reply) => {
    const { staff } = askingOf(request)
    if (!mayApprove(staff)) throw new Failure('page:not_found')
    const form = readForm(z.object({ approval: z.uuid(), agreed: z.enum(['yes', 'no']) }), request.body)
    const it = { id: form.approval, decider: staff.id, agreed: form.agreed === 'yes' }
    const told = await decideApproval(prisma, it, console.clock.now())
    console.desk.watch.forget()
    console.desk.passOn({
      outgoing: new Map(),
      hints: new Set(told.flatMap((id) => [`staff-${id}`, `alert-${id}`])),
    })
    return reply.redirect(`${base}?done=1`, 303)
  })
}
