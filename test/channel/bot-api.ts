/**
 * A stand-in for Telegram's Bot API, as strict as the real one where it matters here: long polling that confirms by
 * offset, one poller at a time, web hooks with secret and redelivery, presses that expire, refusals on demand.
 * `bot-api-chat.ts` holds the people and what the bot did to them; this file holds the line to the bot.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Chats } from './bot-api-chat.ts'
import { ApiError, type Params } from './bot-api-shape.ts'
import { readMultipart } from './multipart.ts'

/** A refusal to give instead of an answer, `times` times (default 1). */
export type Refusal = {
  readonly method?: string
  readonly code: number
  readonly description: string
  readonly retryAfter?: number
  readonly times?: number
}

type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>
type Hook = { readonly url: string; readonly secret?: string }

export class BotApi {
  readonly token: string
  readonly chats: Chats
  /** Every call, in order. */
  readonly calls: { readonly method: string; readonly params: Params }[] = []
  /** The highest offset the bot has asked with: everything below is confirmed. */
  confirmedBelow = 0
  /** How often a hook was called, and what it answered. */
  readonly hookAnswers: number[] = []
  /** Before each redelivery of a hook, in milliseconds. */
  redeliverAfter = 15
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  readonly #wakers = new Set<() => void>()
  #refusals: Refusal[] = []
  #updates: Update[] = []
  #nextUpdate = 700_001
  #hook: Hook | undefined
  #delivering: Promise<void> = Promise.resolve()
  #poller: (() => void) | undefined
  #closed = false

  constructor(token: string) {
    this.token = token
    this.chats = new Chats((update) => this.deliver(update))
  }

  static async start(token = '123456:stand-in-token'): Promise<BotApi> {
    const api = new BotApi(token)
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve))
    return api
  }

  /** What goes into `apiRoot`. */
  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Updates that no offset has confirmed yet. */
  get unconfirmed(): number {
    return this.#updates.length
  }

  refuse(refusal: Refusal): void {
    this.#refusals.push(refusal)
  }

  /** A quiet week goes by: numbers go on from somewhere else, lower ones included. */
  restartNumbers(at: number): void {
    this.#nextUpdate = at
  }

  /** Puts an update in line, by whichever way the bot listens. */
  deliver(update: Readonly<Record<string, unknown>>): void {
    this.#updates.push({ update_id: this.#nextUpdate++, ...update })
    for (const wake of this.#wakers) wake()
    this.#pushAll()
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const wake of this.#wakers) wake()
    await this.#delivering
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://bot')
    const file = `/file/bot${this.token}/`
    if (url.pathname.startsWith(file)) return this.#serveFile(url.pathname.slice(file.length), response)
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? []
    const params = await readParams(request, url)
    let status = 200
    let answer: unknown
    try {
      if (token !== this.token) throw new ApiError(401, 'Unauthorized')
      this.calls.push({ method, params })
      answer = { ok: true, result: await this.#call(method, params, request) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      status = error.code
      const parameters = error.retryAfter === undefined ? undefined : { retry_after: error.retryAfter }
      answer = { ok: false, error_code: error.code, description: error.message, parameters }
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  async #call(method: string, params: Params, request: IncomingMessage): Promise<unknown> {
    this.#refuseIfAsked(method)
    switch (method) {
      case 'getMe':
        return { id: 4242, is_bot: true, first_name: 'Baro', username: 'baro_stand_in_bot' }
      case 'getUpdates':
        return await this.#getUpdates(params, request)
      case 'setWebhook':
        this.#hook = { url: String(params['url']), secret: params['secret_token'] as string | undefined }
        this.#poller?.()
        this.#pushAll()
        return true
      case 'deleteWebhook':
        this.#hook = undefined
        return true
      case 'getWebhookInfo':
        return { url: this.#hook?.url ?? '', pending_update_count: this.#updates.length }
      default:
        return this.chats.call(method, params)
    }
  }

  #refuseIfAsked(method: string): void {
    const index = this.#refusals.findIndex((it) => it.method === undefined || it.method === method)
    const refusal = this.#refusals[index]
    if (!refusal) return
    const left = (refusal.times ?? 1) - 1
    this.#refusals.splice(index, 1, ...(left > 0 ? [{ ...refusal, times: left }] : []))
    throw new ApiError(refusal.code, refusal.description, refusal.retryAfter)
  }

  async #getUpdates(params: Params, request: IncomingMessage): Promise<Update[]> {
    if (this.#hook) throw new ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
    // The poller that was waiting gives way to the one that asks now.
    this.#poller?.()
    const offset = Number(params['offset'] ?? 0)
    if (offset > 0) {
      this.confirmedBelow = offset
      this.#updates = this.#updates.filter((it) => it.update_id >= offset)
    }
    const ousted = await this.#waitForUpdates(Number(params['timeout'] ?? 0), request)
    if (ousted) throw new ApiError(409, 'Conflict: terminated by other getUpdates request')
    return this.#updates.slice(0, Number(params['limit'] ?? 100))
  }

  /** Waits until there is an update or the time is up; true when another poller took over. */
  async #waitForUpdates(seconds: number, request: IncomingMessage): Promise<boolean> {
    if (this.#updates.length > 0 || seconds === 0 || this.#closed) return false
    return new Promise((resolve) => {
      const end = (ousted: boolean) => {
        clearTimeout(timer)
        this.#wakers.delete(wake)
        if (this.#poller === oust) this.#poller = undefined
        resolve(ousted)
      }
      const wake = () => end(false)
      const oust = () => end(true)
      const timer = setTimeout(wake, seconds * 1000)
      this.#wakers.add(wake)
      this.#poller = oust
      request.on('close', wake)
    })
  }

  #pushAll(): void {
    if (this.#hook) this.#delivering = this.#delivering.then(() => this.#push())
  }

  /** Calls the hook, one update after the other, each until it is answered with 2xx. */
  async #push(): Promise<void> {
    while (this.#hook && this.#updates[0] && !this.#closed) {
      const update = this.#updates[0]
      const headers: Record<string, string> = { 'content-type': 'application/json' }
      if (this.#hook.secret !== undefined) headers['x-telegram-bot-api-secret-token'] = this.#hook.secret
      const status = await fetch(this.#hook.url, { method: 'POST', headers, body: JSON.stringify(update) })
        .then((it) => it.status)
        .catch(() => 0)
      this.hookAnswers.push(status)
      if (status >= 200 && status < 300) this.#updates = this.#updates.filter((it) => it !== update)
      else await new Promise((resolve) => setTimeout(resolve, this.redeliverAfter))
    }
  }

  #serveFile(path: string, response: ServerResponse): void {
    const bytes = this.chats.fileAt(decodeURIComponent(path))
    if (bytes) response.writeHead(200).end(bytes)
    else response.writeHead(404).end('{"ok":false,"error_code":404,"description":"Not Found"}')
  }
}

async function readParams(request: IncomingMessage, url: URL): Promise<Params> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  const query = Object.fromEntries(url.searchParams)
  if (body.length === 0) return query
  if (type.startsWith('multipart/form-data')) return { ...query, ...readMultipart(body, type) }
  if (type.startsWith('application/json')) return { ...query, ...(JSON.parse(body.toString()) as Params) }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) }
}
