/**
 * A phone number of the office as a channel, through WhatsApp Web: the real page in a real browser, driven by
 * whatsapp-web.js. A session (session.ts) lives until something ends it; the channel then begins the next, as often as
 * needed, and looks back for what came meanwhile. Only the process that keeps the session can send.
 */
import type { Page } from 'puppeteer'
import type { FileHandle, Incoming, Spoken } from '../../core/message.ts'
import { Failure } from '../../failure.ts'
import type { Clock } from '../../world.ts'
import { carriedBytes } from '../carry.ts'
import type { Channel, ChannelState, Cursor, Ears, Hook, OpenFile, Sending, Sent } from '../contract.ts'
import { rest } from '../rest.ts'
import { type BrowserSettings, launchOptions } from './browser.ts'
import { makeCalls } from './calls.ts'
import { fetchFile } from './fetch-file.ts'
import { type Folder, takeFolder } from './folder.ts'
import { type Hearing, makeHearing } from './hearing.ts'
import { type Inbox, makeInbox } from './inbox.ts'
import type { Keeping, Orders, Why } from './keeping.ts'
import { lookBack, lookBackFrom } from './look-back.ts'
import { humanPacing, makePacing, type PacingSettings } from './pacing.ts'
import { makePhones } from './phones.ts'
import { every, ourRounds, type Rounds } from './rounds.ts'
import { whatsappWebAbilities, whatsappWebPatience } from './send.ts'
import { type Ending, Session, type SessionEars } from './session.ts'
import { makeSpeaker } from './speak.ts'
import { makeTyping } from './typed.ts'

export type WhatsappWebSettings = {
  /** Channel row id. */
  readonly id: string
  /** Where the session is kept, of this account alone. */
  readonly folder: string
  readonly browser: BrowserSettings
  readonly keeping: Keeping
  readonly clock: Clock
  readonly pacing?: PacingSettings
  readonly rounds?: Rounds
  /** Has each page before it goes to WhatsApp; for tests that stand in for it. */
  readonly meets?: (page: Page) => Promise<void>
  /** Told of each trouble; `why` is one of a closed list. */
  readonly noticed?: (failure: Failure) => void
}

const longestPause = 30_000
/** A session that held for so many pauses was well: the next trouble is a new one. */
const wellAfterPauses = 20

export function makeWhatsappWeb(settings: WhatsappWebSettings): Channel {
  return new WhatsappWeb(settings)
}

class WhatsappWeb implements Channel {
  readonly kind = 'whatsapp_web'
  readonly abilities = whatsappWebAbilities
  readonly hooks: readonly Hook[] = []
  readonly id: string
  readonly turns
  readonly patience = whatsappWebPatience
  readonly #settings: WhatsappWebSettings
  readonly #rounds: Rounds
  readonly #closing = new AbortController()
  readonly #speaker
  readonly #phones
  readonly #calls
  #ears: Ears | undefined
  #cursor: Cursor | undefined
  #inbox: Inbox | undefined
  #hearing: Hearing | undefined
  #session: Session | undefined
  #keeping: Promise<void> = Promise.resolve()
  #looking: Promise<void> = Promise.resolve()
  #state: ChannelState = 'starting'
  #orders: Orders | undefined

  constructor(settings: WhatsappWebSettings) {
    this.id = settings.id
    this.#settings = settings
    this.#rounds = settings.rounds ?? ourRounds
    const { clock, keeping, pacing = humanPacing } = settings
    const client = () => this.#ready().client
    this.turns = makePacing(pacing, clock, () => this.holdsBack() === undefined)
    this.#speaker = makeSpeaker({
      ...{ client, pacing, clock, keeping, ackLimit: this.#rounds.ack },
      suspect: () => void this.#session?.check(),
    })
    this.#phones = makePhones(client, clock)
    this.#calls = makeCalls({ clock, keeping, say: (to, text) => this.#speaker.say(to, { text }) })
  }

  state(): ChannelState {
    return this.#state
  }

  holdsBack(): 'down' | 'paused' | undefined {
    if (this.#session?.stage !== 'ready') return 'down'
    const { paused = false, dailyCap = 0, sentToday = 0 } = this.#orders ?? {}
    return this.#orders === undefined || paused || sentToday >= dailyCap ? 'paused' : undefined
  }

  async start(ears: Ears, cursor: Cursor): Promise<void> {
    this.#ears = ears
    this.#cursor = cursor
    const { clock } = this.#settings
    const signal = this.#closing.signal
    const noticed = (error: unknown) => this.#notice(error)
    const complete = (incoming: Incoming) => this.#phones.complete(incoming)
    const late: Keeping['late'] = (found) => this.#settings.keeping.late(found)
    this.#inbox = makeInbox({ ears, cursor, clock, signal, complete, late, noticed })
    this.#hearing = makeHearing({
      ...{ channel: this.id, clock, ears, inbox: this.#inbox, acks: this.#speaker.acks, noticed },
      typing: makeTyping({ ears, isOurs: (id) => this.#speaker.isOurs(id), signal, noticed }),
      phoneOf: (chat) => this.#phones.known(chat),
    })
    this.#keeping = this.#keep()
  }

  async send(to: string, spoken: Spoken, open: OpenFile, sending?: Sending): Promise<Sent> {
    const bytes = await carriedBytes(spoken, this.abilities, open)
    this.#ready()
    if (sending?.campaign && !this.#orders?.campaigns)
      throw new Failure('channel:refused', { why: 'campaign' })
    return { externalId: await this.#speaker.send(to, spoken, bytes, sending?.resent ?? false) }
  }

  async fetch(file: FileHandle, limit: number): Promise<Buffer> {
    return fetchFile(this.#ready().client, file, limit, this.#closing.signal)
  }

  async close(): Promise<void> {
    if (this.#state === 'stopped') return
    this.#state = 'stopped'
    this.#closing.abort()
    await this.#session?.close()
    await Promise.allSettled([this.#keeping, this.#looking, this.#inbox?.settled()])
    await this.#settings.keeping.tell({ state: 'stopped' }).catch(() => undefined)
  }

  /** The session that can send. Fails with `channel:unreachable` while there is none. */
  #ready(): Session {
    if (this.#session?.stage !== 'ready') throw new Failure('channel:unreachable', { theirs: 'no session' })
    return this.#session
  }

  /** Begins one session after the other until the channel closes. */
  async #keep(): Promise<void> {
    let troubles = 0
    while (!this.#closing.signal.aborted) {
      const began = performance.now()
      const why = await this.#live().catch((error: unknown): Why => {
        this.#notice(error)
        return whyOf(error)
      })
      if (this.#closing.signal.aborted) return
      troubles = performance.now() - began > wellAfterPauses * this.#rounds.pause ? 1 : troubles + 1
      await this.#move(why === 'logged_out' ? 'unauthorized' : 'down', { why })
      if (why !== 'logged_out') this.#notice(new Failure('channel:unreachable', { theirs: why }))
      await rest(this.#pauseAfter(why, troubles), this.#closing.signal)
    }
  }

  #pauseAfter(why: Why, troubles: number): number {
    const { pause, conflict } = this.#rounds
    if (why === 'logged_out') return pause
    return why === 'conflict' ? conflict : Math.min(longestPause, pause * 2 ** (troubles - 1))
  }

  /** One session, from the folder taken to the folder given back. */
  async #live(): Promise<Ending> {
    const { folder, clock, browser, meets } = this.#settings
    const taken = await takeFolder(folder, clock)
    try {
      const puppeteer = await launchOptions(browser, taken.profile)
      const heard = this.#hears()
      const session = new Session({ puppeteer, heard, ...(meets ? { meets } : {}) })
      this.#session = session
      if (this.#closing.signal.aborted) return 'closed'
      await session.open()
      const ending = await this.#watch(session)
      await session.close()
      await this.#forget(taken, ending)
      return ending
    } finally {
      await this.#session?.close()
      await taken.release()
    }
  }

  /** A session that was unlinked is worth nothing; its folder would only bring it back. */
  async #forget(taken: Folder, ending: Ending): Promise<void> {
    if (ending !== 'logged_out') return
    await taken.forget()
    await this.#cursor?.write('').catch((error: unknown) => this.#notice(error))
  }

  /** Looks after it until it ends: staff's orders, and whether it still answers. */
  async #watch(session: Session): Promise<Ending> {
    const over = new AbortController()
    const { orders, check } = this.#rounds
    const signal = AbortSignal.any([over.signal, this.#closing.signal])
    const rounds = [
      every(orders, signal, () => this.#readOrders(session)),
      every(check, signal, () => session.check()),
    ]
    const ending = await session.ended
    over.abort()
    await Promise.all(rounds)
    return ending
  }

  async #readOrders(session: Session): Promise<void> {
    const { keeping } = this.#settings
    try {
      this.#orders = await keeping.orders()
      if (!this.#orders.unlink) return
      await session.unlink()
      await keeping.unlinked()
    } catch (error) {
      this.#notice(error)
    }
  }

  #hears(): SessionEars {
    if (!this.#hearing) throw new Error('the channel was not started')
    // Released once what was said before is found.
    this.#hearing.hold()
    return {
      ...this.#hearing.ears,
      code: (code) => void this.#move('unauthorized', { code }),
      ready: (account) => this.#begin(account),
      called: (call) => void this.#calls.refuse(call).catch((error: unknown) => this.#notice(error)),
    }
  }

  /** A page that crashed leaves calls hanging: what ends the session ends the look back. */
  #begin(account: string): void {
    const session = this.#session
    if (!session) return
    this.#looking = Promise.race([
      this.#lookBack(session, account),
      session.ended.then(() => undefined),
    ]).catch((error: unknown) => {
      // What a session that ended had kept is found by the next, after what was said before it.
      if (session.stage !== 'ready') return
      this.#notice(error)
      this.#hearing?.release()
    })
  }

  async #lookBack(session: Session, account: string): Promise<void> {
    await this.#readOrders(session)
    await this.#move('up', account === '' ? {} : { account })
    const since = lookBackFrom((await this.#cursor?.read()) || undefined, this.#settings.clock.now())
    const missing = await lookBack(session.client, since, async (found) => {
      for (const data of found) this.#hearing?.find(data)
    })
    if (session.stage !== 'ready') return
    this.#hearing?.release()
    await this.#inbox?.settled()
    await this.#ears?.missed?.(this.id, missing)
  }

  async #move(state: ChannelState, news: { why?: Why; code?: string; account?: string }): Promise<void> {
    if (this.#state === 'stopped') return
    this.#state = state
    await this.#settings.keeping.tell({ state, ...news }).catch((error: unknown) => this.#notice(error))
  }

  #notice(error: unknown): void {
    const failure =
      error instanceof Failure ? error : new Failure('channel:unreachable', { theirs: wordOf(error) })
    if (!this.#closing.signal.aborted) this.#settings.noticed?.(failure)
  }
}

function whyOf(error: unknown): Why {
  if (!(error instanceof Failure)) return 'not_started'
  return error.code === 'channel:unconfigured' ? 'no_browser' : 'in_use'
}

/** An error of a page may quote what people said: of it only the kind is told. */
function wordOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
