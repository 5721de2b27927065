/** What is filled in on a desk: boxes to tick stand beside their words, and no field is stretched over the whole page. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Counter, hire, type Opened, say } from './counter.ts'
import { openWindow, type Window } from './window.ts'

let window: Window
let counter: Counter
let boss: { id: string }
let request: Opened

beforeAll(async () => {
  window = await openWindow()
  counter = window.counter
  boss = await hire(counter, 'Oumou', ['case_worker', 'supervisor', 'officer', 'admin'])
  await hire(counter, 'Bakary Coulibaly', ['protection', 'psea'])
  await counter.database.prisma.office.create({
    data: { id: counter.clock.id(), key: 'mopti', name: 'Mopti', regions: [], place: 'Sévaré, rue 12' },
  })
  request = await say(counter, { from: 'awa', text: 'où est le bureau ?' })
  await counter.database.prisma.request.update({ where: { id: request.id }, data: { ownerId: boss.id } })
})
afterAll(() => window?.close())

function pages(): readonly string[] {
  const own = counter.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/console') && !path.includes(':'))
    .map(({ path }) => path)
  return [...own, `${request.path}/follow-up`, `${request.path}/referral`, `/console/admin/staff/${boss.id}`]
}

test('no box to tick is larger than a finger needs, and no line to fill in is wider than one reads', {
  timeout: 180_000,
}, async () => {
  const { page } = await window.enter(boss, { viewport: { width: 1280, height: 900 } })
  const faults: unknown[] = []
  let looked = 0
  for (const path of pages()) {
    if (path === '/console/hints') continue
    const answer = await page.goto(window.root + path)
    if (answer?.status() !== 200) continue
    looked += 1
    const found = await stretched(page)
    if (found.length > 0) faults.push([path, found])
  }
  expect(looked).toBeGreaterThan(35)
  expect(faults).toEqual([])
})

test('the labels of what is looked for stand in one line', async () => {
  const { page } = await window.enter(boss, { viewport: { width: 1280, height: 900 } })
  await page.goto(`${window.root}${request.path}/follow-up`)
  const heights = await page.evaluate(() =>
    [...document.querySelectorAll('.followup-search > label')].map((it) => it.getBoundingClientRect().top),
  )
  expect(heights).toHaveLength(4)
  expect(new Set(heights).size).toBe(1)
})

function stretched(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
    return [...document.querySelectorAll<HTMLElement>('#content input, #content select, #content button')]
      .filter((it) => it.offsetParent && !it.closest('.hidden') && it.getAttribute('type') !== 'hidden')
      .filter((it) => {
        const { width, height } = it.getBoundingClientRect()
        return /^(?:checkbox|radio)$/.test(it.getAttribute('type') ?? '')
          ? Math.min(width, height) > 24
          : width > 640
      })
      .map((it) => `${it.tagName} ${it.getAttribute('name')} ${it.getBoundingClientRect().width}`)
  })
}
