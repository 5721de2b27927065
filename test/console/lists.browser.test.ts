/** Lists in a real browser: by keyboard, with scripts off, while others work, on a small screen, for everybody. */
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { violations } from '../axe.ts'
import { openChromium } from '../chromium.ts'
import { browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let browser: Browser
let counter: Counter
let root: string
let mariam: { id: string }
let requests: Opened[]

beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  counter = await makeCounter()
  await counter.hints.start()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor', 'admin'])
  requests = []
  for (const from of ['awa', 'issa', 'fanta']) requests.push(await say(counter, { from, text: `de ${from}` }))
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((it) => it.close()))
  await counter.close()
})

async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', ...options })
  const value = (await browserOf(counter, mariam)).cookies.get('baro') ?? ''
  await context.addCookies([{ name: 'baro', value, url: root }])
  const page = await context.newPage()
  await page.goto(root + path)
  return page
}

const owners = async () => {
  const rows = await counter.database.prisma.request.findMany({ orderBy: { id: 'asc' } })
  return rows.map(({ ownerId }) => ownerId)
}
const list = '/console/requests?view=queues'

test('rows are chosen, taken and given back by keyboard alone', async () => {
  const page = await visit(list)
  await page.locator('.pick input').first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  expect(await page.locator('.bulk-count').textContent()).toBe('Choisies\u00a0: 2')
  const take = page.locator('#bulk button[value="take"]')
  await take.focus()
  await page.keyboard.press('Enter')
  await page.locator('.bulk-result').waitFor()
  expect(await owners()).toEqual([mariam.id, mariam.id, null])
  await page.locator('.bulk-result button').focus()
  await page.keyboard.press('Enter')
  await page.getByText('2 demandes sont comme avant').waitFor()
  expect(await owners()).toEqual([null, null, null])
})

test('with scripts off rows are put aside, and filters narrow', async () => {
  const page = await visit(list, { javaScriptEnabled: false })
  await page.locator('.pick input').nth(1).check()
  await page.locator('#bulk summary', { hasText: 'Mettre de côté' }).click()
  await page.locator('#bulk button[value="snooze"]').click()
  await page.waitForURL(/bulk=/)
  expect(await page.locator('.bulk-result').textContent()).toContain('Fait pour 1 demande')
  await page.goto(root + list)
  expect(await page.locator('.rows li').count()).toBe(2)
  await page.locator('.filters summary').click()
  await page.locator('.filter-form select[name="kind"]').selectOption('request.need')
  await page.locator('.filter-form button').click()
  await page.waitForURL(`${root}/console/requests?view=queues&kind=request.need`)
  expect(await page.locator('.empty').textContent()).toContain('Aucune demande avec ces filtres')
  await page.locator('.filter-chip').click()
  expect(await page.locator('.rows li').count()).toBe(2)
})

test('what somebody has chosen stays chosen while new requests come in', async () => {
  const page = await visit(list)
  await page.waitForFunction(
    () => (document.querySelector('main') as unknown as { _htmx?: { sse?: unknown } })._htmx?.sse,
  )
  await page.locator('.pick input').nth(1).check()
  const chosen = await page.locator('.pick input:checked').getAttribute('value')
  await say(counter, { from: 'oumou', dueIn: -60 })
  counter.hints.changed(['queue-information'])
  await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 4)
  expect(await page.locator('.pick input:checked').getAttribute('value')).toBe(chosen)
  expect(await page.locator('.bulk-count').textContent()).toBe('Choisies\u00a0: 1')
})

const pages = [
  `${list}&kind=request.info&age=today`,
  '/console/requests?view=snoozed',
  '/console/absences',
  '/console/admin/queues?queue=followup',
  '/console/admin/queues?queue=psea',
]

test.each(['light', 'dark'] as const)(
  'the pages pass axe in %s, with what can be opened open',
  async (colorScheme) => {
    for (const path of pages) {
      const page = await visit(path, { colorScheme, bypassCSP: true })
      const box = page.locator('.pick input').first()
      if ((await box.count()) > 0) {
        await box.check()
        await page.locator('#bulk summary').nth(2).click()
      }
      expect([path, await violations(page)]).toEqual([path, []])
      await page.context().close()
    }
  },
)

test('the pages fit 320 pixels without scrolling sideways', async () => {
  for (const path of pages) {
    const page = await visit(path, { viewport: { width: 320, height: 568 }, hasTouch: true })
    const box = page.locator('.pick input').first()
    if ((await box.count()) > 0) {
      await box.check()
      await page.locator('#bulk summary').nth(1).click()
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect([path, wide]).toEqual([path, 320])
    await page.context().close()
  }
})
