/** The desk at the door: a request for somebody who is there, the slip with its reference, and the cards given out. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { languages } from '../core/language.ts'
import { needCategories, urgencies } from '../core/need.ts'
import { Failure } from '../failure.ts'
import { readPhone } from '../flow/answer/phone.ts'
import { hasContent } from '../store/access.ts'
import { listCards, readCardDoors, writeCardDoors } from '../store/card.ts'
import { peopleByPhone } from '../store/caseload.ts'
import { loadPerson, type PersonFacts } from '../store/person.ts'
import { openAtReception, type ReceptionWish } from '../turn/act-reception.ts'
import { mayImport } from './allowed.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { CardsPage } from './pages/card.tsx'
import { hows, ReceptionPage, receptionKinds } from './pages/reception.tsx'
import { SlipPage } from './pages/slip.tsx'
import { failureKey } from './words.ts'

const base = '/console/reception'
/** The sentence that is read out, and recorded with its wording. */
const noticeText = 'notice.ask'

export function receptionRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => show(console, request, reply))
  app.post(base, async (request, reply) => {
    const { staff } = askingOf(request)
    mayReceive(request)
    const words = wordsOf(console, request)
    try {
      const by = { staff, form: readKey(request.body) }
      const wish = readWish(console, request.body)
      const same = await sameAs(console, request, wish)
      if (same.length > 0) {
        const fault = words.t('reception.phone_known')
        return show(console, request, reply.code(422), { fault, same })
      }
      const opened = await openAtReception(console.desk, by, wish)
      const person =
        opened.person && (await isSeen(console, request, opened.person)) ? opened.person : undefined
      const { reference } = opened
      return sendPage(
        reply,
        SlipPage({ words, asset: console.asset, reference, person, now: console.clock.now() }),
      )
    } catch (error) {
      if (error instanceof FormFault)
        return show(console, request, reply.code(422), { fault: words.t(error.sentence, error.vars) })
      if (error instanceof Failure && error.code === 'form:stale')
        return show(console, request, reply.code(error.trouble.status), {
          fault: words.any(failureKey(error.code)),
        })
      throw error
    }
  })
  app.get('/console/cards', (request, reply) => showCards(console, request, reply, {}))
  app.post('/console/cards/doors', async (request, reply) => {
    mayReceive(request)
    // Where cards lead is for those who oversee the office.
    if (!mayImport(askingOf(request).staff)) throw new Failure('page:not_found')
    try {
      await writeCardDoors(console.database.prisma, readDoors(request.body))
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      const fault = wordsOf(console, request).t(error.sentence, error.vars)
      return showCards(console, request, reply.code(422), { fault })
    }
    return reply.redirect('/console/cards?done=1', 303)
  })
}

/** Whoever only administers or counts receives nobody. */
function mayReceive(request: FastifyRequest): void {
  if (!hasContent(askingOf(request).staff)) throw new Failure('page:not_found')
}

async function isSeen({ database }: Console, request: FastifyRequest, person: string): Promise<boolean> {
  return loadPerson(database, askingOf(request).staff, person).then(
    () => true,
    () => false,
  )
}

type Told = { readonly fault?: string; readonly same?: readonly PersonFacts[] }

/** People with this phone whom the reader sees; pressed again, it is somebody else with the same phone. */
async function sameAs(
  { database }: Console,
  request: FastifyRequest,
  { person, described }: ReceptionWish,
): Promise<readonly PersonFacts[]> {
  const { other } = readForm(z.object({ other: z.string().optional() }), request.body)
  const phone = described?.phone
  if (person !== undefined || phone === undefined || other !== undefined) return []
  const { staff } = askingOf(request)
  const found = (await peopleByPhone(database, [phone], staff)).get(phone) ?? []
  return Promise.all(found.slice(0, 3).map((id) => loadPerson(database, staff, id)))
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, told: Told = {}) {
  mayReceive(request)
  const { staff } = askingOf(request)
  const typed = z.record(z.string(), z.string()).safeParse(request.body)
  const filled = typed.success ? typed.data : {}
  const { person: asked = filled['person'] } = request.query as { person?: string }
  const [rail, person] = await Promise.all([
    loadRail(console, staff),
    asked ? loadPerson(console.database, staff, asked) : undefined,
  ])
  const page = pageOf(console, request, reply)
  const notice = ['notice.what', noticeText].map((key) =>
    Object.fromEntries(languages.map((language) => [language, console.locales.t(language, key)])),
  )
  const form = { filled, person, notice, same: told.same ?? [], once: console.clock.id() }
  return sendPage(reply, ReceptionPage({ page, rail, form, fault: told.fault }))
}

async function showCards(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string },
) {
  mayReceive(request)
  const { staff } = askingOf(request)
  const { prisma } = console.database
  const [rail, cards, doors] = await Promise.all([
    loadRail(console, staff),
    listCards(console.database, staff, console.clock.now()),
    readCardDoors(prisma),
  ])
  const { done } = request.query as { done?: unknown }
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    CardsPage({ page, rail, cards, doors, maySet: mayImport(staff), told: { ...told, done: done === '1' } }),
  )
}

const optional = z.string().trim().max(200).default('')
const wishForm = z.object({
  person: z.union([z.literal(''), z.uuid()]).default(''),
  name: optional,
  phone: optional,
  place: optional,
  language: z.enum(languages),
  consent: z.enum(['given', 'refused', 'known']).default('known'),
  how: z.enum(hows),
  kind: z.enum(receptionKinds),
  category: z.union([z.literal(''), z.enum(needCategories)]).default(''),
  urgency: z.union([z.literal(''), z.enum(urgencies)]).default(''),
  text: z.string(),
})
const longestStory = 4000

function readWish({ locales, vocabulary }: Console, body: unknown): ReceptionWish {
  const it = readForm(wishForm, body)
  const text = it.text.replace(/\r\n?/g, '\n').trim()
  if (text === '') throw new FormFault('reception.no_words')
  if (text.length > longestStory)
    throw new FormFault('answer.too_long', { n: text.length, most: longestStory })
  if (it.kind === 'request.need' && it.category === '') throw new FormFault('reception.no_category')
  const phone = it.phone === '' ? undefined : readPhone(it.phone)
  if (it.phone !== '' && phone === undefined) throw new FormFault('reception.bad_phone')
  const known = it.person !== ''
  if (!known && it.consent === 'known') throw new FormFault('reception.no_consent')
  if (!known && it.consent === 'given' && it.name === '') throw new FormFault('reception.no_name')
  const place = it.place === '' ? undefined : (vocabulary.place(it.place) ?? { said: it.place })
  const wording = locales.wording(it.language, noticeText)
  return {
    ...{ how: it.how, kind: it.kind, language: it.language, text },
    person: known ? it.person : undefined,
    described: known ? undefined : { name: it.name || undefined, phone, place },
    consent: it.consent === 'known' ? undefined : { answer: it.consent, text: noticeText, wording },
    category: it.kind === 'request.need' ? it.category || undefined : undefined,
    urgency: it.urgency || undefined,
  }
}

/** The bot by its name, the number by its digits; empty for none. */
function readDoors(body: unknown) {
  const { telegram, whatsapp } = readForm(z.object({ telegram: optional, whatsapp: optional }), body)
  const bot = telegram.replace(/^(?:https:\/\/)?(?:t\.me\/|@)/, '')
  if (bot !== '' && !/^\w{4,32}$/.test(bot)) throw new FormFault('card.bad_bot')
  const phone = whatsapp === '' ? undefined : readPhone(whatsapp)
  if (whatsapp !== '' && phone === undefined) throw new FormFault('reception.bad_phone')
  return [
    ...(phone ? [{ kind: 'whatsapp' as const, name: phone.slice(1) }] : []),
    ...(bot ? [{ kind: 'telegram' as const, name: bot }] : []),
  ]
}
