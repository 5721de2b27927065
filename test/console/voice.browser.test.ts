/** A voice answer in a real browser: recorded, heard, thrown away, sent; and what others said, played. */
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Content } from '../../src/core/message.ts'
import { oggOpusSeconds } from '../../src/core/ogg.ts'
import { makeDice } from '../../src/demo/dice.ts'
import { makePicture, makeTone } from '../../src/demo/tones.ts'
import { openMedia, storeMedia } from '../../src/store/media.ts'
import { openSignIn } from '../../src/store/sign-in.ts'
import { violations } from '../axe.ts'
import { openChromium } from '../chromium.ts'
import { incoming } from '../store/turns.ts'
import { type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let browser: Browser
let counter: Counter
let root: string
let mariam: { id: string }
let request: Opened

beforeAll(async () => {
  browser = await openChromium(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
})
afterAll(() => browser?.close())

beforeEach(async () => {
  counter = await makeCounter()
  await counter.hints.start()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  const file = { kind: 'voice', handle: 'h', mime: 'audio/wav', seconds: 6 } as const
  request = await say(counter, { from: 'awa', content: { kind: 'file', file }, name: 'Awa' })
  const { id } = await counter.database.prisma.media.findFirstOrThrow()
  await storeMedia(counter.database, counter.mediaFolder, id, {
    ...{ bytes: makeTone(6, makeDice('voice')), mime: 'audio/wav' },
  })
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((it) => it.close()))
  await counter.close()
})

/** The request in a browser of somebody signed in; whatever the policy blocks or a script throws is kept. */
async function visit(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', permissions: ['microphone'], ...options })
  const value = await openSignIn(
    counter.database,
    { staff: mariam.id, factor: true, whole: true },
    counter.clock.now(),
  )
  await context.addCookies([{ name: 'baro', value, url: root }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
  const fetched: string[] = []
  page.on('request', (it) => fetched.push(new URL(it.url()).pathname))
  await page.goto(root + request.path)
  return { page, complaints, fetched }
}

/** On a busy machine a page takes its time. */
const soon = <T>(what: () => T) => expect.poll(what, { timeout: 15_000 })

const press = (page: Page, what: string) => page.locator(`#attach [data-do="${what}"]:visible`).click()
const recorded = (page: Page) =>
  page.evaluate(
    () => document.querySelector<HTMLInputElement>('#attach input[name="voice"]')?.files?.[0]?.size ?? 0,
  )

async function record(page: Page, milliseconds: number): Promise<void> {
  await press(page, 'record')
  await page.locator('.attach-recording').waitFor()
  await page.waitForTimeout(milliseconds)
  await press(page, 'stop')
  await page.locator('.attach-listen').waitFor()
}

const sent = () =>
  counter.database.prisma.message.findMany({ where: { staffId: mariam.id }, include: { media: true } })

test('a sentence is recorded in the studio, kept once it was heard, and played from there', async () => {
  const { page, complaints } = await visit({ bypassCSP: true })
  await page.goto(`${root}/console/studio/menu.title?language=fr`)
  await record(page, 900)
  await page.locator('form[enctype] .button-main').click()
  await page.locator('.done').waitFor()
  const [clip] = await counter.database.prisma.clip.findMany()
  expect(clip).toMatchObject({ language: 'fr', saying: 'menu.title', staffId: mariam.id })
  expect(oggOpusSeconds(Buffer.from(clip?.data ?? []))).toBeGreaterThan(0.5)
  await page.locator('.studio-in-hand .player-play').click()
  await soon(() =>
    page.evaluate(() => document.querySelector<HTMLAudioElement>('.studio-in-hand audio')?.played.length),
  ).toBe(1)
  for (const path of ['studio/menu.title?language=bm', 'studio?language=bm', 'flows']) {
    await page.goto(`${root}/console/${path}`)
    expect([path, await violations(page)]).toEqual([path, []])
  }
  expect(complaints).toEqual([])
})

describe('a voice answer', () => {
  test('is heard, recorded again, and sent as Ogg Opus; nothing of it loads before', async () => {
    const { page, complaints, fetched } = await visit()
    expect(fetched.filter((path) => path.includes('voice-'))).toEqual([])
    await record(page, 600)
    expect(fetched.filter((path) => path.includes('voice-encoder'))).toHaveLength(1)
    const first = await recorded(page)
    expect(first).toBeGreaterThan(500)
    await page.locator('.attach-listen .player-play').click()
    // On a slow machine it may be over already.
    await soon(() =>
      page.evaluate(() => document.querySelector<HTMLAudioElement>('.attach-listen audio')?.played.length),
    ).toBe(1)
    await record(page, 3500)
    expect(await recorded(page)).toBeGreaterThan(first)
    await page.click('#answer .button-main')
    await soon(() => page.locator('.said-staff .voice').count()).toBe(1)
    expect(await recorded(page)).toBe(0)
    expect(await page.locator('.attach-listen').isVisible()).toBe(false)
    const [message] = await sent()
    const media = message?.media[0]
    expect(media).toMatchObject({ kind: 'voice', mime: 'audio/ogg', state: 'stored' })
    const { bytes } = await openMedia(counter.database, counter.mediaFolder, media?.id ?? '')
    expect(oggOpusSeconds(bytes)).toBeGreaterThan(2)
    expect(oggOpusSeconds(bytes)).toBeLessThan(20)
    await page.locator('.said-staff .player-play').click()
    await soon(() =>
      page.evaluate(() => document.querySelector<HTMLAudioElement>('.said-staff audio')?.currentTime ?? 0),
    ).toBeGreaterThan(0.2)
    expect(complaints).toEqual([])
  })

  test('is thrown away without a trace, and is not sent before it was heard', async () => {
    const { page } = await visit()
    await record(page, 600)
    await press(page, 'drop')
    expect(await recorded(page)).toBe(0)
    await press(page, 'record')
    await page.locator('.attach-recording').waitFor()
    await page.waitForTimeout(600)
    await page.click('#answer .button-main')
    await page.locator('.attach-listen').waitFor()
    expect(await page.textContent('.attach-say')).toContain('Écoutez')
    expect(await sent()).toEqual([])
    await page.click('#answer .button-main')
    await soon(async () => (await sent()).length).toBe(1)
  })

  test('and files stay chosen when the answer could not go', async () => {
    const { page } = await visit()
    await record(page, 600)
    const png = makePicture(makeDice('p'))
    await page.setInputFiles('#attach input[name="files"]', [
      { name: 'photo.png', mimeType: 'image/png', buffer: png },
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: png },
    ])
    expect(await page.locator('.attach-list li').count()).toBe(2)
    await page.click('#answer .button-main')
    await soon(() => page.locator('#answer .fault').textContent()).toContain('plan.pdf')
    expect(await recorded(page)).toBeGreaterThan(0)
    expect(await page.locator('.attach-list li').count()).toBe(2)
    await page.locator('.attach-list button').nth(1).click()
    await page.click('#answer .button-main')
    await soon(() => page.locator('.said-staff').count()).toBe(2)
    expect((await sent()).map(({ kind }) => kind).sort()).toEqual(['photo', 'voice'])
    await soon(() => page.locator('.attach-list').isVisible()).toBe(false)
  })

  test('has no microphone button with scripts off, and files still go', async () => {
    const { page } = await visit({ javaScriptEnabled: false })
    expect(await page.locator('#attach [data-do="record"]:visible').count()).toBe(0)
    expect(await page.locator('.said-person audio[controls]').count()).toBe(1)
    await page.setInputFiles('#attach input[name="files"]', {
      ...{ name: 'photo.png', mimeType: 'image/png', buffer: makePicture(makeDice('p')) },
    })
    await page.click('#answer .button-main')
    await page.locator('.said-staff .photo img').waitFor()
    expect((await sent()).map(({ kind }) => kind)).toEqual(['photo'])
  })
})

describe('a voice note', () => {
  test('plays through the signed door, at the chosen speed, by keyboard alone', async () => {
    const { page, complaints, fetched } = await visit()
    const playing = () =>
      page.evaluate(() => {
        const audio = document.querySelector<HTMLAudioElement>('.said-person audio')
        return audio ? { at: audio.currentTime, speed: audio.playbackRate, paused: audio.paused } : undefined
      })
    expect(await page.textContent('.said-person .player-time')).toBe('0:06')
    await page.locator('.said-person .player-play').focus()
    await page.keyboard.press('Enter')
    await soon(async () => (await playing())?.at).toBeGreaterThan(0.1)
    expect(fetched.some((path) => /^\/console\/media\/[^/]+\/\d+\/[\w-]+$/.test(path))).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await soon(async () => (await playing())?.at).toBeGreaterThan(3)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await soon(async () => (await playing())?.speed).toBe(1.5)
    expect(await page.textContent('.said-person .player-speed')).toBe('1,5×')
    expect(complaints).toEqual([])
  })

  test('goes on playing while what it says is written down and the thread refreshes', async () => {
    const { page } = await visit()
    await page.waitForFunction(
      () => (document.querySelector('main') as unknown as { _htmx?: { sse?: unknown } })._htmx?.sse,
    )
    await page.locator('.said-person .player-play').click()
    await page.locator('.transcript-fold summary').click()
    await page.fill('.transcript-fold textarea', 'Elle demande un lit.')
    await page.click('.transcript-fold button')
    await soon(() => page.textContent('.transcript-text')).toContain('Elle demande un lit.')
    expect(await page.locator('.transcript-fold[open]').count()).toBe(0)
    expect(
      await page.evaluate(() => document.querySelector<HTMLAudioElement>('.said-person audio')?.paused),
    ).toBe(false)
    expect(await page.locator('.said-person .player').count()).toBe(1)
  })
})

describe('a conversation with everything in it', () => {
  async function fill(): Promise<void> {
    const said: readonly Content[] = [
      { kind: 'file', file: { kind: 'photo', handle: 'p', mime: 'image/png' }, text: 'la maison' },
      { kind: 'file', file: { kind: 'document', handle: 'd', name: `${'attestation '.repeat(12)}.pdf` } },
      { kind: 'location', latitude: 12.71, longitude: -7.95 },
    ]
    for (const [n, content] of said.entries()) {
      const letter = { ...incoming(counter.channel, 'awa', 50 + n, content), sentAt: counter.clock.now() }
      await counter.database.road.arrive([
        { id: counter.clock.id(), at: counter.clock.now(), incoming: letter },
      ])
    }
    const { prisma } = counter.database
    const data = { requestId: request.id, visibility: 'open' }
    await prisma.message.updateMany({ where: { direction: 'in', addressId: request.address }, data })
    for (const { id } of await prisma.media.findMany({ where: { state: 'waiting' } })) {
      const bytes = makePicture(makeDice('photo'))
      await storeMedia(counter.database, counter.mediaFolder, id, { bytes, mime: 'image/png' })
    }
    const failed = { state: 'failed', failure: 'channel:refused', staffId: mariam.id }
    await prisma.message.updateMany({ where: { direction: 'out' }, data: failed })
  }

  test.each(['light', 'dark'] as const)('passes axe in %s, recorder and forms open', async (colorScheme) => {
    await fill()
    const { page } = await visit({ colorScheme, bypassCSP: true, reducedMotion: 'reduce' })
    await page.locator('.transcript-fold summary').click()
    expect(await page.locator('.map svg').count()).toBe(1)
    expect(await page.locator('.resend button').count()).toBeGreaterThan(0)
    await press(page, 'record')
    await page.locator('.attach-recording').waitFor()
    expect(await violations(page)).toEqual([])
    await press(page, 'stop')
    await page.locator('.attach-listen').waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('fits 320 pixels, and nothing jumps when a picture comes', async () => {
    await fill()
    const { page } = await visit({ viewport: { width: 320, height: 700 } })
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(over).toBe(0)
    const wide = await page.evaluate(
      () =>
        [...document.querySelectorAll('.said')].filter((it) => it.scrollWidth > it.clientWidth + 1).length,
    )
    expect(wide).toBe(0)
    const box = await page.locator('.photo img').boundingBox()
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(4 / 3, 1)
  })
})
