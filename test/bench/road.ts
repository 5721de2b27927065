/**
 * Measures the hot road alone, on an embedded server of its own:
 *
 *   node --import tsx test/bench/road.ts [--messages 20000] [--lanes 64] [--flight 3]
 *
 * A turn: one message arrives, two are said, three things happened, the session moves on. The ceiling in the same run:
 * two bare one-row statements per message, twelve connections. Sides take turns, so that both meet the same machine.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { fixedMasterKey } from '../../src/store/master-key.ts'
import { startPostgres } from '../../src/store/postgres.ts'
import { realClock } from '../../src/world.ts'
import { answerTo, arrival, event, makeChannel } from '../store/turns.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '20000' },
    lanes: { type: 'string', default: '64' },
    flight: { type: 'string', default: '3' },
    people: { type: 'string', default: '2000' },
  },
})
const [messages, lanes, flight, people] = [values.messages, values.lanes, values.flight, values.people].map(
  Number,
) as [number, number, number, number]
const rounds = 4

const dataDir = await mkdtemp(join(tmpdir(), 'baro-bench-'))
const postgres = await startPostgres({ dataDir, log: () => {} })
const database = await openDatabase({
  connectionString: postgres.connectionString,
  masterKey: fixedMasterKey(Buffer.alloc(32, 7)),
})
try {
  const channel = await makeChannel(database)
  const turns: number[] = []
  const ceilings: number[] = []
  const cpu: number[] = []
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    turns.push(await perSecond(messages / rounds, () => runTurns(database, channel, round)))
    const used = process.cpuUsage(before)
    cpu.push((used.user + used.system) / 1000 / (messages / rounds))
    ceilings.push(await perSecond(messages / rounds, () => runBare(database.pool, messages / rounds)))
  }
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length
  console.log(
    JSON.stringify({
      turns_per_second: Math.round(mean(turns)),
      ceiling_per_second: Math.round(mean(ceilings)),
      ratio: Number((mean(turns) / mean(ceilings)).toFixed(2)),
      node_ms_per_turn: Number(mean(cpu).toFixed(3)),
      rounds: turns.map(Math.round),
      bare: ceilings.map(Math.round),
    }),
  )
} finally {
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (count / (performance.now() - start)) * 1000
}

/** Batches of distinct addresses, several in flight; no address is in two of them at once. */
async function runTurns({ road }: Database, channel: string, round: number): Promise<void> {
  const batches = messages / rounds / lanes
  const perWorker = Math.floor(people / flight)
  const worker = async (w: number) => {
    for (let b = w; b < batches; b += flight) {
      const batch = Array.from({ length: lanes }, (_, i) => {
        const person = w * perWorker + ((Math.floor(b / flight) * lanes + i) % perWorker)
        return arrival(channel, `person ${person}`, round * 1e9 + b * lanes + i)
      })
      const met = (await road.arrive(batch)).filter((one) => one !== undefined)
      const went = await road.commit(met.map(turnOf))
      if (met.length !== lanes || went.some((one) => one !== 'through')) throw new Error('a lane was lost')
    }
  }
  await Promise.all(Array.from({ length: flight }, (_, w) => worker(w)))
}

function turnOf(met: Parameters<typeof answerTo>[0]) {
  return answerTo(met, ['Merci. Nous avons bien reçu votre demande.', 'Tapez 1 pour le menu.'], {
    events: [
      event({ type: 'answer_kept', flow: 'need', step: 'what', secret: { said: 'pas de toit' } }),
      event({ type: 'flow_entered', flow: 'need' }),
      event({ type: 'flow_ended', flow: 'need', how: 'done' }),
    ],
  })
}

/** What the database does with two one-row statements for each message. */
async function runBare(pool: pg.Pool, count: number): Promise<void> {
  await pool.query('create table if not exists bare (id uuid primary key, body bytea not null)')
  const body = Buffer.alloc(300, 1)
  const worker = async (w: number) => {
    for (let i = w; i < count * 2; i += 12) {
      const text = 'insert into bare (id, body) values ($1, $2)'
      await pool.query({ name: 'bare', text, values: [realClock.id(), body] })
    }
  }
  await Promise.all(Array.from({ length: 12 }, (_, w) => worker(w)))
}
