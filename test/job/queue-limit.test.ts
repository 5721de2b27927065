/** A queue past its limit: told once, to those who may know, and told of for as long as it lasts. */
import { beforeEach, expect, test } from 'vitest'
import type { QueueKey } from '../../src/core/queue.ts'
import type { Role } from '../../src/core/staff.ts'
import { limitRound } from '../../src/job/queue-limit.ts'
import { alertsOf } from '../../src/store/alert.ts'
import { passingsFor } from '../../src/store/queue-passing.ts'
import { writeQueueSetting } from '../../src/store/queue-setting.ts'
import { addStaff, staffOf, staffSelect } from '../../src/store/staff.ts'
import { realClock } from '../../src/world.ts'
import { oneDatabase } from '../one-database.ts'
import { noon } from '../store/turns.ts'

const given = oneDatabase()
const office = realClock.id()
let now = noon
let told: string[] = []

beforeEach(async () => {
  now = noon
  told = []
  await given().prisma.office.create({ data: { id: office, key: 'gao', name: 'Gao' } })
})

const clock = { ...realClock, now: () => now }
const round = () => limitRound({ ...given(), clock, hints: { changed: (names) => void told.push(...names) } })

async function hire(name: string, roles: readonly Role[]) {
  const id = realClock.id()
  const rest = { email: `${name}@b.invalid`, name, language: 'fr' as const, at: noon, passwordHash: 'x' }
  await addStaff(given().prisma, { id, roles, ...rest })
  await given().prisma.staff.update({ where: { id }, data: { officeId: office } })
  return staffOf(await given().prisma.staff.findUniqueOrThrow({ where: { id }, select: staffSelect }))
}

let made = 0
/** So many requests that wait in a queue, due in an hour. */
async function fill(queue: QueueKey, count: number, more: object = {}): Promise<void> {
  await given().prisma.request.createMany({
    data: Array.from({ length: count }, () => {
      made += 1
      const times = { openedAt: noon, lastHeardAt: noon, dueAt: new Date(noon.getTime() + 3_600_000) }
      const row = { id: realClock.id(), reference: String(40_000_000 + made), priority: 3, queue, ...times }
      return { ...row, kind: 'request.need', visibility: 'open', ...more }
    }),
  })
}

const limit = (queue: QueueKey, of: { alertOpen?: number; alertLate?: number }) =>
  writeQueueSetting(given().prisma, queue, { assignment: 'manual', ...of })

test('tells the supervisors who sit there and the officers, once', async () => {
  const boss = await hire('boss', ['supervisor'])
  const officer = await hire('officer', ['officer'])
  const worker = await hire('worker', ['case_worker'])
  await limit('needs', { alertOpen: 5 })
  await fill('needs', 4)
  expect(await round()).toBe(0)
  await fill('needs', 1)
  expect(await round()).toBe(1)
  expect(await round()).toBe(0)
  expect([...told].sort()).toEqual([`alert-${boss.id}`, `alert-${officer.id}`].sort())
  for (const staff of [boss, officer]) {
    expect(await alertsOf(given().prisma, staff)).toMatchObject([
      { cause: 'limit', page: '/console/requests?queue=needs' },
    ])
    expect(await passingsFor(given().prisma, staff, noon)).toEqual([
      { queue: 'needs', what: 'open', most: 5, since: noon },
    ])
  }
  expect(await alertsOf(given().prisma, worker)).toEqual([])
  expect(await passingsFor(given().prisma, worker, noon)).toEqual([])
})

test('two processes that count at once tell once', async () => {
  const boss = await hire('boss', ['supervisor'])
  await limit('needs', { alertOpen: 1 })
  await fill('needs', 2)
  await Promise.all([round(), round(), round()])
  expect(await alertsOf(given().prisma, boss)).toHaveLength(1)
})

test('is over only when it is well below, and tells again when it passes again', async () => {
  const boss = await hire('boss', ['supervisor'])
  await limit('needs', { alertOpen: 10 })
  await fill('needs', 10)
  await round()
  const close = (take: number) =>
    given().pool.query(
      `update request set state = 'closed' where id in (select id from request where state <> 'closed' limit $1)`,
      [take],
    )
  await close(1)
  now = new Date(noon.getTime() + 60_000)
  await round()
  expect(await passingsFor(given().prisma, boss, noon)).toMatchObject([{ queue: 'needs' }])
  expect((await passingsFor(given().prisma, boss, noon))[0]?.until).toBeUndefined()
  await close(3)
  await round()
  expect(await passingsFor(given().prisma, boss, noon)).toMatchObject([{ until: now }])
  expect(await alertsOf(given().prisma, boss)).toEqual([])
  await fill('needs', 5)
  expect(await round()).toBe(1)
  expect(await alertsOf(given().prisma, boss)).toHaveLength(1)
})

test('what is late has a limit of its own', async () => {
  const boss = await hire('boss', ['supervisor'])
  await limit('needs', { alertLate: 2 })
  await fill('needs', 2)
  expect(await round()).toBe(0)
  now = new Date(noon.getTime() + 2 * 3_600_000)
  expect(await round()).toBe(1)
  expect(await passingsFor(given().prisma, boss, noon)).toMatchObject([{ what: 'late', most: 2 }])
})

test('of a closed queue only its members hear, and sealed matters are not counted', async () => {
  await hire('boss', ['supervisor'])
  const officer = await hire('officer', ['officer'])
  const guard = await hire('guard', ['protection'])
  await limit('protection', { alertOpen: 3 })
  await fill('protection', 5, { kind: 'protection.gbv', visibility: 'sealed' })
  expect(await round()).toBe(0)
  await fill('protection', 3, { kind: 'security.threat', visibility: 'restricted' })
  expect(await round()).toBe(1)
  expect(told).toEqual([`alert-${guard.id}`])
  expect(await passingsFor(given().prisma, officer, noon)).toEqual([])
})

test('a limit that is taken away ends it', async () => {
  const boss = await hire('boss', ['supervisor'])
  await limit('needs', { alertOpen: 1 })
  await fill('needs', 3)
  await round()
  await limit('needs', {})
  await round()
  expect(await passingsFor(given().prisma, boss, noon)).toMatchObject([{ until: noon }])
})
