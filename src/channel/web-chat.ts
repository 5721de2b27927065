/**
 * The web chat: a page on which anyone with a browser is a returnee. Here is the channel behind the page: arrivals go to
 * the ears, what is sent stays readable and nudges the pages that are open. Its routes are in web-chat-routes.ts.
 */
import type { Content, FileHandle, Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { carriedBytes } from './carry.ts'
import type { Abilities, Channel, ChannelState, Ears, Hook, OpenFile, Sent } from './contract.ts'
import { makeChatFiles } from './web-chat-files.ts'

export type WebChatSettings = {
  readonly id: string
  readonly clock: Clock
  /** Where uploads wait until they are fetched, shared by all processes; absent: in memory. */
  readonly folder?: string
}

/** One message as the page shows it. */
export type ChatLine = {
  readonly from: 'person' | 'us'
  readonly text: string
  readonly at: Date
  readonly buttons?: Spoken['buttons']
  /** What came or went besides words. */
  readonly file?: {
    readonly kind: FileHandle['kind']
    readonly seconds?: number
    readonly name?: string
    /** What the page opens it by, once it is there. */
    readonly media?: string
  }
}

/** Told who said something, not what. */
export type Nudge = (from: ChatLine['from']) => void

export type WebChatChannel = Channel & {
  /** Brings what a browser sent; resolves when its row is durable. The same id again is the same message. */
  bring(address: string, externalId: string, content: Content): Promise<void>
  /** Keeps an upload and names it. */
  keep(
    kind: FileHandle['kind'],
    bytes: Buffer,
    more: Pick<FileHandle, 'mime' | 'seconds'>,
  ): Promise<FileHandle>
  /** The last messages of an address that this process saw, oldest first: for when the database cannot be read. */
  recent(address: string): readonly ChatLine[]
  /** Calls `nudge` after each message of the address or to it; the result ends it. */
  listen(address: string, nudge: Nudge): () => void
}

/** What a page on a cheap phone may be asked to load. */
const largestFile = 20 * 1024 * 1024
const mostRemembered = 200
const mostAddresses = 1_000
export const longestChatText = 4000

/** The channel without its page; the web server mounts `webChatRoutes(channel, parts)`. */
export function makeWebChat(settings: WebChatSettings): WebChatChannel {
  return new WebChat(settings)
}

class WebChat implements WebChatChannel {
  readonly kind = 'web_chat'
  readonly hooks: readonly Hook[] = []
  readonly abilities: Abilities = {
    buttons: { most: 20, labelLength: 80 },
    textLength: longestChatText,
    files: { voice: largestFile, photo: largestFile, document: largestFile },
    edits: false,
    typing: false,
  }
  readonly id: string
  readonly #clock: Clock
  readonly #files: ReturnType<typeof makeChatFiles>
  readonly #remembered = new Map<string, { lines: ChatLine[]; ids: Set<string> }>()
  readonly #nudges = new Map<string, Set<Nudge>>()
  #ears: Ears | undefined
  #state: ChannelState = 'starting'

  constructor(settings: WebChatSettings) {
    this.id = settings.id
    this.#clock = settings.clock
    this.#files = makeChatFiles(settings.clock, settings.folder)
  }

  async start(ears: Ears): Promise<void> {
    this.#ears = ears
    this.#state = 'up'
  }

  /** Sent is readable: the page takes it from the history, so nobody can be out of reach. */
  async send(to: string, spoken: Spoken, open: OpenFile): Promise<Sent> {
    if (this.#state === 'stopped') throw new Failure('channel:unreachable', { theirs: 'closed' })
    // The page opens it later by its own door; that it is there is known now.
    await carriedBytes(spoken, this.abilities, open)
    const externalId = this.#clock.id()
    const { text, buttons, file } = spoken
    this.#remember(to, externalId, {
      ...{ from: 'us', text, buttons, at: this.#clock.now() },
      ...(file ? { file } : {}),
    })
    for (const nudge of this.#nudges.get(to) ?? []) nudge('us')
    return { externalId }
  }

  async bring(address: string, externalId: string, content: Content): Promise<void> {
    if (!this.#ears || this.#state === 'stopped')
      throw new Failure('channel:unreachable', { theirs: 'closed' })
    const sentAt = this.#clock.now()
    const said = { channel: this.id, from: address, externalId, edit: 0, sentAt, content }
    await this.#ears.arrived([said])
    this.#remember(address, externalId, this.#lineOf(address, content, sentAt))
    for (const nudge of this.#nudges.get(address) ?? []) nudge('person')
  }

  async keep(
    kind: FileHandle['kind'],
    bytes: Buffer,
    more: Pick<FileHandle, 'mime' | 'seconds'>,
  ): Promise<FileHandle> {
    return { kind, handle: await this.#files.keep(bytes), bytes: bytes.length, ...more }
  }

  async fetch(file: FileHandle, limit: number): Promise<Buffer> {
    return await this.#files.fetch(file.handle, limit)
  }

  recent(address: string): readonly ChatLine[] {
    return this.#remembered.get(address)?.lines ?? []
  }

  listen(address: string, nudge: Nudge): () => void {
    const nudges = this.#nudges.get(address) ?? new Set()
    this.#nudges.set(address, nudges.add(nudge))
    return () => {
      nudges.delete(nudge)
      if (nudges.size === 0) this.#nudges.delete(address)
    }
  }

  state(): ChannelState {
    return this.#state
  }

  async close(): Promise<void> {
    this.#state = 'stopped'
    this.#nudges.clear()
  }

  #remember(address: string, externalId: string, line: ChatLine): void {
    const known = this.#remembered.get(address) ?? { lines: [], ids: new Set() }
    if (known.ids.has(externalId)) return
    known.ids.add(externalId)
    known.lines = [...known.lines, line].slice(-mostRemembered)
    if (known.ids.size > 2 * mostRemembered) known.ids = new Set([...known.ids].slice(-mostRemembered))
    // Put at the end: the address that was silent longest is forgotten first.
    this.#remembered.delete(address)
    this.#remembered.set(address, known)
    const oldest = this.#remembered.keys().next().value
    if (this.#remembered.size > mostAddresses && oldest !== undefined) this.#remembered.delete(oldest)
  }

  #lineOf(address: string, content: Content, at: Date): ChatLine {
    switch (content.kind) {
      case 'text':
        return { from: 'person', text: content.text, at }
      case 'choice':
        return { from: 'person', text: this.#labelOf(address, content.list, content.number), at }
      case 'file': {
        const { kind, seconds } = content.file
        return { from: 'person', text: content.text ?? '', file: { kind, seconds }, at }
      }
      default:
        return { from: 'person', text: '', at }
    }
  }

  #labelOf(address: string, list: string, number: number): string {
    const buttons = this.recent(address).flatMap((it) => it.buttons ?? [])
    return buttons.find((it) => it.list === list && it.number === number)?.label ?? String(number)
  }
}
