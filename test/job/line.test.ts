import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { type Lines, type LinesAt, openLines } from '../../src/job/line.ts'
import { cloneDatabase } from '../database.ts'
import { listLog } from '../turn/office.ts'

const redis = process.env['REDIS_TEST_URL']

const places: readonly (readonly [string, () => Promise<LinesAt>])[] = [
  ['PostgreSQL', async () => ({ postgres: (await cloneDatabase()).connectionString })],
  ...(redis ? [['Redis', async () => ({ redis })] as const] : []),
]

let lineCount = 0
async function open(at: () => Promise<LinesAt>): Promise<{ lines: Lines; name: string }> {
  const lines = await openLines(await at(), listLog())
  onTestFinished(() => lines.close())
  lineCount += 1
  return { lines, name: `line-${process.pid}-${lineCount}` }
}

describe.each(places)('a line on %s', (_, at) => {
  test('brings each job to a worker once', async () => {
    const { lines, name } = await open(at)
    const done: number[] = []
    lines.work<{ n: number }>(name, async ({ n }) => void done.push(n), { concurrency: 3 })
    await Promise.all(Array.from({ length: 30 }, (_, n) => lines.line<{ n: number }>(name).add({ n })))
    await expect.poll(() => done.length, { timeout: 10_000 }).toBe(30)
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n))
  })

  test('tries again what may pass, and not what cannot be helped', async () => {
    const { lines, name } = await open(at)
    const tries = { passing: 0, hopeless: 0 }
    lines.work<{ kind: keyof typeof tries }>(
      name,
      async ({ kind }) => {
        tries[kind] += 1
        if (kind === 'hopeless') throw new Failure('channel:refused')
        if (tries.passing === 1) throw new Failure('channel:unreachable')
      },
      { concurrency: 1 },
    )
    const line = lines.line<{ kind: keyof typeof tries }>(name)
    await line.add({ kind: 'hopeless' })
    await line.add({ kind: 'passing' })
    await expect.poll(() => tries, { timeout: 10_000 }).toEqual({ passing: 2, hopeless: 1 })
    await pause(1_500)
    expect(tries).toEqual({ passing: 2, hopeless: 1 })
  })

  test('starts a job after its delay', async () => {
    const { lines, name } = await open(at)
    let startedAt = 0
    lines.work<object>(
      name,
      async () => {
        startedAt = performance.now()
      },
      { concurrency: 1 },
    )
    const added = performance.now()
    await lines.line<object>(name).add({}, { delay: 400 })
    await expect.poll(() => startedAt, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(startedAt - added).toBeGreaterThan(350)
  })

  test('waits for a running job when it closes, and tells it', async () => {
    const lines = await openLines(await at(), listLog())
    lineCount += 1
    const name = `line-${process.pid}-${lineCount}`
    let told = false
    let running = false
    lines.work<object>(
      name,
      async (_, signal) => {
        running = true
        await pause(10_000, undefined, { signal }).catch(() => {})
        told = signal.aborted
      },
      { concurrency: 1 },
    )
    await lines.line<object>(name).add({})
    await expect.poll(() => running, { timeout: 10_000 }).toBe(true)
    await lines.close()
    expect(told).toBe(true)
  })
})

test.skipIf(redis)('a line on Redis: REDIS_TEST_URL is not set', () => {})

test('lines that cannot be reached fail with words', async () => {
  await expect(
    openLines({ postgres: 'postgresql://nobody@127.0.0.1:1/none' }, listLog()),
  ).rejects.toMatchObject({
    code: 'database:unreachable',
  })
})

test('a worker goes on after the database ended its connections', async () => {
  const database = await cloneDatabase()
  const lines = await openLines({ postgres: database.connectionString }, listLog())
  onTestFinished(() => lines.close())
  const done: number[] = []
  lines.work<{ n: number }>('cut', async ({ n }) => void done.push(n), { concurrency: 2 })
  const line = lines.line<{ n: number }>('cut')
  await line.add({ n: 1 })
  await expect.poll(() => done, { timeout: 10_000 }).toEqual([1])
  await database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await pause(200)
  for (let tries = 0; ; tries++) {
    try {
      await line.add({ n: 2 })
      break
    } catch (error) {
      if (tries === 20) throw error
      await pause(100)
    }
  }
  await expect.poll(() => done, { timeout: 15_000 }).toContain(2)
})
