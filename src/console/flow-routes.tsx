/** How far the flows are in each language, and what the office asks of them; settings of those who answer for words. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { voiceBudgetOf } from '../core/answering.ts'
import { answersForWords } from '../core/studio.ts'
import { Failure } from '../failure.ts'
import { conditions, gateOf } from '../flow/readiness.ts'
import { readGate, readVoiceBudget, writeGate, writeVoiceBudget } from '../store/setting.ts'
import { retellTexts, textsHint } from '../turn/office-texts.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { FlowsPage } from './pages/flows.tsx'

const tick = z.literal('yes').optional()
const shape = z.object({
  bm_reviewed: tick,
  bm_recorded: tick,
  en_reviewed: tick,
  en_recorded: tick,
  /** Kilobytes. */
  budget: z.coerce.number().int().min(0).max(100_000),
})

export function flowRoutes(app: FastifyInstance, console: Console): void {
  const { database, texts, desk, hints } = console
  app.get('/console/flows', (request, reply) => show(console, request, reply))
  app.post('/console/flows', async (request, reply) => {
    if (!answersForWords(askingOf(request).staff)) throw new Failure('page:not_found')
    try {
      const form = readForm(shape, request.body)
      const asked = (language: 'bm' | 'en') =>
        conditions.filter((one) => form[`${language}_${one}`] === 'yes')
      await writeGate(database.prisma, { bm: asked('bm'), en: asked('en') })
      await writeVoiceBudget(database.prisma, form.budget * 1000)
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      return show(console, request, reply.code(422), wordsOf(console, request).t(error.sentence, error.vars))
    }
    await retellTexts(database.prisma, texts)
    desk.watch.forget()
    hints.changed([textsHint])
    return reply.redirect('/console/flows?done=1', 303)
  })
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, fault?: string) {
  const { database, texts } = console
  const { staff } = askingOf(request)
  const [rail, gate, budget] = await Promise.all([
    loadRail(console, staff),
    readGate(database.prisma),
    readVoiceBudget(database.prisma),
  ])
  const { done } = request.query as { done?: unknown }
  return sendPage(
    reply,
    FlowsPage({
      page: pageOf(console, request, reply),
      rail,
      readiness: texts.readiness(),
      gate: gateOf(gate),
      budget: voiceBudgetOf(budget),
      may: answersForWords(staff),
      done: done !== undefined && fault === undefined,
      ...(fault === undefined ? {} : { fault }),
    }),
  )
}
