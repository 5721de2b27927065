/** The page of figures in a real browser: for everybody's eyes, small screens, and with its pictures drawn. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../axe.ts'
import { hire, say } from './counter.ts'
import { openWindow, type Window } from './window.ts'

let window: Window
let officer: { id: string }

beforeAll(async () => {
  window = await openWindow()
  const { counter } = window
  officer = await hire(counter, 'Claire', ['officer'])
  const worker = await hire(counter, 'Moussa', ['case_worker'])
  for (const from of ['awa', 'issa']) await say(counter, { from, plain: { owner_id: worker.id }, dueIn: -60 })
  await counter.database.prisma.queuePassing.create({
    data: { id: counter.clock.id(), queue: 'information', what: 'late', most: 2, since: counter.clock.now() },
  })
})
afterAll(() => window?.close())

test.each([
  [1280, 'light'],
  [320, 'dark'],
] as const)('passes axe, draws its pictures and fits into %i pixels, %s', async (width, colorScheme) => {
  const { page, complaints } = await window.enter(officer, { viewport: { width, height: 800 }, colorScheme })
  await page.goto(`${window.root}/console/supervision`)
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
  await page.context().close()
})
