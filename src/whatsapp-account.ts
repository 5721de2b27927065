/**
 * The phone that is paired through WhatsApp Web, as an account of the house. One process at a time keeps its session, by a
 * lease on the row; every other knows what it can carry and how it fares, and sends nothing.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, Ears } from './channel/contract.ts'
import type { Keeping } from './channel/whatsapp-web/keeping.ts'
import { whatsappWebAbilities, whatsappWebPatience } from './channel/whatsapp-web/send.ts'
import { makeWhatsappWeb, type WhatsappWebSettings } from './channel/whatsapp-web/whatsapp-web.ts'
import type { Config } from './config.ts'
import { languages } from './core/language.ts'
import { Failure } from './failure.ts'
import type { Log } from './log.ts'
import { cursorOf, ensureChannel, leaseChannel, releaseChannel } from './store/channel.ts'
import { chatLanguage } from './store/chat-history.ts'
import type { Database } from './store/database.ts'
import {
  countLate,
  countSent,
  ensurePairedPhone,
  findPairedPhone,
  knownSent,
  notePhone,
  orderUnlink,
} from './store/whatsapp-web.ts'
import type { Locales } from './text/locale.ts'
import type { Clock } from './world.ts'

export type PhoneParts = {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly locales: Locales
  /** Tells open pages that an account fares otherwise. */
  readonly changed: (hints: readonly string[]) => void
  /** Shows the code at the keyboard. */
  readonly showCode?: (code: string) => void
  /** Has each page of the browser before it goes to WhatsApp; for tests. */
  readonly meets?: WhatsappWebSettings['meets']
}

export type PhoneAccount = {
  readonly channel: Channel
  listen(ears: Ears): Promise<void>
  close(): Promise<void>
}

const leaseMilliseconds = 45_000
const renewMilliseconds = 5_000

/** The account; its session begins when it listens, in a process that may keep one. */
export async function openPhone(parts: PhoneParts): Promise<PhoneAccount> {
  const { config, clock, log, database } = parts
  const row = { id: clock.id(), kind: 'whatsapp_web', account: 'main', at: clock.now() }
  const { id } = await ensureChannel(database.prisma, row)
  await ensurePairedPhone(database.prisma, id)
  const keeps = config.ROLE === 'all' || config.ROLE === 'whatsapp-web'
  const alone = !config.DATABASE_URL
  const closing = new AbortController()
  const holder = clock.id()
  let listener: Channel | undefined
  let watching: Promise<void> = Promise.resolve()

  async function hold(ears: Ears, first: boolean): Promise<void> {
    const now = clock.now()
    const until = new Date(now.getTime() + leaseMilliseconds)
    // With a database of its own nobody else can live: whoever holds the lease has died.
    const seen = alone && first ? new Date(until.getTime() + leaseMilliseconds) : now
    const held = keeps && (await leaseChannel(database.pool, id, { holder, now: seen, until }))
    if (held && !listener) {
      listener = makeWhatsappWeb(settingsOf(parts, id))
      await listener.start(ears, cursorOf(database.prisma, id))
    } else if (!held) {
      const lost = listener
      listener = undefined
      await lost?.close()
    }
  }

  async function watch(ears: Ears): Promise<void> {
    for (let first = true; !closing.signal.aborted; first = false) {
      await hold(ears, first).catch((error: unknown) =>
        log.error('the lease of a phone could not be kept', error),
      )
      await pause(renewMilliseconds, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const speaking = (): Channel => {
    if (!listener) throw new Failure('channel:unreachable', { theirs: 'kept elsewhere' })
    return listener
  }
  return {
    channel: {
      id,
      kind: 'whatsapp_web',
      abilities: whatsappWebAbilities,
      hooks: [],
      ...(keeps ? {} : { elsewhere: true }),
      patience: whatsappWebPatience,
      turns: {
        turn: async (address, signal, priority) => speaking().turns?.turn(address, signal, priority),
        hold: (seconds) => listener?.turns?.hold(seconds),
      },
      state: () => (closing.signal.aborted ? 'stopped' : (listener?.state() ?? 'starting')),
      holdsBack: () => (listener ? listener.holdsBack?.() : 'elsewhere'),
      start: async () => {},
      send: async (to, spoken, open, sending) => speaking().send(to, spoken, open, sending),
      fetch: async (file, limit) => speaking().fetch(file, limit),
      close: async () => {},
    },
    async listen(ears) {
      watching = watch(ears)
    },
    async close() {
      if (closing.signal.aborted) return
      closing.abort()
      await watching
      await listener?.close()
      await releaseChannel(database.pool, id, holder)
    },
  }
}

function settingsOf(parts: PhoneParts, id: string): WhatsappWebSettings {
  const { config, clock, log, meets } = parts
  return {
    ...{ id, clock, keeping: keepingOf(parts, id), folder: join(config.DATA_DIR, 'whatsapp-web') },
    browser: {
      ...(config.CHROME_PATH ? { path: config.CHROME_PATH } : {}),
      ...(config.CHROME_ARGS ? { args: config.CHROME_ARGS } : {}),
    },
    ...(meets ? { meets } : {}),
    noticed: (failure) => log.error('whatsapp web is in trouble', failure),
  }
}

function keepingOf({ database, clock, locales, changed, showCode }: PhoneParts, id: string): Keeping {
  const { prisma, pool, keys } = database
  return {
    async orders() {
      const phone = await findPairedPhone(prisma)
      if (!phone) throw new Failure('database:unreachable', { what: 'the paired phone' })
      const today = phone.sentDay && sameDay(phone.sentDay, clock.now())
      return {
        paused: phone.pausedAt !== undefined,
        dailyCap: phone.dailyCap,
        sentToday: today ? phone.sentCount : 0,
        campaigns: phone.campaigns,
        unlink: phone.unlinkAt !== undefined,
      }
    },
    async tell(news) {
      if (news.code !== undefined) showCode?.(news.code)
      await notePhone(prisma, id, news, clock.now())
      changed(['channels'])
    },
    sent: () => countSent(pool, id, clock.now()),
    unlinked: () => orderUnlink(prisma, id, null),
    late: (found) => countLate({ pool, keys }, id, found),
    known: (externalIds) => knownSent({ pool, keys }, id, externalIds),
    async noCalls(chat) {
      const chosen = await chatLanguage(database, { channel: id, from: chat })
      return locales.t(languages.find((one) => one === chosen) ?? 'fr', 'whatsapp_web.no_calls')
    },
  }
}

/** Days of Mali, which are those of UTC. */
function sameDay(one: Date, other: Date): boolean {
  return one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10)
}
