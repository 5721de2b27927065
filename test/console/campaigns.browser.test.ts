/** A campaign in a real browser: one writes, another agrees, both watch it without reloading. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadCampaign } from '../../src/store/campaign.ts'
import { releaseCampaign } from '../../src/store/campaign-ledger.ts'
import { audienceSettings } from '../../src/turn/campaign-audience.ts'
import { violations } from '../axe.ts'
import { gather } from '../job/crowd.ts'
import { sentCampaign } from './campaign-sent.ts'
import { hire } from './counter.ts'
import { live, openWindow, overhang, type Window } from './window.ts'

let window: Window
let claire: { id: string }
let fanta: { id: string }

beforeAll(async () => {
  window = await openWindow()
  const { counter } = window
  claire = await hire(counter, 'Claire', ['officer'])
  fanta = await hire(counter, 'Fanta', ['supervisor'])
  await gather(counter.database, counter.clock, counter.channel, [
    { from: 'awa', name: 'Awa Traoré' },
    { from: 'issa', language: 'bm' },
  ])
})
afterAll(() => window?.close())

/** As a round of the work does it. */
async function release(id: string): Promise<void> {
  const { database, texts, channel, clock, hints } = window.counter
  const { campaign } = await loadCampaign(database.prisma, id)
  const settings = audienceSettings(texts, campaign, [channel], clock.now())
  await releaseCampaign(database.pool, campaign, settings, clock.id())
  hints.changed(['campaigns', `campaign-${id}`])
}

const state = async (page: Page, name: string) => {
  await page.locator('#standing .chip', { hasText: name }).waitFor({ timeout: 10_000 })
}

test('an officer writes, a supervisor approves, both watch, and the officer pauses and goes on', async () => {
  const { page: writer, complaints } = await window.enter(claire)
  await writer.goto(`${window.root}/console/campaigns`)
  await writer.getByLabel('Nom de la campagne').fill('Kits')
  await writer.getByRole('button', { name: 'Écrire une campagne' }).click()
  await writer.locator('#count').getByText('Personne ne la recevrait').waitFor()
  await writer.locator('#text-fr').fill('Bonjour {name}, les kits sont au marché.')
  // Kept as one writes, and counted, without a press.
  await writer.locator('.campaign-bubble', { hasText: 'Bonjour Awa Traoré' }).waitFor()
  expect(await writer.locator('#beside').textContent()).toContain('1 personne la recevrait')
  expect(await writer.locator('#text-fr-length').textContent()).toContain('40 caractères sur 900')
  expect(await writer.locator('#text-fr').inputValue()).toContain('les kits')
  expect(await violations(writer)).toEqual([])
  // What cannot be kept is told at once, beside what was written.
  await writer.locator('#text-en').fill('a'.repeat(11_000))
  await writer.locator('#beside .fault', { hasText: 'bien trop long' }).waitFor()
  await writer.locator('#text-en').fill('')
  await writer.locator('#beside .done').waitFor()
  await writer.getByRole('button', { name: "Demander l'approbation" }).click()
  await state(writer, 'à approuver')
  await live(writer)

  const id = writer.url().split('/').at(-1) ?? ''
  const { page: judge } = await window.enter(fanta, {
    viewport: { width: 360, height: 700 },
    colorScheme: 'dark',
  })
  await judge.goto(writer.url())
  await judge.locator('#count').getByText('1 personne la recevrait').waitFor()
  expect(await violations(judge)).toEqual([])
  expect(await overhang(judge)).toBeLessThanOrEqual(0)
  await live(judge)
  await judge.locator('summary', { hasText: 'Approuver' }).click()
  await judge.getByRole('button', { name: 'Oui, elle peut partir' }).click()
  await state(writer, 'programmée')
  await release(id)
  await state(writer, "en cours d'envoi")
  await writer.locator('#progress', { hasText: '0 sur 1' }).waitFor()
  await writer.getByRole('button', { name: 'Mettre en pause' }).click()
  await state(writer, 'en pause')
  await state(judge, 'en pause')
  await writer.locator('summary', { hasText: "Reprendre l'envoi" }).click()
  await writer.getByRole('button', { name: 'Oui, envoyer le reste' }).click()
  await state(judge, "en cours d'envoi")
  expect(await violations(judge)).toEqual([])
  expect(complaints.filter((one) => !/422/.test(one))).toEqual([])
  await window.closePages()
})

test('with scripts off a campaign is written, kept and submitted', async () => {
  const { page } = await window.enter(claire, {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 700 },
  })
  await page.goto(`${window.root}/console/campaigns`)
  await page.getByLabel('Nom de la campagne').fill('Marché')
  await page.getByRole('button', { name: 'Écrire une campagne' }).click()
  expect(await overhang(page)).toBeLessThanOrEqual(0)
  await page.locator('#text-fr').fill('Le marché est ouvert.')
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  expect(await page.locator('.done').textContent()).toContain('Le brouillon est gardé')
  await page.getByRole('link', { name: 'Compter maintenant' }).click()
  expect(await page.locator('#count').textContent()).toContain('1 personne la recevrait')
  await page.goBack()
  await page.getByRole('button', { name: "Demander l'approbation" }).click()
  expect(await page.locator('#standing').textContent()).toContain("quelqu'un d'autre")
  await window.closePages()
})

test('what became of it is for everybody’s eyes, on a desk, on a phone and on paper', async () => {
  const people = Array.from({ length: 12 }, (_, n) => ({ from: `p${n}`, name: `Fictif ${n}` }))
  const { campaign } = await sentCampaign(window.counter, people)
  const { pool } = window.counter.database
  await pool.query("update message set state = 'delivered' where campaign_id = $1", [campaign])
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [320, 'dark'],
  ] as const) {
    const { page, complaints } = await window.enter(claire, {
      viewport: { width, height: 800 },
      colorScheme,
    })
    for (const part of ['report', 'answers', 'media']) {
      await page.goto(`${window.root}/console/campaigns/${campaign}/${part}`)
      expect([part, await violations(page)]).toEqual([part, []])
      expect([part, await overhang(page)]).toEqual([part, 0])
    }
    await page.goto(`${window.root}/console/campaigns/${campaign}/report`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.rail').isVisible()).toBe(false)
    // The figures behind a picture are on paper, though nobody opened them.
    expect(await page.locator('.picture details table').first().isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  }
})
