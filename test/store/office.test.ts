import { expect, test } from 'vitest'
import { officeHours } from '../../src/core/calendar.ts'
import type { Role } from '../../src/core/staff.ts'
import {
  cursorOf,
  ensureChannel,
  leaseChannel,
  listChannels,
  noteAddress,
  releaseChannel,
} from '../../src/store/channel.ts'
import { addDuty, listDuty, onDutyAt, removeDuty } from '../../src/store/duty.ts'
import { countFeedback, listFeedback } from '../../src/store/feedback.ts'
import { listFlowVersions, rememberFlows } from '../../src/store/flow-version.ts'
import { dismissStaff, listStaff, seatQueue, staffNear, staffOfQueue } from '../../src/store/seat.ts'
import {
  addHoliday,
  listHolidays,
  readEmergencyNumber,
  readHours,
  removeHoliday,
  writeEmergencyNumber,
  writeHours,
} from '../../src/store/setting.ts'
import { addStaff } from '../../src/store/staff.ts'
import { unhandledAddresses, wakingAddresses } from '../../src/store/sweep.ts'
import { makeWatch } from '../../src/turn/surroundings.ts'
import { realClock } from '../../src/world.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { answerTo, idle, letIn, makeChannel, noon } from './turns.ts'

const id = () => realClock.id()
const after = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

async function hire(database: TestDatabase, name: string): Promise<string> {
  const staff = id()
  await addStaff(database.prisma, {
    ...{ id: staff, name, email: `${name}@example.org`, passwordHash: 'x', roles: ['protection'] },
    ...{ language: 'fr', at: noon },
  })
  return staff
}

test('a channel account has one row and one process that runs it', async () => {
  const { prisma, pool } = await cloneDatabase()
  const one = { kind: 'telegram', account: 'bot', at: noon }
  const row = await ensureChannel(prisma, { ...one, id: id(), settings: { page: 1 } })
  expect(await ensureChannel(prisma, { ...one, id: id() })).toEqual(row)
  expect(await listChannels(prisma)).toEqual([row])
  const lease = (holder: string, minutes: number) =>
    leaseChannel(pool, row.id, { holder, now: after(minutes), until: after(minutes + 1) })
  expect(await lease('a', 0)).toBe(true)
  expect(await lease('b', 0)).toBe(false)
  expect(await lease('a', 0.5)).toBe(true)
  expect(await lease('b', 2)).toBe(true)
  await releaseChannel(pool, row.id, 'a')
  expect(await lease('a', 2)).toBe(false)
  await releaseChannel(pool, row.id, 'b')
  expect(await lease('a', 2)).toBe(true)
})

test('a poller finds what it kept', async () => {
  const database = await cloneDatabase()
  const cursor = cursorOf(database.prisma, await makeChannel(database))
  expect(await cursor.read()).toBeUndefined()
  await cursor.write('42')
  expect(await cursor.read()).toBe('42')
})

test('a person who blocked us is live again when they write', async () => {
  const database = await cloneDatabase()
  const channel = await makeChannel(database)
  await letIn(database, channel, 'awa', 1)
  await noteAddress(database, { channel, from: 'awa', news: 'blocked' })
  expect((await database.prisma.address.findFirstOrThrow()).state).toBe('blocked')
  expect((await letIn(database, channel, 'awa', 2)).standing.address.state).toBe('live')
  await noteAddress(database, { channel, from: 'stranger', news: 'blocked' })
  expect(await database.prisma.address.count()).toBe(1)
})

test('the sweeper finds what nobody handled, and sessions whose moment has come', async () => {
  const database = await cloneDatabase()
  const channel = await makeChannel(database)
  const awa = await letIn(database, channel, 'awa', 1)
  const bakary = await letIn(database, channel, 'bakary', 1)
  const { id: session, version } = bakary.standing.session
  const state = { ...idle, wakeAt: after(20).getTime() }
  await database.road.commit([answerTo(bakary, [], { session: { id: session, version, state } })])
  expect(await unhandledAddresses(database.pool, after(-1), 10)).toEqual([])
  expect(await unhandledAddresses(database.pool, after(1), 10)).toEqual([awa.standing.address.id])
  expect(await wakingAddresses(database.pool, after(19), 10)).toEqual([])
  expect(await wakingAddresses(database.pool, after(20), 10)).toEqual([bakary.standing.address.id])
})

test('whoever is on duty is found, unless they left', async () => {
  const database = await cloneDatabase()
  const { prisma } = database
  const [early, late] = [await hire(database, 'early'), await hire(database, 'late')]
  const span = { line: 'protection', rank: 0, until: after(60) } as const
  await addDuty(prisma, { id: id(), staff: late, from: after(10), ...span })
  const first = { id: id(), staff: early, from: after(0), ...span }
  await addDuty(prisma, first)
  expect(await onDutyAt(prisma, 'protection', after(5))).toEqual([early])
  expect(await onDutyAt(prisma, 'protection', after(10))).toEqual([early, late])
  expect(await onDutyAt(prisma, 'protection', after(60))).toEqual([])
  expect(await onDutyAt(prisma, 'psea', after(10))).toEqual([])
  await dismissStaff(prisma, early, { clock: realClock })
  expect(await onDutyAt(prisma, 'protection', after(10))).toEqual([late])
  await removeDuty(prisma, first.id, after(10))
  expect((await listDuty(prisma, after(10))).map((one) => one.staff)).toEqual([late])
})

test('staff sit where they are seated and nowhere else', async () => {
  const database = await cloneDatabase()
  const staff = await hire(database, 'awa')
  expect((await listStaff(database.prisma)).map((one) => one.queues)).toEqual([['protection']])
  const by = { clock: realClock }
  await seatQueue(database.prisma, 'intake', [staff], by)
  await seatQueue(database.prisma, 'protection', [], by)
  expect((await staffOfQueue(database.prisma, 'intake')).map((one) => one.id)).toEqual([staff])
  expect(await staffOfQueue(database.prisma, 'protection')).toEqual([])
})

test('hours, holidays and the emergency number are what turns see', async () => {
  const { prisma } = await cloneDatabase()
  expect(await readHours(prisma)).toBeUndefined()
  const hours = { ...officeHours, week: { 1: [['09:00', '10:00']] } } as const
  await writeHours(prisma, hours)
  expect(await readHours(prisma)).toEqual(hours)
  await addHoliday(prisma, { day: '2026-11-30', name: 'Fête' })
  await addHoliday(prisma, { day: '2026-11-30', name: 'Fermé' })
  await addHoliday(prisma, { day: '2026-12-25', name: 'Noël' })
  await removeHoliday(prisma, '2026-12-25')
  expect(await listHolidays(prisma)).toEqual([{ day: '2026-11-30', name: 'Fermé' }])
  await writeEmergencyNumber(prisma, { number: '00 00' })
  const town = () => makeWatch(prisma, { now: () => noon }).current()
  expect((await town()).emergencyNumber).toBeUndefined()
  await writeEmergencyNumber(prisma, { number: '00 00', verifiedAt: noon })
  expect(await readEmergencyNumber(prisma)).toEqual({ number: '00 00', verifiedAt: noon })
  const { emergencyNumber, calendar } = await town()
  expect(emergencyNumber).toBe('00 00')
  // Monday the 23rd at noon is past closing, the 30th is a holiday.
  expect(calendar.opensAt(noon).toISOString()).toBe('2026-12-07T09:00:00.000Z')
  await writeEmergencyNumber(prisma, undefined)
  expect(await readEmergencyNumber(prisma)).toBeUndefined()
})

test('every version of a flow that ran is kept, once', async () => {
  const { prisma } = await cloneDatabase()
  const one = { hash: 'a', flow: 'menu', shape: { steps: [] } }
  await rememberFlows(prisma, [one], noon)
  await rememberFlows(
    prisma,
    [
      { ...one, shape: {} },
      { hash: 'b', flow: 'menu', shape: { steps: [1] } },
    ],
    after(1),
  )
  expect(await listFlowVersions(prisma)).toEqual([one, { hash: 'b', flow: 'menu', shape: { steps: [1] } }])
})

test('feedback is read by those who answer for the programme and counted for reports', async () => {
  const { prisma, keys, road } = await cloneDatabase()
  const key = keys.make('person', id(), noon)
  const plain = { id: id(), kind: 'praise', key_id: key.id, at: noon }
  const changes = [
    key.row,
    { insert: 'feedback', plain, secret: { text_enc: 'merci' }, key: key.id },
  ] as const
  await road.act({ turn: id(), at: noon, messages: [], events: [], changes })
  const staff = { id: id(), name: '', email: '', language: 'fr', queues: [] } as const
  const seen = async (role: Role) =>
    (await listFeedback({ prisma, keys }, { ...staff, roles: [role] }, {}, { limit: 10 })).lines
  expect(await seen('officer')).toMatchObject([{ kind: 'praise', text: 'merci' }])
  expect((await seen('monitoring')).map(({ kind, text }) => [kind, text])).toEqual([['praise', undefined]])
  expect(await seen('case_worker')).toEqual([])
  const counts = await countFeedback(prisma, { ...staff, roles: ['monitoring'] }, {})
  expect(counts).toMatchObject({ praise: 1, rumour: 0 })
})

test('a queue offers those who see the request: of the office it waits for, or of none', async () => {
  const { prisma } = await cloneDatabase()
  const [here, there] = [realClock.id(), realClock.id()]
  await prisma.office.createMany({
    data: [here, there].map((id, n) => ({ id, key: `o${n}`, name: `O${n}` })),
  })
  const add = (name: string, office?: string) => {
    const row = { id: realClock.id(), email: `${name}@b.invalid`, name, passwordHash: 'x', createdAt: noon }
    return prisma.staff.create({
      data: { ...row, roles: [], officeId: office ?? null, queues: { create: { queue: 'needs' } } },
    })
  }
  await Promise.all([add('awa', here), add('bakary', here), add('coumba', there), add('dado')])
  const offered = async (office?: string) =>
    (await staffNear(prisma, { queue: 'needs', ...(office ? { office } : {}) })).map(({ name }) => name)
  expect(await offered(here)).toEqual(['awa', 'bakary', 'dado'])
  expect(await offered()).toEqual(['awa', 'bakary', 'coumba', 'dado'])
  await prisma.staff.updateMany({ where: { name: 'awa' }, data: { active: false } })
  expect(await offered(here)).toEqual(['bakary', 'dado'])
})
