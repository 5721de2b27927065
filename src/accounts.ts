/**
 * The channel accounts of this house: which ones the settings ask for, their rows, and who of several processes listens
 * on each. Any process may send; one listens, by a lease on the row.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, ChannelState, Ears } from './channel/contract.ts'
import { makeTelegram } from './channel/telegram.ts'
import { makeWebChat, type WebChatChannel } from './channel/web-chat.ts'
import { type CloudAccounts, makeCloudAccounts } from './cloud-accounts.ts'
import type { Config } from './config.ts'
import { type Clockwork, everySoOften } from './job/clockwork.ts'
import type { Log } from './log.ts'
import { cursorOf, ensureChannel, leaseChannel, releaseChannel } from './store/channel.ts'
import type { Database } from './store/database.ts'
import type { Locales } from './text/locale.ts'
import type { PhoneParts } from './whatsapp-account.ts'
import type { Clock } from './world.ts'

export type Account = {
  /** Sends, fetches, carries the hooks. */
  readonly channel: Channel
  /** Present for the web chat, whose page the web server mounts. */
  readonly webChat?: WebChatChannel
  /** Begins to listen, now or as soon as no other process does. */
  listen(ears: Ears): Promise<void>
  close(): Promise<void>
}

type Settings = { readonly config: Config; readonly clock: Clock; readonly log: Log }
type Parts = Settings & { readonly database: Database; readonly locales: Locales }

const leaseMilliseconds = 45_000
const renewMilliseconds = 15_000

/** The accounts that the settings ask for; none is listening yet. */
export async function openAccounts(
  settings: Settings,
  database: Database,
  locales: Locales,
  more: Pick<PhoneParts, 'changed' | 'showCode' | 'meets'>,
): Promise<{ readonly accounts: Account[]; readonly cloud: CloudAccounts }> {
  const { config } = settings
  const parts = { ...settings, database, locales }
  const cloud = makeCloudAccounts(parts)
  const accounts: Account[] = []
  const phone = config.WHATSAPP_WEB || config.ROLE === 'whatsapp-web'
  if (phone) {
    // The library and its browser are loaded where a phone is wanted, and nowhere else.
    const { openPhone } = await import('./whatsapp-account.ts')
    accounts.push(await openPhone({ ...parts, ...more }))
  }
  // A process for the phone does nothing else.
  if (config.ROLE === 'whatsapp-web') return { accounts, cloud }
  if (config.TELEGRAM_TOKEN) accounts.push(await openTelegram(parts, config.TELEGRAM_TOKEN.reveal()))
  for (const channel of await cloud.open()) accounts.push(ownAccount(channel, database))
  if (config.WEB_CHAT) accounts.push(await openWebChat(parts))
  return { accounts, cloud }
}

/** An account whose channel is made here and listens in this process alone: the terminal, or a fake one in tests. */
export function ownAccount(channel: Channel, database: Database): Account {
  return {
    channel,
    listen: (ears) => channel.start(ears, cursorOf(database.prisma, channel.id)),
    close: () => channel.close(),
  }
}

/** The row of an account; `account` is the provider's name for it or ours. */
export async function rowFor(
  { database, clock }: Pick<Parts, 'database' | 'clock'>,
  kind: string,
  account: string,
) {
  return ensureChannel(database.prisma, { id: clock.id(), kind, account, at: clock.now() })
}

async function openWebChat(parts: Parts): Promise<Account> {
  const { id } = await rowFor(parts, 'web_chat', 'main')
  const channel = makeWebChat({ id, clock: parts.clock, folder: join(parts.config.DATA_DIR, 'web-chat') })
  return { ...ownAccount(channel, parts.database), webChat: channel }
}

async function openTelegram(parts: Parts, token: string): Promise<Account> {
  const { config, clock, log, database } = parts
  // The part of a token before the colon is the bot's public id.
  const { id } = await rowFor(parts, 'telegram', token.split(':')[0] ?? 'bot')
  const secret = config.TELEGRAM_WEBHOOK_SECRET?.reveal()
  const url = config.PUBLIC_URL && new URL('/hooks/telegram', config.PUBLIC_URL).href
  const make = () =>
    makeTelegram({
      id,
      token,
      clock,
      apiRoot: config.TELEGRAM_API_ROOT,
      ...(secret ? { webhook: { secret, ...(url ? { url } : {}) } } : {}),
      noticed: (failure) => log.error('telegram is in trouble', failure),
    })
  return secret ? ownAccount(make(), database) : leased(make, parts)
}

/**
 * One channel speaks for as long as the house stands; another is made to listen each time this process gets the lease,
 * and closed when it is lost.
 */
function leased(make: () => Channel, { database, clock, log }: Parts): Account {
  const speaker = make()
  const closing = new AbortController()
  const holder = clock.id()
  let listener: Channel | undefined
  let watching: Promise<void> = Promise.resolve()

  async function hold(ears: Ears): Promise<void> {
    const now = clock.now()
    const until = new Date(now.getTime() + leaseMilliseconds)
    const held = await leaseChannel(database.pool, speaker.id, { holder, now, until })
    if (held && !listener) {
      listener = make()
      await listener.start(ears, cursorOf(database.prisma, speaker.id))
    } else if (!held && listener) {
      const lost = listener
      listener = undefined
      await lost.close()
    }
  }

  async function watch(ears: Ears): Promise<void> {
    while (!closing.signal.aborted) {
      await hold(ears).catch((error: unknown) => log.error('the lease of a channel could not be kept', error))
      await pause(renewMilliseconds, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const state = (): ChannelState => (closing.signal.aborted ? 'stopped' : (listener?.state() ?? 'starting'))
  return {
    channel: {
      id: speaker.id,
      kind: speaker.kind,
      abilities: speaker.abilities,
      hooks: speaker.hooks,
      state,
      start: (ears, cursor) => speaker.start(ears, cursor),
      send: (to, spoken, open) => speaker.send(to, spoken, open),
      fetch: (file, limit) => speaker.fetch(file, limit),
      ...(speaker.compare
        ? { compare: async () => (await speaker.compare?.()) ?? { missing: 0, waiting: 0 } }
        : {}),
      close: () => speaker.close(),
    },
    async listen(ears) {
      watching = watch(ears)
    },
    async close() {
      closing.abort()
      await watching
      await listener?.close()
      await speaker.close()
      await releaseChannel(database.pool, speaker.id, holder)
    },
  }
}

/** A number that was added in the console stands this soon. */
const numbersMilliseconds = 5_000

/** What a house has of its accounts; those that come later are put beside the others. */
type Standing = {
  readonly accounts: Account[]
  readonly channels: Channel[]
  readonly ears: Ears
  /** Sends for one more account. */
  readonly take: (channel: Channel) => void
  readonly database: Database
  readonly log: Log
}

/** Looks for numbers that were added while the house stands, and has them listen and send like the others. */
export function adoptNumbers(cloud: CloudAccounts, standing: Standing): Clockwork {
  const { accounts, channels, ears, take, database, log } = standing
  return everySoOften('numbers', numbersMilliseconds, adopt, log)

  async function adopt(): Promise<void> {
    for (const channel of await cloud.open()) {
      const account = ownAccount(channel, database)
      accounts.push(account)
      channels.push(channel)
      take(channel)
      await account.listen(ears)
    }
  }
}
