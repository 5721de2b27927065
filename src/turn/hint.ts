/**
 * Hints: names of what changed (`request-<id>`, `queue-<key>`, `queue-<key>-<office>`, `staff-<id>`, `person-<id>`;
 * `thread-<id>` when only a message of the request has come further; `opened-<id>` and `said-<id>` when a person asked
 * anew, said more, or must be called), told after the commit to the pages that are open here and, over PostgreSQL, to
 * the other processes. A name says nothing about what changed; a hint that is lost costs nothing, because a page that
 * reconnects fetches anyway.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../log.ts'
import type { MovedRequest } from '../store/outbox-report.ts'
import type { Clock } from '../world.ts'

/** What must be known outside once a turn is committed. Losing it costs time and nothing else: rows say the same. */
export type News = {
  /** Addresses with something to be sent, by account. */
  readonly outgoing: ReadonlyMap<string, readonly string[]>
  /** What open pages should fetch again. */
  readonly hints: ReadonlySet<string>
  /** A file came that is still at the provider. */
  readonly files?: boolean
}

export type Hints = {
  /** Tells these names soon, each once however often it is given meanwhile. */
  changed(names: Iterable<string>): void
  /** Hears all names from here and elsewhere; gives the way to stop. */
  listen(listener: (names: readonly string[]) => void): () => void
  /** Connects to the other processes; resolves when it hears them. */
  start(): Promise<void>
  close(): Promise<void>
}

const channel = 'baro_hint'
/** Names given within this time go together. */
const gatherMilliseconds = 40
/** PostgreSQL takes 8000 bytes in one notification. */
const namesAtOnce = 150
const reconnectMilliseconds = 1_000

export function makeHints(pool: pg.Pool, clock: Pick<Clock, 'id'>, log: Log): Hints {
  const listeners = new Set<(names: readonly string[]) => void>()
  const own = clock.id()
  const closing = new AbortController()
  let gathered = new Set<string>()
  let gathering: Promise<void> | undefined
  let line: pg.PoolClient | undefined
  let reconnecting: Promise<void> | undefined

  function tell(names: readonly string[]): void {
    for (const listener of listeners) listener(names)
  }

  async function flush(): Promise<void> {
    await pause(gatherMilliseconds, undefined, { signal: closing.signal }).catch(() => {})
    const names = [...gathered]
    gathered = new Set()
    gathering = undefined
    tell(names)
    for (let from = 0; from < names.length; from += namesAtOnce) {
      const payload = `${own} ${names.slice(from, from + namesAtOnce).join(' ')}`
      // With the database away nobody has anything new to see.
      await pool.query('select pg_notify($1, $2)', [channel, payload]).catch((error: unknown) => {
        log.warn('a hint could not be told to other processes', { error: String(error instanceof Error) })
      })
    }
  }

  async function connect(): Promise<void> {
    const client = await pool.connect()
    client.on('notification', ({ payload = '' }) => {
      const [from, ...names] = payload.split(' ')
      if (from !== own) tell(names)
    })
    line = client
    const lose = () => {
      if (line !== client) return
      line = undefined
      client.release(true)
      reconnecting ??= reconnect()
    }
    client.on('error', lose)
    await client.query(`listen ${channel}`).catch((error: unknown) => {
      line = undefined
      client.release(true)
      throw error
    })
  }

  async function reconnect(): Promise<void> {
    while (!closing.signal.aborted) {
      await pause(reconnectMilliseconds, undefined, { signal: closing.signal }).catch(() => {})
      if (closing.signal.aborted) break
      try {
        await connect()
        break
      } catch (error) {
        log.error('the line for hints is down', error)
      }
    }
    reconnecting = undefined
  }

  return {
    changed(names) {
      for (const name of names) gathered.add(name)
      if (gathered.size > 0 && !closing.signal.aborted) gathering ??= flush()
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start: connect,
    async close() {
      closing.abort()
      await Promise.all([gathering, reconnecting])
      const last = line
      line = undefined
      last?.release(true)
      listeners.clear()
    },
  }
}

/** A message that came further concerns its thread alone; an answer that was lost puts its request back on lists. */
export function hintsOfMoved({ id, again }: MovedRequest): readonly string[] {
  if (!again) return [`thread-${id}`]
  if (again.sealed) return [`request-${id}`]
  return [`request-${id}`, `queue-${again.queue}`, ...(again.owner ? [`staff-${again.owner}`] : [])]
}
