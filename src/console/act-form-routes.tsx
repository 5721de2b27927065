/** The forms of the acts that are not of every day, fetched when somebody opens one; without scripts, pages. */
import type { FastifyInstance } from 'fastify'
import { showReference } from '../core/reference.ts'
import { askingOf, type Console, isScript, lookOf, pageOf, sendPage, sendPart } from './asked.ts'
import { loadRail, loadRequestView, requestAt } from './load.ts'
import { lookQuery } from './look.ts'
import { ActPage, OpenedForm } from './pages/act-opened.tsx'
import { openedActs } from './pages/opened-acts.tsx'

export function actFormRoutes(app: FastifyInstance, console: Console): void {
  for (const [act, { offered }] of Object.entries(openedActs)) {
    app.get(
      `/console/requests/:reference/${act}`,
      { config: { reads: 'request' } },
      async (request, reply) => {
        const { staff } = askingOf(request)
        const id = await requestAt(console, staff, (request.params as { reference: string }).reference)
        const view = await loadRequestView(console, staff, id)
        const look = lookOf(request)
        // What somebody else did meanwhile may have taken this act away: the request shows what is left.
        if (!offered(view) && !isScript(request)) {
          return reply.redirect(
            `/console/requests/${showReference(view.facts.row.reference)}${lookQuery(look)}`,
            303,
          )
        }
        const page = pageOf(console, request, reply)
        const form = {
          ...{ words: page.words, token: page.token, view, look, act },
          newKey: () => console.clock.id(),
        }
        if (isScript(request)) return sendPart(reply, OpenedForm(form))
        return sendPage(reply, ActPage({ ...form, page, rail: await loadRail(console, staff) }))
      },
    )
  }
}
