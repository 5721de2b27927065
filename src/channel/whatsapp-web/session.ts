/**
 * One life of the library's client in one browser, from its start until something ends it. It never mends itself: whoever
 * keeps it (whatsapp-web.ts) closes it and begins another.
 *
 *   opening   the browser starts and the page loads
 *   pairing   the page shows a code that a phone must scan
 *   ready     messages come and go
 *   ended     by a reason; nothing is heard or sent any more
 *
 * A killed browser or a crashed page give the library no event, and a call into them hangs: the browser and the page are
 * listened to directly, and every call has a limit.
 */
import type { Page } from 'puppeteer'
import library, { type AuthStrategy, type Call, type Client, type Message } from 'whatsapp-web.js'
import type { launchOptions } from './browser.ts'
import { within } from './patience.ts'

export const endings = [
  'closed',
  'not_started',
  'browser_gone',
  'page_crashed',
  'page_closed',
  'silent',
  'stalled',
  'conflict',
  'disconnected',
  'logged_out',
] as const
export type Ending = (typeof endings)[number]
export type Stage = 'opening' | 'pairing' | 'ready' | 'ended'

export type SessionSettings = {
  readonly puppeteer: Awaited<ReturnType<typeof launchOptions>>
  /** Has the page before it goes anywhere; for tests that stand in for WhatsApp. */
  readonly meets?: (page: Page) => Promise<void>
  readonly heard: SessionEars
}

/** What a session tells; data are the library's own and read elsewhere. */
export type SessionEars = {
  code(code: string): void
  ready(account: string): void
  message(data: unknown): void
  edited(data: unknown): void
  revoked(data: unknown): void
  undecrypted(data: unknown): void
  reacted(data: unknown): void
  acknowledged(id: string, ack: number): void
  called(call: Call): void
}

const startLimit = 120_000
/** A page that has neither a code nor a session by then will not get one; a code is renewed about every twenty seconds. */
const stallLimit = 90_000
const askLimit = 10_000
const closeLimit = 5_000

export class Session {
  /** Resolves once, with what ended it. */
  readonly ended: Promise<Ending>
  readonly client: Client
  readonly #settings: SessionSettings
  #end: (ending: Ending) => void = () => {}
  #page: Page | undefined
  #stage: Stage = 'opening'
  /** When the stage last moved on or the code was renewed, by the machine's own count. */
  #movedAt = performance.now()

  constructor(settings: SessionSettings) {
    this.#settings = settings
    this.ended = new Promise((resolve) => {
      this.#end = (ending) => {
        this.#stage = 'ended'
        resolve(ending)
      }
    })
    this.client = this.#makeClient()
    this.#listen()
  }

  get stage(): Stage {
    return this.#stage
  }

  /** Starts the browser and loads the page; what goes wrong ends the session. Never rejects. */
  async open(): Promise<void> {
    try {
      const started = this.client.initialize()
      await within('start', startLimit, Promise.race([started, this.ended]))
    } catch {
      this.#end('not_started')
    }
  }

  /** Asks whether it still lives; ends it when it does not. */
  async check(): Promise<void> {
    if (this.#stage === 'ended') return
    if (this.#stage !== 'ready') {
      if (performance.now() - this.#movedAt > stallLimit) this.#end('stalled')
      return
    }
    const state = await within('state', askLimit, this.client.getState()).catch(() => 'silent')
    // A line that comes and goes is WhatsApp's to mend; only silence and a strange state are ours.
    if (state === 'silent' || state === null) this.#end('silent')
    else if (state === 'CONFLICT') this.#end('conflict')
    else if (state === 'UNPAIRED' || state === 'UNPAIRED_IDLE') this.#end('logged_out')
  }

  /** Tells WhatsApp that this device is no longer linked; ends the session either way. */
  async unlink(): Promise<void> {
    const done = Promise.race([this.client.logout(), this.ended])
    await within('unlink', askLimit, done).catch(() => undefined)
    this.#end('logged_out')
  }

  async close(): Promise<void> {
    this.#end('closed')
    this.client.removeAllListeners()
    const { pupBrowser: browser } = this.client
    if (!browser) return
    await within('close', closeLimit, browser.close()).catch(() => undefined)
    browser.process()?.kill('SIGKILL')
  }

  #makeClient(): Client {
    const client: Client = new library.Client({
      puppeteer: this.#settings.puppeteer,
      authStrategy: this.#profileIsSession(),
      // Kept by default in the working folder: where that cannot be written, nothing would ever be ready.
      webVersionCache: { type: 'none' },
      qrMaxRetries: 0,
    })
    // The library calls these from listeners that nobody awaits: a rejection there would end the whole process.
    const guarded = client as unknown as Record<'inject' | 'destroy', () => Promise<void>>
    const { inject, destroy } = guarded
    let begun = false
    guarded.inject = async () => {
      if (!begun) {
        begun = true
        return inject.call(client)
      }
      await inject.call(client).catch(() => this.#end('stalled'))
    }
    guarded.destroy = () => destroy.call(client).catch(() => undefined)
    return client
  }

  #listen(): void {
    const { client } = this
    const { heard } = this.#settings
    client.on('qr', (code: string) => {
      if (this.#stage === 'ended') return
      this.#stage = 'pairing'
      this.#movedAt = performance.now()
      heard.code(code)
    })
    client.on('ready', () => {
      if (this.#stage === 'ended') return
      this.#stage = 'ready'
      heard.ready(client.info?.wid?.user ?? '')
    })
    client.on('disconnected', (reason: string) => {
      if (reason === 'LOGOUT' || reason.startsWith('UNPAIRED')) this.#end('logged_out')
      else this.#end(reason === 'CONFLICT' ? 'conflict' : 'disconnected')
    })
    client.on('auth_failure', () => this.#end('logged_out'))
    // What the person said, and what was said with this number on any of its devices.
    // Of a session that has ended nothing is heard: the next finds it, in its place.
    const on = <T extends unknown[]>(event: string, hear: (...told: T) => void) =>
      client.on(event, (...told: T) => {
        if (this.#stage !== 'ended') hear(...told)
      })
    on('message_create', (message: Message) => heard.message(message.rawData))
    on('message_edit', (message: Message, now: unknown, before: unknown) => {
      // The first words of a message that was still empty are no correction.
      if (now !== before && before) heard.edited(message.rawData)
    })
    on('message_revoke_everyone', (message: Message) => heard.revoked(message.rawData))
    on('message_ciphertext_failed', (message: Message) => heard.undecrypted(message.rawData))
    on('message_reaction', (reaction: unknown) => heard.reacted(reaction))
    on('message_ack', (message: Message, ack: number) => {
      if (message.fromMe) heard.acknowledged(message.id.id, ack)
    })
    on('call', (call: Call) => heard.called(call))
  }

  /** The profile is the session; the library's own strategies would remove it under a running browser. */
  #profileIsSession(): AuthStrategy {
    const nothing = async () => {}
    return {
      setup() {},
      beforeBrowserInitialized: nothing,
      // Before the page goes to WhatsApp, and again after a log-out.
      afterBrowserInitialized: async () => {
        const { pupPage: page } = this.client
        if (page && page !== this.#page) await this.#meet(page)
      },
      onAuthenticationNeeded: async () => ({}),
      getAuthEventPayload: nothing,
      afterAuthReady: nothing,
      disconnect: nothing,
      destroy: nothing,
      logout: nothing,
    }
  }

  /** From here on the death of the page and of its browser is noticed. */
  async #meet(page: Page): Promise<void> {
    this.#page = page
    // A browser that dies resets its pipes, and an error that nobody hears ends the process.
    for (const pipe of page.browser().process()?.stdio ?? []) pipe?.on('error', () => undefined)
    page.browser().on('disconnected', () => this.#end('browser_gone'))
    page.on('error', () => this.#end('page_crashed'))
    page.on('close', () => this.#end('page_closed'))
    await this.#settings.meets?.(page)
  }
}
