/** Finding: one field for people, requests and messages. A reference goes straight to its request. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readReference, showReference } from '../core/reference.ts'
import type { Staff } from '../core/staff.ts'
import { piecesOf } from '../flow/answer/search-words.ts'
import { findMessages } from '../store/find-messages.ts'
import { findPeople } from '../store/find-people.ts'
import { findByReference } from '../store/request.ts'
import { requestsFound } from '../store/request-list.ts'
import { askingOf, type Console, pageOf, sendPage } from './asked.ts'
import { readForm } from './form.ts'
import { loadRail, requestAt, rowOf } from './load.ts'
import { type Finding, FindPage } from './pages/find.tsx'
import { type Looking, openSought, readSought, sealSought } from './sought.ts'

/** At most a screenful of each. */
const peopleShown = 12
const requestsShown = 8
const messagesShown = 15

const shape = z.object({ sought: z.string().default('') })
const logged = { config: { reads: 'search' } } as const

export function findRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/find', logged, async (request, reply) => {
    const { staff } = askingOf(request)
    const { reference } = request.query as { reference?: unknown }
    if (typeof reference === 'string') {
      const typed = reference.slice(0, 40)
      await requestAt(console, staff, typed)
      return reply.redirect(`/console/requests/${showReference(readReference(typed) ?? '')}`, 303)
    }
    const looking = lookingIn(console, request)
    const [rail, finding] = await Promise.all([
      loadRail(console, staff),
      looking === undefined ? undefined : find(console, staff, looking),
    ])
    return sendPage(reply, FindPage({ page: pageOf(console, request, reply), rail, finding }))
  })
  app.post('/console/find', async (request, reply) => {
    const { staff } = askingOf(request)
    const { text, reference } = readSought(readForm(shape, request.body).sought)
    if (reference !== undefined && (await findByReference(console.database.prisma, staff, reference))) {
      return reply.redirect(`/console/requests/${showReference(reference)}`, 303)
    }
    if (text === '') return reply.redirect('/console/find', 303)
    const sealed = sealSought(console.database.keys.cookieKey, staff.id, text)
    return reply.redirect(`/console/find?for=${sealed}`, 303)
  })
}

function lookingIn({ database }: Console, request: FastifyRequest): Looking | undefined {
  const { for: sealed } = request.query as { for?: unknown }
  if (typeof sealed !== 'string') return undefined
  const text = openSought(database.keys.cookieKey, askingOf(request).staff.id, sealed)
  return text === undefined ? undefined : readSought(text)
}

async function find(console: Console, staff: Staff, looking: Looking): Promise<Finding> {
  const { database, placeName } = console
  const name = (id: string | undefined) => (id === undefined ? undefined : (placeName?.(id) ?? id))
  const [people, messages] = await Promise.all([
    findPeople(database, staff, looking, peopleShown),
    findMessages(database, staff, looking.words, messagesShown),
  ])
  const requests = await requestsFound(
    database,
    staff,
    {
      people: people.people.map(({ id }) => id),
      requests: messages.messages.flatMap(({ request }) => request?.id ?? []),
    },
    requestsShown,
  )
  return {
    text: looking.text,
    people: {
      ...people,
      people: people.people.map((one) => ({ ...one, region: name(one.region), cercle: name(one.cercle) })),
    },
    requests: requests.map(rowOf),
    messages: {
      more: messages.more,
      messages: messages.messages.flatMap(({ text, ...one }) => {
        const pieces = piecesOf(text, looking.words)
        return pieces ? [{ ...one, pieces }] : []
      }),
    },
  }
}
