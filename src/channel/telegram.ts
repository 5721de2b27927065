/**
 * The Telegram channel: listens by long polling or by a web hook, sends plain texts with inline buttons and files, fetches
 * files.
 * Of grammY it uses the client alone: its own ways of listening confirm an update before its row is written. Nor does
 * it use auto-retry: a send that waits silently would outlive its lease, and the line has to see `retry_after` itself.
 */
import { Api } from 'grammy'
import type { FileHandle, Incoming, Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { carriedBytes } from './carry.ts'
import type { Channel, ChannelState, Cursor, Ears, Hook, OpenFile, Sent } from './contract.ts'
import { isSecret, readJson } from './hook-body.ts'
import { rest } from './rest.ts'
import { sendParts } from './send-parts.ts'
import { download } from './telegram-file.ts'
import { readUpdate } from './telegram-parse.ts'
import { heardUpdates, poll } from './telegram-poll.ts'
import { failureOf, type Part, partsOf, say, telegramAbilities, theirSignal } from './telegram-send.ts'

export type TelegramSettings = {
  /** Channel row id. */
  readonly id: string
  readonly token: string
  readonly clock: Clock
  /** Default the real one. */
  readonly apiRoot?: string
  /** Set: Telegram calls us. `url` is the full public address of the hook; without it the operator sets the hook. */
  readonly webhook?: { readonly secret: string; readonly url?: string; readonly path?: string }
  /** How long Telegram holds an empty answer back (default 25). */
  readonly pollSeconds?: number
  /** First pause after a trouble in milliseconds (default 500); it doubles up to 30 s. */
  readonly pause?: number
  /** Told of each trouble while listening; without it only `state()` shows it. */
  readonly noticed?: (failure: Failure) => void
}

const realRoot = 'https://api.telegram.org'
const callLimit = 15_000
const downloadLimit = 60_000
/** Ten megabytes on a slow line. */
const uploadLimit = 180_000
/** How long `close` lets a send go on before it is cut. */
const grace = 5_000

/** A Telegram bot as a channel. Nothing is called before `start`; a wrong token shows as state `unauthorized`. */
export function makeTelegram(settings: TelegramSettings): Channel {
  return new Telegram(settings)
}

class Telegram implements Channel {
  readonly kind = 'telegram'
  readonly abilities = telegramAbilities
  readonly id: string
  readonly hooks: readonly Hook[]
  readonly #settings: TelegramSettings
  readonly #root: string
  readonly #api: Api
  /** The same account, more patient. */
  readonly #uploads: Api
  /** Aborted first: ends listening. */
  readonly #listening = new AbortController()
  /** Aborted after the grace: ends calls. */
  readonly #calling = new AbortController()
  readonly #pending = new Set<Promise<unknown>>()
  #listener: Promise<void> = Promise.resolve()
  #ears: Ears | undefined
  #state: ChannelState = 'starting'

  constructor(settings: TelegramSettings) {
    this.id = settings.id
    this.#settings = settings
    this.#root = (settings.apiRoot ?? realRoot).replace(/\/+$/, '')
    const timeoutSeconds = (settings.pollSeconds ?? 25) + 15
    this.#api = new Api(settings.token, { apiRoot: this.#root, timeoutSeconds })
    this.#uploads = new Api(settings.token, { apiRoot: this.#root, timeoutSeconds: uploadLimit / 1000 + 5 })
    const { webhook } = settings
    this.hooks = webhook
      ? [{ method: 'POST', path: webhook.path ?? '/hooks/telegram', handle: (it) => this.#hooked(it) }]
      : []
  }

  state(): ChannelState {
    return this.#state
  }

  async start(ears: Ears, cursor: Cursor): Promise<void> {
    this.#ears = ears
    const { token, clock, pollSeconds = 25, pause = 500, webhook } = this.#settings
    this.#listener = webhook
      ? this.#announce(webhook, pause)
      : poll({
          api: this.#api,
          token,
          clock,
          cursor,
          seconds: pollSeconds,
          pause,
          signal: this.#listening.signal,
          bring: (updates) => this.#bring(updates, ears),
          noticed: (failure) => this.#notice(failure),
        })
  }

  async send(to: string, spoken: Spoken, open: OpenFile): Promise<Sent> {
    const bytes = await carriedBytes(spoken, this.abilities, open)
    const send = (part: Part) => this.#sendPart(to, part, bytes)
    const externalId = await sendParts(partsOf(spoken), send, this.#calling.signal)
    return { externalId }
  }

  async fetch(file: FileHandle, limit: number): Promise<Buffer> {
    const { token } = this.#settings
    return this.#track(
      download({ api: this.#api, root: this.#root, token }, file, limit, this.#limit(downloadLimit)),
    )
  }

  /** Telegram keeps for a day what nobody confirmed, and we confirm rows: it tells how much is still to come. */
  async compare(): Promise<{ missing: number; waiting: number }> {
    const { pending_update_count: waiting } = await this.#api.getWebhookInfo()
    return { missing: 0, waiting }
  }

  async close(): Promise<void> {
    this.#state = 'stopped'
    this.#listening.abort()
    const cut = setTimeout(() => this.#calling.abort(), grace)
    await this.#listener
    await Promise.allSettled(this.#pending)
    clearTimeout(cut)
    this.#calling.abort()
  }

  /** Sends one part and gives its message id. */
  async #sendPart(to: string, part: Part, bytes: Buffer | undefined): Promise<string> {
    const chat = Number.isSafeInteger(Number(to)) ? Number(to) : to
    const [api, limit] = part.file ? [this.#uploads, uploadLimit] : [this.#api, callLimit]
    const sent = await this.#call((signal) => say(api, chat, part, bytes, theirSignal(signal)), limit)
    return String(sent.message_id)
  }

  /** Reads the updates in their order and brings them to the ears; resolves when their rows are durable. */
  async #bring(updates: readonly unknown[], ears: Ears): Promise<void> {
    let arrivals: Incoming[] = []
    for (const update of updates) {
      const read = readUpdate(update, this.id, this.#settings.clock.now())
      if (read.press !== undefined) this.#acknowledge(read.press)
      arrivals.push(...read.arrivals)
      if (read.news.length > 0) {
        if (arrivals.length > 0) await kept(ears.arrived(arrivals))
        arrivals = []
        await kept(ears.told(read.news))
      }
    }
    if (arrivals.length > 0) await kept(ears.arrived(arrivals))
  }

  /** Ends the waiting sign on the pressed button. Only a courtesy: a press that is too old is refused, and that is fine. */
  #acknowledge(press: string): void {
    const call = this.#call((signal) => this.#api.answerCallbackQuery(press, {}, theirSignal(signal)))
    call.catch(() => undefined)
  }

  async #hooked(request: Parameters<Hook['handle']>[0]): Promise<{ status: number }> {
    const { webhook } = this.#settings
    const secret = request.headers['x-telegram-bot-api-secret-token']
    if (!webhook || typeof secret !== 'string' || !isSecret(secret, webhook.secret)) return { status: 401 }
    if (!this.#ears || this.#listening.signal.aborted) return { status: 503 }
    const update = readJson(request.body)
    if (update === undefined) return { status: 400 }
    try {
      await this.#track(this.#bring([update], this.#ears))
      return { status: 200 }
    } catch (error) {
      // Telegram delivers it again; each chat's updates wait for one another there.
      this.#tell(failureOf(error, this.#settings.token))
      return { status: 500 }
    }
  }

  /** Sets the hook where we know our public address, else asks only whether the token is right; until it works. */
  async #announce(webhook: NonNullable<TelegramSettings['webhook']>, pause: number): Promise<void> {
    const { signal } = this.#listening
    for (let troubles = 0; !signal.aborted; troubles += 1) {
      try {
        if (webhook.url === undefined) await this.#call(() => this.#api.getMe(theirSignal(signal)))
        else await this.#setHook(webhook.url, webhook.secret, signal)
        return
      } catch (error) {
        if (signal.aborted) return
        const failure = failureOf(error, this.#settings.token)
        this.#tell(failure)
        const wrongKey = failure.code === 'channel:unauthorized'
        await rest(wrongKey ? 60_000 : Math.min(30_000, pause * 2 ** Math.min(troubles, 10)), signal)
      }
    }
  }

  async #setHook(url: string, secret: string, signal: AbortSignal): Promise<void> {
    const options = { secret_token: secret, allowed_updates: heardUpdates, drop_pending_updates: false }
    await this.#call(() => this.#api.setWebhook(url, options, theirSignal(signal)))
  }

  /** One call with its time limit; what goes wrong becomes a Failure without the token. */
  async #call<T>(call: (signal: AbortSignal) => Promise<T>, limit = callLimit): Promise<T> {
    try {
      const result = await this.#track(call(this.#limit(limit)))
      this.#notice(undefined)
      return result
    } catch (error) {
      const failure = failureOf(error, this.#settings.token)
      this.#setState(failure)
      throw failure
    }
  }

  #limit(milliseconds: number): AbortSignal {
    return AbortSignal.any([this.#calling.signal, AbortSignal.timeout(milliseconds)])
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work)
    try {
      return await work
    } finally {
      this.#pending.delete(work)
    }
  }

  #notice(failure: Failure | undefined): void {
    this.#setState(failure)
    if (failure) this.#tell(failure)
  }

  #tell(failure: Failure): void {
    this.#settings.noticed?.(failure)
  }

  /** A refusal of one message says nothing about the channel: Telegram answered, so it is up. */
  #setState(failure: Failure | undefined): void {
    if (this.#state === 'stopped') return
    if (failure?.code === 'channel:unauthorized') this.#state = 'unauthorized'
    else if (failure?.code === 'channel:unreachable') this.#state = 'down'
    else this.#state = 'up'
  }
}

/** Rows that could not be written are our trouble, not Telegram's; the update stays unconfirmed and comes again. */
async function kept(rows: Promise<void>): Promise<void> {
  try {
    await rows
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure('database:unreachable', {}, { cause })
  }
}
