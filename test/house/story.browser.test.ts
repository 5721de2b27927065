/**
 * The whole story: somebody writes, a request appears, staff sign in, take it, answer and close it, and the answer is in
 * the chat. The house, the Telegram channel, the pages and the browser are the real ones; only Telegram itself stands in.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Person } from '../channel/bot-api-person.ts'
import { openChromium } from '../chromium.ts'
import { type Office, openOffice, openPage, signIn } from './office.ts'

const patience = 30_000
const voice = Buffer.concat([
  Buffer.from('OggS'),
  Buffer.alloc(24),
  Buffer.from('OpusHead'),
  Buffer.alloc(400, 7),
])

let browser: Browser
let office: Office
let mariam: { email: string; name: string }
let fanta: { email: string; name: string }

beforeAll(async () => {
  ;[browser, office] = await Promise.all([openChromium(), openOffice()])
  mariam = await office.hire('Mariam', ['case_worker'])
  fanta = await office.hire('Fanta', ['protection'])
}, 120_000)

afterEach(async () => {
  await Promise.all(browser.contexts().map((it) => it.close()))
  expect(office.complaints.splice(0)).toEqual([])
})

afterAll(async () => {
  await browser?.close()
  await office?.close()
})

/** What the chat shows from now on: `after` a deed of the person, as many messages as are expected. */
async function answers(person: Person, count: number, deed: () => unknown): Promise<readonly string[]> {
  const before = person.seen.length
  deed()
  return (await person.sees(before + count, patience)).slice(before).map((it) => it.text)
}

/** Signs in and waits until the page hears of what changes. */
async function atTheCounter(staff: { email: string }): Promise<Page> {
  const page = await openPage(browser, office)
  const listening = page.waitForResponse((it) => it.url().endsWith('/console/hints'))
  await signIn(page, staff)
  await listening
  return page
}

test('a need told on Telegram in Bambara is answered from the counter, live, and closed', async () => {
  const page = await atTheCounter(mariam)
  await page.getByText('Tout est pris.').waitFor()

  const awa = office.telegram.chats.person(21, 'Awa')
  await answers(awa, 2, () => awa.says('aw ni sogoma'))
  expect((await answers(awa, 3, () => awa.presses('2 Bamanankan')))[0]).toBe('An bɛna kuma bamanankan na.')
  await answers(awa, 1, () => awa.says('ôwô'))
  await answers(awa, 1, () => awa.says('doumouni'))
  await answers(awa, 1, () => awa.sendsVoice(voice, 12))
  const noted = await answers(awa, 3, () => awa.says('bi'))
  const reference = /\d{3}-\d{2}-\d{3}/.exec(noted.join('\n'))?.[0] ?? 'none'

  const row = page.locator('.row', { hasText: 'nourriture' })
  await row.waitFor()
  expect(await row.textContent()).toContain('Critique')
  await row.click()
  await page.waitForURL(`**/console/requests/${reference}*`)
  const heard = page.locator('audio').first()
  expect(await heard.getAttribute('aria-label')).toContain('0:12')
  const sound = await page.request.get((await heard.getAttribute('src')) ?? '')
  expect(await sound.body()).toEqual(voice)

  await page.getByRole('button', { name: 'Prendre' }).click()
  await page.getByRole('button', { name: 'Prendre' }).waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('An ye i ka bataki kalan.')
  const told = await answers(awa, 1, () => page.getByRole('button', { name: 'Répondre' }).click())
  expect(told).toEqual(['An ye i ka bataki kalan.'])
  await page.locator('.said-staff', { hasText: 'An ye i ka bataki kalan.' }).getByTitle('Envoyé').waitFor()

  await page.getByText('Clore', { exact: true }).first().click()
  await page.getByLabel('Résultat').selectOption({ label: 'aide donnée' })
  await page.getByLabel('Suite donnée au besoin').selectOption({ label: 'donné' })
  await page.getByRole('button', { name: 'Clore' }).click()
  await page.getByText('Cette demande est close.').waitFor()
  await page.goto('/console/requests?view=closed')
  await page.locator('.row', { hasText: 'nourriture' }).waitFor()
})

/** Looks for new messages, as the page without scripts offers it, until these words are among them. */
async function sees(chat: Page, words: string): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await chat.getByText(words).last().isVisible()) return true
        await chat.getByRole('link', { name: 'Voir les nouveaux messages' }).click()
        return chat.getByText(words).last().isVisible()
      },
      { timeout: patience, interval: 300 },
    )
    .toBe(true)
}

test('the same goes in the web chat in French, with scripts off on both sides', async () => {
  const chat = await openPage(browser, office, {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 640 },
  })
  const writes = async (words: string) => {
    await chat.getByLabel('Votre message').fill(words)
    await chat.getByRole('button', { name: 'Envoyer' }).click()
  }
  await chat.goto('/chat')
  await writes('bonjour')
  await sees(chat, 'Dans quelle langue')
  await chat.getByRole('button', { name: '1 Français' }).click()
  await sees(chat, "Êtes-vous d'accord ?")
  await chat.getByRole('button', { name: '1 Oui' }).click()
  await sees(chat, 'Dites ce dont vous avez besoin')
  await writes('nouriture')
  await sees(chat, 'Expliquez votre besoin')
  await writes("Nous n'avons plus rien à manger.")
  await sees(chat, 'Est-ce très urgent ?')
  await chat.getByRole('button', { name: '2 Cette semaine' }).click()
  await sees(chat, 'Votre numéro de demande est')

  const page = await openPage(browser, office, { javaScriptEnabled: false })
  await signIn(page, mariam)
  await page.locator('.row', { hasText: "Nous n'avons plus rien" }).click()
  await page.getByRole('button', { name: 'Prendre' }).click()
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('Passez au bureau <demain> à 9 h.')
  await page.getByRole('button', { name: 'Répondre' }).click()
  await page.locator('.said-staff', { hasText: 'Passez au bureau <demain> à 9 h.' }).waitFor()
  await sees(chat, 'Passez au bureau <demain> à 9 h.')

  await page.getByText('Clore', { exact: true }).first().click()
  await page.getByLabel('Résultat').selectOption({ label: 'orientée vers un partenaire' })
  await page.getByLabel('Suite donnée au besoin').selectOption({ label: 'orienté' })
  await page.getByRole('button', { name: 'Clore' }).click()
  await page.getByText('Cette demande est close.').waitFor()
})

test('words of danger bring calm ones, and exist for the protection officer alone', async () => {
  const worker = await atTheCounter(mariam)
  const officer = await atTheCounter(fanta)
  const known = await worker.locator('.desk').textContent()
  const fetched: string[] = []
  worker.on('request', (it) => fetched.push(it.url()))

  const issa = office.telegram.chats.person(31, 'Issa')
  const calm = await answers(issa, 3, () => issa.says('je veux en finir'))
  expect(calm[0]).toBe("Vous n'êtes pas seul. Une personne peut vous écouter.")
  // Nobody is on duty: no call is offered.
  expect(calm[2]).toBe('Voulez-vous parler à une femme ou à un homme ?')
  expect(calm.join(' ')).not.toMatch(/finir|mort|suicid/i)

  const row = officer.locator('.row', { hasText: 'je veux en finir' })
  await row.waitFor()
  expect(await row.textContent()).toContain('Danger')
  expect(await officer.locator('.rail li', { hasText: 'Protection' }).textContent()).toMatch(
    /^Protection\s*1$/,
  )
  await row.click()
  await officer.getByText('scellé').first().waitFor()
  const reference = /\d{3}-\d{2}-\d{3}/.exec(officer.url())?.[0] ?? 'none'
  await officer.getByRole('button', { name: 'Prendre' }).click()
  await officer.getByRole('textbox', { name: 'Votre réponse' }).fill('Je vous écoute.')
  const told = await answers(issa, 1, () => officer.getByRole('button', { name: 'Répondre' }).click())
  expect(told).toEqual(['Je vous écoute.'])

  expect(fetched).toEqual([])
  await worker.reload()
  expect(await worker.locator('.desk').textContent()).toBe(known)
  for (const path of ['', '/thread', '/facts', '/acts']) {
    const hidden = await worker.request.get(`/console/requests/${reference}${path}`)
    const absent = await worker.request.get(`/console/requests/123-45-678${path}`)
    expect([path, hidden.status(), await hidden.text()]).toEqual([path, 404, await absent.text()])
  }
})
