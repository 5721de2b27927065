/** A counter behind a real browser, as the browser tests of the console open it: one of each for a file. */
import type { AddressInfo } from 'node:net'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { WebParts } from '../../src/web/parts.ts'
import { openChromium } from '../chromium.ts'
import { browserOf, makeCounter } from './counter.ts'

export type Window = Awaited<ReturnType<typeof openWindow>>

/** The caller closes it, and the pages after each test. */
export async function openWindow(more: Partial<WebParts> = {}, args: readonly string[] = []) {
  const browser = await openChromium(args)
  const counter = await makeCounter(more)
  await counter.hints.start()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  const root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  return {
    ...{ browser, counter, root },
    /** A page of somebody signed in, and what its policy blocks or its scripts throw. */
    async enter(staff: { readonly id: string }, options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ locale: 'fr-FR', ...options })
      const value = (await browserOf(counter, staff)).cookies.get('baro') ?? ''
      await context.addCookies([{ name: 'baro', value, url: root }])
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (line) => void (line.type() === 'error' && complaints.push(line.text())))
      return { page, complaints }
    },
    closePages: () => Promise.all(browser.contexts().map((it) => it.close())),
    async close() {
      await browser.close()
      await counter.close()
    },
  }
}

/** Until the line for hints is open. */
export const live = (page: Page) =>
  page.waitForFunction(
    () => (document.querySelector('main') as unknown as { _htmx?: { sse?: unknown } })._htmx?.sse,
  )

/** How much wider a page is than its window. */
export const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
