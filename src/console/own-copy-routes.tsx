/** The copy of what is kept of somebody, for themselves: data protection prints it and hands it over. Nobody else has the page. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { beginExport, endExport } from '../store/data-export.ts'
import { readOwnCopy } from '../store/own-copy.ts'
import { askingOf, type Console, pageOf, sendPage } from './asked.ts'
import { dataPersonOf } from './data-person.ts'
import { readForm } from './form.ts'
import { loadRail } from './load.ts'
import { OwnCopyPage, PrepareCopy } from './pages/own-copy.tsx'
import { shownPerson } from './shown-person.ts'
import { wordsFor } from './words.ts'

const path = '/console/people/:id/copy'
const logged = { config: { reads: 'person' } } as const
/** Bambara is spoken: its papers are in French. */
const shape = z.object({ language: z.enum(['fr', 'en']) })

export function ownCopyRoutes(app: FastifyInstance, console: Console): void {
  app.get(path, logged, async (request, reply) => {
    const person = await dataPersonOf(console, request)
    const rail = await loadRail(console, askingOf(request).staff)
    return sendPage(reply, PrepareCopy({ page: pageOf(console, request, reply), rail, person }))
  })
  app.post(path, logged, async (request, reply) => {
    const { language } = readForm(shape, request.body)
    const person = await dataPersonOf(console, request)
    const { database, clock, locales, asset } = console
    const id = clock.id()
    const { staff } = askingOf(request)
    await beginExport(database.prisma, {
      ...{ id, staff: staff.id, what: 'person', purpose: 'own_data', format: 'paper' },
      ...{ filter: { person }, at: clock.now() },
    })
    const kept = await readOwnCopy(database, person)
    const copy = { ...kept, facts: kept.facts.map((facts) => shownPerson(console, facts)) }
    await endExport(database.prisma, id, copy.said.length, clock.now())
    const words = wordsFor(locales, language, clock.now())
    return sendPage(reply, OwnCopyPage({ words, asset, copy, person }))
  })
}
