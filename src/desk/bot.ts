/**
 * The bot of staff: listens by long polling in one process, or by a web hook, and speaks. What it hears is worked off
 * before Telegram is answered, so that nothing is lost; what it says goes nowhere but into private chats.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Api } from 'grammy'
import type { ChannelState, Hook } from '../channel/contract.ts'
import { isSecret, readJson } from '../channel/hook-body.ts'
import { poll } from '../channel/telegram-poll.ts'
import { failureOf, theirSignal } from '../channel/telegram-send.ts'
import { cursorOf, ensureChannel, leaseChannel, releaseChannel } from '../store/channel.ts'
import { listedCommands } from './command.ts'
import { hear } from './hear.ts'
import type { DeskParts, Voice, Written } from './parts.ts'
import { deskRound } from './round.ts'
import { readUpdate } from './update.ts'

export type StaffBotSettings = Omit<DeskParts, 'voice'> & {
  readonly token: string
  readonly apiRoot: string
  /** Set: Telegram calls us at this address. */
  readonly webhook?: { readonly secret: string; readonly url?: string }
  /** How long Telegram holds an empty answer back (default 25). */
  readonly pollSeconds?: number
}

export type StaffBot = {
  readonly hooks: readonly Hook[]
  state(): ChannelState
  /** As staff find it in Telegram; undefined until it was asked. */
  username(): string | undefined
  start(): Promise<void>
  /** What it does of itself; to be called every few seconds, by one process at a time. */
  round(): Promise<void>
  close(): Promise<void>
}

const callLimit = 15_000
const leaseMilliseconds = 45_000
const renewMilliseconds = 15_000
const firstPause = 500

/** Nothing is called before `start`. */
export function makeStaffBot(settings: StaffBotSettings): StaffBot {
  const { token, apiRoot, webhook, clock, log, pollSeconds = 25 } = settings
  const api = new Api(token, { apiRoot: apiRoot.replace(/\/+$/, ''), timeoutSeconds: pollSeconds + 15 })
  const closing = new AbortController()
  let state: ChannelState = 'starting'
  let username: string | undefined
  let listening: Promise<void> = Promise.resolve()

  async function call<T>(work: (signal: Parameters<Api['getMe']>[0]) => Promise<T>): Promise<T> {
    try {
      const result = await work(theirSignal(AbortSignal.timeout(callLimit)))
      state = 'up'
      return result
    } catch (error) {
      throw failureOf(error, token)
    }
  }
  const parts: DeskParts = { ...settings, voice: voiceOf(api, call) }

  async function bring(updates: readonly unknown[]): Promise<void> {
    for (const update of updates) {
      const heard = readUpdate(update)
      if (heard) await hear(parts, heard)
    }
  }

  async function introduce(): Promise<void> {
    const me = await call((signal) => api.getMe(signal))
    username = me.username
    for (const language of ['fr', 'en'] as const) {
      const list = listedCommands.map((command) => {
        return { command, description: settings.locales.t(language, `console.chat.command.${command}`) }
      })
      await call((signal) => api.setMyCommands(list, { language_code: language }, signal))
    }
    if (webhook?.url === undefined) return
    const allowed = ['message', 'callback_query', 'my_chat_member'] as const
    const options = { secret_token: webhook.secret, allowed_updates: allowed, drop_pending_updates: false }
    await call((signal) => api.setWebhook(webhook.url ?? '', options, signal))
  }

  /** Says who it is until it works; then polls for as long as no other process does. */
  async function listen(channel: string, holder: string): Promise<void> {
    let polling: { readonly end: AbortController; readonly done: Promise<void> } | undefined
    let introduced = false
    while (!closing.signal.aborted) {
      try {
        if (!introduced) await introduce()
        introduced = true
        if (!webhook) polling = await hold(channel, holder, polling)
      } catch (error) {
        state = 'down'
        log.error('the bot of staff is in trouble', error)
      }
      await pause(renewMilliseconds, undefined, { signal: closing.signal }).catch(() => undefined)
    }
    polling?.end.abort()
    await polling?.done
    await releaseChannel(settings.pool, channel, holder)
  }

  type Polling = { readonly end: AbortController; readonly done: Promise<void> }

  async function hold(channel: string, holder: string, polling?: Polling): Promise<Polling | undefined> {
    const now = clock.now()
    const until = new Date(now.getTime() + leaseMilliseconds)
    const held = await leaseChannel(settings.pool, channel, { holder, now, until })
    if (held && !polling) {
      const end = new AbortController()
      const done = poll({
        ...{ api, token, clock, bring, cursor: cursorOf(settings.prisma, channel), signal: end.signal },
        ...{ seconds: pollSeconds, pause: firstPause },
        noticed(failure) {
          state = failure ? 'down' : 'up'
          if (failure) log.error('the bot of staff is in trouble', failure)
        },
      })
      return { end, done }
    }
    if (held || !polling) return polling
    polling.end.abort()
    await polling.done
    return undefined
  }

  async function hooked(request: Parameters<Hook['handle']>[0]): Promise<{ status: number }> {
    const given = request.headers['x-telegram-bot-api-secret-token']
    if (!webhook || typeof given !== 'string' || !isSecret(given, webhook.secret)) return { status: 401 }
    const update = readJson(request.body)
    if (update === undefined) return { status: 400 }
    try {
      await bring([update])
      return { status: 200 }
    } catch (error) {
      log.error('the bot of staff could not work off an update', error)
      return { status: 500 }
    }
  }

  return {
    hooks: webhook ? [{ method: 'POST', path: '/hooks/telegram-staff', handle: hooked }] : [],
    state: () => state,
    username: () => username,
    async start() {
      const account = token.split(':')[0] ?? 'bot'
      const row = { id: clock.id(), kind: 'telegram_staff', account, at: clock.now() }
      const { id } = await ensureChannel(settings.prisma, row)
      listening = listen(id, clock.id())
    },
    round: () => deskRound(parts),
    async close() {
      state = 'stopped'
      closing.abort()
      await listening
    },
  }
}

type Call = <T>(work: (signal: Parameters<Api['getMe']>[0]) => Promise<T>) => Promise<T>

function voiceOf(api: Api, call: Call): Voice {
  const markup = ({ buttons = [] }: Written) => ({
    inline_keyboard: buttons.map((row) => row.map(({ text, data }) => ({ text, callback_data: data }))),
  })
  const noPreview = { link_preview_options: { is_disabled: true } }
  return {
    async say(chat, written) {
      const options = { ...noPreview, protect_content: true, reply_markup: markup(written) }
      return (await call((signal) => api.sendMessage(chat, written.text, options, signal))).message_id
    },
    async edit(chat, message, written) {
      const options = { ...noPreview, reply_markup: markup(written) }
      await call((signal) => api.editMessageText(chat, message, written.text, options, signal))
    },
    async remove(chat, message) {
      await call((signal) => api.deleteMessage(chat, message, signal))
    },
    async leave(chat) {
      await call((signal) => api.leaveChat(chat, signal))
    },
    async acknowledge(press) {
      await call((signal) => api.answerCallbackQuery(press, {}, signal))
    },
  }
}
