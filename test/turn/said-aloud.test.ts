/**
 * Whoever is answered by voice hears every sentence of the product, wherever it comes from: while everything is recorded, no
 * words of ours leave without their recording. What staff write is their own, and has none.
 */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeConversation } from '../../src/conversation.ts'
import { drawCardCode } from '../../src/core/card.ts'
import { type Language, languages } from '../../src/core/language.ts'
import { drawCode } from '../../src/core/nameless.ts'
import type { Staff } from '../../src/core/staff.ts'
import type { Engine } from '../../src/flow/engine.ts'
import { heldRound } from '../../src/job/held.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { readShelf } from '../../src/shelf.ts'
import { chatHistory } from '../../src/store/chat-history.ts'
import { keepPartner } from '../../src/store/partner.ts'
import { wordingOf } from '../../src/text/voices.ts'
import { answerRequest } from '../../src/turn/act.ts'
import { missFollowUp, proposeFollowUp } from '../../src/turn/act-followup.ts'
import { hearReferral, proposeReferral, sendReferral } from '../../src/turn/act-referral.ts'
import { tellRefused } from '../../src/turn/file-refused.ts'
import { actAsPartner } from '../../src/turn/partner-act.ts'
import { tellDelays } from '../../src/turn/pass-time.ts'
import { oneDatabase } from '../one-database.ts'
import { type HandClock, handClock, hire, monday, type Office, openOffice } from './office.ts'

const database = oneDatabase()
const bytes = 1_000
const hour = 3_600_000

/** Everything there is to say, recorded in every language. */
const talk = makeConversation(readShelf())
const keyOf = new Map<string, string>()
const record = (language: Language, saying: (typeof talk.sayings)[number]) => {
  const media = `clip-${createHash('sha256').update(`${language} ${saying.id}`).digest('hex')}`
  keyOf.set(media, saying.key)
  const wording = wordingOf(talk.locales, language, saying)
  return { language, saying: saying.id, wording, media, bytes, seconds: 4 }
}
const recordings = languages.flatMap((language) => talk.sayings.map((saying) => record(language, saying)))
talk.retell({ rewording: new Map(), recordings, gate: {} })
const recorded = new Set(talk.sayings.map(({ key }) => key))
const fails = 'a bug of ours'
const engine: Engine = {
  respond(session, input, situation, world) {
    if (input.kind === 'text' && input.text === fails) throw new Error(fails)
    return talk.engine.respond(session, input, situation, world)
  },
}

let office: Office
let mariam: Staff
const open = (
  more: { readonly abilities?: { readonly answerWindow: number }; readonly clock?: HandClock } = {},
) =>
  openOffice(database(), {
    ...more,
    ...{ engine, locales: talk.locales, voices: talk.voices },
    open: async () => Buffer.alloc(bytes),
  })
beforeEach(async () => {
  office = await open()
  mariam = await hire(office, 'Mariam', ['case_worker', 'assistant'])
})
afterEach(() => office.close())

/** What was sent since, words with the sentence that was heard before them. */
function heardSince(from: string, place: number) {
  const sent = office.channel.sent(from)
  return sent.slice(place).flatMap(({ spoken: { key, file } }, n) => {
    const before = sent[place + n - 1]?.spoken.file
    return key === undefined || file ? [] : [{ key, heard: before && keyOf.get(before.media) }]
  })
}
const countOf = (from: string) => office.channel.sent(from).length

/** Somebody who chose to be answered by voice, with a request that waits. */
async function meets(from: string): Promise<string> {
  for (const text of ['bonjour', '1', '1', 'en vocal', 'suivi', '1', '00']) await office.says(from, text)
  const { prisma } = database()
  return (await prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}
async function heardAll(from: string, does: () => Promise<unknown>): Promise<readonly string[]> {
  const place = countOf(from)
  await does()
  await office.settled()
  const all = heardSince(from, place)
  expect(all.length).toBeGreaterThan(0)
  expect(all.filter(({ key }) => !recorded.has(key))).toEqual([])
  expect(all.filter(({ key, heard }) => key !== heard)).toEqual([])
  return all.map(({ key }) => key)
}
const carried = async (from: string) => {
  const hash = database().keys.hash('address', `${office.channel.id}|${from}`)
  const { id } = await database().prisma.address.findFirstOrThrow({
    where: { externalHash: new Uint8Array(hash) },
  })
  const [standing] = await database().road.stand([id])
  return standing?.session.state?.carried?.bytes ?? 0
}

describe('with its recording goes', () => {
  test('whatever the conversation answers, and what it asks of its own accord', async () => {
    const request = await meets('awa')
    await heardAll('awa', async () => {
      for (const text of ['menu', '2', 'brrr', 'retour', 'aide', '1', 'menu']) await office.says('awa', text)
    })
    await office.says('awa', '00')
    const at = new Date('2026-03-05T10:00:00Z')
    const act = { staff: mariam, request, form: office.clock.id() }
    await proposeFollowUp(office.desk, act, { staff: mariam.id, kind: 'meeting', at, agreed: false })
    office.clock.forward(hour)
    await heardAll('awa', () =>
      wakeSessions({ pool: database().pool, lanes: office.lanes, clock: office.clock }),
    )
  })

  test('the answer to a code, to a file that cannot be taken, and our apology', async () => {
    await meets('awa')
    const card = drawCardCode(() => 7)
    expect(await heardAll('awa', () => office.says('awa', card))).toEqual(['card.unknown'])
    const code = drawCode(office.clock.id())
    expect(await heardAll('awa', () => office.says('awa', code))).toEqual(['told.unknown'])
    expect(await heardAll('awa', () => office.says('awa', fails))).toEqual(['common.error'])
    const file = office.channel.keeps('document', Buffer.from('x'))
    await office.channel.brings('awa', { kind: 'file', file })
    await office.settled()
    const { id } = await database().prisma.media.findFirstOrThrow()
    const refused = () => tellRefused(office.desk, office.talk, id, 'too_large')
    expect(await heardAll('awa', refused)).toEqual(['file.too_large'])
  })

  test('what follows from acts of staff and from time', async () => {
    const request = await meets('awa')
    const { prisma, pool } = database()
    const act = () => ({ staff: mariam, request, form: office.clock.id() })
    const at = new Date('2026-03-03T10:00:00Z')
    const proposed = { staff: mariam.id, kind: 'call', at, agreed: true } as const
    await proposeFollowUp(office.desk, act(), proposed)
    office.clock.set(new Date('2026-03-03T12:00:00Z'))
    const { id: followUp } = await prisma.followUp.findFirstOrThrow()
    const before = await carried('awa')
    const missed = await heardAll('awa', () => missFollowUp(office.desk, office.talk, act(), { followUp }))
    expect(missed).toEqual(['missed.call'])
    expect(await carried('awa')).toBe(before + bytes)
    const whose = { channel: office.channel.id, from: 'awa', now: office.clock.now() }
    const shown = await chatHistory(database(), whose)
    expect(shown.slice(-2).map(({ body }) => body.kind)).toEqual(['file', 'text'])

    await prisma.request.update({
      where: { id: request },
      data: { delayOwedAt: office.clock.now(), dueAt: new Date('2026-03-03T12:00:00Z') },
    })
    expect(await heardAll('awa', () => tellDelays({ ...office.desk, pool }, office.talk))).toEqual([
      'delay.told',
    ])
  })

  test('what a partner answered', async () => {
    const request = await meets('awa')
    const partner = office.clock.id()
    const it = { id: partner, name: 'Centre Yiriwa', regions: [], contact: '', language: 'fr' } as const
    await keepPartner(database().prisma, { ...it, services: ['food'], active: true }, office.clock.now())
    const act = () => ({ staff: mariam, request, form: office.clock.id() })
    const wish = { partner, service: 'food', reason: 'food', urgency: 'today', items: ['name'] } as const
    await proposeReferral(office.desk, act(), { ...wish, ask: false })
    const { id: referral } = await database().prisma.referral.findFirstOrThrow()
    await hearReferral(office.desk, act(), { referral, yes: true }, office.talk.locales)
    const sent = await sendReferral(office.desk, act(), { referral, how: 'copy' }, (id) => id)
    for (const act of [{ is: 'accept' }, { is: 'decline', reason: 'full' }] as const) {
      await actAsPartner(office.desk, sent?.token ?? '', act)
      const wake = { pool: database().pool, lanes: office.lanes, clock: office.clock }
      const told = await heardAll('awa', () => wakeSessions(wake))
      expect(told).toEqual([act.is === 'accept' ? 'referral.accepted' : 'referral.declined'])
    }
  })

  test('the knock that asks for a word', async () => {
    const request = await meets('awa')
    const { prisma, pool } = database()
    const parts = { desk: office.desk, pool, speech: office.talk, dispatch: { send: async () => {} } }
    const round = async () => {
      await heldRound(parts)
      await office.settled()
    }
    // Behind a code an answer is kept.
    await prisma.session.updateMany({ data: { codeHash: new Uint8Array([1]) } })
    office.clock.forward(hour)
    const form = office.clock.id()
    await answerRequest(office.desk, { staff: mariam, request, form }, { text: 'Le lit est là.' })
    await office.settled()
    expect(await heardAll('awa', round)).toEqual(['knock.neutral'])
  })
})

test('on a phone that others use nothing is said aloud of our own accord', async () => {
  const request = await meets('awa')
  const { prisma, pool } = database()
  await prisma.address.updateMany({ data: { shared: true } })
  await prisma.session.updateMany({ data: { codeHash: new Uint8Array([1]) } })
  office.clock.forward(hour)
  const form = office.clock.id()
  await answerRequest(office.desk, { staff: mariam, request, form }, { text: 'Le lit est là.' })
  await office.settled()
  const place = countOf('awa')
  await heldRound({ desk: office.desk, pool, speech: office.talk, dispatch: { send: async () => {} } })
  await office.settled()
  expect(
    office.channel
      .sent('awa')
      .slice(place)
      .map(({ spoken }) => [spoken.key, spoken.file]),
  ).toEqual([['knock.neutral', undefined]])
})

test('where only a template may go, nothing is heard and nothing is counted', async () => {
  await office.close()
  office = await open({ abilities: { answerWindow: 24 }, clock: handClock(monday, 10_000) })
  const { prisma, pool } = database()
  const request = await meets('awa')
  await prisma.channel.update({ where: { id: office.channel.id }, data: { settings: { business: 'b1' } } })
  const named = { id: office.clock.id(), business: 'b1', name: 'frappe', language: 'fr', speaks: 'fr' }
  const approved = { category: 'UTILITY', state: 'approved', body: 'x', use: 'knock' }
  await prisma.template.create({ data: { ...named, ...approved, updatedAt: office.clock.now() } })
  office.clock.forward(25 * hour)
  const form = office.clock.id()
  await answerRequest(office.desk, { staff: mariam, request, form }, { text: 'Le lit est là.' })
  await office.settled()
  const [place, before] = [countOf('awa'), await carried('awa')]
  await heldRound({ desk: office.desk, pool, speech: office.talk, dispatch: { send: async () => {} } })
  await office.settled()
  const sent = office.channel.sent('awa').slice(place)
  expect(sent.map(({ spoken }) => [spoken.template?.name, spoken.file])).toEqual([['frappe', undefined]])
  expect(await carried('awa')).toBe(before)
})
