/** What was said besides words: what staff write under a voice note, what is sent again, where a place is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PlaceMap } from '../../src/console/pages/place-map.tsx'
import { towns } from '../../src/console/places-map.ts'
import { part } from '../../src/console/render.ts'
import { wordsFor } from '../../src/console/words.ts'
import { readShelf } from '../../src/shelf.ts'
import { dropMedia, openMedia, storeMedia } from '../../src/store/media.ts'
import { makeOutbox } from '../../src/store/outbox.ts'
import { makeLocales } from '../../src/text/locale.ts'
import { makeOgg } from '../ogg.ts'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'

let counter: Counter
let browser: Browser
let mariam: { id: string }
let request: Opened
let media: string
const voice = { kind: 'voice' as const, handle: 'h', mime: 'audio/ogg', seconds: 18 }

beforeAll(async () => {
  counter = await makeCounter()
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  browser = await browserOf(counter, mariam)
})
afterAll(() => counter.close())
beforeEach(async () => {
  request = await say(counter, { from: counter.clock.id(), content: { kind: 'file', file: voice } })
  const row = await counter.database.prisma.media.findFirstOrThrow({
    where: { message: { requestId: request.id } },
  })
  media = row.id
  await storeMedia(counter.database, counter.mediaFolder, media, { bytes: makeOgg(18), mime: 'audio/ogg' })
})

const send = (act: string, fields: Record<string, string>, who = browser, page = request.path) =>
  who.send(page, `${request.path}/${act}`, fields)

describe('a file that never came', () => {
  test('says so, and is asked for again with one press, on record', async () => {
    const { prisma } = counter.database
    await prisma.media.update({ where: { id: media }, data: { state: 'lost', attempts: 12 } })
    const { body } = await browser.get(request.path)
    expect(body).toContain('après un jour d')
    const form = hiddenFields(body, `${request.path}/want-file`)
    for (const _ of [1, 2])
      expect((await browser.post(`${request.path}/want-file`, form)).statusCode).toBe(303)
    expect(await prisma.media.findUniqueOrThrow({ where: { id: media } })).toMatchObject({
      state: 'waiting',
      attempts: 0,
    })
    const after = (await browser.get(request.path)).body
    expect(after).toContain('Mariam a redemandé un fichier.')
    expect(after).not.toContain(`${request.path}/want-file`)
    const other = await say(counter, { from: counter.clock.id(), text: 'bonjour' })
    const fields = { ...hiddenFields((await browser.get(other.path)).body, `${other.path}/answer`), media }
    expect((await browser.post(`${other.path}/want-file`, fields)).statusCode).toBe(404)
  })
})

describe('what a voice note says', () => {
  test('is written down by whoever listened, encrypted, with every version in the history', async () => {
    const page = await browser.get(request.path)
    expect(page.body).toContain('data-seconds="18"')
    expect((await send('transcript', { text: ' Elle demande un lit. ' })).statusCode).toBe(303)
    expect((await send('transcript', { text: 'Elle demande deux lits.' })).statusCode).toBe(303)
    const { prisma } = counter.database
    const row = await prisma.media.findUniqueOrThrow({ where: { id: media } })
    expect(Buffer.from(row.transcriptEnc ?? []).toString('latin1')).not.toContain('lits')
    const events = await prisma.event.findMany({
      where: { requestId: request.id, type: 'transcript_written' },
    })
    expect(events).toHaveLength(2)
    expect(JSON.stringify(events.map((one) => one.facts))).not.toContain('lit')
    const { body } = await browser.get(request.path)
    expect(body).toMatch(/class="transcript-text"[^<]*<[^<]*<\/span>Elle demande deux lits\./)
    expect(body).toContain('« Elle demande un lit. »')
    await send('transcript', { text: '' })
    expect((await prisma.media.findUniqueOrThrow({ where: { id: media } })).transcriptEnc).toBeNull()
    expect((await browser.get(request.path)).body).not.toContain('class="transcript-text"')
  })

  test('is never written over a colleague who was faster, and the same words are nothing new', async () => {
    const form = hiddenFields((await browser.get(request.path)).body, `${request.path}/transcript`)
    await send('transcript', { text: 'la première' })
    const late = await browser.post(`${request.path}/transcript`, { ...form, text: 'la seconde' })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('pendant que vous écriviez')
    await send('transcript', { text: 'la première' })
    const events = { where: { requestId: request.id, type: 'transcript_written' } }
    expect(await counter.database.prisma.event.count(events)).toBe(1)
  })

  test('is refused when it is endless, or under a message that one may not see', async () => {
    expect((await send('transcript', { text: 'x'.repeat(4001) })).statusCode).toBe(422)
    const sealed = await say(counter, {
      ...{ from: counter.clock.id(), kind: 'protection.gbv', content: { kind: 'file', file: voice } },
    })
    const other = await counter.database.prisma.media.findFirstOrThrow({
      where: { message: { requestId: sealed.id } },
    })
    for (const id of [other.id, counter.clock.id()]) {
      expect((await send('transcript', { media: id, text: 'x' })).statusCode).toBe(404)
    }
    expect((await send('transcript', { media: 'no id', text: 'x' })).statusCode).toBe(422)
  })
})

describe('an answer that did not arrive', () => {
  async function lost(state: string, failure: string | null) {
    await send('answer', { text: 'Venez lundi.' })
    const { prisma } = counter.database
    const message = await prisma.message.findFirstOrThrow({
      where: { requestId: request.id, staffId: mariam.id },
    })
    await prisma.message.update({ where: { id: message.id }, data: { state, failure, attempts: 4 } })
    return message.id
  }
  const now = async (id: string) => {
    const { state, failure, attempts } = await counter.database.prisma.message.findUniqueOrThrow({
      where: { id },
    })
    return [state, failure, attempts]
  }

  test('says why, and is sent again in its place, once, and the history says by whom', async () => {
    const id = await lost('failed', 'channel:refused')
    const { body } = await browser.get(request.path)
    expect(body).toContain('a refusé ce message')
    expect(body).toContain('Renvoyer')
    const form = hiddenFields(body, `${request.path}/resend`)
    counter.outgoing.length = 0
    for (let n = 0; n < 3; n += 1) {
      expect((await browser.post(`${request.path}/resend`, form)).statusCode).toBe(303)
    }
    await browser.post(`${request.path}/resend`, { ...form, once: counter.clock.id() })
    expect(await now(id)).toEqual(['queued', null, 0])
    expect(counter.outgoing).toEqual([request.address])
    const events = { where: { requestId: request.id, type: 'message_resent' } }
    expect(await counter.database.prisma.event.count(events)).toBe(1)
    const after = (await browser.get(request.path)).body
    expect(after).toContain('Mariam a renvoyé un message')
    expect(after).not.toContain(`${request.path}/resend`)
    const outbox = makeOutbox(counter.database.pool, counter.database.keys)
    const at = counter.clock.now()
    const sender = { holder: 'a', now: at, until: new Date(at.getTime() + 60_000) }
    const claimed = await outbox.claim(sender, [request.address])
    expect(claimed.map(({ spoken }) => spoken.text)).toContain('I ni ce. Kalan kɛra.')
  })

  test('is not sent again once it has arrived after all', async () => {
    const id = await lost('failed', 'channel:refused')
    const form = hiddenFields((await browser.get(request.path)).body, `${request.path}/resend`)
    await counter.database.prisma.message.update({ where: { id }, data: { state: 'delivered' } })
    await browser.post(`${request.path}/resend`, form)
    expect((await now(id))[0]).toBe('delivered')
  })

  test('whose fate is unknown stays countable, and one that is tried by itself is left alone', async () => {
    const id = await lost('unknown', 'resent')
    await send('resend', {})
    expect(await now(id)).toEqual(['queued', 'resent', 0])
    expect((await browser.get(request.path)).body).toContain('peut-être reçu deux fois')
    await counter.database.prisma.message.update({ where: { id }, data: { state: 'unknown', failure: null } })
    expect((await browser.get(request.path)).body).not.toContain(`${request.path}/resend`)
  })

  test('is for whoever may answer: not for a colleague’s request, a closed one, or somebody who said stop', async () => {
    const id = await lost('failed', 'channel:refused')
    const moussa = await hire(counter, 'Moussa', ['case_worker', 'supervisor'])
    const other = await browserOf(counter, moussa)
    const there = (await other.get(request.path)).body
    expect(there).not.toContain(`${request.path}/resend`)
    const form = { ...hiddenFields(there, `${request.path}/transcript`), message: id }
    expect((await other.post(`${request.path}/resend`, form)).statusCode).toBe(409)
    const mine = hiddenFields((await browser.get(request.path)).body, `${request.path}/resend`)
    await counter.database.prisma.address.update({ where: { id: request.address }, data: { stopped: 'all' } })
    expect((await browser.post(`${request.path}/resend`, mine)).statusCode).toBe(409)
    expect(await now(id)).toEqual(['failed', 'channel:refused', 4])
  })
})

describe('a place', () => {
  const words = wordsFor(counterLocales(), 'fr', new Date())
  const draw = (latitude: number, longitude: number) =>
    part(PlaceMap({ words, point: { latitude, longitude } }))

  test('is drawn among the towns, with how far the nearest is', () => {
    const svg = draw(12.71, -7.95)
    expect(svg).toMatch(/À \d+ km de Bamako/)
    expect(svg).toContain('>Koulikoro</text>')
    expect(svg).not.toContain('>Gao</text>')
    expect(svg).not.toContain('http')
  })

  test('far away is off the map', () => {
    expect(draw(48.85, 2.35)).not.toContain('<svg')
    expect(draw(32.88, 13.19)).not.toContain('<svg')
  })

  test('has a town for every region that ships', () => {
    const { regions } = readShelf().places as { regions: readonly { id: string }[] }
    expect(towns.map(({ region }) => region).sort()).toEqual(regions.map(({ id }) => id).sort())
  })
})

function counterLocales() {
  return makeLocales(readShelf().locales)
}

test('the same note of the same person is kept once, as long as one message holds it', async () => {
  const { database, mediaFolder } = counter
  const from = counter.clock.id()
  const twins = [
    await say(counter, { from, content: { kind: 'file', file: voice } }),
    await say(counter, { from, content: { kind: 'file', file: voice } }),
  ]
  const ids: string[] = []
  for (const { id } of twins) {
    const row = await database.prisma.media.findFirstOrThrow({ where: { message: { requestId: id } } })
    ids.push(row.id)
    await storeMedia(database, mediaFolder, row.id, { bytes: makeOgg(7), mime: 'audio/ogg' })
  }
  const [first = '', second = ''] = ids
  const row = await database.prisma.media.findUniqueOrThrow({ where: { id: second } })
  expect(row.fileId).toBe(first)
  await dropMedia(database.prisma, mediaFolder, first)
  expect((await openMedia(database, mediaFolder, second)).bytes).toEqual(makeOgg(7))
  await dropMedia(database.prisma, mediaFolder, second)
  await database.prisma.media.update({ where: { id: second }, data: { state: 'stored' } })
  await expect(openMedia(database, mediaFolder, second)).rejects.toThrow('media:gone')
})
