/** The web chat in a real Chromium: live without reload, spoken into, usable by everybody, on a narrow phone, in the dark. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openChromium } from '../chromium.ts'
import { noFiles, until } from './ears.ts'
import { type OpenWebChat, openWebChat } from './web-chat-browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let chat: OpenWebChat
let root: string

beforeAll(async () => {
  browser = await openChromium(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'])
})

afterAll(() => browser?.close())

beforeEach(async () => {
  chat = await openWebChat({ answerWithin: 300 })
  root = await chat.app.listen({ port: 0, host: '127.0.0.1' })
})

afterEach(async () => {
  await Promise.all(browser.contexts().map((it) => it.close()))
  await chat.close()
})

/** A page of somebody's own; whatever the policy blocks or the script throws fails the test. */
async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    viewport: { width: 320, height: 600 },
    ...options,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (it) => {
    if (it.type() === 'error') complaints.push(it.text())
  })
  page.on('pageerror', (it) => complaints.push(String(it)))
  await page.goto(`${root}/chat`)
  return { page, complaints }
}

async function writes(page: Page, text: string): Promise<string> {
  const before = chat.ears.rows.length
  await page.getByLabel('Votre message').fill(text)
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await until('it is heard', () => chat.ears.rows.length > before)
  return chat.ears.rows.at(-1)?.from ?? ''
}

const buttons = [
  { label: '1 Suivi de mon dossier', list: 'k1', number: 1 },
  { label: '2 Dire un besoin', list: 'k1', number: 2 },
]
const question = { text: 'De quoi avez-vous besoin ?', language: 'fr' as const, buttons }

test('an answer appears without reload beside a half-typed draft, and a choice is one press', async () => {
  const { page, complaints } = await visit()
  const address = await writes(page, 'bonjour')
  await page.getByText('bonjour').waitFor()
  await page.getByLabel('Votre message').fill('je voulais')
  await chat.channel.send(address, question, noFiles)
  await page.getByText('De quoi avez-vous besoin').waitFor()
  expect(await page.getByLabel('Votre message').inputValue()).toBe('je voulais')
  await page.getByRole('button', { name: '2 Dire un besoin' }).click()
  await until('the choice is heard', () => chat.ears.rows.length === 2)
  expect(chat.ears.rows[1]?.content).toEqual({ kind: 'choice', list: 'k1', number: 2 })
  expect(await page.getByLabel('Votre message').inputValue()).toBe('je voulais')
  expect(complaints).toEqual([])
})

test('a thread that comes late does not stand over a newer one', async () => {
  const { page } = await visit()
  const address = await writes(page, 'bonjour')
  await page.getByText('bonjour').waitFor()
  let free = () => {}
  const held = new Promise<void>((done) => {
    free = done
  })
  let older = 0
  await page.route('**/chat/thread', async (route) => {
    const answer = await route.fetch()
    const thread = await answer.text()
    if (thread.includes('première') && !thread.includes('seconde')) {
      older += 1
      await held
    }
    await route.fulfill({ response: answer })
  })
  await chat.channel.send(address, { text: 'La première.', language: 'fr' }, noFiles)
  await until('the first is on its way', () => older > 0)
  await chat.channel.send(address, { text: 'La seconde.', language: 'fr' }, noFiles)
  await page.waitForTimeout(500)
  free()
  await page.getByText('La première.').waitFor()
  await page.waitForTimeout(500)
  expect(await page.getByText('La seconde.').count()).toBe(1)
})

test('the same page works with scripts off', async () => {
  const { page } = await visit({ javaScriptEnabled: false })
  const address = await writes(page, 'bonjour')
  await chat.channel.send(address, question, noFiles)
  await page.getByRole('link', { name: 'Voir les nouveaux messages' }).click()
  await page.getByRole('button', { name: '1 Suivi de mon dossier' }).click()
  await until('the choice is heard', () => chat.ears.rows.length === 2)
  expect(chat.ears.rows.map((it) => it.content.kind)).toEqual(['text', 'choice'])
})

test('a voice note is recorded with one press and sent with another', async () => {
  const { page, complaints } = await visit({ permissions: ['microphone'] })
  await page.getByRole('button', { name: 'Parler' }).click()
  await page.getByRole('button', { name: 'Effacer' }).waitFor()
  await page.waitForTimeout(1500)
  await page.locator('#finish').click()
  await until('it is heard', () => chat.ears.rows.length === 1)
  const content = chat.ears.rows[0]?.content
  expect(content).toMatchObject({
    kind: 'file',
    file: { kind: 'voice', mime: expect.stringMatching(/webm|ogg/) },
  })
  await page.getByText('Message vocal').waitFor()
  expect(complaints).toEqual([])
})

test('words that could not be sent stay in the box and go with the next press, once', async () => {
  const { page } = await visit()
  chat.ears.failing = 1
  await page.getByLabel('Votre message').fill('important')
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByText("Le message n'est pas parti").waitFor()
  expect(await page.getByLabel('Votre message').inputValue()).toBe('important')
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await until('it is heard', () => chat.ears.rows.length === 1)
  expect(chat.ears.texts()).toEqual(['important'])
})

test.each(['light', 'dark'] as const)(
  'nobody is shut out of the %s page, wide or narrow',
  async (colorScheme) => {
    for (const width of [320, 1280]) {
      const { page } = await visit({ colorScheme, viewport: { width, height: 640 }, bypassCSP: true })
      const address = await writes(page, 'Bonjour, Anticonstitutionnellement'.repeat(3))
      await chat.channel.send(address, question, noFiles)
      await page.getByText('De quoi avez-vous besoin').waitFor()
      await page.evaluate(axe)
      const violations = await page.evaluate(async () => {
        // axe puts itself on the window of the page.
        const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } })
          .axe
        return (await run.run()).violations.map((it) => it.id)
      })
      expect(violations).toEqual([])
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      expect(wide).toBe(false)
    }
  },
)
