/** Changes that wait for the agreement of those who guard what they open. For everybody else there is no such page. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { mayApprove } from '../core/approval.ts'
import { Failure } from '../failure.ts'
import { decideApproval, listApprovals } from '../store/approval.ts'
import { staffNames } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { readForm } from './form.ts'
import { loadRail } from './load.ts'
import { ApprovalsPage } from './pages/approvals.tsx'

const base = '/console/approvals'

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
    const told = done ? { done: wordsOf(console, request).t('admin.saved') } : {}
    return sendPage(
      reply,
      ApprovalsPage({ page: pageOf(console, request, reply), rail, lines, names, ...told }),
    )
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
