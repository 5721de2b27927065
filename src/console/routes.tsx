/** Every address of the console. The web server lets only the signed-in come here, and checks the token of every form. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chooseLanguage } from '../store/staff.ts'
import { adminRoutes } from './admin-routes.tsx'
import { alertRoutes } from './alert-routes.tsx'
import { afterOf, askingOf, type Console, lookOf, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { boxRoutes } from './box-routes.tsx'
import { dutyRoutes } from './duty-routes.tsx'
import { findRoutes } from './find-routes.tsx'
import { readForm } from './form.ts'
import { hintRoutes } from './hint-routes.ts'
import { importRoutes } from './import-routes.tsx'
import { loadRail, loadRows } from './load.ts'
import { matchRoutes } from './match-routes.tsx'
import { mediaRoutes } from './media-routes.ts'
import { RailCounts } from './pages/frame.tsx'
import { List, ListPage } from './pages/list.tsx'
import type { ConsoleDoor, ConsoleParts } from './parts.ts'
import { personRoutes } from './person-routes.tsx'
import { makePresence } from './presence.ts'
import { logReads } from './reads.ts'
import { requestRoutes } from './request-routes.tsx'
import { supervisionRoutes } from './supervision-routes.tsx'

/** Mounts the console on a scope that has a door (`request.asking`), forms and form tokens. */
export function consoleRoutes(app: FastifyInstance, parts: ConsoleParts, door: ConsoleDoor): void {
  const presence = makePresence(parts.hints, parts.clock)
  app.addHook('onClose', async () => presence.close())
  const console: Console = { ...parts, ...door, presence }
  logReads(app, console)
  listRoutes(app, console)
  findRoutes(app, console)
  requestRoutes(app, console)
  boxRoutes(app, console)
  personRoutes(app, console)
  matchRoutes(app, console)
  adminRoutes(app, console)
  importRoutes(app, console)
  mediaRoutes(app, console)
  hintRoutes(app, console)
  alertRoutes(app, console)
  dutyRoutes(app, console)
  supervisionRoutes(app, console)
  app.post('/console/language', async (request, reply) => {
    const { language, here } = readForm(languageForm, request.body)
    await chooseLanguage(console.database.prisma, askingOf(request).staff.id, language)
    return reply.redirect(/^\/console(?:[/?][\w\-/?=&]*)?$/.test(here) ? here : '/console', 303)
  })
}

const languageForm = z.object({ language: z.enum(['fr', 'en']), here: z.string().max(500).default('') })

function listRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console', async (request, reply) => {
    const { staff } = askingOf(request)
    const { views } = await loadRail(console, staff)
    // Whoever has work of their own begins there.
    return reply.redirect(`/console/requests?view=${views.mine > 0 ? 'mine' : 'queues'}`, 303)
  })
  app.get('/console/requests', async (request, reply) => {
    const { staff } = askingOf(request)
    const look = lookOf(request)
    const after = afterOf(request)
    const [rail, rows] = await Promise.all([loadRail(console, staff), loadRows(console, staff, look, after)])
    const page = pageOf(console, request, reply)
    return sendPage(reply, ListPage({ page, rail, look, rows, after }))
  })
  app.get('/console/list', async (request, reply) => {
    const { staff } = askingOf(request)
    const look = lookOf(request)
    const after = afterOf(request)
    const { current } = request.query as { current?: unknown }
    const rows = await loadRows(console, staff, look, after)
    const words = wordsOf(console, request)
    return sendPart(
      reply,
      List({
        words,
        look,
        rows,
        after,
        current: typeof current === 'string' ? current.slice(0, 40) : undefined,
      }),
    )
  })
  app.get('/console/counts', async (request, reply) => {
    const rail = await loadRail(console, askingOf(request).staff)
    const query = request.query as Record<string, unknown>
    const look = query['view'] === undefined && query['queue'] === undefined ? undefined : lookOf(request)
    return sendPart(reply, RailCounts({ words: wordsOf(console, request), rail, look }))
  })
}
