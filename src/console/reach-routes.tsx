/** Reaching one person: a first word of ours, tries put on record, an invitation card. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ConsentAnswer } from '../core/consent.ts'
import { languages } from '../core/language.ts'
import { firstWordKinds, vainDays, type WriteBar, writeBar } from '../core/reach-rules.ts'
import type { SafeWay } from '../core/safe-contact.ts'
import { Failure } from '../failure.ts'
import { readCardDoors } from '../store/card.ts'
import { type AddressFacts, addressesOfPerson, consentsOf, loadPerson } from '../store/person.ts'
import { attemptsOfPerson } from '../store/reach.ts'
import { readSafeContact } from '../store/safe-contact.ts'
import { staffNames } from '../store/seat.ts'
import { makeCard, recordPersonAttempt, writeFirst } from '../turn/act-reach.ts'
import { readAttempt } from './acts/attempt.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail, reachOf } from './load.ts'
import { longestAnswer } from './pages/answer-box.tsx'
import { CardPage } from './pages/card.tsx'
import { ReachPage, type ReachView } from './pages/reach.tsx'
import { shownPerson } from './shown-person.ts'
import { dayOf, failureKey } from './words.ts'

const base = '/console/people/:id'

export function reachRoutes(app: FastifyInstance, console: Console): void {
  app.get(`${base}/reach`, { config: { reads: 'person' } }, (request, reply) => show(console, request, reply))
  app.post(`${base}/reach/word`, async (request, reply) => {
    const { staff } = askingOf(request)
    const { text, address, kind } = readWord(request.body)
    return attempted(console, request, reply, text, async () => {
      if (text.trim() === '') throw new FormFault('answer.empty')
      if (text.length > longestAnswer)
        throw new FormFault('answer.too_long', { n: text.length, most: longestAnswer })
      const act = { staff, form: readKey(request.body), person: personOf(request) }
      const { doors } = await loadReach(console, request, act.person)
      const bar = doors.find(({ id }) => id === address)?.bar
      await writeFirst(console.desk, act, { address, text, kind, bar })
    })
  })
  app.post(`${base}/reach/attempt`, (request, reply) =>
    attempted(console, request, reply, undefined, async () => {
      const { staff } = askingOf(request)
      const act = { staff, form: readKey(request.body), person: personOf(request) }
      await recordPersonAttempt(console.desk, act, readAttempt(request.body, console.clock.now()))
    }),
  )
  app.post(`${base}/card`, async (request, reply) => {
    const { staff } = askingOf(request)
    const person = await loadPerson(console.database, staff, personOf(request))
    const card = await makeCard(console.desk, { staff, form: readKey(request.body), person: person.id })
    const doors = await readCardDoors(console.database.prisma)
    const back = `/console/people/${person.id}/reach`
    const words = wordsOf(console, request)
    const lines = languages.map((language) => ({
      language,
      text: console.locales.t(language, 'card.send_this'),
    }))
    return sendPage(reply, CardPage({ words, asset: console.asset, card, doors, lines, back }))
  })
}

function personOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

const wordForm = z.object({ text: z.string(), address: z.string().max(40), kind: z.enum(firstWordKinds) })

function readWord(body: unknown) {
  const word = readForm(wordForm, body)
  return { ...word, text: word.text.replace(/\r\n?/g, '\n') }
}

/** Does it and shows the page again; what was refused is told there, with what was written. */
async function attempted(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: string | undefined,
  act: () => Promise<void>,
): Promise<FastifyReply> {
  try {
    await act()
  } catch (error) {
    const words = wordsOf(console, request)
    if (error instanceof FormFault)
      return show(console, request, reply.code(422), { fault: words.t(error.sentence, error.vars), draft })
    const told = error instanceof Failure && !error.trouble.ours && error.trouble.status !== 404
    if (!told) throw error
    const { why } = error.facts
    const fault = typeof why === 'string' ? words.t(`reach.bar.${why}`) : words.any(failureKey(error.code))
    return show(console, request, reply.code(error.trouble.status), { fault, draft })
  }
  return reply.redirect(`/console/people/${personOf(request)}/reach`, 303)
}

type Told = { readonly fault?: string; readonly draft?: string }

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, told: Told = {}) {
  const { staff } = askingOf(request)
  const person = await loadPerson(console.database, staff, personOf(request))
  const [rail, view] = await Promise.all([loadRail(console, staff), loadReach(console, request, person.id)])
  const page = pageOf(console, request, reply)
  const newKey = () => console.clock.id()
  return sendPage(
    reply,
    ReachPage({ page, rail, view: { ...view, person: shownPerson(console, person) }, newKey, ...told }),
  )
}

async function loadReach(
  console: Console,
  request: FastifyRequest,
  person: string,
): Promise<Omit<ReachView, 'person'>> {
  const { database } = console
  const { staff } = askingOf(request)
  const [safe, addresses, consents, attempts] = await Promise.all([
    readSafeContact(database, person),
    addressesOfPerson(database, person),
    consentsOf(database.prisma, { person }),
    attemptsOfPerson(database, staff, person),
  ])
  const consent = consents.find(({ item }) => item === 'keep_data')?.answer
  const names = await staffNames(
    database.prisma,
    attempts.map((one) => one.staff),
  )
  return {
    doors: addresses.map((address) => ({
      ...address,
      bar: barOf(console, address, { consent, safe: safe?.way }),
    })),
    attempts: attempts.map(({ staff: who, ...one }) => ({ ...one, by: names.get(who) ?? '' })),
    vain: vainDays(attempts.map(({ at, reached }) => ({ day: dayOf(at), reached }))),
  }
}

function barOf(
  console: Console,
  address: AddressFacts,
  said: { readonly consent: ConsentAnswer | undefined; readonly safe: SafeWay | undefined },
): WriteBar | undefined {
  const { night, windowEnds } = reachOf(console, address, undefined)
  const windowClosed = windowEnds !== undefined && windowEnds <= console.clock.now()
  return writeBar({ ...address, ...said, night: night !== undefined, windowClosed })
}
