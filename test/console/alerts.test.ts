/** The banner of alerts above every page. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noticesOf } from '../../src/store/alert.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let counter: Counter
let holder: { id: string; name: string }
let officer: { id: string }
let sealed: Opened
let open: Opened
beforeAll(async () => {
  counter = await makeCounter()
  holder = await hire(counter, 'Kadiatou', ['protection'])
  officer = await hire(counter, 'Oumar', ['officer'], 'en')
  sealed = await say(counter, {
    from: 'awa',
    kind: 'protection.gbv',
    text: 'il me frappe',
    holders: [holder.id],
  })
  open = await say(counter, { from: 'issa', kind: 'unclear', text: 'au secours' })
})
afterAll(() => counter.close())

/** An alert of a request, told to these staff. */
async function alert(request: Opened, line: string, ...to: readonly { id: string }[]): Promise<string> {
  const { prisma } = counter.database
  await prisma.alertNotice.deleteMany()
  await prisma.alert.deleteMany()
  const id = counter.clock.id()
  const row = { cause: 'danger', line, requestId: request.id, level: 1, createdAt: counter.clock.now() }
  await prisma.alert.create({ data: { id, ...row } })
  const staff = to.map((one) => one.id)
  await prisma.alertNotice.createMany({
    data: noticesOf(counter.clock, { alert: id, to: staff, level: 1 }),
  })
  return id
}

const banner = async (browser: Browser) => (await browser.get('/console/alerts')).body

test('says above every page that something waits, and leads there; opening it is seeing it', async () => {
  await alert(sealed, 'protection', holder)
  const browser = await browserOf(counter, holder)
  const page = (await browser.get('/console/requests')).body
  expect(page).toContain('1 alerte : à voir maintenant')
  expect(await banner(browser)).not.toMatch(/frappe|\d{3}-\d{2}-\d{3}|protection/i)
  const form = await browser.send('/console/requests', '/console/alerts/seen', {})
  expect([form.statusCode, form.headers['location']]).toEqual([303, sealed.path])
  expect(await banner(browser)).toContain('vue par vous')
  expect(await banner(browser)).toMatch(/data-waiting(?:="")? hx-get/)
})

test('is seen by opening the request from anywhere', async () => {
  const id = await alert(sealed, 'protection', holder)
  await (await browserOf(counter, holder)).get(sealed.path)
  const row = await counter.database.prisma.alert.findUniqueOrThrow({ where: { id } })
  expect(row.acknowledgedId).toBe(holder.id)
})

test('tells whoever may not see the request on which line nobody answers, and whom to call', async () => {
  await alert(open, 'critical', officer)
  const browser = await browserOf(counter, officer)
  const told = await banner(browser)
  expect(told).toContain('nobody has answered yet')
  expect(told).not.toMatch(/\d{3}-\d{2}-\d{3}/)
  const form = await browser.send('/console/alerts', '/console/alerts/seen', {})
  expect(form.headers['location']).toBe('/console/duty')
})

test('of a sealed matter is shown to nobody else, and nobody else can say that they saw it', async () => {
  const id = await alert(sealed, 'protection', holder, officer)
  const browser = await browserOf(counter, officer)
  expect(await banner(browser)).toContain('hidden')
  const token = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/console/requests')).body)?.[1] ?? ''
  for (const one of [id, counter.clock.id()]) {
    const answer = await browser.post('/console/alerts/seen', { _csrf: token, alert: one })
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/console/duty'])
  }
  const row = await counter.database.prisma.alert.findUniqueOrThrow({ where: { id } })
  expect(row.acknowledgedId).toBeNull()
})

test('is gone when it is over', async () => {
  const id = await alert(open, 'critical', officer)
  await counter.database.prisma.alert.update({ where: { id }, data: { endedAt: counter.clock.now() } })
  expect(await banner(await browserOf(counter, officer))).toContain('hidden')
})
