/**
 * Calls of Meta's Graph API for one phone number. What goes wrong becomes a Failure that holds a code and never the token,
 * a number or a word of the message.
 */
import { createHash } from 'node:crypto'
import { type Dispatcher, request } from 'undici'
import { z } from 'zod'
import { Failure } from '../failure.ts'
import { refusal } from './whatsapp-cloud-failure.ts'

export type GraphSettings = {
  /** With its version, for instance `https://graph.facebook.com/v23.0`. */
  readonly root: string
  readonly token: () => string
  readonly phoneId: string
}

const fault = z.object({ error: z.object({ code: z.number() }) })
const sentBody = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })
const idBody = z.object({ id: z.string().min(1) })
const mediaBody = z.object({
  url: z.url(),
  sha256: z.string().optional(),
  file_size: z.coerce.number().optional(),
})

const numberBody = z.object({ throughput: z.object({ level: z.string() }).optional().catch(undefined) })
const limitBody = z.object({ whatsapp_business_manager_messaging_limit: z.string().min(1).max(60) })
/** "Throughput": numbers that were raised send 1,000 messages a second; a little is left for what else is called. */
const highPerSecond = 900

/** A call. `request` of undici costs the processor a quarter of what `fetch` does (README, figures). */
type Call = {
  readonly method?: 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly signal: AbortSignal
}

/** Where Meta keeps files, besides the place of the API itself: the token is shown to nobody else. */
const theirHosts = /(?:^|\.)(?:facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net)$/

export class Graph {
  readonly #settings: GraphSettings
  readonly #root: string

  constructor(settings: GraphSettings) {
    this.#settings = settings
    this.#root = settings.root.replace(/\/+$/, '')
  }

  /** Sends one message to a number in digits or a user id; gives Meta's id of it. */
  async send(to: string, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<string> {
    const whom = /^\d+$/.test(to) ? { recipient_type: 'individual', to } : { recipient: to }
    const answer = await this.#post('messages', { messaging_product: 'whatsapp', ...whom, ...body }, signal)
    return readAnswer(sentBody, answer).messages[0]?.id ?? ''
  }

  /** Hands a file over; gives Meta's id of it, good for thirty days. */
  async upload(
    file: { readonly bytes: Buffer; readonly mime: string; readonly name: string },
    signal: AbortSignal,
  ): Promise<string> {
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    form.set('type', file.mime)
    form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.mime }), file.name)
    // `request` of undici 7.30 never ends a form on Node 24: it gets the bytes of one.
    const written = new Response(form)
    const answer = await this.#call(`${this.#root}/${this.#settings.phoneId}/media`, {
      method: 'POST',
      headers: { 'content-type': written.headers.get('content-type') ?? '' },
      body: Buffer.from(await written.arrayBuffer()),
      signal,
    })
    return readAnswer(idBody, await answer.body.json()).id
  }

  /**
   * The bytes of a file that somebody sent, at most `limit`, checked against the hash that Meta tells. Fails with
   * `media:too_large`, `media:gone`, and `channel:unreachable` for bytes that are not those of the hash.
   */
  async download(id: string, limit: number, signal: AbortSignal): Promise<Buffer> {
    const found = await this.#call(
      `${this.#root}/${encodeURIComponent(id)}?phone_number_id=${this.#settings.phoneId}`,
      {
        signal,
      },
    ).catch(asGone)
    const { url, sha256, file_size: size } = readAnswer(mediaBody, await found.body.json())
    if (size !== undefined && size > limit) throw new Failure('media:too_large', { limit })
    const { host, hostname, protocol } = new URL(url)
    const ours = new URL(this.#root)
    const known = host === ours.host || (protocol === 'https:' && theirHosts.test(hostname))
    if (!known) throw new Failure('channel:refused', { theirs: 'a file lies on a strange host' })
    const answer = await this.#call(url, { signal }).catch(asGone)
    const bytes = await readUpTo(answer, limit)
    if (sha256 !== undefined && !isHash(bytes, sha256)) {
      throw new Failure('channel:unreachable', { theirs: 'a file came with other bytes than its hash says' })
    }
    return bytes
  }

  /** Whether the number and the token belong together. */
  async check(signal: AbortSignal): Promise<{ readonly perSecond: number | undefined }> {
    const url = `${this.#root}/${this.#settings.phoneId}?fields=id,throughput`
    const answer = await this.#call(url, { signal })
    const level = numberBody.safeParse(await answer.body.json()).data?.throughput?.level
    return { perSecond: level === 'HIGH' ? highPerSecond : undefined }
  }

  /**
   * To how many people its business may write first in a day, in Meta's word ("Messaging limits"); undefined where this
   * version of the API does not tell.
   */
  async dailyLimit(signal: AbortSignal): Promise<string | undefined> {
    const url = `${this.#root}/${this.#settings.phoneId}?fields=whatsapp_business_manager_messaging_limit`
    const answer = await this.#call(url, { signal }).catch((error: unknown) => {
      if (error instanceof Failure && !error.trouble.retry) return undefined
      throw error
    })
    return limitBody.safeParse(await answer?.body.json()).data?.whatsapp_business_manager_messaging_limit
  }

  /** Marks a message as read, and shows for at most 25 seconds that an answer is being written. */
  async attend(message: string, signal: AbortSignal): Promise<void> {
    const body = { status: 'read', message_id: message, typing_indicator: { type: 'text' } }
    await this.#post('messages', { messaging_product: 'whatsapp', ...body }, signal)
  }

  /** Something of the business account, by its path. */
  async read(path: string, signal: AbortSignal): Promise<unknown> {
    return (await this.#call(`${this.#root}/${path}`, { signal })).body.json()
  }

  /** Something new for the business account. */
  async write(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#send(`${this.#root}/${path}`, body, signal)
  }

  async #post(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#send(`${this.#root}/${this.#settings.phoneId}/${path}`, body, signal)
  }

  async #send(url: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    const answer = await this.#call(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    })
    return answer.body.json()
  }

  /** Follows no redirection: the token would go along. */
  async #call(url: string, call: Call): Promise<Dispatcher.ResponseData> {
    const headers = { ...call.headers, authorization: `Bearer ${this.#settings.token()}` }
    const answer = await request(url, { ...call, headers }).catch((error: unknown) => {
      throw new Failure('channel:unreachable', { theirs: error instanceof Error ? error.name : 'unknown' })
    })
    if (answer.statusCode < 300) return answer
    const told = fault.safeParse(await answer.body.json().catch(() => undefined))
    if (answer.statusCode < 400) throw new Failure('channel:unreachable', { theirs: 'redirected' })
    const wait = Number(answer.headers['retry-after'] ?? Number.NaN)
    throw refusal(answer.statusCode, told.data?.error.code, wait > 0 ? wait : undefined)
  }
}

/** Meta answers 200 before it says what it said; an answer of another shape may or may not have done it. */
export function readAnswer<T extends z.ZodType>(shape: T, answer: unknown): z.output<T> {
  const read = shape.safeParse(answer)
  if (!read.success) throw new Error('Meta answered in a shape that we do not know')
  return read.data
}

/** A file is kept for thirty days, its address for five minutes. */
function asGone(error: unknown): never {
  const gone = error instanceof Failure && error.code === 'channel:refused'
  throw gone ? new Failure('media:gone') : error
}

async function readUpTo({ body }: Dispatcher.ResponseData, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > limit) throw new Failure('media:too_large', { limit })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The web hook tells the hash in base64, the media call in hex. */
function isHash(bytes: Buffer, told: string): boolean {
  const digest = createHash('sha256').update(bytes)
  return [digest.copy().digest('hex'), digest.digest('base64')].includes(told)
}
