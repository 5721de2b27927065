/**
 * Talks to the flows in a terminal: a line is a text; a line that begins with a slash plays what a phone can do. One
 * terminal is one address. Arrivals are brought one after the other, as they were typed.
 */
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Content, FileHandle, Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { carriedBytes } from './carry.ts'
import type { Abilities, Channel, ChannelState, Ears, Hook, OpenFile, Sent } from './contract.ts'

export type TerminalSettings = {
  readonly id: string
  readonly clock: Clock
  readonly input: Readable
  readonly output: Writable
  /** The address under which this terminal speaks (default `terminal`). */
  readonly address?: string
  /** Shown when the terminal opens, for instance how to leave. */
  readonly greeting?: string
}

export type TerminalChannel = Channel & {
  /** Resolves when the person leaves (`/quit` or the end of the input) and everything typed before was brought. */
  readonly left: Promise<void>
}

/** A line longer than this was pasted by mistake. */
const longestText = 4096
const usage = '/voice SECONDS  /photo  /location LAT LONG  /contact PHONE  /edit TEXT  /press NUMBER  /quit'

/** `start` opens the terminal; nothing is read before. */
export function makeTerminal(settings: TerminalSettings): TerminalChannel {
  return new Terminal(settings)
}

class Terminal implements TerminalChannel {
  readonly kind = 'terminal'
  readonly hooks: readonly Hook[] = []
  readonly abilities: Abilities = {
    buttons: undefined,
    textLength: 16_000,
    // A terminal shows no picture and plays no sound: it says what came.
    files: { voice: 50_000_000, photo: 50_000_000, document: 50_000_000 },
    edits: true,
    typing: false,
  }
  readonly id: string
  readonly left: Promise<void>
  readonly #settings: TerminalSettings
  readonly #leave: () => void
  #lines: Interface | undefined
  #ears: Ears | undefined
  #state: ChannelState = 'starting'
  /** Everything typed so far, brought in order. */
  #brought: Promise<void> = Promise.resolve()
  #last: { readonly externalId: string; readonly edits: number } | undefined
  #asked: { readonly externalId: string; readonly buttons: NonNullable<Spoken['buttons']> } | undefined

  constructor(settings: TerminalSettings) {
    this.id = settings.id
    this.#settings = settings
    let leave = () => {}
    this.left = new Promise((resolve) => {
      leave = resolve
    })
    this.#leave = leave
  }

  async start(ears: Ears): Promise<void> {
    const { input, output, greeting } = this.#settings
    this.#ears = ears
    this.#state = 'up'
    if (greeting !== undefined) output.write(`${greeting}\n`)
    this.#lines = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY })
    this.#lines.on('line', (line) => this.#typed(line))
    this.#lines.on('close', () => {
      void this.#brought.then(this.#leave)
    })
  }

  async send(to: string, spoken: Spoken, open: OpenFile): Promise<Sent> {
    if (this.#state === 'stopped') throw new Failure('channel:unreachable', { theirs: 'closed' })
    if (to !== this.#address()) throw new Failure('channel:refused', { theirs: 'another terminal' })
    // Read although nobody sees it: what is not there any more has not come.
    await carriedBytes(spoken, this.abilities, open)
    const externalId = this.#settings.clock.id()
    // Choices that the text does not already list.
    const unlisted = (spoken.buttons ?? []).filter((it) => !spoken.text.includes(it.label))
    const lines = [...signOf(spoken), spoken.text, ...unlisted.map((it) => it.label)]
      .filter((line, place) => line !== '' || place > 0)
      .join('\n')
      .split('\n')
    this.#settings.output.write(`${lines.map((line) => `  ${line}`).join('\n')}\n\n`)
    if (spoken.buttons) this.#asked = { externalId, buttons: spoken.buttons }
    return { externalId }
  }

  async fetch(file: FileHandle, limit: number): Promise<Buffer> {
    const [kind, seconds] = file.handle.split(':')
    if (kind !== 'voice' && kind !== 'photo') throw new Failure('media:gone')
    const bytes = kind === 'voice' ? silence(Number(seconds)) : dot
    if (bytes.length > limit) throw new Failure('media:too_large', { limit })
    return bytes
  }

  state(): ChannelState {
    return this.#state
  }

  async close(): Promise<void> {
    this.#state = 'stopped'
    this.#lines?.close()
    await this.#brought
  }

  #address(): string {
    return this.#settings.address ?? 'terminal'
  }

  #typed(line: string): void {
    const text = line.replaceAll('\u0000', '').trim().slice(0, longestText)
    if (text === '') return
    if (text === '/quit') {
      this.#lines?.close()
      return
    }
    this.#brought = this.#brought
      .then(() => this.#bring(text))
      .catch(() => this.#complain('not kept: try again'))
  }

  async #bring(text: string): Promise<void> {
    const edited = /^\/edit\s+(.+)$/.exec(text)?.[1]
    if (edited !== undefined) return await this.#edit(edited)
    const pressed = /^\/press\s+(\d+)$/.exec(text)?.[1]
    const content = pressed === undefined ? contentOf(text) : this.#choice(Number(pressed))
    if (!content) return this.#complain(usage)
    const externalId = this.#settings.clock.id()
    this.#last = { externalId, edits: 0 }
    await this.#arrive(
      content,
      externalId,
      0,
      content.kind === 'choice' ? this.#asked?.externalId : undefined,
    )
  }

  async #edit(text: string): Promise<void> {
    if (!this.#last) return this.#complain('nothing to edit')
    this.#last = { ...this.#last, edits: this.#last.edits + 1 }
    await this.#arrive({ kind: 'text', text }, this.#last.externalId, this.#last.edits)
  }

  #choice(number: number): Content | undefined {
    const button = this.#asked?.buttons.find((it) => it.number === number)
    return button && { kind: 'choice', list: button.list, number }
  }

  async #arrive(content: Content, externalId: string, edit: number, quotes?: string): Promise<void> {
    const sentAt = this.#settings.clock.now()
    const said = { channel: this.id, from: this.#address(), externalId, edit, sentAt, content, quotes }
    await this.#ears?.arrived([said])
  }

  #complain(words: string): void {
    this.#settings.output.write(`  ? ${words}\n\n`)
  }
}

/** What a line means; undefined when a slash is followed by nothing we know. */
function contentOf(text: string): Content | undefined {
  if (!text.startsWith('/')) return { kind: 'text', text }
  const [command, ...rest] = text.slice(1).split(/\s+/)
  const numbers = rest.map(Number)
  switch (command) {
    case 'voice': {
      const seconds = numbers[0] ?? 5
      if (!(seconds > 0 && seconds <= 600)) return undefined
      const file = { kind: 'voice', handle: `voice:${seconds}`, mime: 'audio/wav', seconds } as const
      return { kind: 'file', file }
    }
    case 'photo': {
      const file = { kind: 'photo', handle: 'photo:1', mime: 'image/png', bytes: dot.length } as const
      return { kind: 'file', file, text: rest.join(' ') || undefined }
    }
    case 'location': {
      const [latitude = Number.NaN, longitude = Number.NaN] = numbers
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined
      return { kind: 'location', latitude, longitude }
    }
    case 'contact':
      return rest[0] === undefined ? undefined : { kind: 'contact', phone: rest[0], own: true }
    default:
      return undefined
  }
}

/** The pretended voice note: silence that every player plays, 8-bit samples at 8000 Hz with a WAV head. */
function silence(seconds: number): Buffer {
  const samples = Math.round(seconds * 8000)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples, 40)
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)])
}

/** The pretended photo: one grey dot, a whole PNG. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

/** "[voice 0:12]", "[document plan.pdf 20 kB]": what would be heard or opened. */
function signOf({ file }: Spoken): readonly string[] {
  if (!file) return []
  const seconds = file.seconds ?? 0
  const lasts = `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
  const about =
    file.kind === 'voice' ? [lasts] : [file.name ?? '', `${Math.max(1, Math.round(file.bytes / 1024))} kB`]
  return [`[${[file.kind, ...about].filter((word) => word !== '').join(' ')}]`]
}
