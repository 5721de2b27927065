/** The lists of requests: a look with its filters, the looks that the reader kept, counts, and their live parts. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { forgetView, saveView } from '../store/saved-view.ts'
import { afterOf, askingOf, type Console, lookOf, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail, loadRows } from './load.ts'
import { loadBulk, loadChoices, loadReturned } from './load-bulk.ts'
import { lookQuery } from './look.ts'
import { RailCounts } from './pages/frame.tsx'
import { List, ListPage, Returned } from './pages/list.tsx'
import { longestViewName } from './pages/saved-views.tsx'

export function listRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console', async (request, reply) => {
    const { views } = await loadRail(console, askingOf(request).staff)
    // Whoever has work of their own begins there.
    return reply.redirect(`/console/requests?view=${views.mine > 0 ? 'mine' : 'queues'}`, 303)
  })
  app.get('/console/requests', async (request, reply) => {
    // A form sends its empty fields too; the look has one address.
    if (
      Object.values(request.query as Record<string, unknown>)
        .flat()
        .includes('')
    ) {
      return reply.redirect(`/console/requests${lookQuery(lookOf(request))}`, 303)
    }
    return showList(console, request, reply)
  })
  app.get('/console/list', async (request, reply) => {
    const look = lookOf(request)
    const after = afterOf(request)
    const { current } = request.query as { current?: unknown }
    const open = typeof current === 'string' ? current.slice(0, 40) : undefined
    const { staff } = askingOf(request)
    const rows = await loadRows(console, staff, look, { after, beside: open !== undefined })
    return sendPart(reply, List({ words: wordsOf(console, request), look, rows, after, current: open }))
  })
  app.get('/console/counts', async (request, reply) => {
    const rail = await loadRail(console, askingOf(request).staff)
    const query = request.query as Record<string, unknown>
    const look = query['view'] === undefined && query['queue'] === undefined ? undefined : lookOf(request)
    return sendPart(reply, RailCounts({ words: wordsOf(console, request), rail, look }))
  })
  app.get('/console/returned', async (request, reply) => {
    const n = await loadReturned(console, askingOf(request).staff)
    return sendPart(reply, Returned({ words: wordsOf(console, request), n }))
  })
  // The address of the form is that of the look.
  for (const [name, change] of Object.entries({ '': keepLook, '/remove': forgetLook })) {
    app.post(`/console/views${name}`, async (request, reply) => {
      try {
        await change(console, request)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        return showList(console, request, reply.code(422), { fault: error })
      }
      return reply.redirect(`/console/requests${lookQuery(lookOf(request))}`, 303)
    })
  }
}

const keepForm = z.object({ name: z.string().trim().min(1).max(longestViewName) })
const forgetForm = z.object({ view: z.uuid() })

async function keepLook({ database, clock }: Console, request: FastifyRequest): Promise<void> {
  const { name } = readForm(keepForm, request.body)
  const view = { id: clock.id(), name, query: lookQuery(lookOf(request)).slice(1) }
  await saveView(database.prisma, askingOf(request).staff.id, view, clock.now())
}

async function forgetLook({ database }: Console, request: FastifyRequest): Promise<void> {
  const { view } = readForm(forgetForm, request.body)
  await forgetView(database.prisma, askingOf(request).staff.id, view)
}

/** The page of a list, with what was just done to several of its requests, or why that could not be taken. */
export async function showList(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: FormFault } = {},
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const look = lookOf(request)
  const after = afterOf(request)
  const [rail, rows, choices, bulk, returned] = await Promise.all([
    loadRail(console, staff),
    loadRows(console, staff, look, { after }),
    loadChoices(console, staff),
    loadBulk(console, staff, request.query),
    loadReturned(console, staff),
  ])
  const page = pageOf(console, request, reply)
  const { gone } = request.query as { gone?: unknown }
  const done =
    typeof gone === 'string' && /^[\d-]{9,11}$/.test(gone)
      ? page.words.t('lists.gone', { reference: gone })
      : undefined
  const fault = told.fault && page.words.t(told.fault.sentence, told.fault.vars)
  const newKey = () => console.clock.id()
  const shown = { look, rows, after, choices, bulk, returned, fault, done, newKey }
  return sendPage(reply, ListPage({ page, rail, ...shown }))
}
