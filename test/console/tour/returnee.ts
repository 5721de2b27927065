/** Somebody at the web chat on a small phone: writes, presses a choice, and reads what comes. */
import type { Page } from 'playwright-core'
import { patience, type Tour } from './house.ts'

/** Conversations are told that time has passed every fifteen seconds (job/worker.ts). */
const wakeRound = 17_000

export class Returnee {
  readonly page: Page
  readonly #tour: Tour
  /** The line up to which the thread was read: it may have come again before, so the last one counts. */
  #read = ''

  private constructor(tour: Tour, page: Page) {
    this.#tour = tour
    this.page = page
  }

  static async arrives(tour: Tour): Promise<Returnee> {
    const context = await tour.browser.newContext({
      ...{ baseURL: tour.at, locale: 'fr-FR', viewport: { width: 360, height: 640 } },
    })
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    await page.goto('/chat')
    return new Returnee(tour, page)
  }

  /** Writes it and reads on until these words come; gives all that came. */
  async says(text: string, ...expected: readonly RegExp[]): Promise<string> {
    await this.page.locator('textarea[name="text"], input[name="text"]').first().fill(text)
    await this.page.locator('textarea[name="text"], input[name="text"]').first().press('Enter')
    return this.hears(...expected)
  }

  async presses(label: RegExp, ...expected: readonly RegExp[]): Promise<string> {
    await this.page.locator('.choices.open button', { hasText: label }).first().click()
    return this.hears(...expected)
  }

  /** Reads what is new until all of these words are in it. */
  async hears(...expected: readonly RegExp[]): Promise<string> {
    return this.#hears(patience, expected)
  }

  async #hears(most: number, expected: readonly RegExp[]): Promise<string> {
    let text = ''
    for (const end = performance.now() + most; performance.now() < end; ) {
      const lines = await this.page.locator('#thread > li').allInnerTexts()
      text = lines.slice(lines.lastIndexOf(this.#read) + 1).join('\n')
      if (expected.every((one) => one.test(text))) {
        this.#read = lines.at(-1) ?? ''
        return text
      }
      await this.page.waitForTimeout(300)
    }
    throw new Error(`waited in vain for ${expected.map(String).join(', ')}; came: ${text}`)
  }

  /** Puts the clock forward, by so much each time, until these words come. */
  async hearsLater(step: number, expected: RegExp): Promise<string> {
    for (let tries = 0; tries < 40; tries++) {
      this.#tour.clock.forward(step)
      const found = await this.#hears(wakeRound, [expected]).catch(() => undefined)
      if (found !== undefined) return found
    }
    throw new Error(`waited in vain for ${String(expected)}, however late it became`)
  }

  picture(name: string): Promise<void> {
    return this.#tour.picture(this.page, name)
  }
}
