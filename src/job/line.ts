/**
 * Lines: where jobs wait for workers. BullMQ on PostgreSQL or on Redis, by one option. A line is never the source of truth:
 * jobs carry ids, rows say what is to be done, and the sweeper makes a new job for a row whose job was lost.
 */
import { setMaxListeners } from 'node:events'
import {
  type ConnectionOptions,
  createPostgresBackend,
  type JobsOptions,
  Queue,
  UnrecoverableError,
  Worker,
} from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import { endPool } from '../store/pool.ts'

/** Where the lines are kept. */
export type LinesAt = { readonly postgres: string } | { readonly redis: string }

export type Line<Data> = {
  readonly name: string
  /** Adds a job, to be started after `delay` milliseconds; one with an `id` that waits already is not added again. */
  add(data: Data, options?: { readonly delay?: number; readonly id?: string }): Promise<void>
}

export type Lines = {
  /** The line of this name, made when first asked for. */
  line<Data>(name: string): Line<Data>
  /**
   * Works off a line, `concurrency` jobs at once. What a handler throws is logged and, unless trying again cannot help,
   * tried again with growing pauses. `signal` says that the house closes: finish soon.
   */
  work<Data>(
    name: string,
    handle: (data: Data, signal: AbortSignal) => Promise<void>,
    options: { readonly concurrency: number },
  ): void
  /** Whether jobs can be added. */
  ready(): Promise<boolean>
  /** Waits for what runs. */
  close(): Promise<void>
}

/** What is used of BullMQ's classes, whatever they stand on. */
type Running = { close(): Promise<void>; on(event: 'error', hear: (error: Error) => void): unknown }
type Adding = Running & { add(name: string, data: unknown, options: JobsOptions): Promise<unknown> }

type Backend = {
  queue(name: string): Adding
  worker(name: string, handle: (data: unknown) => Promise<void>, concurrency: number): Running
  reachable(): Promise<boolean>
  close(): Promise<void>
}

/** BullMQ looks for its tables here when it is given a pool. */
const schema = 'bullmq'
const redisPrefix = 'baro'
const jobOptions: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: { count: 500 },
}
const redisOptions = { maxRetriesPerRequest: null, enableOfflineQueue: true }

/** Opens the lines; fails with `database:unreachable` when their store cannot be reached. */
export async function openLines(at: LinesAt, log: Log): Promise<Lines> {
  const backend = 'redis' in at ? openRedis(at.redis, log) : await openPostgres(at.postgres, log)
  if (!(await backend.reachable())) {
    await backend.close()
    throw new Failure('database:unreachable', { what: 'job lines' })
  }
  const queues = new Map<string, Adding>()
  const workers: Running[] = []
  const closing = new AbortController()
  // Everything that waits in a job waits on it.
  setMaxListeners(0, closing.signal)
  return {
    line<Data>(name: string): Line<Data> {
      const queue = queues.get(name) ?? watched(backend.queue(name), name, log)
      queues.set(name, queue)
      return {
        name,
        async add(data, { delay, id } = {}) {
          await queue.add(name, data, { ...jobOptions, delay, jobId: id })
        },
      }
    },
    work<Data>(
      name: string,
      handle: (data: Data, signal: AbortSignal) => Promise<void>,
      { concurrency }: { readonly concurrency: number },
    ) {
      // A line carries what `line` of the same name added.
      const guarded = (data: unknown) => runJob(name, () => handle(data as Data, closing.signal), log)
      workers.push(watched(backend.worker(name, guarded, concurrency), name, log))
    },
    ready: () => backend.reachable(),
    async close() {
      closing.abort()
      await Promise.all(workers.map((worker) => worker.close()))
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await backend.close()
    },
  }
}

/** What cannot be helped by trying again must not be tried again. */
async function runJob(name: string, work: () => Promise<void>, log: Log): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.error('a job failed', error, { line: name })
    if (error instanceof Failure && !error.trouble.retry) throw new UnrecoverableError(error.code)
    // The line keeps what it is told of a failed job in clear: the message of an error may quote what a person said.
    throw new Error(error instanceof Failure ? error.code : 'a job failed')
  }
}

/** A broken connection is told and comes back by itself; without a listener it would end the process. */
function watched<T extends Running>(one: T, name: string, log: Log): T {
  one.on('error', (error) => log.error('a job line is in trouble', error, { line: name }))
  return one
}

async function openPostgres(connectionString: string, log: Log): Promise<Backend> {
  await migrateLines(connectionString)
  // One pool for all lines. Every worker holds one connection on which it is told of new jobs.
  const pool = new pg.Pool({ connectionString, max: 24, options: `-c search_path=${schema}` })
  pool.setMaxListeners(200)
  pool.on('error', (error) => log.error('the job lines lost a connection', error))
  return {
    queue: (name) => new Queue(name, { connection: pool }, createPostgresBackend),
    worker: (name, handle, concurrency) =>
      new Worker(name, (job) => handle(job.data), { connection: pool, concurrency }, createPostgresBackend),
    reachable: () => reaches(() => pool.query('select 1')),
    close: () => endPool(pool),
  }
}

/** Brings the tables of the lines to the library's version; a queue that is closed at once does it under its own lock. */
async function migrateLines(connectionString: string): Promise<void> {
  const connection = { connectionString, schema, migrate: true, max: 1 }
  const queue = new Queue('baro', { connection }, createPostgresBackend)
  queue.on('error', () => {})
  try {
    await queue.waitUntilReady()
  } catch (cause) {
    throw new Failure('database:unreachable', { what: 'job lines' }, { cause })
  } finally {
    await queue.close()
  }
}

function openRedis(url: string, log: Log): Backend {
  const connections: Redis[] = []
  const connect = (): ConnectionOptions => {
    const redis = new Redis(url, redisOptions)
    redis.on('error', (error) => log.error('the job lines lost a connection', error))
    connections.push(redis)
    return redis
  }
  const shared = new Redis(url, { ...redisOptions, maxRetriesPerRequest: 2 })
  shared.on('error', (error) => log.error('the job lines lost a connection', error))
  connections.push(shared)
  return {
    queue: (name) => new Queue(name, { connection: shared, prefix: redisPrefix }),
    worker: (name, handle, concurrency) =>
      new Worker(name, (job) => handle(job.data), {
        connection: connect(),
        prefix: redisPrefix,
        concurrency,
      }),
    reachable: () => reaches(() => shared.ping()),
    async close() {
      for (const redis of connections) redis.disconnect()
    },
  }
}

async function reaches(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch {
    return false
  }
}
