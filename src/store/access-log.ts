/**
 * Who read what. Every read of a person, a request or a file, every search and every export leaves a row: ids and the
 * time, nothing personal. Pages do not wait for it: reads are kept in memory for a moment and written together.
 */
import type pg from 'pg'
import type { Log } from '../log.ts'
import type { Database } from './database.ts'

export const readKinds = ['person', 'request', 'file', 'search', 'export'] as const
/** What was read: a person and their case, a request, a file; or what was done over many of them. */
export type ReadKind = (typeof readKinds)[number]

export type Read = {
  readonly staff: string
  readonly what: ReadKind
  readonly at: Date
  /** Of what; a search and an export need none. */
  readonly id?: string
  /** Of a request, where the id is not at hand. */
  readonly reference?: string
}

export type AccessLog = {
  /** Takes a read; it is written within half a second, and before `close` is done. Never waits, never fails. */
  note(read: Read): void
  /** Writes what waits. */
  close(): Promise<void>
}

const restMilliseconds = 400
/** A page that fetches its parts again, a player that asks for the next seconds: one look, one row. */
const sameLookMilliseconds = 60_000
/** While the database is away; beyond that the oldest are lost, and the log says how many. */
const mostWaiting = 20_000

/** Collects reads and writes them together. */
export function makeAccessLog(pool: pg.Pool, log: Log): AccessLog {
  const waiting: Read[] = []
  const seen = makeMemory()
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    timer = undefined
    const some = waiting.splice(0)
    if (some.length === 0) return
    try {
      await writeReads(pool, some)
    } catch (error) {
      waiting.unshift(...some)
      const lost = waiting.splice(0, Math.max(0, waiting.length - mostWaiting)).length
      log.error('reads could not be written', error, { waiting: waiting.length, lost })
      if (!closed) soon()
    }
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      writing = writing.then(write)
    }, restMilliseconds).unref()
  }

  return {
    note(read) {
      if (seen.justNow(read)) return
      waiting.push(read)
      soon()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      writing = writing.then(write)
      await writing
    },
  }
}

/** Writes reads at once, for whoever must know that they are kept before anything is shown. */
export async function writeReads(pool: pg.Pool, reads: readonly Read[]): Promise<void> {
  await pool.query({
    name: 'access_log_write',
    text: `insert into access_log (staff_id, what, subject_id, at)
      select it.staff, it.what, coalesce(it.subject, request.id), it.at
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[])
        with ordinality as it(staff, what, subject, reference, at, n)
      left join request on request.reference = it.reference
      order by it.n`,
    values: [
      reads.map(({ staff }) => staff),
      reads.map(({ what }) => what),
      reads.map(({ id }) => id ?? null),
      reads.map(({ reference }) => reference ?? null),
      reads.map(({ at }) => at),
    ],
  })
}

/** How long a read is remembered (domain notes 4.4). */
const keptYears = 5

/** Forgets reads that are older; gives how many. */
export async function expireReads({ pool }: Pick<Database, 'pool'>, now: Date): Promise<number> {
  const before = new Date(now)
  before.setUTCFullYear(before.getUTCFullYear() - keptYears)
  const { rowCount } = await pool.query('delete from access_log where at < $1', [before])
  return rowCount ?? 0
}

/** Looks of the last minute by who looked at what; searches and exports are each their own. */
function makeMemory() {
  let recent = new Map<string, number>()
  let before = new Map<string, number>()
  let turned = 0
  return {
    justNow({ staff, what, id, reference, at }: Read): boolean {
      if (id === undefined && reference === undefined) return false
      const time = at.getTime()
      if (time - turned > sameLookMilliseconds) {
        before = recent
        recent = new Map()
        turned = time
      }
      const key = `${staff} ${what} ${id ?? reference}`
      const last = recent.get(key) ?? before.get(key)
      if (last !== undefined && time - last < sameLookMilliseconds) return true
      recent.set(key, time)
      return false
    },
  }
}
