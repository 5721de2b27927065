/** The answer box without a browser: drafts, promises, and two colleagues who answer at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
let mariam: { id: string }
let moussa: { id: string }
beforeAll(async () => {
  counter = await makeCounter()
  mariam = await hire(counter, 'Mariam', ['assistant'])
  moussa = await hire(counter, 'Moussa', ['assistant'])
})
afterAll(() => counter.close())

let people = 0
const open = () => say(counter, { from: `person${++people}`, text: 'où est le bureau ?' })
const script = { 'hx-request': 'true' }
const boxText = (html: string) => /<textarea[^>]*name="text"[^>]*>([^<]*)</.exec(html)?.[1]

/** Saves a draft as the page would; gives the answer of the server. */
async function save(browser: Browser, request: Opened, text: string, once?: string) {
  const fields = hiddenFields((await browser.get(request.path)).body, `${request.path}/answer`)
  const { _csrf = '' } = fields
  return browser.post(`${request.path}/draft`, { _csrf, once: once ?? fields['once'] ?? '', text }, script)
}

test('what is new since one looked stands under a line that stays while the page is open', async () => {
  const from = `person${++people}`
  const request = await say(counter, { from, text: 'où est le bureau ?' })
  const [one, other] = [await browserOf(counter, mariam), await browserOf(counter, moussa)]
  const line = 'id="fresh"'
  expect((await one.get(request.path)).body).not.toContain(line)
  counter.clock.ahead(60_000)
  expect((await one.get(request.path)).body).not.toContain(line)
  await one.send(request.path, `${request.path}/answer`, { text: 'Au marché.' })
  counter.clock.ahead(60_000)
  await say(counter, { from, text: 'et quand ?' })
  const page = (await one.get(request.path)).body
  const body = page.slice(page.indexOf('id="thread"'))
  expect(body.indexOf(line)).toBeGreaterThan(body.indexOf('Au marché.'))
  expect(body.indexOf(line)).toBeLessThan(body.indexOf('et quand ?'))
  // Fetched again, the line is where it was; looked at again, there is nothing new.
  const [, thread = ''] = /hx-get="([^"]+since=[^"]+)"/.exec(body) ?? []
  expect((await one.get(thread.replaceAll('&amp;', '&'))).body).toContain(line)
  expect((await one.get(request.path)).body).not.toContain(line)
  // A colleague has eyes of their own.
  expect((await other.get(request.path)).body).not.toContain(line)
  await one.send(request.path, `${request.path}/note`, { note: 'rappeler demain' })
  counter.clock.ahead(60_000)
  expect((await other.get(request.path)).body).toContain(line)
  expect((await one.get(`${request.path}/thread?since=1;drop`)).statusCode).toBe(200)
})

describe('a draft', () => {
  test('comes back on any device of its writer, on nobody else’s, and is gone when it was sent', async () => {
    const request = await open()
    const [desk, phone] = [await browserOf(counter, mariam), await browserOf(counter, mariam)]
    const answer = await save(desk, request, 'Bonjour,\r\nle bureau est <ouvert>')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('Brouillon gardé')
    expect(boxText((await phone.get(request.path)).body)).toBe('Bonjour,\nle bureau est &lt;ouvert>')
    expect(boxText((await (await browserOf(counter, moussa)).get(request.path)).body)).toBe('')
    await desk.send(request.path, `${request.path}/answer`, { text: 'Bonjour.' })
    expect(boxText((await phone.get(request.path)).body)).toBe('')
    expect(await counter.database.prisma.draft.count({ where: { requestId: request.id } })).toBe(0)
  })

  test('is not brought back by a save that was on its way when the answer went', async () => {
    const request = await open()
    const browser = await browserOf(counter, mariam)
    const { body } = await browser.get(request.path)
    const { once = '' } = hiddenFields(body, `${request.path}/answer`)
    await browser.post(`${request.path}/answer`, {
      ...hiddenFields(body, `${request.path}/answer`),
      text: 'Oui.',
    })
    expect((await save(browser, request, 'Oui', once)).statusCode).toBe(200)
    expect(boxText((await browser.get(request.path)).body)).toBe('')
  })

  test('is unreadable in the database, and gone with the key of its subject', async () => {
    const request = await open()
    const browser = await browserOf(counter, mariam)
    await save(browser, request, 'secret de polichinelle')
    const [row] = (
      await counter.database.pool.query('select * from draft where request_id = $1', [request.id])
    ).rows
    expect(row.text_enc.toString('utf8')).not.toContain('polichinelle')
    await counter.database.keys.erase(row.key_id, counter.clock.now())
    const page = await browser.get(request.path)
    expect([page.statusCode, boxText(page.body)]).toEqual([200, ''])
  })

  test('may be longer than an answer, not endless; nothing is kept of what one may not see', async () => {
    const request = await open()
    const browser = await browserOf(counter, mariam)
    await save(browser, request, 'court')
    expect((await save(browser, request, 'a'.repeat(5_000))).statusCode).toBe(200)
    expect((await save(browser, request, 'a'.repeat(100_000))).statusCode).toBe(413)
    expect(boxText((await browser.get(request.path)).body)).toHaveLength(5_000)
    const sealed = await say(counter, { from: 'eve', kind: 'protection.gbv', holders: [] })
    const fields = hiddenFields((await browser.get(request.path)).body, `${request.path}/answer`)
    const refused = await browser.post(`${sealed.path}/draft`, { ...fields, text: 'x' }, script)
    expect(refused.statusCode).toBe(404)
    expect(await counter.database.prisma.draft.count({ where: { requestId: sealed.id } })).toBe(0)
  })
})

describe('a promise', () => {
  test('is pointed at while one writes, in any of the three languages', async () => {
    const request = await open()
    const browser = await browserOf(counter, mariam)
    for (const text of [
      'C’est garanti.',
      'You will get a kit.',
      'An bɛna wari di i ma.',
      'Il y a 50 000 FCFA',
    ]) {
      expect((await save(browser, request, text)).body).toContain('nous ne promettons rien')
    }
    expect((await save(browser, request, 'Passez au bureau.')).body).not.toContain('nous ne promettons rien')
  })

  test('of which the writer was not told is held once, and goes when they send it all the same', async () => {
    const request = await open()
    const browser = await browserOf(counter, mariam)
    const held = await browser.send(request.path, `${request.path}/answer`, { text: 'Vous recevrez un kit.' })
    expect(held.statusCode).toBe(422)
    expect(held.body).toContain('Vous recevrez')
    expect(boxText(held.body)).toBe('Vous recevrez un kit.')
    const fields = hiddenFields(held.body, `${request.path}/answer`)
    const sent = await browser.post(`${request.path}/answer`, { ...fields, text: 'Vous recevrez un kit.' })
    expect(sent.statusCode).toBe(303)
    expect((await browser.get(request.path)).body).toContain('said-staff')
  })
})

describe('two colleagues who answer at once', () => {
  test('the second is shown what the first said, and may send all the same; the request stays with the first', async () => {
    const request = await open()
    const [one, other] = [await browserOf(counter, mariam), await browserOf(counter, moussa)]
    const before = (await other.get(request.path)).body
    await one.send(request.path, `${request.path}/answer`, { text: 'Porte 4, au marché.' })
    const held = await other.post(`${request.path}/answer`, {
      ...hiddenFields(before, `${request.path}/answer`),
      text: 'Je me renseigne.',
    })
    expect(held.statusCode).toBe(409)
    const box = held.body.slice(held.body.indexOf('id="answer"'))
    expect(box).toContain('Porte 4, au marché.')
    expect(box).toContain('Envoyer quand même')
    expect(boxText(held.body)).toBe('Je me renseigne.')
    const sent = await other.post(`${request.path}/answer`, {
      ...hiddenFields(held.body, `${request.path}/answer`),
      text: 'Je me renseigne.',
    })
    expect(sent.statusCode).toBe(303)
    const row = await counter.database.prisma.request.findUniqueOrThrow({ where: { id: request.id } })
    expect(row.ownerId).toBe(mariam.id)
    const said = await counter.database.prisma.message.count({
      where: { requestId: request.id, staffId: { not: null } },
    })
    expect(said).toBe(2)
  })

  test('the second may let it be, and the draft is gone', async () => {
    const request = await open()
    const [one, other] = [await browserOf(counter, mariam), await browserOf(counter, moussa)]
    await save(other, request, 'Je me renseigne.')
    const before = (await other.get(request.path)).body
    await one.send(request.path, `${request.path}/answer`, { text: 'Porte 4.' })
    const held = await other.post(`${request.path}/answer`, {
      ...hiddenFields(before, `${request.path}/answer`),
      text: 'Je me renseigne.',
    })
    const drop = hiddenFields(held.body, `${request.path}/draft/drop`)
    expect((await other.post(`${request.path}/draft/drop`, drop)).statusCode).toBe(303)
    expect((await other.get(request.path)).body).not.toContain('Je me renseigne.')
  })

  test('a third answer meanwhile is held again: what was shown is what counts', async () => {
    const request = await open()
    const [one, other] = [await browserOf(counter, mariam), await browserOf(counter, moussa)]
    const before = (await other.get(request.path)).body
    await one.send(request.path, `${request.path}/answer`, { text: 'Porte 4.' })
    const fields = hiddenFields(before, `${request.path}/answer`)
    const held = await other.post(`${request.path}/answer`, { ...fields, text: 'Attendez.' })
    await one.send(request.path, `${request.path}/answer`, { text: 'Non, porte 5.' })
    const again = await other.post(`${request.path}/answer`, {
      ...hiddenFields(held.body, `${request.path}/answer`),
      text: 'Attendez.',
    })
    expect(again.statusCode).toBe(409)
    expect(again.body.slice(again.body.indexOf('id="answer"'))).toContain('porte 5')
  })
})
