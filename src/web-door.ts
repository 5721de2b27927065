/** The web server of the house, listening: the console, the hooks of the channels, the page of the web chat. */

import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { Account } from './accounts.ts'
import type { Channel } from './channel/contract.ts'
import type { ChatLine, WebChatChannel } from './channel/web-chat.ts'
import { webChatRoutes } from './channel/web-chat-routes.ts'
import type { Config } from './config.ts'
import { makeCounted } from './console/counted.ts'
import { makePlaceNames } from './console/place-names.ts'
import type { Conversation } from './conversation.ts'
import { languages } from './core/language.ts'
import { Failure } from './failure.ts'
import { makeVocabulary } from './flow/answer/vocabulary.ts'
import type { Lines } from './job/line.ts'
import type { Log } from './log.ts'
import { readShelf } from './shelf.ts'
import { type ChatMessage, chatFile, chatHistory, chatLanguage } from './store/chat-history.ts'
import type { Database } from './store/database.ts'
import type { MediaPlace } from './store/media-place.ts'
import { hasStaff } from './store/staff.ts'
import type { Desk } from './turn/act.ts'
import type { Talk } from './turn/act-listen.ts'
import type { Hints } from './turn/hint.ts'
import { makeOneTimeCode } from './web/one-time-code.ts'
import type { WebParts } from './web/parts.ts'
import { makeServer } from './web/server.ts'
import type { Clock } from './world.ts'

/** Figures are as fresh as staff who look at them go on reading: milliseconds. */
const figuresLast = 30_000

export type DoorParts = {
  readonly config: Config
  readonly log: Log
  readonly clock: Clock
  readonly database: Database
  readonly desk: Desk
  readonly talk: Talk
  readonly hints: Hints
  readonly conversation: Conversation
  readonly mediaFolder: MediaPlace
  readonly scanner: WebParts['scanner']
  readonly accounts: readonly Account[]
  /** Those of the accounts, and of accounts that are added later. */
  readonly channels: readonly Channel[]
  readonly cloudHook: Pick<Channel, 'hooks'>
  readonly lines: Lines
  readonly passwordAlone?: boolean
  readonly staffBot?: WebParts['staffBot']
  readonly sendLetter?: WebParts['sendLetter']
}

export type Door = {
  /** `http://host:port` */
  readonly address: string
  readonly code?: string
  close(): Promise<void>
}

/** Listens. Fails with `config:invalid` when the address or the port cannot be had. */
export async function openDoor(parts: DoorParts): Promise<Door> {
  const { config, clock, database } = parts
  const code = makeOneTimeCode(clock)
  const shelf = readShelf()
  const server = await makeServer({
    ...parts,
    locales: parts.conversation.locales,
    texts: parts.conversation,
    placeName: makePlaceNames(shelf.places),
    vocabulary: makeVocabulary(shelf),
    counted: makeCounted(clock, figuresLast),
    backupDays: config.BACKUP_DAYS,
    code,
    called: [parts.cloudHook],
    settings: {
      publicUrl: config.PUBLIC_URL,
      trustProxy: config.TRUST_PROXY?.split(',').map((proxy) => proxy.trim()),
      tls: await readTls(config),
      metricsToken: config.METRICS_TOKEN,
      passwordAlone: parts.passwordAlone ?? false,
    },
    plugins: parts.accounts.flatMap(({ webChat }) => (webChat ? [chatPlugin(webChat, parts)] : [])),
  })
  const address = await listenAt(server, config)
  return {
    address,
    ...((await hasStaff(database.prisma)) ? {} : { code: code.shown }),
    close: () => server.close(),
  }
}

async function listenAt(server: FastifyInstance, { PORT, HOST }: Config): Promise<string> {
  try {
    return await server.listen({ port: PORT, host: HOST })
  } catch (cause) {
    await server.close()
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const why = refusals[code]
    if (!why) throw cause
    throw new Failure('config:invalid', { ...why, given: `${HOST}:${PORT}` }, { cause })
  }
}

/** What the system says about an address that it does not give, by its code. */
const refusals: Readonly<Record<string, { readonly setting: string; readonly why: string }>> = {
  EADDRINUSE: { setting: 'PORT', why: 'another program listens there' },
  EACCES: { setting: 'PORT', why: 'this account may not listen there' },
  EADDRNOTAVAIL: { setting: 'HOST', why: 'this machine has no such address' },
  ENOTFOUND: { setting: 'HOST', why: 'this machine has no such address' },
}

async function readTls({ TLS_CERT, TLS_KEY }: Config): Promise<{ cert: string; key: string } | undefined> {
  if (!TLS_CERT || !TLS_KEY) return undefined
  const [cert, key] = await Promise.all([readFile(TLS_CERT, 'utf8'), readFile(TLS_KEY, 'utf8')])
  return { cert, key }
}

function chatPlugin(
  channel: WebChatChannel,
  { conversation, clock, config, database, mediaFolder }: DoorParts,
): FastifyPluginAsync {
  return webChatRoutes(channel, {
    t: (language, key, vars) => conversation.locales.t(language, key, vars),
    clock,
    cookieKey: database.keys.cookieKey,
    secure: config.TLS_CERT !== undefined || (config.PUBLIC_URL?.startsWith('https:') ?? false),
    history: async (from) =>
      (await chatHistory(database, { channel: channel.id, from, now: clock.now() })).map(lineOf),
    file: (from, media) =>
      chatFile({ ...database, clips: conversation.clips }, mediaFolder, {
        channel: channel.id,
        from,
        media,
        now: clock.now(),
      }),
    language: async (from) => {
      const chosen = await chatLanguage(database, { channel: channel.id, from })
      return languages.find((language) => language === chosen)
    },
  })
}

function lineOf({ from, body, at, buttons }: ChatMessage): ChatLine {
  const line = { from, at, ...(buttons ? { buttons } : {}) }
  if (body.kind === 'file') {
    const media = body.state === 'stored' ? { media: body.media } : {}
    const { as: kind, seconds, name } = body
    return { ...line, text: body.text ?? '', file: { kind, seconds, name, ...media } }
  }
  if (body.kind === 'location') return { ...line, text: body.text ?? `${body.latitude}, ${body.longitude}` }
  if (body.kind === 'contact') return { ...line, text: body.phone }
  return { ...line, text: body.kind === 'text' ? body.text : '' }
}
