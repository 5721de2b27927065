/** A phone, and a desk seen at 200 %: every page leads everywhere, is wide enough for a finger, and opens where one works. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Counter, hire, type Opened, say } from './counter.ts'
import { openWindow, overhang, type Window } from './window.ts'

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
/** 1280 by 800, at 200 %. */
const zoomed: BrowserContextOptions = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }

let window: Window
let counter: Counter
let root: string
let mariam: { id: string }
let request: Opened

beforeAll(async () => {
  window = await openWindow()
  counter = window.counter
  root = window.root
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor', 'officer', 'admin'])
  request = await say(counter, { from: 'awa', text: 'où est le bureau ?' })
  for (let n = 0; n < 25; n++) await say(counter, { from: 'awa', text: `je demande encore, ${n}` })
})
afterAll(() => window?.close())
afterEach(() => window.closePages())

/** Every page that has one address for everybody; parts of pages are none. */
function pages(): readonly string[] {
  const parts = /\/(?:counts|list|part|waiting|hints|alerts|held-back|returned|picture)$/
  return counter.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/console') && !path.includes(':'))
    .map(({ path }) => path)
    .filter((path) => !parts.test(path))
}

async function visit(options: BrowserContextOptions): Promise<Page> {
  return (await window.enter(mariam, options)).page
}

test('on a phone every page fits, opens the menu, and has nothing too small for a finger', {
  timeout: 180_000,
}, async () => {
  const page = await visit(phone)
  const paths = [...pages(), request.path, `${request.path}/follow-up`]
  expect(paths.length).toBeGreaterThan(40)
  const faults: unknown[] = []
  for (const path of paths) {
    const answer = await page.goto(root + path)
    if (answer?.status() !== 200) continue
    const wide = await overhang(page)
    const low = await small(page)
    await page.locator('.places a[href="#rail"]').click()
    const opened = await page.locator('#rail').isVisible()
    if (wide > 0 || low.length > 0 || !opened) faults.push([path, wide, low, opened])
  }
  expect(faults).toEqual([])
})

test('at 200 % the bar stands at the foot of every page, however short', { timeout: 180_000 }, async () => {
  const page = await visit(zoomed)
  for (const path of pages()) {
    const answer = await page.goto(root + path)
    if (answer?.status() !== 200) continue
    const foot = await page.evaluate(() => document.querySelector('.places')?.getBoundingClientRect().bottom)
    expect([path, foot, await overhang(page)]).toEqual([path, 400, 0])
  }
})

test('at 200 % a request opens at its last words and the box to answer in', async () => {
  const page = await visit(zoomed)
  await page.goto(root + request.path)
  const box = page.locator('#answer textarea')
  await expect.poll(async () => (await box.boundingBox())?.y ?? 999).toBeLessThan(343)
  const { y = -1, height = 0 } = (await box.boundingBox()) ?? {}
  expect(y).toBeGreaterThan(0)
  // Nothing of it is under the bar.
  expect(y + height).toBeLessThanOrEqual(343)
})

/** What is pressed and lower than a finger; links in running text stand in their line. */
function small(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, summary, select, input, textarea')]
      .filter((it) => it.offsetParent && !it.closest('.hidden') && !it.classList.contains('skip'))
      .filter((it) => it.tagName !== 'INPUT' || (it as HTMLInputElement).type !== 'hidden')
      .filter((it) => {
        const label =
          it instanceof HTMLInputElement && /checkbox|radio/.test(it.type) ? it.closest('label') : null
        return (label ?? it).getBoundingClientRect().height < 43.5
      })
      .map((it) => `${it.tagName}.${it.className} ${it.textContent?.trim() || it.getAttribute('name')}`),
  )
}
