/**
 * The WhatsApp Cloud API as a channel: Meta calls our web hook, signed over the raw body; we call Meta to send and to
 * fetch files. One channel is one phone number.
 */
import { createHmac } from 'node:crypto'
import type { Language } from '../core/language.ts'
import type { FileHandle, Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { carriedBytes } from './carry.ts'
import type { Channel, ChannelState, Ears, Hook, OpenFile, Sent } from './contract.ts'
import { isSecret, readJson } from './hook-body.ts'
import { sendParts } from './send-parts.ts'
import { Graph } from './whatsapp-cloud-graph.ts'
import { readHook } from './whatsapp-cloud-parse.ts'
import { type Part, partsOf, whatsappCloudAbilities, withFile } from './whatsapp-cloud-send.ts'

export type WhatsappCloudSettings = {
  /** Channel row id. */
  readonly id: string
  readonly token: string
  /** Meta's id of the phone number. */
  readonly phoneId: string
  /** Signs what Meta brings. */
  readonly appSecret: string
  /** What Meta says once, when the hook is set. */
  readonly verifyToken: string
  readonly apiRoot: string
  /** The word on the button that opens a list of choices. */
  readonly listButton: (language: Language) => string
  readonly clock: Clock
  /** Told of each trouble while listening. */
  readonly noticed?: (failure: Failure) => void
}

const callLimit = 15_000
const fileLimit = 120_000
/** How long `close` lets a call go on before it is cut. */
const grace = 5_000
const path = '/hooks/whatsapp'

/** One phone number as a channel. Nothing is called before `start`. */
export function makeWhatsappCloud(settings: WhatsappCloudSettings): Channel {
  return new WhatsappCloud(settings)
}

class WhatsappCloud implements Channel {
  readonly kind = 'whatsapp_cloud'
  readonly abilities = whatsappCloudAbilities
  readonly id: string
  readonly hooks: readonly Hook[]
  readonly #settings: WhatsappCloudSettings
  readonly #graph: Graph
  readonly #calling = new AbortController()
  readonly #pending = new Set<Promise<unknown>>()
  #ears: Ears | undefined
  #state: ChannelState = 'starting'

  constructor(settings: WhatsappCloudSettings) {
    this.id = settings.id
    this.#settings = settings
    this.#graph = new Graph({ root: settings.apiRoot, token: settings.token, phoneId: settings.phoneId })
    this.hooks = [
      { method: 'GET', path, handle: async ({ query }) => this.#shakeHands(query) },
      { method: 'POST', path, handle: (request) => this.#hooked(request) },
    ]
  }

  state(): ChannelState {
    return this.#state
  }

  /** Listens at once; whether the token is right is asked beside. */
  async start(ears: Ears): Promise<void> {
    this.#ears = ears
    void this.#call(callLimit, (signal) => this.#graph.check(signal)).catch((error: unknown) => {
      if (error instanceof Failure) this.#settings.noticed?.(error)
    })
  }

  async send(to: string, spoken: Spoken, open: OpenFile): Promise<Sent> {
    const bytes = await carriedBytes(spoken, this.abilities, open)
    const parts = partsOf(spoken, this.#settings.listButton(spoken.language))
    const send = async (part: Part) => {
      const body = bytes && part.file ? withFile(part.body, await this.#upload(part.file, bytes)) : part.body
      return this.#call(callLimit, (signal) => this.#graph.send(to, body, signal))
    }
    const externalId = await sendParts(parts, send, this.#calling.signal)
    return { externalId }
  }

  fetch(file: FileHandle, limit: number): Promise<Buffer> {
    return this.#call(fileLimit, (signal) => this.#graph.download(file.handle, limit, signal))
  }

  async close(): Promise<void> {
    this.#state = 'stopped'
    this.#ears = undefined
    const cut = setTimeout(() => this.#calling.abort(), grace)
    await Promise.allSettled(this.#pending)
    clearTimeout(cut)
    this.#calling.abort()
  }

  #upload({ mime, name, kind }: NonNullable<Part['file']>, bytes: Buffer): Promise<string> {
    const file = { bytes, mime, name: name ?? (kind === 'voice' ? 'voice.ogg' : kind) }
    return this.#call(fileLimit, (signal) => this.#graph.upload(file, signal))
  }

  /** "Verification requests": the challenge goes back to whoever knows the word. */
  #shakeHands(query: Readonly<Record<string, string | undefined>>): { status: number; body?: string } {
    const knows = isSecret(query['hub.verify_token'] ?? '', this.#settings.verifyToken)
    if (query['hub.mode'] !== 'subscribe' || !knows) return { status: 403 }
    return { status: 200, body: query['hub.challenge'] ?? '' }
  }

  /** Answered once everything in it is durable; Meta brings again for days what was not answered with 200. */
  async #hooked({ headers, body }: Parameters<Hook['handle']>[0]): Promise<{ status: number }> {
    const { appSecret, phoneId, clock } = this.#settings
    const signature = headers['x-hub-signature-256']
    const expected = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
    if (typeof signature !== 'string' || !isSecret(signature, expected)) return { status: 401 }
    if (!this.#ears) return { status: 503 }
    if (this.#state === 'starting') this.#state = 'up'
    const received = readJson(body)
    if (received === undefined) return { status: 400 }
    const { arrivals, reports, news } = readHook(received, { channel: this.id, phoneId, now: clock.now() })
    const ears = this.#ears
    await this.#track(
      (async () => {
        if (arrivals.length > 0) await ears.arrived(arrivals)
        if (reports.length > 0) await ears.reported(reports)
        if (news.length > 0) await ears.told(news)
      })(),
    )
    return { status: 200 }
  }

  async #call<T>(limit: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([this.#calling.signal, AbortSignal.timeout(limit)])
    try {
      const result = await this.#track(call(signal))
      this.#setState(undefined)
      return result
    } catch (error) {
      if (error instanceof Failure) this.#setState(error)
      throw error
    }
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work)
    try {
      return await work
    } finally {
      this.#pending.delete(work)
    }
  }

  /** A refusal of one message says nothing about the channel: Meta answered, so it is up. */
  #setState(failure: Failure | undefined): void {
    if (this.#state === 'stopped') return
    if (failure?.code === 'channel:unauthorized') this.#state = 'unauthorized'
    else if (failure?.code === 'channel:unreachable') this.#state = 'down'
    else this.#state = 'up'
  }
}
