/** How a person is reached without harm: written down by staff, shown before anybody writes, as hidden as its request. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reachOf } from '../../src/console/load.ts'
import type { AddressFacts } from '../../src/store/person.ts'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeClock,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'

let counter: Counter
let browser: Browser
let request: Opened
let person: string
beforeAll(async () => {
  // Noon in Bamako: whoever is told that it is night is so because of their phone.
  counter = await makeCounter({}, makeClock(new Date('2026-11-25T12:00:00Z')))
  browser = await browserOf(counter, await hire(counter, 'Mariam', ['assistant']))
  request = await say(counter, { from: 'awa', text: 'bonjour' })
  const { database, clock } = counter
  person = clock.id()
  const key = database.keys.make('person', clock.id(), clock.now())
  await database.road.act({
    ...{ turn: clock.id(), at: clock.now(), messages: [], events: [] },
    changes: [
      key.row,
      {
        insert: 'person',
        plain: { id: person, key_id: key.id, created_at: clock.now() },
        secret: { phone_enc: '+819012345678' },
        key: key.id,
      },
    ],
  })
  await database.prisma.request.update({ where: { id: request.id }, data: { personId: person } })
})
afterAll(() => counter.close())

const act = () => `${request.path}/safe-contact`
const how = (html: string) => /id="answer-how">(.*?)<\/p>/s.exec(html)?.[1] ?? ''

test('what staff noted stands first on the panel and above the box, and is encrypted', async () => {
  const sent = await browser.send(request.path, act(), {
    ...{ way: 'call', hours: '12 h à 14 h', who: 'une femme', note: 'ne pas citer <le sujet>' },
  })
  expect(sent.statusCode).toBe(303)
  const { body } = await browser.get(request.path)
  expect(how(body)).toContain('Par appel seulement')
  expect(how(body)).toContain('12 h à 14 h')
  expect(body.slice(body.indexOf('id="facts-title"')).indexOf('safe-title')).toBeLessThan(200)
  expect(body).toContain('ne pas citer &lt;le sujet>')
  expect(body).toContain('Mariam a noté comment joindre la personne')
  const row = await counter.database.prisma.person.findUniqueOrThrow({ where: { id: person } })
  expect(Buffer.from(row.safeContactEnc ?? []).toString()).not.toContain('14 h')
})

test('the same said again is no event; too much is refused with a sentence', async () => {
  const said = { way: 'call', hours: '12 h à 14 h', who: 'une femme', note: 'ne pas citer <le sujet>' }
  await browser.send(request.path, act(), said)
  expect(await counter.database.prisma.event.count({ where: { type: 'safe_contact_noted' } })).toBe(1)
  const long = await browser.send(request.path, act(), { ...said, note: 'a'.repeat(100_000) })
  expect([long.statusCode, long.body.includes('trop long')]).toEqual([422, true])
  const forged = await browser.send(request.path, act(), { ...said, way: 'drone' })
  expect(forged.statusCode).toBe(422)
})

test('it is night where the phone is from, not where we are', async () => {
  const { body } = await browser.get(request.path)
  expect(how(body)).toContain('21:00, Japon')
})

test('a request of nobody known has no such note, and takes none', async () => {
  const nobody = await say(counter, { from: 'x', text: 'bonjour' })
  const { body } = await browser.get(nobody.path)
  expect(body).not.toContain('safe-title')
  const fields = {
    _csrf: /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '',
    once: counter.clock.id(),
    way: 'any',
  }
  const answer = await browser.post(`${nobody.path}/safe-contact`, fields)
  expect(answer.statusCode).toBe(404)
})

test('a channel that takes answers for a day says when that day is over', () => {
  const clock = makeClock(new Date('2026-11-25T12:00:00Z'))
  const heard = new Date('2026-11-24T11:00:00Z')
  const address: AddressFacts = {
    ...{ id: 'a', channel: 'cloud', channelKind: 'whatsapp_cloud', state: 'live', shared: false },
    ...{ stopped: 'no', lastHeardAt: heard, since: heard },
  }
  const ends = (answerWindow: number | undefined) => {
    const abilities = {
      buttons: undefined,
      textLength: 4096,
      files: {},
      edits: false,
      typing: false,
      answerWindow,
    }
    const cloud = { id: 'cloud', kind: 'whatsapp_cloud', abilities } as const
    return reachOf({ clock, channels: [cloud] }, address, undefined).windowEnds
  }
  expect(ends(24)).toEqual(new Date('2026-11-25T11:00:00Z'))
  expect(ends(undefined)).toBeUndefined()
})

test('it is read and changed on the person’s own page, and stands against writing first where they want no word', async () => {
  const page = `/console/people/${person}`
  const supervisor = await browserOf(counter, await hire(counter, 'Awa', ['supervisor', 'case_worker']))
  const said = { way: 'none', hours: '', who: '', note: 'elle rappelle <elle-même>' }
  const sent = await supervisor.send(page, `${page}/safe-contact`, said)
  expect(sent.headers.location).toBe(page)
  const { body } = await supervisor.get(page)
  expect(body).toContain('elle rappelle &lt;elle-même>')
  expect(body).toContain('a noté comment joindre la personne')
  const reach = await supervisor.get(`${page}/reach`)
  expect(reach.body.indexOf('elle rappelle')).toBeGreaterThan(0)
  await counter.database.prisma.personAddress.create({
    data: { personId: person, addressId: request.address, since: counter.clock.now() },
  })
  await counter.database.prisma.consent.create({
    data: {
      id: counter.clock.id(),
      personId: person,
      item: 'keep_data',
      answer: 'given',
      medium: 'audio',
      text: 'x',
      wording: 'x',
      language: 'fr',
      at: counter.clock.now(),
    },
  })
  expect((await supervisor.get(`${page}/reach`)).body).toContain(
    'ne veut pas qu’on lui écrive'.replace('’', "'"),
  )
  const { _csrf = '' } = hiddenFields((await supervisor.get(`${page}/reach`)).body, `${page}/reach/attempt`)
  const word = {
    _csrf,
    once: counter.clock.id(),
    text: 'bonjour',
    address: request.address,
    kind: 'request.info',
  }
  const forced = await supervisor.post(`${page}/reach/word`, word)
  expect(forced.statusCode).toBe(409)
  const old = { ...hiddenFields(body, `${page}/safe-contact`), version: '0', way: 'any' }
  expect(
    (await supervisor.post(`${page}/safe-contact`, { ...old, once: counter.clock.id() })).statusCode,
  ).toBe(409)
  const long = { ...hiddenFields(body, `${page}/safe-contact`), ...said, note: 'a'.repeat(100_000) }
  expect((await supervisor.post(`${page}/safe-contact`, long)).statusCode).toBe(422)
})
