/**
 * The routes of the web chat, mounted by the web server: the page, its thread, its line of nudges, what is sent. All of
 * it works with scripts off; with scripts, a nudge makes the page fetch its thread again.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileReply } from '../core/file.ts'
import type { Language } from '../core/language.ts'
import type { Content } from '../core/message.ts'
import type { Clock } from '../world.ts'
import { type ChatLine, longestChatText, type WebChatChannel } from './web-chat.ts'
import { mountLines } from './web-chat-lines.ts'
import { chatPage, chatThread, type Word } from './web-chat-page.tsx'
import { type Post, type Refused, readPost } from './web-chat-post.ts'
import { type Limit, languageOf, makeLimit, visitorCookie, visitorOf } from './web-chat-visitor.ts'

type Vars = Readonly<Record<string, string | number>>

export type WebChatParts = {
  /** Words of the page, `web_chat.*`. */
  readonly t: (language: Language, key: string, vars?: Vars) => string
  readonly clock: Clock
  /** Signs the cookie that makes a browser an address. */
  readonly cookieKey: Buffer
  /** Whether people reach us by https: the cookie is then marked Secure. */
  readonly secure: boolean
  /** The conversation of an address, oldest first, from the database. */
  readonly history: (address: string) => Promise<readonly ChatLine[]>
  /** A file of this conversation; undefined for every other, existing or not. */
  readonly file: (address: string, media: string) => Promise<ChatFile | undefined>
  /** The language the person chose in the conversation; until then the browser's. */
  readonly language?: (address: string) => Promise<Language | undefined>
  /**
   * How long a browser without scripts is kept waiting so that its next page already shows the answer; in milliseconds
   * (default 1500).
   */
  readonly answerWithin?: number
  /** Messages a minute from one browser (default 20), requests a minute from one network address (default 600). */
  readonly limits?: { readonly address: number; readonly network: number }
}

export type ChatFile = {
  readonly mime?: string
  readonly kind: string
  readonly name?: string
  readonly bytes: Buffer
}

/** What every route needs. */
type Chat = WebChatParts & {
  readonly channel: WebChatChannel
  readonly assets: Assets
  readonly often: Limit
}
type Visit = { readonly address: string; readonly language: Language; readonly word: Word }

/** Our answers are complete when none came for so long. */
const answerQuiet = 150
const policy =
  "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'"

/** A Fastify plugin with everything under /chat; closing the server ends the lines that are open. */
export function webChatRoutes(channel: WebChatChannel, parts: WebChatParts) {
  return async (app: FastifyInstance): Promise<void> => {
    await acceptForms(app)
    const chat: Chat = {
      ...parts,
      channel,
      assets: await loadAssets(),
      often: makeLimit(parts.limits?.address ?? 20, parts.clock),
    }
    const busy = makeLimit(parts.limits?.network ?? 600, parts.clock)
    app.addHook('onRequest', async (request, reply) => {
      reply.header('content-security-policy', policy)
      reply.header('referrer-policy', 'same-origin')
      reply.header('x-content-type-options', 'nosniff')
      if (!busy.take(request.ip)) return reply.code(429).header('retry-after', '60').send()
    })
    for (const [path, asset] of chat.assets.files) {
      app.get(path, (_, reply) =>
        reply
          .type(asset.type)
          .header('cache-control', 'public, max-age=31536000, immutable')
          .send(asset.text),
      )
    }
    app.get('/chat', async (request, reply) => showPage(reply, chat, await visit(request, reply, chat)))
    app.get('/chat/thread', (request, reply) => showThread(request, reply, chat))
    app.get('/chat/media/:id', (request, reply) => showFile(request, reply, chat))
    app.post('/chat', (request, reply) => takePost(request, reply, chat))
    mountLines(app, channel, parts.cookieKey)
  }
}

async function acceptForms(app: FastifyInstance): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart)
  const urlencoded = 'application/x-www-form-urlencoded'
  if (app.hasContentTypeParser(urlencoded)) return
  app.addContentTypeParser(urlencoded, { parseAs: 'string', bodyLimit: 64 * 1024 }, (_, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
}

/** Who is looking; a browser without our cookie becomes an address of its own. */
async function visit(request: FastifyRequest, reply: FastifyReply, chat: Chat): Promise<Visit> {
  const known = visitorOf(request.headers.cookie, chat.cookieKey)
  const address = known ?? chat.clock.id()
  if (known === undefined) {
    reply.header('set-cookie', visitorCookie(address, chat.cookieKey, chat.secure))
  }
  // With the database away the browser's language will do: what was written is handed back and not lost.
  const chosen = known === undefined ? undefined : await chat.language?.(address).catch(() => undefined)
  const language = chosen ?? languageOf(request.headers['accept-language'])
  return { address, language, word: (key, vars) => chat.t(language, `web_chat.${key}`, vars) }
}

async function showPage(reply: FastifyReply, chat: Chat, visitor: Visit, trouble?: Refused) {
  const { css, js } = chat.assets
  const html = chatPage({
    language: visitor.language,
    t: visitor.word,
    lines: await linesOf(chat, visitor.address),
    keys: { say: chat.clock.id(), choose: chat.clock.id() },
    trouble,
    assets: { css, js },
    longest: longestChatText,
  })
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html)
}

/** The thread alone; nothing when it is what the page has already. */
async function showThread(request: FastifyRequest, reply: FastifyReply, chat: Chat) {
  if (visitorOf(request.headers.cookie, chat.cookieKey) === undefined) return reply.code(403).send()
  const visitor = await visit(request, reply, chat)
  const html = chatThread(await linesOf(chat, visitor.address), visitor.word)
  const tag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache')
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(html)
}

/** Sent to the browser whose conversation it is in, and to nobody else; a document is saved and never run as a page. */
async function showFile(request: FastifyRequest, reply: FastifyReply, chat: Chat) {
  const address = visitorOf(request.headers.cookie, chat.cookieKey)
  const { id } = request.params as { id: string }
  const file = address === undefined ? undefined : await chat.file(address, id)
  if (!file) return reply.code(404).send()
  const { status, headers, from, to } = fileReply({ ...file, size: file.bytes.length }, request.headers.range)
  return reply.code(status).headers(headers).send(file.bytes.subarray(from, to))
}

/** A page that shows what this process remembers is better than none while the database is away. */
async function linesOf(chat: Chat, address: string): Promise<readonly ChatLine[]> {
  try {
    return await chat.history(address)
  } catch {
    return chat.channel.recent(address)
  }
}

async function takePost(request: FastifyRequest, reply: FastifyReply, chat: Chat) {
  // The cookie stays at home on a strange site's form; this is the belt for browsers that forget it.
  if (request.headers['sec-fetch-site'] === 'cross-site') return reply.code(403).send()
  const visitor = await visit(request, reply, chat)
  const post = await readPost(request)
  const scripted = request.headers.accept?.includes('application/json') === true
  const heard = scripted ? undefined : answered(chat, visitor.address)
  const trouble = await take(post, visitor.address, chat)
  if (scripted) {
    const answer = trouble ? { note: visitor.word(trouble.word) } : { key: chat.clock.id() }
    return reply.code(trouble?.status ?? 200).send(answer)
  }
  if (trouble) {
    heard?.forget()
    return showPage(reply.code(trouble.status), chat, visitor, trouble)
  }
  if (!('word' in post) && !isEmpty(post)) await heard?.done
  heard?.forget()
  return reply.redirect('/chat#end', 303)
}

/** Brings the post to the ears; gives the trouble that the person should read, with their words kept. */
async function take(post: Post | Refused, address: string, chat: Chat): Promise<Refused | undefined> {
  if ('word' in post) return post
  if (!chat.often.take(address)) return { status: 429, word: 'too_many', text: post.text }
  const { channel } = chat
  try {
    const content = await contentOf(post, channel)
    if (!content) return undefined
    const id = `${post.key}-${fingerprint(post)}`
    await channel.bring(address, id, content)
    return undefined
  } catch {
    // Whoever writes the rows has logged why; the person keeps the words and sends them again under the same key.
    return { status: 503, word: 'not_sent', text: post.text }
  }
}

/** Beside the one-time key: whoever goes back and sends other words from an old page has said something else. */
function fingerprint(post: Post): string {
  const { text, choice, file } = post
  const digest = createHash('sha256').update(JSON.stringify([text, choice]))
  return digest
    .update(file?.bytes ?? '')
    .digest('base64url')
    .slice(0, 10)
}

async function contentOf(post: Post, channel: WebChatChannel): Promise<Content | undefined> {
  if (post.choice) return { kind: 'choice', ...post.choice }
  if (post.file) {
    const { kind, bytes, mime, seconds } = post.file
    const file = await channel.keep(kind, bytes, { mime, seconds })
    return { kind: 'file', file, text: post.text === '' ? undefined : post.text }
  }
  return post.text === '' ? undefined : { kind: 'text', text: post.text }
}

function isEmpty(post: Post): boolean {
  return post.text === '' && !post.choice && !post.file
}

/** Done when our answers to an address have come and paused, or when waiting longer would feel broken. */
function answered(
  { channel, answerWithin = 1_500 }: Chat,
  address: string,
): { done: Promise<void>; forget(): void } {
  let resolve = () => {}
  const done = new Promise<void>((end) => {
    resolve = end
  })
  let timer = setTimeout(() => resolve(), answerWithin)
  const deaf = channel.listen(address, (from) => {
    if (from !== 'us') return
    clearTimeout(timer)
    timer = setTimeout(() => resolve(), answerQuiet)
  })
  const forget = () => {
    clearTimeout(timer)
    deaf()
  }
  return { done, forget }
}

type Asset = { readonly text: string; readonly type: string }
type Assets = { readonly css: string; readonly js: string; readonly files: ReadonlyMap<string, Asset> }

/** The stylesheet and the script, under addresses that change with what is in them. */
async function loadAssets(): Promise<Assets> {
  const files = new Map<string, Asset>()
  const load = async (name: string, type: string) => {
    const whole = await readFile(new URL(`web-chat/${name}`, import.meta.url), 'utf8')
    // Comments are for us, not for slow lines.
    const text = whole.replace(/^ *\/\/.*\n/gm, '')
    const path = `/chat/${name}`
    files.set(path, { text, type })
    return `${path}?${createHash('sha256').update(text).digest('base64url').slice(0, 8)}`
  }
  const css = await load('chat.css', 'text/css; charset=utf-8')
  const js = await load('chat.js', 'text/javascript; charset=utf-8')
  return { css, js, files }
}
