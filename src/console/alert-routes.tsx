/** The banner of alerts, as a part that every page fetches again, and saying that one was seen. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { showReference } from '../core/reference.ts'
import type { Staff } from '../core/staff.ts'
import { acknowledgeAlert, alertsOf } from '../store/alert.ts'
import { askingOf, type Console, sendPart, tokenOf, wordsOf } from './asked.ts'
import { readForm } from './form.ts'
import { loadAlerts } from './load-alerts.ts'
import { AlertBanner } from './pages/alert-banner.tsx'

export function alertRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/alerts', async (request, reply) => {
    const alerts = await loadAlerts(console, askingOf(request).staff)
    const token = tokenOf(request, reply)
    return sendPart(reply, AlertBanner({ words: wordsOf(console, request), token, alerts }))
  })
  app.post('/console/alerts/seen', async (request, reply) => {
    const { staff } = askingOf(request)
    const { alert } = readForm(z.object({ alert: z.uuid() }), request.body)
    const told = (await alertsOf(console.database.prisma, staff)).find(({ id }) => id === alert)
    if (told) await seen(console, { id: alert }, staff)
    return reply.redirect(placeOf(told), 303)
  })
}

/** Opening a request is seeing its alert. */
export async function seeRequest(console: Console, staff: Staff, request: string): Promise<void> {
  await seen(console, { request }, staff)
}

async function seen(
  { database, desk, clock }: Console,
  which: { readonly id: string } | { readonly request: string },
  staff: Staff,
): Promise<void> {
  const told = await acknowledgeAlert(database.prisma, which, staff.id, clock.now())
  if (told.length > 0) desk.passOn({ outgoing: new Map(), hints: new Set(told.map((id) => `alert-${id}`)) })
}

/** Where the alert is taken care of; whoever is told without access learns whom to call. */
function placeOf(alert: { readonly reference?: string; readonly page?: string } | undefined): string {
  if (alert?.reference) return `/console/requests/${showReference(alert.reference)}`
  return alert?.page ?? '/console/duty'
}
