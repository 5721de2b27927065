/** Where voice notes are listened to: what is shown to whom, what a tap does, and what is out of sight after it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Content } from '../../src/core/message.ts'
import { showReference } from '../../src/core/reference.ts'
import { storeMedia } from '../../src/store/media.ts'
import { makeOgg } from '../ogg.ts'
import { handClock, type Office, openOffice } from '../turn/office.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'

let counter: Counter
let office: Office
let mariam: Browser
let fanta: Browser
let from: string
let people = 0
const voice = { kind: 'file', file: { kind: 'voice', handle: 'h', seconds: 6 } } as const

beforeAll(async () => {
  counter = await makeCounter()
  office = await openOffice(counter.database, { clock: handClock(counter.clock.now()) })
  mariam = await browserOf(counter, await hire(counter, 'Mariam', ['assistant']))
  fanta = await browserOf(counter, await hire(counter, 'Fanta', ['protection']))
})
afterAll(async () => {
  await office.close()
  await counter.close()
})

/** Somebody speaks at the question for the category of their need, and says that there is no danger. */
beforeEach(async () => {
  await counter.database.prisma.listening.updateMany({ data: { heardAt: counter.clock.now() } })
  people += 1
  from = `person-${people}`
  await office.says(from, 'bonjour')
  for (const text of ['1', '1', 'nourriture', 'du riz pour mes enfants']) await office.says(from, text)
})

async function speaks(): Promise<{ path: string; request: string }> {
  await office.channel.brings(from, voice)
  await office.settled()
  office.clock.forward(60_000)
  const row = await counter.database.prisma.listening.findFirstOrThrow({
    where: { heardAt: null },
    include: { request: true },
  })
  return { path: `/console/listening/${showReference(row.request.reference)}`, request: row.requestId }
}

async function tap(path: string, fields: Record<string, string>, who = mariam) {
  const { body } = await who.get(path)
  return who.post(path, { ...hiddenFields(body, path), ...fields })
}

const said = () => office.channel.sent(from).map(({ spoken }) => spoken.text)

describe('a note at a question', () => {
  test('is offered with the question and its choices, and a tap goes on as if the person had typed it', async () => {
    const { path, request } = await speaks()
    const next = await mariam.get('/console/listening')
    expect(next.headers.location).toBe(path)
    const { body } = await mariam.get(path)
    const value = /name="value" value="(\w+)"/.exec(body)?.[1] ?? ''
    expect(body).toContain('data-digit="1"')
    const before = said().length
    const form = { ...hiddenFields(body, path), made: 'choice', value }
    expect((await mariam.post(path, form)).headers.location).toContain('done=answered')
    // Pressed twice, it acts once.
    expect((await mariam.post(path, form)).statusCode).toBe(409)
    const queued = await counter.database.prisma.message.findMany({
      where: { direction: 'out', state: 'queued', staffId: null },
    })
    expect(queued.length + said().length).toBeGreaterThan(before)
    const kept = await counter.database.prisma.event.findFirstOrThrow({
      where: { type: 'answer_kept' },
      orderBy: { id: 'desc' },
    })
    expect(kept).toMatchObject({ by: 'staff', facts: { value } })
    // Nothing else was said in it: nobody has to close it by hand.
    const { state } = await counter.database.prisma.request.findUniqueOrThrow({ where: { id: request } })
    expect(state).toBe('closed')
  })

  test('is only summed up once the person has gone on', async () => {
    const { path } = await speaks()
    await office.says(from, 'menu')
    const { body } = await mariam.get(path)
    expect(body).not.toContain('data-digit')
    expect((await tap(path, { made: 'summary', text: '<b>Elle</b> a faim' })).statusCode).toBe(303)
  })

  test('says nothing to whoever asked for silence meanwhile', async () => {
    const { path } = await speaks()
    await counter.database.prisma.address.updateMany({ data: { stopped: 'all' } })
    const out = () => counter.database.prisma.message.count({ where: { direction: 'out' } })
    const before = await out()
    expect((await tap(path, { made: 'unclear' })).statusCode).toBe(303)
    expect(await out()).toBe(before)
    await counter.database.prisma.address.updateMany({ data: { stopped: 'no' } })
  })

  test('changes nothing for what is forged, empty, too long or of another page', async () => {
    const { path } = await speaks()
    expect((await tap(path, { made: 'choice', value: 'nowhere' })).statusCode).toBe(409)
    expect((await tap(path, { made: 'summary', text: '  ' })).statusCode).toBe(422)
    expect((await tap(path, { made: 'summary', text: 'x'.repeat(100_000) })).statusCode).toBe(422)
    expect((await tap(path, { made: 'guarded', kind: 'request.info' })).statusCode).toBe(422)
    expect((await tap(path, { made: 'unclear', last: counter.clock.id() })).statusCode).toBe(409)
    expect(await counter.database.prisma.listening.count({ where: { heardAt: null } })).toBe(1)
    const fault = await tap(path, { made: 'summary', text: `<script>${'x'.repeat(5000)}` })
    expect(fault.body).not.toContain('<script>x')
  })

  test('that came after the page was opened is not answered unheard', async () => {
    const { path } = await speaks()
    const { body } = await mariam.get(path)
    const value = /name="value" value="(\w+)"/.exec(body)?.[1] ?? ''
    await office.channel.brings(from, voice)
    await office.settled()
    const late = await mariam.post(path, { ...hiddenFields(body, path), made: 'choice', value })
    expect(late.statusCode).toBe(409)
    expect((await mariam.get(path)).body).toContain('2 notes vocales')
  })
})

test('a note that is put under protection is gone for the listener at once, and there for those who guard it', async () => {
  const { path, request } = await speaks()
  const row = await counter.database.prisma.request.findUniqueOrThrow({ where: { id: request } })
  const page = `/console/requests/${showReference(row.reference)}`
  expect((await tap(path, { made: 'guarded', kind: 'protection.gbv' })).statusCode).toBe(303)
  for (const url of [path, page]) expect((await mariam.get(url)).statusCode).toBe(404)
  expect((await fanta.get(page)).statusCode).toBe(200)
  await office.channel.brings(from, voice)
  await office.settled()
  expect((await mariam.get('/console/listening')).statusCode).toBe(200)
  expect((await fanta.get('/console/listening')).headers.location).toBe(path)
})

test('a note is for those who know its language, and for all where nobody does', async () => {
  const { path, request } = await speaks()
  const { prisma } = counter.database
  await prisma.request.update({ where: { id: request }, data: { language: 'bm' } })
  expect((await mariam.get('/console/listening')).headers.location).toBe(path)
  const sitan = await hire(counter, 'Sitan', ['assistant'])
  await prisma.staff.update({ where: { id: sitan.id }, data: { speaks: ['bm'] } })
  expect((await mariam.get('/console/listening')).statusCode).toBe(200)
  const browser = await browserOf(counter, sitan)
  expect((await browser.get('/console/listening')).headers.location).toBe(path)
})

test('whoever has the case, and their line, never hears of it', async () => {
  const worker = await hire(counter, 'Moussa', ['case_worker', 'assistant'])
  const { path, request } = await speaks()
  const bar = { requestId: request, staffId: worker.id, since: counter.clock.now() }
  await counter.database.prisma.requestBarred.create({ data: bar })
  const moussa = await browserOf(counter, worker)
  expect((await moussa.get(path)).statusCode).toBe(404)
  expect((await moussa.get('/console/listening')).statusCode).toBe(200)
  const plain = await browserOf(counter, await hire(counter, 'Awa', ['case_worker']))
  expect((await plain.get('/console/listening')).statusCode).toBe(404)
})

describe('what a person changes afterwards', () => {
  const bring = async (content: Content, more: { externalId: string; edit: number }) => {
    await office.channel.brings(from, content, more)
    await office.settled()
  }

  test('stands with both wordings', async () => {
    const { path } = await speaks()
    await bring({ kind: 'text', text: 'un mot de trop ici' }, { externalId: 'changed', edit: 0 })
    await bring({ kind: 'text', text: 'le mot juste ici' }, { externalId: 'changed', edit: 1 })
    const { body } = await mariam.get(path.replace('listening', 'requests'))
    expect(body).toContain('le mot juste ici</p>')
    expect(body).toContain('<del>un mot de trop ici</del>')
  })

  test('and takes back is marked, and neither heard nor read any more', async () => {
    await bring(voice, { externalId: 'gone', edit: 0 })
    const { prisma } = counter.database
    const row = await prisma.media.findFirstOrThrow({
      orderBy: { createdAt: 'desc' },
      include: { message: true },
    })
    await storeMedia(counter.database, counter.mediaFolder, row.id, { bytes: makeOgg(6), mime: 'audio/ogg' })
    const media = `/console/media/${row.id}`
    expect((await mariam.get(media)).statusCode).toBe(303)
    const request = await prisma.request.findUniqueOrThrow({ where: { id: row.message.requestId ?? '' } })
    await bring({ kind: 'unsupported', theirs: 'revoke' }, { externalId: 'gone', edit: 1 })
    expect((await mariam.get(media)).statusCode).toBe(410)
    const { body } = await mariam.get(`/console/requests/${showReference(request.reference)}`)
    expect(body).toContain('Message supprimé par la personne')
    expect(body).not.toContain(media)
    expect((await mariam.get('/console/listening')).body).toContain('Rien à écouter')
  })
})
