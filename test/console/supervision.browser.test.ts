/** The page of figures in a real browser: for everybody's eyes, small screens, and with its pictures drawn. */
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSignIn } from '../../src/store/sign-in.ts'
import { violations } from '../axe.ts'
import { openChromium } from '../chromium.ts'
import { type Counter, hire, makeCounter, say } from './counter.ts'

let browser: Browser
let counter: Counter
let officer: { id: string }

beforeAll(async () => {
  browser = await openChromium()
  counter = await makeCounter()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  officer = await hire(counter, 'Claire', ['officer'])
  const worker = await hire(counter, 'Moussa', ['case_worker'])
  for (const from of ['awa', 'issa']) await say(counter, { from, plain: { owner_id: worker.id }, dueIn: -60 })
  await counter.database.prisma.queuePassing.create({
    data: { id: counter.clock.id(), queue: 'information', what: 'late', most: 2, since: counter.clock.now() },
  })
})
afterAll(async () => {
  await browser?.close()
  await counter?.close()
})

test.each([
  [1280, 'light'],
  [320, 'dark'],
] as const)('passes axe, draws its pictures and fits into %i pixels, %s', async (width, colorScheme) => {
  const root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width, height: 800 }, colorScheme })
  const signIn = { staff: officer.id, factor: true, whole: true }
  const value = await openSignIn(counter.database, signIn, counter.clock.now())
  await context.addCookies([{ name: 'baro', value, url: root }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (line) => void (line.type() === 'error' && complaints.push(line.text())))
  await page.goto(`${root}/console/supervision`)
  expect(await page.locator('.passings').textContent()).toContain(
    'a atteint sa limite de 2 demandes en retard',
  )
  await page.locator('#content details').first().locator('summary').click()
  for (const picture of await page.locator('.picture img').all()) {
    await picture.scrollIntoViewIfNeeded()
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth), {
        timeout: 20_000,
      })
      .toBe(width < 700 ? 320 : 480)
  }
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  expect(complaints).toEqual([])
  await context.close()
})
