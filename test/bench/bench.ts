/**
 * What the house can do on this machine: `npm run bench [-- --messages 20000 --seconds 20]`. Prints one JSON object last.
 *
 * turns_per_second: arrivals through the lanes, the engine and one commit for many; each turn writes the message in, two
 * out, three events and the session. ceiling_per_second: what the same database does in the same run with two bare one-row
 * statements per message on twelve connections; both sides take turns. latency_ms: from the channel's arrival to the
 * channel's send, through the whole house and its job lines, while messages arrive evenly at `rate_per_second`.
 *
 * `-- --hook` measures instead how soon Meta's signed web hook is answered, over HTTP, at that rate.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { startPostgres } from '../../src/store/postgres.ts'
import { realClock } from '../../src/world.ts'
import { openBurst } from './burst.ts'
import { enginePerSecond } from './engine.ts'
import { measureHook } from './hook.ts'
import { measureLatency } from './latency.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '300' },
    hook: { type: 'boolean', default: false },
  },
})
const [messages, seconds, rate] = [Number(values.messages), Number(values.seconds), Number(values.rate)]
const rounds = 4

const dataDir = await mkdtemp(join(tmpdir(), 'baro-bench-'))
const postgres = await startPostgres({ dataDir, log: () => {} })
try {
  if (values.hook) {
    const hook_ms = await measureHook({ connectionString: postgres.connectionString, rate, seconds })
    console.log(JSON.stringify({ hook_ms, rate_per_second: rate }))
  } else await measureAll()
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function measureAll(): Promise<void> {
  const engine = enginePerSecond()
  const burst = await openBurst(postgres.connectionString)
  const [turns, ceilings, shipped]: [number[], number[], number[]] = [[], [], []]
  // Plans, keys and people are met before anything is measured.
  await burst.run(2_000, 'plain')
  await bare(burst.pool, 2_000)
  const rssBefore = rss()
  for (let round = 0; round < rounds; round++) {
    turns.push(await perSecond(messages / rounds, (count) => burst.run(count, 'plain')))
    ceilings.push(await perSecond(messages / rounds, (count) => bare(burst.pool, count)))
    shipped.push(await perSecond(messages / rounds / 2, (count) => burst.run(count, 'shipped')))
  }
  await burst.close()
  const latency = await measureLatency({ connectionString: postgres.connectionString, rate, seconds })
  console.log(
    JSON.stringify({
      turns_per_second: Math.round(mean(turns)),
      ceiling_per_second: Math.round(mean(ceilings)),
      ratio: Number((mean(turns) / mean(ceilings)).toFixed(2)),
      shipped_flow_turns_per_second: Math.round(mean(shipped)),
      latency_ms: { p50: latency.p50, p99: latency.p99 },
      rate_per_second: rate,
      messages_timed: latency.count,
      engine_turns_per_second: engine,
      rss_mb: { before: rssBefore, after: rss() },
    }),
  )
}

async function perSecond(count: number, work: (count: number) => Promise<void>): Promise<number> {
  const start = performance.now()
  await work(count)
  return (count / (performance.now() - start)) * 1000
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, one) => sum + one, 0) / list.length
}

function rss(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1024 / 1024)
}

/** What the database does with two one-row statements for each message. */
async function bare(pool: pg.Pool, count: number): Promise<void> {
  await pool.query('create table if not exists bare (id uuid primary key, body bytea not null)')
  const body = Buffer.alloc(300, 1)
  const worker = async (first: number) => {
    for (let i = first; i < count * 2; i += 12) {
      const text = 'insert into bare (id, body) values ($1, $2)'
      await pool.query({ name: 'bare', text, values: [realClock.id(), body] })
    }
  }
  await Promise.all(Array.from({ length: 12 }, (_, first) => worker(first)))
}
