/** What the answer box says to us while somebody writes: drafts, and that they are there. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { promisesIn } from '../flow/wording.ts'
import { dropDraft, saveDraft } from '../store/draft.ts'
import { noteGlance } from '../store/glance.ts'
import { loadRequest } from '../store/request.ts'
import { isDone } from '../turn/act-load.ts'
import { askingOf, type Console, lookOf, sendPart, wordsOf } from './asked.ts'
import { readForm } from './form.ts'
import { loadPresent, requestAt } from './load.ts'
import { lookQuery } from './look.ts'
import { AnswerMinds } from './pages/answer-minds.tsx'
import { PresentPart } from './pages/present.tsx'
import { doings } from './presence.ts'

/** Longer than an answer may be, so that a text that must be shortened is kept too; no longer than anybody writes. */
const longestDraft = 20_000

const base = '/console/requests/:reference'

export function boxRoutes(app: FastifyInstance, console: Console): void {
  const { database, clock } = console
  app.post(`${base}/draft`, async (request, reply) => {
    const { staff } = askingOf(request)
    const id = await requestAt(console, staff, addressOf(request))
    const { text, once } = readForm(z.object({ text: z.string(), once: z.uuid() }), request.body)
    if (text.length > longestDraft) return reply.code(413).send()
    const place = { staff: staff.id, request: id }
    const now = clock.now()
    const saved = await saveDraft(database, place, text.replace(/\r\n?/g, '\n'), now)
    // A save that was on its way while the answer went must not bring it back.
    if (saved && (await isDone(database.prisma, id, once))) await dropDraft(database.prisma, place)
    if (!saved) return reply.code(204).send()
    const words = wordsOf(console, request)
    const kept = text.trim() === '' ? '' : words.t('box.draft_kept', { clock: words.clock(now) })
    return sendPart(reply, AnswerMinds({ words, promises: promisesIn(text), kept }))
  })
  app.post(`${base}/draft/drop`, async (request, reply) => {
    const { staff } = askingOf(request)
    const id = await requestAt(console, staff, addressOf(request))
    await dropDraft(database.prisma, { staff: staff.id, request: id })
    return reply.redirect(`/console/requests/${addressOf(request)}${lookQuery(lookOf(request))}`, 303)
  })
  app.post(`${base}/here`, async (request, reply) => {
    const { staff } = askingOf(request)
    const id = await requestAt(console, staff, addressOf(request))
    await noteGlance(database.pool, { staff: staff.id, request: id }, clock.now())
    console.presence.note(id, staff.id, readForm(z.object({ doing: z.enum(doings) }), request.body).doing)
    return reply.code(204).send()
  })
  app.get(`${base}/present`, { config: { reads: 'request' } }, async (request, reply) => {
    const { staff } = askingOf(request)
    const id = await requestAt(console, staff, addressOf(request))
    const [row, present] = await Promise.all([
      loadRequest(database.prisma, staff, id),
      loadPresent(console, staff, id),
    ])
    return sendPart(reply, PresentPart({ words: wordsOf(console, request), row, present }))
  })
}

function addressOf(request: FastifyRequest): string {
  return (request.params as { reference: string }).reference
}
