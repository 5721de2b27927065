/** What was added to pages about files and voice, in a real browser: asked for again with one press, chosen, reachable and legible. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { placeOf } from '../../src/store/encryption.ts'
import { violations } from '../axe.ts'
import { hire, type Opened, say } from './counter.ts'
import { meet } from './people.ts'
import { live, openWindow, overhang, type Window } from './window.ts'

let window: Window
let mariam: { id: string }
let request: Opened
let person: string
const voice = { kind: 'voice' as const, handle: 'h', mime: 'audio/ogg', seconds: 18 }

beforeAll(async () => {
  window = await openWindow()
  const { counter } = window
  const { prisma, pool, keys } = counter.database
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  request = await say(counter, { from: 'awa', content: { kind: 'file', file: voice } })
  person = await meet(counter, {
    ...{ name: 'Awa Diarra', caseNumber: 'ML-TEST-9', owner: mariam.id, address: request.address },
  })
  // As a conversation would have left it.
  const openly = { answering: 'voice', carried: { month: '2026-03', bytes: 0 } }
  const state = { v: 1, stack: [], open: false, tries: 0, shown: [], lists: 0, answering: 'voice', openly }
  const session = await prisma.session.findFirstOrThrow({ where: { personId: person } })
  const { keyId } = await prisma.address.findUniqueOrThrow({ where: { id: request.address } })
  const place = placeOf('session', 'state_enc', session.id)
  await pool.query('update session set state_enc = $1 where id = $2', [
    keys.encrypt(keyId, place, JSON.stringify(state)),
    session.id,
  ])
})
afterEach(() => window.closePages())
afterAll(() => window?.close())

const lose = () => window.counter.database.prisma.media.updateMany({ data: { state: 'lost', attempts: 12 } })
const stateOf = async () => (await window.counter.database.prisma.media.findFirstOrThrow()).state
const pages = () => [request.path, `/console/people/${person}`, '/console/channels']
const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll('details.safe-edit')) one.setAttribute('open', '')
  })

test('a lost file is asked for again with one press, and the page says so by itself', async () => {
  await lose()
  const { page, complaints } = await window.enter(mariam)
  await page.goto(`${window.root}${request.path}`)
  await live(page)
  await page.getByRole('button', { name: 'Le redemander' }).click()
  await page.getByText('Mariam a redemandé un fichier.').waitFor()
  await page.getByText('en cours de réception').waitFor()
  expect([await stateOf(), complaints]).toEqual(['waiting', []])
})

test('without scripts a file is asked for again, and how somebody is answered is changed', async () => {
  await lose()
  const { page } = await window.enter(mariam, { javaScriptEnabled: false })
  await page.goto(`${window.root}${request.path}`)
  await page.getByRole('button', { name: 'Le redemander' }).click()
  await page.getByText('Mariam a redemandé un fichier.').first().waitFor()
  expect(await stateOf()).toBe('waiting')

  await page.goto(`${window.root}/console/people/${person}`)
  await page.getByText('La personne demande autre chose').click()
  await page.getByLabel('par écrit seulement').check()
  await page.locator('form[action$="/answering"] button').click()
  await page.getByText('On lui répond par écrit seulement').waitFor()
})

test.each(['light', 'dark'] as const)(
  'the pages pass axe in %s, with what can be opened open',
  async (colorScheme) => {
    await lose()
    const { page } = await window.enter(mariam, { bypassCSP: true, colorScheme })
    for (const path of pages()) {
      await page.goto(`${window.root}${path}`)
      await openAll(page)
      expect([path, await violations(page)]).toEqual([path, []])
    }
  },
)

test('the pages fit 320 pixels without scrolling sideways', async () => {
  await lose()
  const { page } = await window.enter(mariam, { viewport: { width: 320, height: 640 } })
  for (const path of pages()) {
    await page.goto(`${window.root}${path}`)
    await openAll(page)
    expect([path, await overhang(page)]).toEqual([path, 0])
  }
})
