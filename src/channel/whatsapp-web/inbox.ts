/**
 * From what a session hears to rows, in order. What waits goes together; rows that cannot be written are tried again until
 * they are, because the library tells everything once. How far it has come is kept, so that a look back knows where to begin.
 */
import type { Incoming } from '../../core/message.ts'
import type { Clock } from '../../world.ts'
import type { Cursor, Ears } from '../contract.ts'
import { rest } from '../rest.ts'
import { makeMemory } from './patience.ts'

export type Inbox = {
  /** Takes it in, once; a repeat is nothing. `missed`: found by looking back. */
  add(incoming: Incoming, missed?: boolean): void
  /** Resolves when everything taken in so far is stored, or the inbox is closed. */
  settled(): Promise<void>
}

export type InboxSettings = {
  readonly ears: Ears
  readonly cursor: Cursor
  readonly clock: Pick<Clock, 'now'>
  readonly signal: AbortSignal
  /** Completes an arrival before it is stored; what it cannot find stays away. */
  readonly complete: (incoming: Incoming) => Promise<Incoming>
  /** Told of arrivals found by looking back, before they are stored. */
  readonly late: (found: readonly Incoming[]) => Promise<void>
  readonly noticed: (error: unknown) => void
}

type Waiting = { readonly incoming: Incoming; readonly missed: boolean }

const atOnce = 100
const remembered = 50_000
const firstPause = 250
const longestPause = 10_000

export function makeInbox({ ears, cursor, clock, signal, complete, late, noticed }: InboxSettings): Inbox {
  const seen = makeMemory(remembered)
  const waiting: Waiting[] = []
  let running: Promise<void> | undefined
  let furthest = 0

  async function run(): Promise<void> {
    while (waiting.length > 0 && !signal.aborted) {
      const batch = waiting.splice(0, atOnce)
      const incomings: Incoming[] = []
      for (const { incoming } of batch) incomings.push(await complete(incoming))
      const found = incomings.filter((_, place) => batch[place]?.missed)
      if (found.length > 0) await late(found).catch(noticed)
      await untilStored(() => ears.arrived(incomings))
      await moveOn(incomings)
    }
    running = undefined
  }

  async function untilStored(store: () => Promise<void>): Promise<void> {
    for (let wait = firstPause; !signal.aborted; wait = Math.min(longestPause, wait * 2)) {
      try {
        return await store()
      } catch (error) {
        noticed(error)
        await rest(wait, signal)
      }
    }
  }

  /** Written after the rows that it covers; a time ahead of ours would hide what comes. */
  async function moveOn(incomings: readonly Incoming[]): Promise<void> {
    if (signal.aborted) return
    const latest = Math.max(...incomings.map(({ sentAt }) => sentAt.getTime()))
    const seconds = Math.floor(Math.min(latest, clock.now().getTime()) / 1000)
    if (seconds <= furthest) return
    furthest = seconds
    await cursor.write(String(seconds)).catch(noticed)
  }

  return {
    add(incoming, missed = false) {
      const { externalId, edit, content } = incoming
      // A correction told twice carries the moment of the telling: its words say that it is the same.
      const name = edit > 0 ? `${externalId} ${JSON.stringify(content)}` : externalId
      if (signal.aborted || !seen.add(name)) return
      waiting.push({ incoming, missed })
      running ??= run()
    },
    async settled() {
      while (running) await running
    },
  }
}
