/** The counter in a real browser: two colleagues on one request, scripts off, keyboard, small screens, accessibility. */
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSignIn } from '../../src/store/sign-in.ts'
import { violations } from '../axe.ts'
import { openChromium } from '../chromium.ts'
import { type Counter, hire, makeCounter, type Opened, password, say } from './counter.ts'

let browser: Browser
let counter: Counter
let root: string
let mariam: { id: string; email: string }
let moussa: { id: string; email: string }
let request: Opened

beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  counter = await makeCounter()
  await counter.hints.start()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  moussa = await hire(counter, 'Moussa', ['case_worker'])
  request = await say(counter, { from: 'awa', text: 'Bamakɔ biro bɛ min? Ɲɛfɔli ŋ', name: 'Awa' })
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((it) => it.close()))
  await counter.close()
})

/** A page of somebody signed in; whatever the policy blocks or a script throws is in `complaints`. */
async function visit(staff: { id: string }, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', ...options })
  const value = await openSignIn(
    counter.database,
    { staff: staff.id, factor: true, whole: true },
    counter.clock.now(),
  )
  await context.addCookies([{ name: 'baro', value, url: root }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
  return { page, complaints }
}

/** Until the line for hints is open. */
const live = (page: Page) =>
  page.waitForFunction(
    () => (document.querySelector('main') as unknown as { _htmx?: { sse?: unknown } })._htmx?.sse,
  )

const items = (page: Page) => page.locator('.said-staff .said-text').allTextContents()

describe('two colleagues on one request', () => {
  test('see each other’s acts without reloading, and a half-typed answer stays', async () => {
    const one = await visit(mariam)
    const other = await visit(moussa)
    for (const { page } of [one, other]) {
      await page.goto(root + request.path)
      await live(page)
    }
    await other.page.fill('#answer textarea', 'Je commençais à écrire')
    await one.page.fill('#answer textarea', 'Au marché, porte 4.')
    await one.page.click('#answer .button-main')
    await expect.poll(() => items(one.page)).toEqual(['Au marché, porte 4.'])
    expect(await one.page.inputValue('#answer textarea')).toBe('')
    expect(one.page.url()).toBe(root + request.path)
    await expect.poll(() => items(other.page)).toEqual(['Au marché, porte 4.'])
    expect(await other.page.inputValue('#answer textarea')).toBe('Je commençais à écrire')
    await expect.poll(() => other.page.locator('#facts').textContent()).toContain('Mariam')
    await other.page.click('#answer .button-main')
    await expect.poll(() => other.page.locator('#answer-fault').textContent()).toContain('collègue')
    expect(await other.page.inputValue('#answer textarea')).toBe('Je commençais à écrire')
    expect(one.complaints).toEqual([])
  })

  test('a new request appears in the list and the counts of an open page', async () => {
    const { page } = await visit(mariam)
    await page.goto(`${root}/console/requests?view=queues`)
    await live(page)
    await say(counter, { from: 'issa', kind: 'request.followup', text: 'rendez-vous ?' })
    counter.hints.changed(['queue-followup'])
    await expect.poll(() => page.locator('.row').count()).toBe(2)
    await expect.poll(() => page.locator('#counts .count').nth(1).textContent()).toBe('2')
  })

  test('a form that is open stays open with what was typed when the page refreshes', async () => {
    const { page } = await visit(mariam)
    await page.goto(root + request.path)
    await live(page)
    await page.locator('.fold summary', { hasText: 'Note' }).click()
    await page.fill('.fold[open] textarea', 'à moitié écrit')
    counter.hints.changed([`request-${request.id}`])
    await page.waitForResponse((answer) => answer.url().includes('/acts'))
    await page.waitForTimeout(100)
    expect(await page.inputValue('.fold[open] textarea')).toBe('à moitié écrit')
    await page.click('.fold[open] button')
    await expect.poll(() => page.locator('.said-note').textContent()).toContain('à moitié écrit')
  })

  test('after the line was cut, the page fetches what it missed', async () => {
    const { page } = await visit(mariam)
    await page.goto(root + request.path)
    await live(page)
    await page.context().setOffline(true)
    counter.app.server.closeAllConnections()
    const other = await visit(moussa)
    await other.page.goto(root + request.path)
    await other.page.fill('#answer textarea', 'Pendant la coupure.')
    await other.page.click('#answer .button-main')
    await expect.poll(() => items(other.page)).toEqual(['Pendant la coupure.'])
    await page.context().setOffline(false)
    await expect.poll(() => items(page), { timeout: 15_000 }).toEqual(['Pendant la coupure.'])
  })
})

describe('without scripts', () => {
  test('one signs in, takes, answers and closes by plain forms', async () => {
    const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(root)
    await page.fill('[name=email]', moussa.email)
    await page.fill('[name=password]', password)
    await page.click('button[type=submit]')
    await page.click('.row')
    await page.click('button:has-text("Prendre")')
    await page.fill('#answer textarea', 'Au marché.')
    await page.click('#answer .button-main')
    expect(await items(page)).toEqual(['Au marché.'])
    await page.locator('.fold summary', { hasText: 'Autres actes' }).click()
    await page.click('.act-menu a:has-text("Contact")')
    await page.check('[name=way][value=call]')
    await page.check('[name=reached][value=yes]')
    await page.click('.act-page button[type=submit]')
    expect(await page.textContent('#thread')).toContain('Essai de contact par Moussa')
    await page.locator('.fold summary', { hasText: 'Clore' }).click()
    await page.selectOption('[name=outcome]', 'answered')
    await page.click('.fold[open] button')
    expect(await page.textContent('#answer')).toContain('close')
  })
})

describe('a keyboard', () => {
  test('skips to the content, answers with Ctrl and Enter, and closes a form with Escape', async () => {
    const { page } = await visit(mariam)
    await page.goto(root + request.path)
    await live(page)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await page.locator('.fold summary', { hasText: 'Clore' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('.fold[open]').count()).toBe(1)
    await page.keyboard.press('Escape')
    expect(await page.locator('.fold[open]').count()).toBe(0)
    await page.locator('.fold summary', { hasText: 'Autres actes' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('to')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Autres actes')
    await page.fill('#answer textarea', 'Oui.')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => items(page)).toEqual(['Oui.'])
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  })
})

describe('every page', () => {
  /** The pages of the console, empty and full. */
  async function pages(): Promise<readonly string[]> {
    const prisma = counter.database.prisma
    const address = await prisma.address.findUniqueOrThrow({ where: { id: request.address } })
    const person = counter.clock.id()
    await prisma.person.create({ data: { id: person, keyId: address.keyId, createdAt: counter.clock.now() } })
    await prisma.request.update({ where: { id: request.id }, data: { personId: person, priority: 1 } })
    await say(counter, { from: 'x', text: 'x'.repeat(400), dueIn: -60, kind: 'complaint.eligibility' })
    return [
      '/console/requests?view=queues',
      '/console/requests?view=closed',
      `${request.path}?view=queues`,
      `/console/people/${person}`,
      `${request.path}/follow-up`,
      '/console/calendar',
      '/console/admin',
      '/console/requests/123-45-678',
      '/login',
    ]
  }

  test.each(['light', 'dark'] as const)('passes axe in %s', async (colorScheme) => {
    const paths = await pages()
    for (const path of paths) {
      const context = await browser.newContext({ colorScheme, bypassCSP: true, reducedMotion: 'reduce' })
      if (path !== '/login') {
        const value = await openSignIn(
          counter.database,
          { staff: mariam.id, factor: true, whole: true },
          counter.clock.now(),
        )
        await context.addCookies([{ name: 'baro', value, url: root }])
      }
      const page = await context.newPage()
      await page.goto(root + path)
      const folds = page.locator('.fold summary')
      if ((await folds.count()) > 0) await folds.first().click()
      expect([path, await violations(page)]).toEqual([path, []])
      await context.close()
    }
  })

  test('fits 320 pixels without scrolling sideways, each place of the phone as well', async () => {
    const paths = await pages()
    const { page } = await visit(mariam, {
      viewport: { width: 320, height: 568 },
      hasTouch: true,
      isMobile: true,
    })
    for (const path of [...paths, `${request.path}#facts`, '/console/requests?view=mine#rail']) {
      await page.goto(root + path)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect([path, over]).toEqual([path, 0])
    }
    await page.goto(root + request.path)
    await page.click('.places a[href="#facts"]')
    expect(await page.locator('#facts').isVisible()).toBe(true)
    expect(await page.locator('.middle').isVisible()).toBe(false)
    await page.click('.places a[href="#content"]')
    expect(await page.locator('#answer textarea').isVisible()).toBe(true)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.middle button, .middle summary, .places a')]
        .filter((it) => (it as HTMLElement).offsetParent)
        .filter((it) => it.getBoundingClientRect().height < 44)
        .map((it) => it.textContent),
    )
    expect(small).toEqual([])
  })
})
