/** The demo office on a clock that can be moved, and whoever looks at it: returnees in the web chat, staff in the console. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { furnishDemo, silentAccounts } from '../../../src/command/demo.ts'
import { makeThrowAway } from '../../../src/command/throw-away.ts'
import { readConfig } from '../../../src/config.ts'
import { demoPassword } from '../../../src/demo/cast.ts'
import { openHouse } from '../../../src/house.ts'
import { makeLog } from '../../../src/log.ts'
import { type Clock, realClock, uuid7 } from '../../../src/world.ts'
import { openChromium } from '../../chromium.ts'

export const patience = 30_000
/** A Monday morning in Bamako. */
const morning = Date.UTC(2026, 2, 2, 9)
export const hour = 3_600_000
export const day = 24 * hour

export type Tour = Awaited<ReturnType<typeof openTour>>

/** Opens it; pictures go into a folder when there is one. */
export async function openTour(pictures: string | undefined) {
  const began = performance.now()
  const clock = movableClock()
  const place = await makeThrowAway(readConfig({ PORT: '0' }), 'on')
  const log = makeLog('error')
  const house = await openHouse({
    ...{ config: place.config, masterKey: place.masterKey, throwAway: true, clock, log },
    ...{ more: silentAccounts, passwordAlone: true },
    furnish: async ({ database, conversation }) => {
      await furnishDemo({ database, conversation, clock, folder: place.config.DATA_DIR })
    },
  })
  const browser = await openChromium()
  const at = house.address ?? ''
  let drawn = 0
  return {
    ...{ at, clock, browser, database: house.database },
    tell(words: string): void {
      process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${words}\n`)
    },
    /** The page as it is now, on a desk and on a phone. */
    async picture(page: Page, name: string): Promise<void> {
      if (!pictures) return
      const size = page.viewportSize()
      for (const [kind, width, height] of [
        ['desk', 1366, 900],
        ['phone', 360, 740],
      ] as const) {
        await page.setViewportSize({ width, height })
        const number = String(++drawn).padStart(2, '0')
        await page.screenshot({
          path: join(pictures, `${number}-${name}-${kind}.png`),
          fullPage: kind === 'desk',
        })
      }
      if (size) await page.setViewportSize(size)
    },
    staff: (account: string) => enter(browser, at, account),
    /** Whoever has the link of a partner, in a browser of their own. */
    async partner(path: string): Promise<Page> {
      const context = await browser.newContext({ locale: 'fr-FR', baseURL: at })
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      await page.goto(path)
      return page
    },
    async close(): Promise<void> {
      await browser.close()
      await house.close()
      await place.remove()
    },
  }
}

async function enter(browser: Browser, at: string, account: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: at, acceptDownloads: true })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  await page.goto('/login')
  await page.locator('input[name="email"]').fill(`${account}@demo.invalid`)
  await page.locator('input[name="password"]').fill(demoPassword)
  await page.locator('form button').first().click()
  await page.waitForURL(/\/console/)
  if ((await page.locator('html').getAttribute('lang')) === 'en')
    await page.getByRole('button', { name: 'Français' }).click()
  return page
}

/** A clock that runs, and can be put forward; ids are made in its time. */
function movableClock(): Clock & { forward(milliseconds: number): void } {
  let ahead = morning - realClock.now().getTime()
  const now = () => new Date(realClock.now().getTime() + ahead)
  return {
    now,
    id: () => uuid7(now().getTime(), Buffer.from(realClock.id().replaceAll('-', '').slice(12), 'hex')),
    dice: realClock.dice,
    forward(milliseconds) {
      ahead += milliseconds
    },
  }
}
