/** Alerts, the duty list and the page of the chat in a real browser: live, small screens, accessibility. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { noticesOf } from '../../src/store/alert.ts'
import { addDuty } from '../../src/store/duty.ts'
import { openSignIn } from '../../src/store/sign-in.ts'
import { openChromium } from '../chromium.ts'
import { type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let counter: Counter
let root: string
let keeper: { id: string }
let sealed: Opened

beforeAll(async () => {
  browser = await openChromium()
  counter = await makeCounter({ staffBot: { username: () => 'bureau_bot', hooks: [], state: () => 'up' } })
  await counter.hints.start()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  keeper = await hire(counter, 'Kadiatou Traoré', ['protection', 'supervisor', 'officer'])
  sealed = await say(counter, {
    from: 'awa',
    kind: 'protection.gbv',
    text: 'il me frappe',
    holders: [keeper.id],
  })
  const monday = new Date(counter.clock.now().getTime() - 3 * 86_400_000)
  const until = new Date(monday.getTime() + 5 * 86_400_000)
  for (const rank of [0, 1]) {
    const span = { from: monday, until: rank === 0 ? until : counter.clock.now() }
    await addDuty(counter.database.prisma, {
      ...{ id: counter.clock.id(), staff: keeper.id, line: 'protection', rank },
      ...span,
    })
  }
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((it) => it.close()))
})
afterAll(async () => {
  await browser?.close()
  await counter?.close()
})

async function visit(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', ...options })
  const entrant = { staff: keeper.id, factor: true, whole: true }
  const value = await openSignIn(counter.database, entrant, counter.clock.now())
  await context.addCookies([{ name: 'baro', value, url: root }])
  return context.newPage()
}

/** An alert of the sealed request, told to its holder. */
async function alert(): Promise<string> {
  const { prisma } = counter.database
  await prisma.alertNotice.deleteMany()
  await prisma.alert.deleteMany()
  const id = counter.clock.id()
  const row = { cause: 'danger', line: 'protection', requestId: sealed.id, level: 1 }
  await prisma.alert.create({ data: { id, ...row, createdAt: counter.clock.now() } })
  await prisma.alertNotice.createMany({
    data: noticesOf(counter.clock, { alert: id, to: [keeper.id], level: 1 }),
  })
  return id
}

test('an alert comes to an open page by itself, and stays until it is over', async () => {
  const page = await visit()
  await page.goto(`${root}/console/duty`)
  await page.waitForFunction(
    () => (document.querySelector('main') as unknown as { _htmx?: { sse?: unknown } })._htmx?.sse,
  )
  expect(await page.locator('#alerts').isVisible()).toBe(false)
  const id = await alert()
  counter.hints.changed([`alert-${keeper.id}`])
  await page.locator('#alerts').waitFor({ state: 'visible' })
  expect(await page.locator('#alerts').textContent()).toContain('1 alerte\u00a0: à voir maintenant')
  await counter.database.prisma.alert.update({ where: { id }, data: { endedAt: counter.clock.now() } })
  counter.hints.changed([`alert-${keeper.id}`])
  await page.locator('#alerts').waitFor({ state: 'hidden' })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  const paths = [
    '/console/duty',
    '/console/desk',
    '/console/requests',
    '/console/channels',
    '/console/templates',
  ]
  test.each(paths)('%s is in order', async (path) => {
    await alert()
    for (const width of [1280, 320]) {
      const page = await visit({ colorScheme, viewport: { width, height: 720 } })
      await page.goto(root + path)
      const folds = page.locator('.duty-keep summary')
      if ((await folds.count()) > 0) await folds.first().click()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.evaluate(axe)
      const found = await page.evaluate(async () => {
        const run = (window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe
          .run
        return (await run()).violations.map(({ id }) => id)
      })
      expect([path, width, found]).toEqual([path, width, []])
      const shots = process.env['SHOTS']
      if (shots)
        await page.screenshot({ path: `${shots}/${path.split('/').at(-1)}-${width}-${colorScheme}.png` })
      await page.context().close()
    }
  })
})
