/** What every channel is: it brings arrivals, sends what was decided, says what it can do, and fetches files. */
import type { FileHandle, Incoming, SendPriority, SentKind, Spoken, Typed } from '../core/message.ts'
import type { NewTemplate, ToldTemplate } from '../core/template.ts'
import type { FailureCode } from '../failure.ts'

/** What a channel's app can show. Numbers are the provider's limits; the source stands beside them in each channel. */
export type Abilities = {
  readonly buttons: { readonly most: number; readonly labelLength: number } | undefined
  readonly textLength: number
  /** How many bytes of each kind it can carry; a kind that is absent cannot go out on it. */
  readonly files: Readonly<Partial<Record<SentKind, number>>>
  readonly edits: boolean
  readonly typing: boolean
  /** For how many hours after a person's last word the provider takes an answer; absent: for ever. */
  readonly answerWindow?: number
}

/** A report about a message of ours; only moves its state forward. */
export type Report = {
  readonly channel: string
  readonly externalId: string
  readonly state: 'sent' | 'delivered' | 'read' | 'failed'
  readonly at: Date
  /** Why it failed, where the provider says so. */
  readonly failure?: FailureCode
}

/**
 * Something a provider tells of an address: the person blocked us, or came back; they write from another number from here
 * on; somebody else, or another phone, may be behind it.
 */
export type AddressNews = { readonly channel: string; readonly from: string } & (
  | { readonly news: 'blocked' | 'unblocked' | 'identity_changed' }
  /** `to` as far as the provider says it. */
  | { readonly news: 'number_changed'; readonly to?: string }
)

/** The approved wordings of an account, where its provider asks for some (core/template.ts). */
export type TemplateDesk = {
  /** The business account that they belong to; undefined until it is known. */
  business(): string | undefined
  list(): Promise<readonly ToldTemplate[]>
  /** Hands one in for approval. Fails as a send does. */
  submit(one: NewTemplate): Promise<Pick<ToldTemplate, 'theirId' | 'state'>>
}

/** Where a channel brings what it heard. Each promise resolves when the rows are durable: only then answer the provider. */
export type Ears = {
  arrived(arrivals: readonly Incoming[]): Promise<void>
  reported(reports: readonly Report[]): Promise<void>
  told(news: readonly AddressNews[]): Promise<void>
  /** Compared with the provider after a silence: so many messages of this account never came, often none. */
  missed?(channel: string, count: number): Promise<void>
  /** What staff typed on the phone of the account; a repeat falls away. */
  typed?(said: readonly Typed[]): Promise<void>
}

/** Whose turn it is to be written to, and when. */
export type Turns = {
  /**
   * Resolves when a message may go to this address; rejects when `signal` ends the wait. A campaign takes what answers
   * leave, and never has its turn promised before theirs.
   */
  turn(address: string, signal: AbortSignal, priority?: SendPriority): Promise<void>
  /** The provider asked for silence: nobody's turn comes before it is over. */
  hold(seconds: number): void
}

/** The bytes of a file of ours, by its id in `media`. Fails with `media:gone`, `key:erased`, `database:unreachable`. */
export type OpenFile = (media: string) => Promise<Buffer>

/** What the provider answered to a send. */
export type Sent = { readonly externalId: string }

/** What a sender knows of a message besides its words. */
export type Sending = {
  /** It went out before, and nobody knows whether it arrived: look before saying it twice. */
  readonly resent: boolean
  /** One information to many. */
  readonly campaign?: boolean
}

/** A web hook that the web server mounts for the channel; the body is raw, as signatures want it. */
export type Hook = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  handle(request: {
    readonly headers: Readonly<Record<string, string | string[] | undefined>>
    readonly query: Readonly<Record<string, string | undefined>>
    readonly body: Buffer
  }): Promise<{ readonly status: number; readonly body?: string }>
}

export type ChannelState = 'starting' | 'up' | 'down' | 'unauthorized' | 'stopped'

/** One running account of a kind. Made by a factory of its kind with its settings; owned and closed by the house. */
export type Channel = {
  /** Row id. */
  readonly id: string
  readonly kind: 'telegram' | 'web_chat' | 'terminal' | 'fake' | 'whatsapp_web' | 'whatsapp_cloud'
  readonly abilities: Abilities
  /** Starts to listen. `cursor` keeps what a poller must remember between runs, written after the rows it covers. */
  start(ears: Ears, cursor: Cursor): Promise<void>
  /**
   * Hands one message to the provider. Resolves with the provider's id; fails with `channel:throttled` (facts:
   * `afterSeconds`, and `pair` when only this person has to wait), `channel:unreachable` (nothing is known to have been sent), `channel:blocked` (the person will
   * not hear us), `channel:window_closed` (not until they write again), `channel:refused` (this message never), `channel:unsupported` (never a file of this kind or size),
   * `channel:unauthorized` (the account's key is wrong), `channel:doubtful` (nobody knows whether it went out; facts:
   * `externalId` where it has one). The bytes of a file are read when it sends, by `open`.
   */
  send(to: string, spoken: Spoken, open: OpenFile, sending?: Sending): Promise<Sent>
  /**
   * Why nothing can be sent from this process at this moment; what waits stays queued and no try is counted. `elsewhere`:
   * another process speaks for the account. Absent: a channel that can always try.
   */
  holdsBack?(): 'elsewhere' | 'down' | 'paused' | undefined
  /** Another kind of process speaks for it (`ROLE`): nothing is sent or fetched here. */
  readonly elsewhere?: true
  /** How fast it may be spoken to, where it knows better than a table (job/pace.ts). */
  readonly turns?: Turns
  /** How many messages a second its provider lets this account send, once it told. */
  readonly perSecond?: () => number | undefined
  /** How long a send may take in milliseconds before its fate counts as unknown; default half a minute. */
  readonly patience?: number
  /** The bytes of a file that arrived, at most `limit` of them; fails with `media:too_large` or `media:gone`. */
  fetch(file: FileHandle, limit: number): Promise<Buffer>
  readonly hooks: readonly Hook[]
  readonly templates?: TemplateDesk
  /**
   * What the provider still has for us, where it can tell: asked after each reconnect. An account that finds out by itself
   * tells its ears instead.
   */
  compare?(): Promise<{ readonly missing: number; readonly waiting: number }>
  state(): ChannelState
  /** Stops listening; what is being sent is finished or fails. */
  close(): Promise<void>
}

/** A small text kept for a poller, for instance Telegram's offset. */
export type Cursor = { read(): Promise<string | undefined>; write(value: string): Promise<void> }
