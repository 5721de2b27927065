/** The page on which data protection erases a person. For everybody else there is no such page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { effectiveAt, erasureReasons } from '../core/erasure.ts'
import { joinedFiles, readErasure } from '../store/erasure.ts'
import { askErasure, eraseForGood } from '../turn/act-erase.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { dataPersonOf } from './data-person.ts'
import { readForm } from './form.ts'
import { loadRail } from './load.ts'
import { ErasurePage } from './pages/erasure.tsx'
import { faultOf } from './trouble.ts'

const path = '/console/people/:id/erasure'
/** Somebody waits before the page; a channel that takes longer than this is down. */
const lastWordMilliseconds = 8_000
const shape = z.object({
  reason: z.enum(erasureReasons),
  typed: z.string().max(200).default(''),
  once: z.string().max(60),
})

export function erasureRoutes(app: FastifyInstance, console: Console): void {
  app.get(path, { config: { reads: 'person' } }, (request, reply) => show(console, request, reply))
  app.post(path, async (request, reply) => {
    const { staff } = askingOf(request)
    const person = await dataPersonOf(console, request)
    const { database, desk, backupDays, mediaFolder, talk } = console
    // Sent again, it was done: the page says when.
    if (await readErasure(database.prisma, person))
      return reply.redirect(`/console/people/${person}/erasure`, 303)
    try {
      const { once: form, ...wish } = readForm(shape, request.body)
      await eraseForGood(
        desk,
        database,
        { staff, person, form },
        { ...wish, backupDays, mediaFolder, speech: talk, patience: lastWordMilliseconds },
      )
    } catch (error) {
      const told = faultOf(error, wordsOf(console, request))
      if (!told) throw error
      return show(console, request, reply.code(told.status), told.fault)
    }
    return reply.redirect(`/console/people/${person}/erasure`, 303)
  })
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  fault?: string,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const { database, clock, desk, backupDays } = console
  const person = await dataPersonOf(console, request)
  const [rail, erased, files] = await Promise.all([
    loadRail(console, staff),
    readErasure(database.prisma, person),
    joinedFiles(database.prisma, person),
  ])
  const asks = erased ? [] : await askErasure(desk, staff, person)
  const effective = effectiveAt(clock.now(), backupDays)
  const page = pageOf(console, request, reply)
  const view = { person, files: files.length, asks: asks.length > 0, effective, erased, once: clock.id() }
  return sendPage(reply, ErasurePage({ page, rail, view, fault }))
}
