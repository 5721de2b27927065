/** What time does to requests: they wake, go back to the pool, find an owner, and the person is told once. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RequestKind } from '../../src/core/request.ts'
import { kindOf } from '../../src/core/request.ts'
import type { Staff } from '../../src/core/staff.ts'
import { shareWork } from '../../src/job/share-work.ts'
import { addAbsence } from '../../src/store/absence.ts'
import { type QueueSetting, writeQueueSetting } from '../../src/store/queue-setting.ts'
import { answerRequest, closeRequest, reopenRequest, takeRequest } from '../../src/turn/act.ts'
import { snoozeRequest } from '../../src/turn/act-assign.ts'
import { idleSession } from '../../src/turn/session.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, monday, type Office, openOffice } from '../turn/office.ts'

const emptyDatabase = oneDatabase()
let office: Office
let mariam: Staff
const hours = (n: number) => new Date(monday.getTime() + n * 3_600_000)

/** A kind opens a request of that kind; anything else is said and forgotten. */
beforeEach(async () => {
  office = await openOffice(emptyDatabase(), {
    engine: {
      respond(session, input, situation, world) {
        const said = input.kind === 'text' ? input.text : ''
        const after = session ?? idleSession(undefined, situation.now)
        if (!/^(request|complaint|protection)\./.test(said)) return { session: after, happenings: [] }
        const kind = said as RequestKind
        const { queue, visibility, priority } = kindOf(kind)
        const opening = {
          request: world.id(),
          reference: world.reference(),
          kind,
          queue,
          visibility,
          priority,
        }
        return { session: after, happenings: [{ type: 'request_opened', ...opening, cause: 'asked' }] }
      },
    },
  })
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
})

const row = (id: string) => office.database.prisma.request.findUniqueOrThrow({ where: { id } })
const round = async () => {
  const did = await shareWork({
    pool: office.database.pool,
    desk: office.desk,
    speech: office.talk,
  })
  await office.settled()
  return did
}
async function opens(from: string, kind: RequestKind): Promise<string> {
  await office.says(from, kind)
  return (await office.database.prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}
const by = (staff: Staff, request: string) => ({ staff, request, form: office.clock.id() })
const isAway = (staff: Staff, until: Date) =>
  addAbsence(
    office.database.prisma,
    { id: office.clock.id(), staff: staff.id, from: monday, until, by: staff.id },
    monday,
  )

describe('what was put aside', () => {
  test('comes back at its moment, and not before', async () => {
    const request = await opens('awa', 'request.followup')
    await snoozeRequest(office.desk, by(mariam, request), hours(5))
    office.clock.set(hours(4.9))
    expect(await round()).toMatchObject({ woken: 0 })
    office.clock.set(hours(5))
    expect(await round()).toMatchObject({ woken: 1 })
    expect((await row(request)).snoozedUntil).toBeNull()
    expect(office.news.at(-1)?.hints).toContain('queue-followup')
  })

  test('comes back as soon as the person writes anything', async () => {
    const request = await opens('awa', 'request.followup')
    await snoozeRequest(office.desk, by(mariam, request), hours(5))
    office.clock.forward(60_000)
    await office.says('issa', 'bonjour')
    expect(await round()).toMatchObject({ woken: 0 })
    await office.says('awa', 'bonjour')
    expect(await round()).toMatchObject({ woken: 1 })
    const event = await office.database.prisma.event.findFirstOrThrow({ where: { type: 'request_woken' } })
    expect(event.facts).toMatchObject({ cause: 'person', request })
  })
})

describe('the requests of somebody absent (S22)', () => {
  async function hers(from = 'awa', kind: RequestKind = 'request.followup') {
    const request = await opens(from, kind)
    await takeRequest(office.desk, by(mariam, request))
    await isAway(mariam, hours(24 * 21))
    const { openedAt, dueAt } = await row(request)
    const due = new Date(openedAt.getTime() + (dueAt.getTime() - openedAt.getTime()) * 0.81)
    // Eleven in the morning of that day.
    const at = new Date(`${due.toISOString().slice(0, 10)}T11:00:00Z`)
    return { request, at: at < due ? new Date(at.getTime() + 86_400_000) : at, dueAt }
  }
  const delays = (from: string) =>
    office.channel.sent(from).filter(({ spoken }) => spoken.key === 'delay.told')

  test('stay while there is time', async () => {
    const { request } = await hers()
    expect(await round()).toMatchObject({ returned: 0 })
    expect((await row(request)).ownerId).toBe(mariam.id)
  })

  test('go back to the pool when four fifths are used up; the supervisor hears of it; the person is told once', async () => {
    const chief = await hire(office, 'Chef', ['supervisor'])
    await office.database.prisma.staff.update({ where: { id: mariam.id }, data: { supervisorId: chief.id } })
    office.watch.forget()
    const { request, at, dueAt } = await hers()
    office.clock.set(at)
    expect(await round()).toMatchObject({ returned: 1 })
    expect(await row(request)).toMatchObject({ ownerId: null, dueAt, delayToldAt: at })
    expect(office.news.flatMap(({ hints }) => [...hints])).toContain(`staff-${chief.id}`)
    const [told] = delays('awa')
    const event = await office.database.prisma.event.findFirstOrThrow({ where: { type: 'delay_told' } })
    const until = new Date((event.facts as { until: string }).until)
    expect(until > dueAt).toBe(true)
    const date = `${until.getUTCDate()}/${until.getUTCMonth() + 1}/${until.getUTCFullYear()}`
    expect(told?.spoken.text).toContain(date)
    // A colleague takes it and is away too: nobody is told twice.
    const moussa = await hire(office, 'Moussa', ['case_worker'])
    await takeRequest(office.desk, by(moussa, request))
    await isAway(moussa, hours(24 * 21))
    expect(await round()).toMatchObject({ returned: 1 })
    await round()
    expect(delays('awa')).toHaveLength(1)
  })

  test('at night the request goes back at once and the message waits for the morning', async () => {
    const { request, at } = await hers()
    office.clock.set(new Date(`${at.toISOString().slice(0, 10)}T22:00:00Z`))
    await round()
    expect(await row(request)).toMatchObject({ ownerId: null, delayToldAt: null })
    office.clock.forward(9.5 * 3_600_000)
    await round()
    expect(delays('awa')).toHaveLength(1)
  })

  test('whoever was answered meanwhile is told nothing', async () => {
    const { request, at } = await hers()
    office.clock.set(new Date(`${at.toISOString().slice(0, 10)}T22:00:00Z`))
    await round()
    const moussa = await hire(office, 'Moussa', ['case_worker'])
    await answerRequest(office.desk, by(moussa, request), { text: 'Venez demain.' })
    office.clock.forward(12 * 3_600_000)
    await round()
    expect(delays('awa')).toEqual([])
  })

  test('what was closed and opened again is not explained by an absence of before', async () => {
    const { request, at } = await hers()
    office.clock.set(new Date(`${at.toISOString().slice(0, 10)}T22:00:00Z`))
    await round()
    const moussa = await hire(office, 'Moussa', ['case_worker'])
    await closeRequest(office.desk, by(moussa, request), { outcome: 'answered' })
    await reopenRequest(office.desk, by(moussa, request))
    office.clock.forward(12 * 3_600_000)
    await round()
    expect(delays('awa')).toEqual([])
  })

  test.each<[string, object]>([
    ['who wants no message', { stopped: 'all' }],
    ['on a shared phone', { shared: true }],
    ['who blocked us', { state: 'blocked' }],
  ])('whoever cannot be told is not: %s', async (_, data) => {
    const { request, at } = await hers()
    await office.database.prisma.address.updateMany({ data })
    office.clock.set(at)
    expect(await round()).toMatchObject({ returned: 1, owed: 0 })
    expect((await row(request)).ownerId).toBeNull()
    expect(delays('awa')).toEqual([])
  })

  test('in the language of the person', async () => {
    const { at } = await hers()
    await office.database.prisma.address.updateMany({ data: { language: 'bm' } })
    office.clock.set(at)
    await round()
    expect(delays('awa')[0]?.spoken).toMatchObject({
      language: 'bm',
      text: expect.stringContaining('Hakɛto'),
    })
  })
})

describe('a round-robin queue', () => {
  const inTurn = (more: Partial<QueueSetting> = {}) =>
    writeQueueSetting(office.database.prisma, 'followup', { assignment: 'round_robin', ...more })
  const owners = async () => {
    const rows = await office.database.prisma.request.findMany({ orderBy: { id: 'asc' } })
    return rows.map(({ ownerId }) => ownerId)
  }

  test('gives to those who are there in turn, each up to the limit', async () => {
    const moussa = await hire(office, 'Moussa', ['case_worker'])
    const absent = await hire(office, 'Absente', ['case_worker'])
    await isAway(absent, hours(48))
    await inTurn({ personLimit: 2 })
    for (const from of ['a', 'b', 'c', 'd', 'e']) await opens(from, 'request.followup')
    expect(await round()).toMatchObject({ given: 4 })
    const counts = await owners()
    expect(counts.filter((one) => one === mariam.id)).toHaveLength(2)
    expect(counts.filter((one) => one === moussa.id)).toHaveLength(2)
    expect(counts.at(-1)).toBeNull()
    // One more is given as soon as somebody has answered.
    const [first] = await office.database.prisma.request.findMany({ where: { ownerId: moussa.id } })
    await answerRequest(office.desk, by(moussa, first?.id ?? ''), { text: 'Venez demain.' })
    expect(await round()).toMatchObject({ given: 1 })
    expect((await owners()).at(-1)).toBe(moussa.id)
  })

  test('whoever speaks the language of the person comes first', async () => {
    const bamanan = await hire(office, 'Bamanan', ['case_worker'])
    await office.database.prisma.staff.update({ where: { id: bamanan.id }, data: { speaks: ['bm'] } })
    await inTurn()
    const request = await opens('awa', 'request.followup')
    await office.database.prisma.request.update({ where: { id: request }, data: { language: 'bm' } })
    await round()
    expect(await owners()).toEqual([bamanan.id])
  })

  test('never gives to whom it may be about, nor what is sealed; a manual queue waits', async () => {
    const guard = await hire(office, 'Kadiatou', ['protection'])
    const [one, other] = [await hire(office, 'Un', ['officer']), await hire(office, 'Deux', ['officer'])]
    for (const queue of ['conduct', 'protection'] as const) {
      await writeQueueSetting(office.database.prisma, queue, { assignment: 'round_robin' })
    }
    const fraud = await opens('awa', 'complaint.fraud')
    const data = { requestId: fraud, staffId: one.id, since: monday }
    await office.database.prisma.requestBarred.create({ data })
    const sealed = await opens('awa', 'protection.gbv')
    const manual = await opens('awa', 'request.followup')
    expect(await round()).toMatchObject({ given: 1 })
    expect((await row(fraud)).ownerId).toBe(other.id)
    expect([(await row(sealed)).ownerId, (await row(manual)).ownerId]).toEqual([null, null])
    expect(guard.queues).toContain('protection')
  })
})

test('one process at a time does it', async () => {
  const rounds = await Promise.all([round(), round(), round()])
  expect(rounds.filter((one) => one !== undefined).length).toBeGreaterThan(0)
  expect(rounds).toContain(undefined)
})
