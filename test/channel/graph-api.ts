/**
 * A stand-in for Meta's Graph API and its web hook, on loopback: takes messages and files, serves files with their hash,
 * and brings signed bodies to the hooks of a channel until they are answered with 200.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Channel } from '../../src/channel/contract.ts'

export const phoneId = '106540352242922'
/** The account of hookBody. */
export const business = '419561257915477'
export const appSecret = 'an-app-secret'
export const verifyToken = 'a-verify-token'

type Refusal = {
  readonly status: number
  readonly code?: number
  readonly headers?: Readonly<Record<string, string>>
}

export class GraphApi {
  readonly token = 'a-token'
  /** To how many its business may write first in a day; absent: the API does not tell. */
  limit: string | undefined
  /** What the account says of the throughput of its number. */
  level = 'STANDARD'
  /** Bodies of `messages` calls in their order, answered or not. */
  readonly sent: Record<string, unknown>[] = []
  /** Messages that were marked as read, with the typing that was shown. */
  readonly attended: Record<string, unknown>[] = []
  /** What the account has, as Meta lists it, and what was handed in. */
  readonly templates: Record<string, unknown>[] = []
  readonly files = new Map<string, { bytes: Buffer; mime: string; sha256: string }>()
  /** Answers of the hook to what was brought. */
  readonly hookAnswers: number[] = []
  readonly #refusals: (Refusal | undefined)[] = []
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response))
  #count = 0

  static async start(): Promise<GraphApi> {
    const api = new GraphApi()
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve))
    return api
  }

  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v23.0`
  }

  /** The next call that sends something is refused so, after letting so many through. */
  refuse(refusal: Refusal, after = 0): void {
    this.#refusals.push(...Array.from({ length: after }, () => undefined), refusal)
  }

  /** Keeps a file as Meta does for somebody who sent it; gives its id. */
  keep(bytes: Buffer, mime: string, sha256 = createHash('sha256').update(bytes).digest('hex')): string {
    const id = String(2_000_000 + ++this.#count)
    this.files.set(id, { bytes, mime, sha256 })
    return id
  }

  /** Brings a body to the channel, signed; again after a refusal, as Meta does for days. */
  async bring(channel: Channel, value: object, tries = 5): Promise<void> {
    await this.tell(channel, hookBody(value), tries)
  }

  /** Brings a whole body, signed. */
  async tell(channel: Pick<Channel, 'hooks'>, whole: object, tries = 5): Promise<void> {
    const body = Buffer.from(JSON.stringify(whole))
    const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
    for (let n = 0; n < tries; n++) {
      const status = await knock(channel, body, { 'x-hub-signature-256': signature })
      this.hookAnswers.push(status)
      if (status === 200) return
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const say = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      say(401, { error: { code: 190, message: 'Invalid OAuth access token' } })
      return
    }
    const attends = raw.includes('typing_indicator')
    const refusal = request.method === 'POST' && !attends ? this.#refusals.shift() : undefined
    if (refusal) {
      say(
        refusal.status,
        refusal.code === undefined ? {} : { error: { code: refusal.code } },
        refusal.headers,
      )
      return
    }
    const bytesOf = /^\/v23\.0\/bytes\/(\d+)$/.exec(path)?.[1]
    const file = bytesOf && this.files.get(bytesOf)
    if (file) {
      response.writeHead(200, { 'content-type': file.mime }).end(file.bytes)
    } else if (path === `/v23.0/${phoneId}/messages`) {
      const message = JSON.parse(raw.toString()) as Record<string, unknown>
      if (message['status'] === 'read') {
        this.attended.push(message)
        say(200, { success: true })
        return
      }
      this.sent.push(message)
      say(200, { messaging_product: 'whatsapp', messages: [{ id: `wamid.${++this.#count}` }] })
    } else if (path === `/v23.0/${phoneId}/media`) {
      say(200, { id: this.keep(filePart(raw), 'application/octet-stream') })
    } else if (path === `/v23.0/${business}/message_templates`) {
      if (request.method === 'POST') {
        const { components, ...one } = JSON.parse(raw.toString()) as Record<string, unknown>
        this.templates.push({ id: String(++this.#count), status: 'PENDING', components, ...one })
        say(200, { id: String(this.#count), status: 'PENDING', category: one['category'] })
      } else this.#list(request.url ?? '', say)
    } else if (path === `/v23.0/${phoneId}`) {
      const asked = new URL(request.url ?? '', 'http://x').searchParams.get('fields') ?? ''
      if (asked === 'whatsapp_business_manager_messaging_limit') this.#tellLimit(say)
      else say(200, { id: phoneId, throughput: { level: this.level } })
    } else {
      this.#describe(path.replace('/v23.0/', ''), say)
    }
  }

  /** A version of the API that does not know the field refuses it. */
  #tellLimit(say: (status: number, body: unknown) => void): void {
    if (this.limit === undefined) say(400, { error: { code: 100 } })
    else say(200, { id: phoneId, whatsapp_business_manager_messaging_limit: this.limit })
  }

  /** Two on a page. */
  #list(url: string, say: (status: number, body: unknown) => void): void {
    const start = Number(new URL(url, 'http://x').searchParams.get('after') ?? 0)
    const end = start + 2
    const next = end < this.templates.length ? { next: 'more' } : {}
    say(200, { data: this.templates.slice(start, end), paging: { cursors: { after: String(end) }, ...next } })
  }

  #describe(id: string, say: (status: number, body: unknown) => void): void {
    const file = this.files.get(id)
    if (!file) {
      say(400, { error: { code: 100, message: 'Unsupported get request' } })
      return
    }
    const { bytes, mime, sha256 } = file
    say(200, {
      id,
      url: `${this.root}/bytes/${id}`,
      file_size: String(bytes.length),
      mime_type: mime,
      sha256,
    })
  }
}

/** The envelope of one change for our number. */
export function hookBody(value: object, number = phoneId): object {
  const metadata = { display_phone_number: '15550783881', phone_number_id: number }
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }
  return { object: 'whatsapp_business_account', entry: [{ id: business, changes: [change] }] }
}

/** What the channel's hook answers. */
export async function knock(
  channel: Pick<Channel, 'hooks'>,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const hook = channel.hooks.find(({ method }) => method === 'POST')
  try {
    return (await hook?.handle({ headers, query: {}, body }))?.status ?? 404
  } catch {
    return 500
  }
}

/** The bytes of the part named `file` of a multipart body, read by hand: it is the last one. */
function filePart(raw: Buffer): Buffer {
  const boundary = raw.subarray(0, raw.indexOf('\r\n'))
  const head = raw.indexOf('name="file"')
  const start = raw.indexOf('\r\n\r\n', head) + 4
  return raw.subarray(start, raw.indexOf(boundary, start) - 2)
}
