/** The console by keyboard alone, names completed in notes, canned replies by a slash, and the sound of something new. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../axe.ts'
import { type Counter, hire, type Opened, say } from './counter.ts'
import { live, openWindow, overhang, type Window } from './window.ts'

let window: Window
let counter: Counter
let root: string
let mariam: { id: string }
let moussa: { id: string }
let requests: Opened[]

beforeAll(async () => {
  window = await openWindow({}, ['--autoplay-policy=no-user-gesture-required'])
  counter = window.counter
  root = window.root
  mariam = await hire(counter, 'Mariam Koumaré', ['assistant', 'supervisor'])
  moussa = await hire(counter, 'Moussa Samaké', ['assistant'])
  requests = []
  for (let n = 0; n < 3; n++) {
    requests.push(
      await say(counter, { from: `p${n}`, text: `bonjour ${n}`, dueIn: 60 * (n + 1), language: 'fr' }),
    )
  }
})
afterAll(() => window?.close())
afterEach(() => window.closePages())

const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 15_000 })

async function visit(staff: { id: string }, path: string): Promise<Page> {
  const { page } = await window.enter(staff)
  await page.goto(root + path)
  await live(page)
  return page
}

const list = '/console/requests?view=queues'
const focused = (page: Page, what: string) =>
  page.evaluate((selector) => document.activeElement?.matches(selector), what)

describe('single letters', () => {
  test('go through the list, open, take, answer, note, hand over and close', async () => {
    const page = await visit(mariam, list)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('bonjour 1')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.waitForURL(/requests\/\d/)
    await page.keyboard.press('j')
    await page.waitForURL((url) => url.pathname === requests[1]?.path)
    await page.keyboard.press('t')
    await soon(() => page.locator('#facts').textContent()).toContain('Mariam Koumaré')
    for (const [key, act, field] of [
      ['n', 'note', 'textarea'],
      ['h', 'hand-over', 'select'],
      ['c', 'close', 'select'],
    ]) {
      await page.keyboard.press(key ?? '')
      await soon(() => page.locator(`.fold[open] form[action*="/${act}"]`).count()).toBe(1)
      await soon(() => focused(page, field ?? '')).toBe(true)
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('r')
    expect(await focused(page, '#answer textarea')).toBe(true)
    await page.keyboard.type('jk?c')
    expect(await page.inputValue('#answer textarea')).toBe('jk?c')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    expect(await focused(page, '.find input')).toBe(true)
  })

  test('are told on a sheet that gives the focus back', async () => {
    const page = await visit(mariam, list)
    await page.keyboard.press('j')
    await page.keyboard.press('?')
    await soon(() => page.locator('dialog[open] dt').count()).toBeGreaterThan(10)
    await page.keyboard.press('Escape')
    await soon(() => page.locator('dialog').count()).toBe(0)
    expect(await focused(page, '.row')).toBe(true)
  })

  test('do nothing for whoever switched them off', async () => {
    const page = await visit(moussa, '/console/keys')
    await page.click('button:has-text("Couper les touches")')
    await page.goto(root + list)
    await page.keyboard.press('j')
    await page.keyboard.press('?')
    expect(await focused(page, '.row')).toBe(false)
    expect(await page.locator('dialog').count()).toBe(0)
    await page.goto(`${root}/console/keys`)
    await page.click('button:has-text("Activer les touches")')
  })
})

test('the focus stays where it is when the list is fetched again', async () => {
  const page = await visit(mariam, list)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const before = await page.evaluate(() => document.activeElement?.getAttribute('href'))
  const fetched = page.waitForResponse((answer) => answer.url().includes('/console/list'))
  await say(counter, { from: 'new', text: 'le premier', dueIn: -60 })
  counter.hints.changed(['queue-information'])
  await fetched
  await soon(() => page.locator('.row').first().textContent()).toContain('le premier')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(before)
})

test('a slash in the box brings canned replies, found by typing and put in with a key', async () => {
  const page = await visit(mariam, requests[0]?.path ?? '')
  await page.focus('#answer textarea')
  await page.keyboard.press('/')
  await soon(() => page.locator('.exchange .reply-offer').count()).toBeGreaterThan(10)
  await page.keyboard.type('rencontre propos')
  await soon(() => page.locator('.exchange .reply-offer').count()).toBe(1)
  await page.keyboard.press('Enter')
  const text = await page.inputValue('#answer textarea')
  expect(text).toContain('Nous proposons une rencontre')
  // The first blank is chosen: what one types takes its place.
  await page.keyboard.type('lundi 2 mars')
  expect(await page.inputValue('#answer textarea')).toContain('rencontre le lundi 2 mars à [heure ?]')
  await page.keyboard.press('Control+Enter')
  await soon(() => page.locator('#answer-fault').textContent()).toContain('[heure ?]')
})

test('an @ in a note completes the name of a colleague who may see the request', async () => {
  const page = await visit(moussa, requests[2]?.path ?? '')
  await page.keyboard.press('n')
  await page.keyboard.type('Voyez @kou')
  await soon(() => page.locator('.mention-choice').allTextContents()).toEqual(['Mariam Koumaré'])
  await page.keyboard.press('Enter')
  expect(await page.inputValue('.fold[open] textarea')).toBe('Voyez @Mariam Koumaré ')
  const other = await visit(mariam, list)
  await page.click('.fold[open] button[type=submit]')
  await soon(() => other.locator('.count-new').textContent()).toBe('1')
})

describe('something new', () => {
  test('sounds for whoever asked for it, behind other windows, and marks the tab', async () => {
    const page = await visit(moussa, '/console/keys')
    await page.click('button:has-text("Me prévenir")')
    await soon(() => page.locator('#content').textContent()).toContain('Le son et les avis sont activés')
    await page.goto(root + list)
    await live(page)
    await page.keyboard.press('Tab')
    await page.evaluate(() => {
      // As if another window were in front.
      document.hasFocus = () => false
    })
    const { id } = await say(counter, { from: 'ring', text: 'nouveau' })
    counter.hints.changed([`opened-${id}`])
    await soon(() => page.title()).toContain('•')
    await soon(() => page.evaluate(() => document.documentElement.dataset['rang'])).toBe('1')
    expect(
      await page.evaluate(() => document.querySelector('main')?.getAttribute('data-signals')),
    ).not.toContain('nouveau ?')
  })

  test('is silent in front of one’s eyes, and for whoever did not ask', async () => {
    const eager = await visit(moussa, list)
    await eager.keyboard.press('Tab')
    const quiet = await visit(mariam, list)
    await quiet.evaluate(() => {
      document.hasFocus = () => false
    })
    const { id } = await say(counter, { from: 'ring', text: 'nouveau' })
    counter.hints.changed([`opened-${id}`])
    await soon(() => quiet.title()).toContain('•')
    await eager.waitForTimeout(600)
    for (const page of [eager, quiet]) {
      expect(await page.evaluate(() => document.documentElement.dataset['rang'])).toBeUndefined()
    }
    expect(await eager.title()).not.toContain('•')
  })

  test('the tab counts what is one’s own', async () => {
    const page = await visit(mariam, list)
    const mine = await page.evaluate(() => Number(document.getElementById('counts')?.dataset['mine']))
    expect(mine).toBeGreaterThan(0)
    expect(await page.title()).toBe(`(${mine}) Mes files · Baro`)
  })
})

test.each(['light', 'dark'] as const)(
  'the pages of this part pass axe and fit 320 pixels, in %s',
  async (colorScheme) => {
    const { page } = await window.enter(mariam, {
      ...{ colorScheme, bypassCSP: true, reducedMotion: 'reduce', viewport: { width: 320, height: 640 } },
    })
    const paths = [
      '/console/keys',
      '/console/for-me',
      '/console/replies',
      '/console/replies/wait',
      '/console/replies/new',
    ]
    for (const path of [...paths, `${requests[0]?.path}/replies`, `${requests[0]?.path}`]) {
      await page.goto(root + path)
      if (path === requests[0]?.path) await page.click('#reply-open')
      await page.waitForTimeout(300)
      expect([path, await overhang(page), await violations(page)]).toEqual([path, 0, []])
    }
  },
)
