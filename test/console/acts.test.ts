/** What staff do at the counter, by forms as a browser without scripts sends them. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { longestAnswer } from '../../src/console/pages/answer-box.tsx'
import {
  actOn,
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
let mariam: { id: string }
let moussa: { id: string }
let request: Opened
let browser: Browser
beforeEach(async () => {
  counter = await makeCounter()
  onTestFinished(() => counter.close())
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  moussa = await hire(counter, 'Moussa', ['case_worker'])
  request = await say(counter, { from: 'awa', text: 'où est le bureau ?', name: 'Awa' })
  browser = await browserOf(counter, mariam)
})

const row = () => counter.database.prisma.request.findUniqueOrThrow({ where: { id: request.id } })
const events = (type: string) =>
  counter.database.prisma.event.count({ where: { requestId: request.id, type } })
const sent = () =>
  counter.database.prisma.message.count({ where: { requestId: request.id, staffId: { not: null } } })
const act = (name: string, fields: Record<string, string> = {}) => actOn(browser, request, name, fields)

describe('an answer', () => {
  test('goes out once, takes the request, and shows in the conversation', async () => {
    const answer = await act('answer', { text: 'Au marché.\r\nVenez le matin.' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe(`${request.path}?view=queues`)
    const page = await browser.get(request.path)
    expect(page.body).toContain('Au marché.\nVenez le matin.')
    expect(page.body).toContain('Mariam')
    expect(await row()).toMatchObject({ state: 'answered', ownerId: mariam.id })
    expect(counter.outgoing).toEqual([request.address])
  })

  test('sent twice by a nervous hand goes out once, also at the same moment', async () => {
    const { body } = await browser.get(request.path)
    const fields = { ...hiddenFields(body, `${request.path}/answer`), text: 'Au marché.' }
    const both = await Promise.all([1, 2, 3].map(() => browser.post(`${request.path}/answer`, fields)))
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303])
    expect((await browser.post(`${request.path}/answer`, fields)).statusCode).toBe(303)
    expect(await sent()).toBe(1)
  })

  test('of a hundred thousand signs is refused kindly and handed back whole', async () => {
    const text = 'ɛ'.repeat(100_000)
    const answer = await act('answer', { text })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(String(longestAnswer))
    expect(answer.body).toContain(text)
    expect(await sent()).toBe(0)
    const script = await browser.send(
      request.path,
      `${request.path}/answer`,
      { text },
      { 'hx-request': 'true' },
    )
    expect(script.statusCode).toBe(422)
    expect(script.body).toContain(text)
    expect(script.body).not.toContain('<html')
  })

  test('that is empty is asked for', async () => {
    const answer = await act('answer', { text: ' \n ' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Écrivez d')
  })

  test('to a request that a colleague has is refused, and the text kept', async () => {
    const { body } = await browser.get(request.path)
    const fields = hiddenFields(body, `${request.path}/answer`)
    const other = await browserOf(counter, moussa)
    await other.send(request.path, `${request.path}/take`, {})
    const answer = await browser.post(`${request.path}/answer`, { ...fields, text: 'Au marché.' })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('>Au marché.</textarea>')
    expect(await sent()).toBe(0)
    const script = await browser.post(
      `${request.path}/answer`,
      { ...fields, text: 'Au marché.' },
      { 'hx-request': 'true' },
    )
    expect(script.statusCode).toBe(422)
    expect(script.body).toContain('>Au marché.</textarea>')
  })

  test('is not offered to somebody who wants no more messages', async () => {
    await counter.database.prisma.address.update({ where: { id: request.address }, data: { stopped: 'all' } })
    const { body } = await browser.get(request.path)
    expect(body).not.toContain('<textarea id="text-')
    expect(body).toContain('ne veut plus de messages')
  })
})

describe('a form', () => {
  test('without its key, or with one that is no key, changes nothing', async () => {
    const { body } = await browser.get(request.path)
    const { _csrf = '' } = hiddenFields(body, `${request.path}/take`)
    const keys: readonly Record<string, string>[] = [
      { _csrf },
      { _csrf, once: 'x' },
      { _csrf, once: "'; drop table request" },
    ]
    for (const fields of keys) {
      expect((await browser.post(`${request.path}/take`, fields)).statusCode).toBe(403)
    }
    expect((await row()).ownerId).toBeNull()
  })

  test('with a forged choice is refused and changes nothing', async () => {
    const forged: readonly [string, Record<string, string>][] = [
      ['close', { outcome: 'won' }],
      ['close', {}],
      ['hand-over', { to: 'queue:nowhere', note: 'x' }],
      ['hand-over', { to: `staff:${counter.clock.id()}`, note: 'x' }],
      ['hand-over', { to: 'queue:needs', note: '' }],
      ['priority', { priority: '-1' }],
      ['attempt', { way: 'dream', reached: 'yes' }],
      ['note', { note: '' }],
      ['note', { note: 'x'.repeat(2000) }],
    ]
    for (const [name, fields] of forged) {
      const answer = await act(name, fields)
      expect([name, answer.statusCode]).toEqual([
        name,
        expect.toSatisfy((status) => [404, 422].includes(status)),
      ])
    }
    expect(await counter.database.prisma.event.count({ where: { by: 'staff' } })).toBe(0)
    expect(counter.errors).toEqual([])
  })

  test('of an act that only others may do is refused', async () => {
    const { body } = await browser.get(request.path)
    const { _csrf = '' } = hiddenFields(body, `${request.path}/take`)
    const fields = { _csrf, once: counter.clock.id(), kind: 'request.info' }
    expect((await browser.post(`${request.path}/false-alarm`, fields)).statusCode).toBe(403)
  })

  test('of an old page acts by what the request is now', async () => {
    const { body } = await browser.get(request.path)
    const fields = hiddenFields(body, `${request.path}/take`)
    await (await browserOf(counter, moussa)).send(request.path, `${request.path}/take`, {})
    const answer = await browser.post(`${request.path}/take`, fields)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('Un collègue a déjà pris')
    expect((await row()).ownerId).toBe(moussa.id)
  })
})

describe('the acts', () => {
  test('of every day open in place, the others from a menu of links, each to a form of its own', async () => {
    const page = await browser.get(request.path)
    const inPlace = [...page.body.matchAll(/<form method="post" action="[^"]*\/([\w-]+)\?/g)].map(
      ([, name]) => name,
    )
    expect(inPlace).toEqual(expect.arrayContaining(['take', 'close', 'note']))
    const links = [...page.body.matchAll(/<li><a href="([^"]+)" hx-get/g)].map(([, href = '']) => href)
    expect(links.length).toBeGreaterThan(4)
    for (const href of links) {
      const alone = await browser.get(href)
      expect(hiddenFields(alone.body, href.split('?')[0] ?? '')).toHaveProperty('once')
      const part = await browser.get(href, { 'hx-request': 'true' })
      expect(part.body).toContain('<form')
      expect(part.body).not.toContain('<html')
    }
    await act('close', { outcome: 'answered' })
    expect((await browser.get(`${request.path}/hand-over`)).headers.location).toContain(request.path)
  })

  test('tell when somebody was tried, not ahead of now', async () => {
    const { body } = await browser.get(`${request.path}/attempt`)
    expect(body).toContain(`value="${counter.clock.now().toISOString().slice(0, 13)}`)
    const tried = (when: string) => act('attempt', { way: 'call', reached: 'no', when })
    expect((await tried('2999-01-01T08:00')).statusCode).toBe(422)
    const when = new Date(counter.clock.now().getTime() - 3 * 60 * 60_000)
    await tried(when.toISOString().slice(0, 16))
    const attempt = await counter.database.prisma.contactAttempt.findFirstOrThrow()
    expect(attempt.at.toISOString().slice(0, 16)).toBe(when.toISOString().slice(0, 16))
  })

  test('take, note, contact, priority, hand over, close and reopen, each said in the conversation', async () => {
    await act('take')
    expect((await row()).ownerId).toBe(mariam.id)
    await act('note', { note: 'rappeler <b>demain</b>' })
    await act('attempt', { way: 'call', reached: 'no', note: 'ne répond pas' })
    await act('priority', { priority: '1' })
    const page = await browser.get(request.path)
    expect(page.body).toContain('rappeler &lt;b>demain&lt;/b>')
    expect(page.body).toContain('ne répond pas')
    expect(page.body).toContain('Critique')
    await act('hand-over', { to: `staff:${moussa.id}`, note: 'il la connaît' })
    expect((await row()).ownerId).toBe(moussa.id)
    await act('close', { outcome: 'answered', note: 'merci' })
    expect(await row()).toMatchObject({ state: 'closed', outcome: 'answered' })
    const closed = await browser.get(request.path)
    expect(closed.body).toContain('Cette demande est close')
    await act('reopen')
    expect((await row()).state).toBe('open')
    for (const type of ['note_written', 'contact_attempted', 'request_raised', 'request_handed_over']) {
      expect([type, await events(type)]).toEqual([type, 1])
    }
  })

  test('lead to the list when the request goes where one does not see it', async () => {
    browser = await browserOf(counter, moussa)
    const answer = await act('hand-over', { to: 'queue:identity', note: 'pas pour moi' })
    const list = String(answer.headers.location)
    expect(list).toBe(`/console/requests?view=queues&gone=${request.path.split('/').at(-1)}`)
    expect((await browser.get(list)).body).toContain(
      `Vous ne voyez plus la demande ${request.path.slice(-10)}`,
    )
    const forged = await browser.get('/console/requests?view=queues&gone=appelez-moi')
    expect(forged.body).not.toContain('Vous ne voyez plus')
    expect((await browser.get(request.path)).statusCode).toBe(404)
  })

  test('of a need ask what came of it', async () => {
    request = await say(counter, { from: 'issa', kind: 'request.need', text: 'un toit' })
    const page = await browser.get(request.path)
    expect(page.body).toContain('name="needResult"')
    const without = await act('close', { outcome: 'answered' })
    expect(without.statusCode).toBe(422)
    expect(without.body).toContain('Un besoin ne se clôt pas sans résultat')
    expect((await act('close', { outcome: 'answered', needResult: 'given' })).statusCode).toBe(303)
  })

  test('hand a false alarm back to the ordinary queue', async () => {
    const nana = await hire(counter, 'Nana', ['protection'])
    request = await say(counter, {
      from: 'x',
      kind: 'protection.suicide',
      text: 'je meurs de faim',
      holders: [nana.id],
    })
    browser = await browserOf(counter, nana)
    await act('false-alarm', { kind: 'request.need' })
    expect(await row()).toMatchObject({ kind: 'request.need', queue: 'needs', visibility: 'open' })
    expect((await (await browserOf(counter, moussa)).get(request.path)).statusCode).toBe(200)
  })
})

describe('what strangers write', () => {
  test('stays text, wherever it is shown', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)> &amp; {{x}}'
    request = await say(counter, { from: 'eve', text: evil, name: evil })
    for (const path of [request.path, '/console/requests?view=queues', `${request.path}/thread`]) {
      const { body } = await browser.get(path)
      expect(body).not.toContain('<script>alert')
      expect(body).not.toContain('<img src=x')
      expect(body).toContain('&lt;script>alert(1)&lt;/script>')
    }
  })

  test('in an address bar is a page that does not exist', async () => {
    for (const path of [
      '/console/requests/..%2f..%2fetc',
      '/console/requests/%00',
      "/console/requests/'%20or%201=1",
      '/console/people/not-an-id',
      '/console/media/not-an-id',
      '/console/people/0192f0c0-0000-7000-8000-000000000000',
      '/console/requests?after=../..&view=nonsense',
      '/console/nowhere',
    ]) {
      expect([path, (await browser.get(path)).statusCode]).toEqual([
        path,
        path.startsWith('/console/requests?') ? 200 : 404,
      ])
    }
    expect(counter.errors).toEqual([])
  })
})

describe('the office settings', () => {
  const set = (name: string, fields: Record<string, string>) =>
    browser.send('/console/admin', `/console/admin/${name}`, fields)

  test('keep a closed day, hours and a verified number', async () => {
    const called = new Date(counter.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10)
    expect((await set('holidays', { day: '2099-03-20', name: 'Selifitini' })).statusCode).toBe(303)
    const hours = {
      day1: '08:00-12:00, 14:00-17:00',
      day2: '',
      day3: '',
      day4: '',
      day5: '',
      day6: '',
      day7: '',
    }
    expect((await set('hours', hours)).statusCode).toBe(303)
    expect((await set('emergency', { number: '80 00 00 00', verifiedOn: called })).statusCode).toBe(303)
    const { body } = await browser.get('/console/admin?done=1')
    for (const word of [
      'Selifitini',
      '08:00-12:00, 14:00-17:00',
      `80 00 00 00, vérifié le ${called}`,
      'enregistré',
    ]) {
      expect(body).toContain(word)
    }
    expect((await set('holidays/remove', { day: '2099-03-20' })).statusCode).toBe(303)
    expect((await browser.get('/console/admin')).body).not.toContain('Selifitini')
  })

  test('refuse what cannot be, in words, and keep what was', async () => {
    const wrong: readonly [string, Record<string, string>][] = [
      ['holidays', { day: '2026-02-31', name: 'x' }],
      ['hours', { day1: '25:00-26:00' }],
      ['hours', { day1: '17:00-08:00' }],
      ['hours', { day1: '' }],
      ['emergency', { number: 'call me' }],
      ['emergency', { number: '80 00 00 00', verifiedOn: '2099-01-01' }],
    ]
    for (const [name, fields] of wrong) {
      const answer = await set(name, fields)
      expect([name, answer.statusCode]).toEqual([name, 422])
      expect(answer.body).toContain('role="alert"')
    }
    expect(await counter.database.prisma.setting.count({ where: { key: 'emergency_number' } })).toBe(0)
  })
})

test('a choice of language is kept and leads back', async () => {
  const answer = await browser.send('/console/requests?view=mine', '/console/language', { language: 'en' })
  expect(answer.headers.location).toBe('/console/requests?view=mine')
  expect((await browser.get('/console/requests?view=mine')).body).toContain('My requests')
})
