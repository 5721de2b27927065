/** The page of one person. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addressesOfPerson, consentsOf, loadPerson } from '../store/person.ts'
import { requestsOfPerson } from '../store/request-list.ts'
import { threadOfPerson } from '../store/thread.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { hidden, loadRail, rowOf, shownPerson, threadView } from './load.ts'
import { PersonPage } from './pages/person.tsx'
import { ThreadPart } from './pages/thread.tsx'
import type { PersonView } from './view.ts'

const messagesInTimeline = 150

const logged = { config: { reads: 'person' } } as const

export function personRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/people/:id', logged, async (request, reply) => {
    const [rail, view] = await Promise.all([
      loadRail(console, askingOf(request).staff),
      loadPersonView(console, request),
    ])
    return sendPage(reply, PersonPage({ page: pageOf(console, request, reply), rail, view }))
  })
  app.get('/console/people/:id/thread', logged, async (request, reply) => {
    const { person, thread } = await loadPersonView(console, request)
    const from = `/console/people/${person.id}/thread`
    return sendPart(
      reply,
      ThreadPart({ words: wordsOf(console, request), thread, from, hints: [`person-${person.id}`] }),
    )
  })
}

async function loadPersonView(console: Console, request: FastifyRequest): Promise<PersonView> {
  const { database } = console
  const { staff } = askingOf(request)
  const { id } = request.params as { id: string }
  const person = await loadPerson(database, staff, id)
  const [addresses, consents, lines, thread] = await Promise.all([
    addressesOfPerson(database, person.id),
    consentsOf(database.prisma, { person: person.id }),
    requestsOfPerson(database, staff, person.id),
    threadOfPerson(database, person.id, { limit: messagesInTimeline, hidden }),
  ])
  return {
    person: shownPerson(console, person),
    addresses,
    consents,
    requests: lines.map(rowOf),
    thread: await threadView(console, thread),
  }
}
