/** What comes out of the printer: the words and nothing to press, dark on white, and nothing cut off. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from '../axe.ts'
import { type Counter, hire, type Opened, say } from './counter.ts'
import { meet } from './people.ts'
import { openWindow, overhang, type Window } from './window.ts'

let window: Window
let counter: Counter
let mariam: { id: string }
let keeper: { id: string }
let request: Opened
let person: string

beforeAll(async () => {
  window = await openWindow()
  counter = window.counter
  mariam = await hire(counter, 'Mariam', ['case_worker'])
  keeper = await hire(counter, 'Ines', ['data_protection'])
  request = await say(counter, { from: 'awa', text: 'où est le bureau ?' })
  person = await meet(counter, { name: 'Awa Diarra', address: request.address, owner: mariam.id })
  const { prisma } = counter.database
  await prisma.request.update({ where: { id: request.id }, data: { personId: person, ownerId: mariam.id } })
  const asks = await say(counter, { from: 'awa', kind: 'request.data', text: 'mes données' })
  await prisma.request.update({ where: { id: asks.id }, data: { personId: person } })
  for (let n = 0; n < 30; n++) await say(counter, { from: 'awa', text: `je demande encore, ${n}` })
  await prisma.message.updateMany({ data: { personId: person } })
})
afterAll(() => window?.close())
afterEach(() => window.closePages())

/** A sheet of A4 at 96 dots, from a screen that is dark. */
async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.setViewportSize({ width: 794, height: 1123 })
}

/** What no paper should show. */
function faultsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter((it) => it.offsetParent)
    const name = (it: HTMLElement) => `${it.tagName}.${it.className} ${it.textContent?.trim().slice(0, 40)}`
    const pressed = shown.filter((it) => it.matches('button, .button, nav, input, textarea, select, .rail'))
    const cut = shown.filter(
      (it) =>
        getComputedStyle(it).overflowY !== 'visible' &&
        it.scrollHeight > it.clientHeight + 2 &&
        !it.matches('.hidden'),
    )
    const pale = shown.filter((it) => {
      const [red = 0, green = 0, blue = 0] = getComputedStyle(it).color.match(/\d+/g)?.map(Number) ?? []
      return it.textContent?.trim() !== '' && red + green + blue > 3 * 150
    })
    const empty = shown.filter(
      (it) => it.matches('.card') && !shown.some((other) => it !== other && it.contains(other)),
    )
    return [
      ...pressed.map((it) => `pressed: ${name(it)}`),
      ...cut.map((it) => `cut: ${name(it)}`),
      ...pale.map((it) => `pale: ${name(it)}`),
      ...empty.map((it) => `empty: ${name(it)}`),
    ]
  })
}

test.each([
  ['the file of a person', () => `/console/people/${person}`],
  ['a request', () => request.path],
])('%s is printed whole', async (_what, path) => {
  const { page } = await window.enter(mariam)
  await page.goto(window.root + path())
  await onPaper(page)
  expect(await faultsOf(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  for (const words of ['Awa Diarra', 'je demande encore, 29'])
    expect(await page.getByText(words).last().isVisible()).toBe(true)
})

test("a person's own copy is in order on the screen, and printed whole", async () => {
  const { page } = await window.enter(keeper, { bypassCSP: true })
  await page.goto(`${window.root}/console/people/${person}/copy`)
  await page.locator('form[action$="/copy"] button').first().click()
  await page.getByRole('heading', { name: 'Ce que nous gardons de vous' }).waitFor()
  expect(await violations(page)).toEqual([])
  await onPaper(page)
  expect(await faultsOf(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  expect(await page.getByText('je demande encore, 29').isVisible()).toBe(true)
})
