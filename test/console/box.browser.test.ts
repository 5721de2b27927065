/** The answer box in a real browser: two colleagues see each other, and nothing that was typed is lost. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Counter, hire, type Opened, say } from './counter.ts'
import { live, openWindow, type Window } from './window.ts'

let window: Window
let counter: Counter
let root: string
let mariam: { id: string }
let moussa: { id: string }
let request: Opened

beforeAll(async () => {
  window = await openWindow()
  counter = window.counter
  root = window.root
  mariam = await hire(counter, 'Mariam', ['assistant'])
  moussa = await hire(counter, 'Moussa', ['assistant'])
})
afterAll(() => window?.close())
let people = 0
beforeEach(async () => {
  request = await say(counter, { from: `person${++people}`, text: 'où est le bureau ?' })
})
afterEach(() => window.closePages())

async function visit(staff: { id: string }): Promise<{ page: Page; complaints: string[] }> {
  const entered = await window.enter(staff)
  await entered.page.goto(root + request.path)
  await live(entered.page)
  return entered
}

/** Drafts are kept a second after the last key, and the machine may be busy. */
const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 15_000 })

const present = (page: Page) => page.locator('#present').textContent()
const box = '#answer textarea'

describe('two colleagues on one request', () => {
  test('see at once who reads and who writes, and that somebody left', async () => {
    const one = await visit(mariam)
    const other = await visit(moussa)
    await soon(() => present(one.page)).toBe('Moussa lit cette demande')
    await soon(() => present(other.page)).toBe('Mariam lit cette demande')
    await other.page.locator(box).pressSequentially('Bonj')
    await soon(() => present(one.page)).toBe('Moussa écrit…')
    await other.page.goto(`${root}/console/requests?view=queues`)
    await soon(() => present(one.page)).toBe('')
    expect([...one.complaints, ...other.complaints]).toEqual([])
  })

  test('cannot both answer unknowingly: the second is held once, and then goes', async () => {
    const one = await visit(mariam)
    const other = await visit(moussa)
    await other.page.fill(box, 'Je me renseigne.')
    await one.page.fill(box, 'Porte 4, au marché.')
    await one.page.click('#answer .button-main')
    await soon(() => other.page.locator('.said-staff').count()).toBe(1)
    await other.page.click('#answer .button-main')
    await soon(() => other.page.locator('#answer-fault').textContent()).toContain('collègue a répondu')
    expect(await other.page.locator('.held').textContent()).toContain('Porte 4, au marché.')
    expect(await other.page.inputValue(box)).toBe('Je me renseigne.')
    await other.page.click('#answer button:has-text("Envoyer quand même")')
    await soon(() => other.page.locator('.said-staff').count()).toBe(2)
    await soon(() => one.page.locator('.said-staff').count()).toBe(2)
  })

  test('the second may let it be', async () => {
    const one = await visit(mariam)
    const other = await visit(moussa)
    await other.page.fill(box, 'Je me renseigne.')
    await one.page.fill(box, 'Porte 4.')
    await one.page.click('#answer .button-main')
    await soon(() => other.page.locator('.said-staff').count()).toBe(1)
    await other.page.click('#answer .button-main')
    await other.page.click('button:has-text("Ne pas envoyer")')
    await soon(() => other.page.locator('#answer').textContent()).toContain('suit cette demande')
    expect(await other.page.content()).not.toContain('Je me renseigne')
  })
})

describe('a draft', () => {
  test('is kept a second after the last key, and waits on another device', async () => {
    const { page } = await visit(mariam)
    await page.locator(box).pressSequentially('Le bureau ouvre à 8 h')
    await soon(() => page.locator('.draft-state').textContent()).toContain('Brouillon gardé')
    const again = await visit(mariam)
    expect(await again.page.inputValue(box)).toBe('Le bureau ouvre à 8 h')
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  })

  test('leaves with the page before the second is over', async () => {
    const { page } = await visit(mariam)
    await page.locator(box).pressSequentially('vite')
    await page.goto(`${root}/console/requests?view=queues`)
    await soon(
      async () => await counter.database.prisma.draft.count({ where: { requestId: request.id } }),
    ).toBe(1)
    const again = await visit(mariam)
    expect(await again.page.inputValue(box)).toBe('vite')
  })

  test('is kept when the line comes back; the text stays where it is meanwhile', async () => {
    const { page } = await visit(mariam)
    await page.context().setOffline(true)
    await page.locator(box).pressSequentially('sans réseau')
    await soon(() => page.locator('.draft-state').textContent()).toContain('Pas encore gardé')
    expect(await page.inputValue(box)).toBe('sans réseau')
    await page.context().setOffline(false)
    await soon(() => page.locator('.draft-state').textContent()).toContain('Brouillon gardé')
  })

  test('points at a promise while one writes, and sends it at the first press once it was told', async () => {
    const { page } = await visit(mariam)
    await page.locator(box).pressSequentially("C'est garanti.")
    await soon(() => page.locator('#answer-minds').textContent()).toContain('«\u00a0garanti\u00a0»')
    await page.click('#answer .button-main')
    await soon(() => page.locator('.said-staff .said-text').textContent()).toBe("C'est garanti.")
    expect(await page.inputValue(box)).toBe('')
  })
})
