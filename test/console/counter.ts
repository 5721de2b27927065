/** A counter for tests: the real web server on a database of its own, an office of staff, people who said something. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Channel } from '../../src/channel/contract.ts'
import { openedActs } from '../../src/console/pages/opened-acts.tsx'
import { makeConversation } from '../../src/conversation.ts'
import { conductVersion } from '../../src/core/entry.ts'
import type { Happening } from '../../src/core/event.ts'
import type { Content } from '../../src/core/message.ts'
import { showReference } from '../../src/core/reference.ts'
import { kindOf, type RequestKind } from '../../src/core/request.ts'
import type { Role } from '../../src/core/staff.ts'
import { readShelf } from '../../src/shelf.ts'
import type { ReadKind } from '../../src/store/access-log.ts'
import type { Change } from '../../src/store/road.ts'
import { openSignIn } from '../../src/store/sign-in.ts'
import { acceptConduct, addStaff } from '../../src/store/staff.ts'
import { makeHints } from '../../src/turn/hint.ts'
import { makeReferences } from '../../src/turn/references.ts'
import { makeWatch } from '../../src/turn/surroundings.ts'
import { makeOneTimeCode } from '../../src/web/one-time-code.ts'
import type { WebParts } from '../../src/web/parts.ts'
import { hashPassword } from '../../src/web/password.ts'
import { makeServer } from '../../src/web/server.ts'
import { type Clock, realClock } from '../../src/world.ts'
import { copyDatabase } from '../database.ts'
import { answerTo, event, incoming, makeChannel } from '../store/turns.ts'
import { strictWords } from './strict-words.ts'

export const password = 'une phrase assez longue'
const passwordHash = hashPassword(password)
const shelf = readShelf()
const quiet = { info() {}, warn() {}, error() {} }

/** A clock that can be set ahead. */
export type TestClock = Clock & { ahead(milliseconds: number): void }

export function makeClock(start?: Date): TestClock {
  let ahead = start ? start.getTime() - realClock.now().getTime() : 0
  return {
    ...realClock,
    now: () => new Date(realClock.now().getTime() + ahead),
    ahead(milliseconds) {
      ahead += milliseconds
    },
  }
}

/** A route as Fastify has it, and what it says that it reads. */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly reads: ReadKind | undefined
}

export type Counter = Awaited<ReturnType<typeof makeCounter>>

/** The counter; the caller closes it. Errors that are ours are kept in `errors`. */
export async function makeCounter(more: Partial<WebParts> = {}, clock = makeClock()) {
  const database = await copyDatabase(clock)
  const mediaFolder = await mkdtemp(join(tmpdir(), 'baro-media-'))
  const errors: unknown[] = []
  const log = { ...quiet, error: (_what: string, cause: unknown) => void errors.push(cause) }
  const watch = makeWatch(database.prisma, clock)
  const hints = makeHints(database.pool, clock, log)
  const outgoing: string[] = []
  const desk = {
    ...database,
    clock,
    watch,
    references: makeReferences(database.pool),
    passOn(news: { outgoing: ReadonlyMap<string, readonly string[]>; hints: ReadonlySet<string> }) {
      outgoing.push(...[...news.outgoing.values()].flat())
      hints.changed(news.hints)
    },
  }
  const code = makeOneTimeCode(clock)
  const texts = makeConversation(shelf)
  const { vocabulary } = texts
  const locales = strictWords(texts.locales)
  const channels: readonly Channel[] = []
  const parts: WebParts = {
    ...{
      database,
      desk,
      hints,
      locales,
      texts,
      vocabulary,
      clock,
      log,
      mediaFolder,
      code,
      channels,
    },
    settings: {},
    // Figures are looked at right after something was done.
    counted: (_name, count) => count(),
    talk: { ...texts, screen: () => ({ buttons: undefined, textLength: 4096 }) },
    backupDays: 30,
    lines: { ready: async () => true },
    ...more,
  }
  const routes: Route[] = []
  const app = await makeServer(parts, ({ method, url, config }) => {
    for (const one of ['GET', 'POST'] as const) {
      if ([method].flat().includes(one)) routes.push({ method: one, path: url, reads: config?.reads })
    }
  })
  const channel = await makeChannel(database, 'telegram')
  return {
    ...{
      app,
      routes,
      database,
      desk,
      clock,
      hints,
      outgoing,
      errors,
      mediaFolder,
      channel,
      code,
      locales,
      texts,
    },
    async close() {
      await app.close()
      await hints.close()
      await database.drop()
      await rm(mediaFolder, { recursive: true, force: true })
    },
  }
}

/** Adds a member of staff; the queues follow from the roles. */
export async function hire(
  counter: Counter,
  name: string,
  roles: readonly Role[],
  language: 'fr' | 'en' = 'fr',
): Promise<{ readonly id: string; readonly email: string; readonly name: string }> {
  const id = counter.clock.id()
  const email = `${name.toLowerCase().replace(/[^a-z]/g, '')}@bureau.invalid`
  const at = counter.clock.now()
  await addStaff(counter.database.prisma, {
    ...{ id, email, name, roles, language, at, passwordHash: await passwordHash },
  })
  await acceptConduct(counter.database.prisma, id, conductVersion, at)
  return { id, email, name }
}

// Far from where the product counts: the rest after ten million is what tells one from another.
let references = 25_000_000

export type Opened = {
  readonly id: string
  readonly reference: string
  readonly path: string
  readonly address: string
}

export type Saying = {
  readonly from: string
  readonly content?: Content
  readonly text?: string
  readonly kind?: RequestKind
  readonly holders?: readonly string[]
  readonly name?: string
  readonly language?: string
  readonly dueIn?: number
  readonly happenings?: (request: string) => readonly Happening[]
  readonly plain?: Readonly<Record<string, string | number | boolean | Date | null>>
  readonly reply?: readonly string[]
}

/** Somebody says something that opens a request of a kind, as a turn would write it. */
export async function say(counter: Counter, saying: Saying): Promise<Opened> {
  const { database, clock, channel } = counter
  const { from, kind = 'request.info', text, content = { kind: 'text', text: text ?? 'bonjour' } } = saying
  references += 1
  const now = clock.now()
  const letter = { ...incoming(channel, from, references, content), sentAt: now, displayName: saying.name }
  const [met] = await database.road.arrive([{ id: clock.id(), at: now, incoming: letter }])
  if (!met) throw new Error('it was a repeat')
  const request = clock.id()
  const { queue, visibility, priority } = kindOf(kind)
  const { key, id: address } = met.standing.address
  const changes: Change[] = [
    {
      insert: 'request',
      plain: {
        ...{ id: request, reference: await makeReference(), kind, queue, visibility, priority },
        ...{ address_id: address, key_id: key, opened_at: now, last_heard_at: now },
        due_at: new Date(now.getTime() + (saying.dueIn ?? 24 * 60) * 60_000),
        language: saying.language ?? 'bm',
        channel_kind: 'telegram',
        ...saying.plain,
      },
      secret: 'text' in content && content.text !== undefined ? { text_enc: content.text } : undefined,
      key,
    },
    ...(saying.holders ?? []).map(
      (staff): Change => ({
        insert: 'request_holder',
        plain: { request_id: request, staff_id: staff, since: now },
      }),
    ),
  ]
  const opened: Happening = {
    ...{
      type: 'request_opened',
      request,
      reference: '00000000',
      kind,
      queue,
      visibility,
      priority,
      cause: 'asked',
    },
  }
  const events = [opened, ...(saying.happenings?.(request) ?? [])].map((one) =>
    event(one, { request, visibility }),
  )
  const rows = answerTo(met, [], { at: now, changes, events })
  const messages = (saying.reply ?? ['I ni ce. Kalan kɛra.']).map((words) => ({
    id: clock.id(),
    spoken: { text: words, language: 'bm' as const },
    priority: 'answer' as const,
    visibility,
    request,
  }))
  const handled = { message: met.arrived.message, seq: met.arrived.seq, visibility, request }
  const [went] = await database.road.commit([{ ...rows, messages, handled }])
  if (went !== 'through') throw new Error(`the turn went ${went}`)
  const { reference } = await database.prisma.request.findUniqueOrThrow({ where: { id: request } })
  return { id: request, reference, address, path: `/console/requests/${showReference(reference)}` }
}

async function makeReference(): Promise<string> {
  const { referenceOf } = await import('../../src/core/reference.ts')
  return referenceOf(references)
}

/** A browser: its cookies, and forms sent with the token of the page they are on. */
export class Browser {
  readonly app: FastifyInstance
  readonly cookies = new Map<string, string>()

  constructor(app: FastifyInstance) {
    this.app = app
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(await this.app.inject({ url, headers: { ...this.#headers(), ...headers } }))
  }

  /** Sends fields as they are, without a token unless one is among them. */
  async post(
    url: string,
    fields: Record<string, string> | URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const payload = new URLSearchParams(fields).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const all = { ...this.#headers(), ...type, ...headers }
    return this.#keep(await this.app.inject({ method: 'POST', url, payload, headers: all }))
  }

  /** Fetches a page, finds the form that leads to `action` on it and sends it with these fields. */
  async send(
    page: string,
    action: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const { body } = await this.get(page)
    return this.post(action, { ...hiddenFields(body, action), ...fields }, headers)
  }

  /** Sends fields and files as they are, as a form that carries files does. */
  async upload(
    url: string,
    fields: Record<string, string>,
    files: readonly { readonly field: string; readonly name: string; readonly bytes: Buffer }[],
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    for (const { field, name, bytes } of files) form.append(field, new Blob([new Uint8Array(bytes)]), name)
    const sent = new Response(form)
    const type = { 'content-type': sent.headers.get('content-type') ?? '' }
    const payload = Buffer.from(await sent.arrayBuffer())
    const sending = { ...this.#headers(), ...type, ...headers }
    return this.#keep(await this.app.inject({ method: 'POST', url, payload, headers: sending }))
  }

  #headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { cookie, accept: 'text/html', 'accept-language': 'fr' }
  }

  /** Keeps the cookies; and reads a page as eyes do, to whom a space that breaks no line is a space. */
  #keep(response: LightMyRequestResponse): LightMyRequestResponse {
    if (String(response.headers['content-type']).startsWith('text/html')) {
      Object.defineProperty(response, 'body', { value: response.body.replaceAll('\u00a0', ' ') })
    }
    for (const { name, value } of response.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }
}

/** Does an act on a request as somebody without scripts does: by its form on the page, or on the page that the menu leads to. */
export function actOn(
  browser: Browser,
  { path }: Pick<Opened, 'path'>,
  name: string,
  fields: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const action = `${path}/${name}`
  return browser.send(name in openedActs ? action : path, action, fields)
}

/** The hidden fields of the form with this action. */
export function hiddenFields(html: string, action: string): Record<string, string> {
  const forms = html.split('<form').slice(1)
  const form = forms.find((one) => new RegExp(`action="${action.replace(/[/.]/g, '\\$&')}(?:[?"])`).test(one))
  if (!form) throw new Error(`there is no form to ${action}`)
  const inside = form.split('</form>')[0] ?? ''
  return Object.fromEntries(
    [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
}

/** A browser in which somebody is signed in already, without the work of a password. */
export async function browserOf(counter: Counter, staff: { readonly id: string }): Promise<Browser> {
  const browser = new Browser(counter.app)
  browser.cookies.set(
    'baro',
    await openSignIn(counter.database, { staff: staff.id, factor: true, whole: true }, counter.clock.now()),
  )
  return browser
}
