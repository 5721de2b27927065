/**
 * A channel without a provider, for tests, the chaos run and the measurements: what is sent is kept in order, and it can
 * be told to refuse, throttle, be slow or lose its line. Nothing of it runs in a real office.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Content, FileHandle, Incoming, Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { carriedBytes } from './carry.ts'
import type { Abilities, Channel, ChannelState, Ears, Hook, OpenFile, Report, Sent } from './contract.ts'

export type FakeSettings = {
  readonly id: string
  readonly clock: Clock
  /** Default: buttons, voice and edits like Telegram. */
  readonly abilities?: Partial<Abilities>
  /** Called before a send resolves, for instance to write it down where another process can count it. */
  readonly passedOn?: (to: string, spoken: Spoken, externalId: string) => Promise<void>
}

export type FakeSent = {
  readonly to: string
  readonly externalId: string
  readonly spoken: Spoken
  /** Of the file that went with it. */
  readonly bytes?: Buffer
}

/** What the person may say besides a text; `externalId` and `edit` are for repeats and corrections. */
export type FakeSaying = Partial<Omit<Incoming, 'channel' | 'from' | 'content'>>

/** A fake channel with its strings to pull. */
export type FakeChannel = Channel & {
  /** Everything sent so far, oldest first, or only what went to one address. */
  sent(to?: string): readonly FakeSent[]
  /** Brings a text, resolves when its row is durable; gives the external id. */
  says(from: string, text: string, saying?: FakeSaying): Promise<string>
  brings(from: string, content: Content, saying?: FakeSaying): Promise<string>
  /** Presses a button of the last message with buttons that the address got, by its number. */
  presses(from: string, number: number): Promise<string>
  /** Keeps bytes and names them, to be brought as a file. */
  keeps(kind: FileHandle['kind'], bytes: Buffer, more?: Partial<FileHandle>): FileHandle
  reports(report: Omit<Report, 'channel'>): Promise<void>
  /** The next `times` sends fail like this. */
  fail(failure: Failure, times?: number): void
  /** Each send takes this long from here on. */
  delay(milliseconds: number): void
  /** The person blocks us: told at once, and every send to them fails until they come back. */
  block(address: string): Promise<void>
  unblock(address: string): Promise<void>
  setState(state: ChannelState): void
}

const likeTelegram: Abilities = {
  buttons: { most: 20, labelLength: 40 },
  textLength: 4096,
  files: { voice: 50_000_000, photo: 10_000_000, document: 50_000_000 },
  edits: true,
  typing: false,
}

/** Nobody listens until `start`; bringing something before it is a mistake of the test and throws. */
export function makeFake(settings: FakeSettings): FakeChannel {
  return new Fake(settings)
}

class Fake implements FakeChannel {
  readonly kind = 'fake'
  readonly hooks: readonly Hook[] = []
  readonly id: string
  readonly abilities: Abilities
  readonly #settings: FakeSettings
  readonly #sent: FakeSent[] = []
  readonly #files = new Map<string, Buffer>()
  readonly #blocked = new Set<string>()
  readonly #closing = new AbortController()
  #failures: Failure[] = []
  #delay = 0
  #ears: Ears | undefined
  #state: ChannelState = 'starting'

  constructor(settings: FakeSettings) {
    this.id = settings.id
    this.#settings = settings
    this.abilities = { ...likeTelegram, ...settings.abilities }
  }

  async start(ears: Ears): Promise<void> {
    this.#ears = ears
    this.#state = 'up'
  }

  async send(to: string, spoken: Spoken, open: OpenFile): Promise<Sent> {
    if (this.#delay > 0)
      await sleep(this.#delay, undefined, { signal: this.#closing.signal }).catch(() => undefined)
    if (this.#closing.signal.aborted) throw new Failure('channel:unreachable', { theirs: 'closed' })
    const failure = this.#failures.shift()
    if (failure) throw failure
    if (this.#blocked.has(to)) throw new Failure('channel:blocked')
    const bytes = await carriedBytes(spoken, this.abilities, open)
    const externalId = this.#settings.clock.id()
    await this.#settings.passedOn?.(to, spoken, externalId)
    this.#sent.push({ to, externalId, spoken, ...(bytes ? { bytes } : {}) })
    return { externalId }
  }

  async fetch(file: FileHandle, limit: number): Promise<Buffer> {
    const bytes = this.#files.get(file.handle)
    if (!bytes) throw new Failure('media:gone')
    if (bytes.length > limit) throw new Failure('media:too_large', { limit })
    return bytes
  }

  state(): ChannelState {
    return this.#state
  }

  async close(): Promise<void> {
    this.#state = 'stopped'
    this.#closing.abort()
  }

  sent(to?: string): readonly FakeSent[] {
    return to === undefined ? [...this.#sent] : this.#sent.filter((it) => it.to === to)
  }

  says(from: string, text: string, saying: FakeSaying = {}): Promise<string> {
    return this.brings(from, { kind: 'text', text }, saying)
  }

  async brings(from: string, content: Content, saying: FakeSaying = {}): Promise<string> {
    const { clock } = this.#settings
    const externalId = saying.externalId ?? clock.id()
    const said = { edit: 0, sentAt: clock.now(), ...saying, channel: this.id, from, externalId, content }
    await this.#listeners().arrived([said])
    return externalId
  }

  presses(from: string, number: number): Promise<string> {
    const asked = this.sent(from).findLast((it) => it.spoken.buttons)
    const button = asked?.spoken.buttons?.find((it) => it.number === number)
    if (!asked || !button) throw new Error(`No button ${number} was sent`)
    return this.brings(from, { kind: 'choice', list: button.list, number }, { quotes: asked.externalId })
  }

  keeps(kind: FileHandle['kind'], bytes: Buffer, more: Partial<FileHandle> = {}): FileHandle {
    const handle = this.#settings.clock.id()
    this.#files.set(handle, bytes)
    return { kind, handle, bytes: bytes.length, ...more }
  }

  async reports(report: Omit<Report, 'channel'>): Promise<void> {
    await this.#listeners().reported([{ ...report, channel: this.id }])
  }

  fail(failure: Failure, times = 1): void {
    this.#failures = [...this.#failures, ...Array.from({ length: times }, () => failure)]
  }

  delay(milliseconds: number): void {
    this.#delay = milliseconds
  }

  async block(address: string): Promise<void> {
    this.#blocked.add(address)
    await this.#listeners().told([{ channel: this.id, from: address, news: 'blocked' }])
  }

  async unblock(address: string): Promise<void> {
    this.#blocked.delete(address)
    await this.#listeners().told([{ channel: this.id, from: address, news: 'unblocked' }])
  }

  setState(state: ChannelState): void {
    this.#state = state
  }

  #listeners(): Ears {
    if (!this.#ears || this.#state === 'stopped') throw new Error('The fake channel does not listen')
    return this.#ears
  }
}
