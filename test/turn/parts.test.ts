/** The small parts of a turn: lanes as a queue, references, hints, what passes by itself. */
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { makeHints } from '../../src/turn/hint.ts'
import { makeLaneQueue } from '../../src/turn/lane-queue.ts'
import { isPassing } from '../../src/turn/passing.ts'
import { makeReferences } from '../../src/turn/references.ts'
import { realClock } from '../../src/world.ts'
import { cloneDatabase } from '../database.ts'
import { listLog } from './office.ts'

describe('the queue of lanes', () => {
  test('gives one task of each lane, and nothing of a lane that is busy', () => {
    const queue = makeLaneQueue<number>()
    for (const [lane, task] of [
      ['a', 1],
      ['a', 2],
      ['b', 3],
    ] as const)
      queue.add(lane, task)
    expect(queue.take(9)).toEqual([
      { lane: 'a', task: 1 },
      { lane: 'b', task: 3 },
    ])
    expect(queue.take(9)).toEqual([])
    queue.add('a', 4)
    queue.putBack('a', 0)
    queue.done('a')
    expect(queue.take(9)).toEqual([{ lane: 'a', task: 0 }])
    expect(queue.idle).toBe(false)
    queue.done('b')
    expect(queue.drain()).toEqual([2, 4])
  })

  test('takes no more than is wanted, longest waiting first', () => {
    const queue = makeLaneQueue<number>()
    for (const n of [1, 2, 3]) queue.add(`lane ${n}`, n)
    expect(queue.take(2).map(({ task }) => task)).toEqual([1, 2])
    expect(queue.take(2).map(({ task }) => task)).toEqual([3])
  })
})

test('references are never given twice, also by two processes', async () => {
  const { pool } = await cloneDatabase()
  const [one, other] = [makeReferences(pool), makeReferences(pool)]
  await Promise.all([one.ready(300), other.ready(300)])
  const taken = Array.from({ length: 300 }, () => [one.take(), other.take()]).flat()
  expect(new Set(taken).size).toBe(600)
})

describe('hints', () => {
  test('reach this process and others, each name once', async () => {
    const { pool } = await cloneDatabase()
    const here = makeHints(pool, realClock, listLog())
    const there = makeHints(pool, realClock, listLog())
    onTestFinished(async () => {
      await Promise.all([here.close(), there.close()])
    })
    await Promise.all([here.start(), there.start()])
    const heard: Record<string, string[]> = { here: [], there: [] }
    here.listen((names) => void heard['here']?.push(...names))
    there.listen((names) => void heard['there']?.push(...names))
    here.changed(['request-1', 'queue-needs'])
    here.changed(['request-1'])
    await expect
      .poll(() => heard)
      .toEqual({
        here: ['request-1', 'queue-needs'],
        there: ['request-1', 'queue-needs'],
      })
  })

  test('come again after the connection was cut', async () => {
    const { pool } = await cloneDatabase()
    const here = makeHints(pool, realClock, listLog())
    const there = makeHints(pool, realClock, listLog())
    onTestFinished(async () => {
      await Promise.all([here.close(), there.close()])
    })
    await there.start()
    const heard: string[] = []
    there.listen((names) => void heard.push(...names))
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
    )
    for (let tries = 0; tries < 40 && heard.length === 0; tries++) {
      here.changed(['request-1'])
      await pause(150)
    }
    expect(heard[0]).toBe('request-1')
  })
})

test.each([
  [Object.assign(new Error('x'), { code: '57P01' }), true],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
  [new Error('Connection terminated unexpectedly'), true],
  [new Failure('database:unreachable'), true],
  [new Failure('key:erased'), false],
  [Object.assign(new Error('x'), { code: '23505' }), false],
  [new Error('a bug'), false],
  ['a string', false],
])('trouble %# passes by itself or not', (error, passes) => {
  expect(isPassing(error)).toBe(passes)
})
