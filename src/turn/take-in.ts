/**
 * Taking in: arrivals become rows and whoever brought them is answered, apart from the turns and before them, so that a
 * provider never waits for what is being said to others. What comes while a writing is under way goes in the next one;
 * a writing holds each lane once, and a lane that is being written waits, which keeps the order of an address.
 */
import type { Incoming } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Road } from '../store/road.ts'
import type { Clock } from '../world.ts'
import { makeLaneQueue } from './lane-queue.ts'
import { isPassing } from './passing.ts'

type Met = NonNullable<Awaited<ReturnType<Road['arrive']>>[number]>
type Arriving = {
  readonly arriving: Parameters<Road['arrive']>[0][number]
  done(): void
  fail(error: unknown): void
}
type Taken = { readonly lane: string; readonly task: Arriving }

export type TakeIn = {
  /** Resolves once it is a row, or was one before; fails as the database does. */
  add(incoming: Incoming): Promise<void>
  /** Writes as much of what waits as may be written now. */
  start(): void
  /** Whether nothing waits and nothing is being written. */
  readonly idle: boolean
  /** Refuses what is not being written yet. */
  close(): void
}

type TakeInParts = { readonly road: Pick<Road, 'arrive'>; readonly clock: Clock; readonly log: Log }

/** Arrivals of at most so many addresses in one statement. */
const batchSize = 64
const writingsAtOnce = 2

/** `met` hears of every arrival that was new, in the order of its lane; `written` when a writing has ended. */
export function makeTakeIn(
  parts: TakeInParts,
  met: (lane: string, met: Met) => void,
  written: () => void,
): TakeIn {
  const queue = makeLaneQueue<Arriving>()
  let writing = 0

  /** Never rejects: what could not be written fails for whoever brought it. */
  async function write(batch: readonly Taken[]): Promise<void> {
    let rows: Awaited<ReturnType<Road['arrive']>>
    try {
      rows = await parts.road.arrive(batch.map(({ task }) => task.arriving))
    } catch (error) {
      // One arrival that the database does not take must not cost the others theirs.
      if (batch.length > 1 && !isPassing(error)) {
        for (const one of batch) await write([one])
        return
      }
      parts.log.error('arrivals could not be written', error, { arrivals: batch.length })
      for (const { task } of batch) task.fail(error)
      return
    }
    for (const { task } of batch) task.done()
    for (const [i, { lane }] of batch.entries()) {
      const one = rows[i]
      if (one) met(lane, one)
    }
  }

  function start(): void {
    while (writing < writingsAtOnce && queue.ready) {
      const batch = queue.take(batchSize)
      writing += 1
      void write(batch).finally(() => {
        writing -= 1
        for (const { lane } of batch) queue.done(lane)
        start()
        written()
      })
    }
  }

  return {
    add: (incoming) =>
      new Promise<void>((done, fail) => {
        const arriving = { id: parts.clock.id(), at: parts.clock.now(), incoming }
        queue.add(`${incoming.channel}|${incoming.from}`, { arriving, done, fail })
      }),
    start,
    get idle() {
      return queue.idle
    },
    close() {
      for (const { fail } of queue.drain()) fail(new Failure('database:unreachable', { why: 'closing' }))
    },
  }
}
