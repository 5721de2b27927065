/**
 * Long polling that loses nothing. Telegram forgets an update when getUpdates is called with a greater offset, so the
 * offset moves only after the rows of everything before it are durable; whatever fails in between is asked for again
 * and falls away as a repeat where the rows are written.
 */
import type { Api } from 'grammy'
import type { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import type { Cursor } from './contract.ts'
import { rest } from './rest.ts'
import { updateId } from './telegram-parse.ts'
import { failureOf, theirSignal } from './telegram-send.ts'

/** What we ask Telegram for; it keeps quiet about everything else. */
export const heardUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/**
 * After a week without updates Telegram goes on with a random number, and an old offset above it would confirm
 * updates that nobody read. So an offset is used only to confirm what was just handled, and a kept one only for a day;
 * otherwise we ask for whatever is unconfirmed (core.telegram.org/bots/api#update).
 */
const offsetLives = 24 * 3_600_000
const longestPause = 30_000
const pauseWithoutKey = 60_000
/** Telegram waits before an empty answer; a proxy in between may not, and must not make us spin. */
const pauseAfterNothing = 100

export type Polling = {
  readonly api: Api
  readonly token: string
  readonly clock: Clock
  readonly cursor: Cursor
  /** How long Telegram holds an empty answer back. */
  readonly seconds: number
  /** First pause after a trouble, in milliseconds; it doubles while the trouble lasts. */
  readonly pause: number
  readonly signal: AbortSignal
  /** Resolves once the rows of these updates are durable. */
  readonly bring: (updates: readonly unknown[]) => Promise<void>
  /** Told after each exchange with Telegram: undefined when it went well. */
  readonly noticed: (failure: Failure | undefined) => void
}

/** Polls until `signal` is aborted; never rejects. What is being handled at that moment is handled to its end. */
export async function poll(it: Polling): Promise<void> {
  let offset: number | undefined
  let begun = false
  let troubles = 0
  while (!it.signal.aborted) {
    try {
      if (!begun) {
        offset = await keptOffset(it)
        // Telegram refuses polling while a web hook is set (409).
        await it.api.deleteWebhook({ drop_pending_updates: false }, theirSignal(it.signal))
        it.noticed(undefined)
        begun = true
      }
      offset = await pollOnce(it, offset)
      troubles = 0
    } catch (error) {
      if (it.signal.aborted) return
      troubles += 1
      const failure = failureOf(error, it.token)
      it.noticed(failure)
      // 409 also means that somebody set a web hook meanwhile: begin again.
      if (failure.code === 'channel:unreachable') begun = false
      await rest(pauseFor(failure, it.pause, troubles), it.signal)
    }
  }
}

/** One exchange; gives the offset that confirms what it brought, undefined when everything is confirmed. */
async function pollOnce(it: Polling, offset: number | undefined): Promise<number | undefined> {
  const asked = { offset, timeout: it.seconds, limit: 100, allowed_updates: heardUpdates }
  const updates: readonly unknown[] = await it.api.getUpdates(asked, theirSignal(it.signal))
  it.noticed(undefined)
  if (updates.length === 0) {
    await rest(pauseAfterNothing, it.signal)
    return undefined
  }
  await it.bring(updates)
  const ids = updates.map(updateId).filter((id) => id !== undefined)
  if (ids.length === 0) return undefined
  const next = Math.max(...ids) + 1
  await it.cursor.write(`${next} ${it.clock.now().getTime()}`)
  return next
}

async function keptOffset(it: Polling): Promise<number | undefined> {
  const [offset, at] = ((await it.cursor.read()) ?? '').split(' ').map(Number)
  if (!Number.isSafeInteger(offset) || at === undefined) return undefined
  return it.clock.now().getTime() - at < offsetLives ? offset : undefined
}

function pauseFor(failure: Failure, pause: number, troubles: number): number {
  if (failure.code === 'channel:unauthorized') return pauseWithoutKey
  if (failure.code === 'channel:throttled') return Number(failure.facts['afterSeconds']) * 1000
  return Math.min(longestPause, pause * 2 ** Math.min(troubles - 1, 10))
}
