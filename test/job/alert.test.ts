/** Alerts, from the row that a turn wrote until somebody takes the request. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { QueueKey } from '../../src/core/queue.ts'
import type { Role, Staff } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'
import { alertRound, lateRound, sendNotice, type Tell } from '../../src/job/alert.ts'
import { acknowledgeAlert, alertsOf, raiseAlert } from '../../src/store/alert.ts'
import { addDuty } from '../../src/store/duty.ts'
import { closeRequest, handOverRequest, setRequestPriority, takeRequest } from '../../src/turn/act.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, monday, type Office, openOffice } from '../turn/office.ts'

const emptyDatabase = oneDatabase()
const minute = 60_000

async function open() {
  const office = await openOffice(emptyDatabase())
  onTestFinished(() => office.close())
  const { clock, database, log, watch } = office
  const mails: string[] = []
  const hinted: string[] = []
  const trouble: { mail?: Failure } = {}
  const email: Tell = async (staff) => {
    if (trouble.mail) throw trouble.mail
    mails.push(staff.id)
    return true
  }
  const parts = {
    ...{ ...database, watch, clock, log, ways: { email } },
    hints: { changed: (names: Iterable<string>) => void hinted.push(...names) },
  }
  const jobs: string[] = []
  const line = { name: 'notices', add: async ({ notice }: { notice: string }) => void jobs.push(notice) }
  /** One round and its jobs; gives who got a letter. */
  async function round(): Promise<readonly string[]> {
    mails.length = 0
    await alertRound(parts, line)
    for (const notice of jobs.splice(0)) await sendNotice(parts, { notice })
    return [...mails].sort()
  }
  const shown = (staff: Staff) => alertsOf(database.prisma, staff)
  return { office, round, shown, hinted, trouble, parts }
}

type Stage = Awaited<ReturnType<typeof open>>

async function onDuty({ office }: Stage, staff: Staff, line: 'protection' | 'critical', rank = 0) {
  const from = new Date(monday.getTime() - 24 * 60 * minute)
  const until = new Date(monday.getTime() + 30 * 24 * 60 * minute)
  await addDuty(office.database.prisma, { id: office.clock.id(), staff: staff.id, line, rank, from, until })
  office.watch.forget()
}

/** A person in danger of whom nobody has heard. */
async function danger({ office }: Stage): Promise<{ id: string; reference: string }> {
  await office.says('awa', 'bonjour')
  await office.says('awa', 'je veux mourir')
  const found = await office.database.prisma.request.findFirstOrThrow({ where: { priority: 0 } })
  return { id: found.id, reference: found.reference }
}

const actOf = (office: Office, staff: Staff, request: string) => ({
  ...{ staff, request, form: office.clock.id() },
})
const ids = (...staff: readonly Staff[]) => staff.map(({ id }) => id).sort()

describe('an alert of danger', () => {
  test('is told to whoever is on duty, and to the next when nobody answers in a quarter of an hour', async () => {
    const stage = await open()
    const { office, round, shown } = stage
    const [first, deputy, other] = await all(office, ['protection'], 3)
    await onDuty(stage, first, 'protection')
    await onDuty(stage, deputy, 'protection', 1)
    await danger(stage)
    expect(await round()).toEqual([first.id])
    expect(await round()).toEqual([])
    expect([await shown(first), await shown(deputy)].map((all) => all.length)).toEqual([1, 0])
    office.clock.forward(15 * minute)
    expect(await round()).toEqual([deputy.id])
    office.clock.forward(15 * minute)
    expect(await round()).toEqual([other.id])
    expect(await shown(first)).toHaveLength(1)
    // All were told: all again, each hour.
    office.clock.forward(15 * minute)
    expect(await round()).toEqual(ids(first, deputy, other))
    office.clock.forward(59 * minute)
    expect(await round()).toEqual([])
    office.clock.forward(minute)
    expect(await round()).toEqual(ids(first, deputy, other))
  })

  test('is told to all of the queue while nobody is on duty', async () => {
    const stage = await open()
    const [one, other] = await all(stage.office, ['protection'], 2)
    await hire(stage.office, 'Chef', ['supervisor'])
    await danger(stage)
    expect(await stage.round()).toEqual(ids(one, other))
    expect(stage.hinted).toEqual(expect.arrayContaining([`alert-${one.id}`, `alert-${other.id}`]))
  })

  test('rests once somebody has seen it, and goes on when they have not taken it by its due time', async () => {
    const stage = await open()
    const { office, round, shown } = stage
    const [one, other] = await all(office, ['protection'], 2)
    await onDuty(stage, one, 'protection')
    const { id } = await danger(stage)
    await round()
    const { prisma } = office.database
    const stranger = await hire(office, 'Curieux', ['officer'])
    expect(await acknowledgeAlert(prisma, { request: id }, stranger.id, office.clock.now())).toEqual([])
    expect(await acknowledgeAlert(prisma, { request: id }, one.id, office.clock.now())).toEqual([one.id])
    expect(await shown(one)).toMatchObject([{ acknowledged: one.id }])
    office.clock.forward(16 * minute)
    expect(await round()).toEqual([])
    office.clock.forward(60 * minute)
    expect(await round()).toEqual([other.id])
    const alert = await prisma.alert.findFirstOrThrow({ include: { notices: true } })
    // Who had seen it stays on record.
    expect(alert.acknowledgedId).toBeNull()
    expect(alert.notices.find(({ staffId }) => staffId === one.id)?.heardAt).not.toBeNull()
  })

  test('is over when somebody takes the request, by whatever way they came to it', async () => {
    const stage = await open()
    const { office, round, shown } = stage
    const [one, other] = await all(office, ['protection'], 2)
    const { id } = await danger(stage)
    await round()
    office.clock.forward(minute)
    await takeRequest(office.desk, actOf(office, one, id))
    expect(await round()).toEqual([])
    expect([await shown(one), await shown(other)]).toEqual([[], []])
    office.clock.forward(16 * minute)
    expect(await round()).toEqual([])
    expect(await office.database.prisma.alert.count({ where: { endedAt: null } })).toBe(0)
  })

  test('is not over because somebody was given the request who has not seen it', async () => {
    const stage = await open()
    const { office, round, shown } = stage
    const [one] = await all(office, ['protection'], 1)
    const { id } = await danger(stage)
    await office.database.prisma.request.update({ where: { id }, data: { ownerId: one.id } })
    await round()
    expect(await shown(one)).toHaveLength(1)
    await acknowledgeAlert(office.database.prisma, { request: id }, one.id, office.clock.now())
    expect(await shown(one)).toEqual([])
  })

  test('exists for nobody who does not hold the sealed request, though they were told', async () => {
    const stage = await open()
    const { office, shown } = stage
    const [one] = await all(office, ['protection'], 1)
    const { id } = await danger(stage)
    await stage.round()
    expect(await shown(one)).toHaveLength(1)
    await office.database.prisma.requestHolder.deleteMany({ where: { requestId: id } })
    expect(await shown(one)).toEqual([])
  })

  test('lets whoever comes on duty for a sealed matter know of it', async () => {
    const stage = await open()
    const { office, round, shown } = stage
    const [one] = await all(office, ['protection'], 1)
    await danger(stage)
    await round()
    const relief = await hire(office, 'Relève', ['psea'])
    expect(await shown(relief)).toEqual([])
    await onDuty(stage, relief, 'protection')
    office.clock.forward(15 * minute)
    expect(await round()).toEqual([relief.id])
    const [seen] = await shown(relief)
    expect(seen?.reference).toBeDefined()
    expect(one.id).not.toBe(relief.id)
  })

  test('leaves no word of itself in the log', async () => {
    const stage = await open()
    await all(stage.office, ['protection'], 1)
    stage.trouble.mail = new Failure('mail:unreachable')
    const { id, reference } = await danger(stage)
    await stage.round()
    const log = JSON.stringify(stage.office.log.lines)
    expect(stage.office.log.lines).toHaveLength(1)
    expect(log).not.toMatch(new RegExp(`${id}|${reference}|protection|sealed`))
  })
})

describe('a notice', () => {
  test('is tried again after a pause, and given up when the server refuses it for good', async () => {
    const stage = await open()
    const { office, round, trouble } = stage
    const [one] = await all(office, ['protection'], 1)
    await danger(stage)
    trouble.mail = new Failure('mail:unreachable')
    expect(await round()).toEqual([])
    expect(await round()).toEqual([])
    trouble.mail = undefined
    office.clock.forward(16_000)
    expect(await round()).toEqual([one.id])
    trouble.mail = new Failure('mail:refused')
    office.clock.forward(15 * minute)
    await round()
    const states = await office.database.prisma.alertNotice.findMany({
      where: { way: 'email' },
      orderBy: { id: 'asc' },
    })
    expect(states.map(({ state }) => state)).toEqual(['sent', 'failed'])
  })

  test('goes to nobody whose account was closed', async () => {
    const stage = await open()
    const [one] = await all(stage.office, ['protection'], 1)
    await danger(stage)
    await stage.office.database.prisma.staff.update({ where: { id: one.id }, data: { active: false } })
    expect(await stage.round()).toEqual([])
  })
})

describe('who is called', () => {
  test.each([
    ['in the morning', '2026-03-02T09:00:00Z', false],
    ['on a Saturday', '2026-03-07T10:00:00Z', true],
  ])('a request raised to critical %s', async (_, at, called) => {
    const stage = await open()
    const { office, round } = stage
    office.clock.set(new Date(at))
    const worker = await hire(office, 'Moussa', ['assistant'])
    const request = await ordinary(stage)
    await setRequestPriority(office.desk, actOf(office, worker, request), 1)
    expect(await round()).toEqual(called ? [worker.id] : [])
  })

  test('the other queue, when a matter of danger is handed to it', async () => {
    const stage = await open()
    const { office, round } = stage
    const worker = await hire(office, 'Moussa', ['assistant'])
    const [guard] = await all(office, ['protection'], 1)
    const request = await ordinary(stage)
    await setRequestPriority(office.desk, actOf(office, worker, request), 0)
    expect(await round()).toEqual([worker.id])
    await handOverRequest(office.desk, actOf(office, worker, request), { queue: 'protection' })
    expect(await round()).toEqual([guard.id])
  })

  test('for what nobody answered in time, once', async () => {
    const stage = await open()
    const { office, round, parts } = stage
    const worker = await hire(office, 'Moussa', ['assistant'])
    const request = await ordinary(stage)
    await setRequestPriority(office.desk, actOf(office, worker, request), 1)
    await takeRequest(office.desk, actOf(office, worker, request))
    expect(await lateRound(parts)).toBe(0)
    office.clock.forward(20 * 60 * minute)
    expect(await lateRound(parts)).toBe(1)
    expect(await lateRound(parts)).toBe(0)
    expect(await round()).toEqual([worker.id])
    await closeRequest(office.desk, actOf(office, worker, request), { outcome: 'answered' })
    await round()
    expect(await lateRound(parts)).toBe(0)
  })

  test('those who decide, by an alert without a request, over once one of them has seen it', async () => {
    const stage = await open()
    const { office, round, shown } = stage
    const [one, other] = await all(office, ['protection'], 2)
    const to = [one.id, other.id]
    const { prisma } = office.database
    await raiseAlert(prisma, office.clock, { cause: 'approval', page: '/console/approvals', to })
    expect(await round()).toEqual(ids(one, other))
    const [alert] = await shown(one)
    expect(alert).toMatchObject({ cause: 'approval', page: '/console/approvals' })
    await acknowledgeAlert(prisma, { id: alert?.id ?? '' }, one.id, office.clock.now())
    expect(await shown(other)).toEqual([])
  })
})

/** So many staff of these roles. */
async function all(office: Office, roles: readonly Role[], count: 1): Promise<[Staff]>
async function all(office: Office, roles: readonly Role[], count: 2): Promise<[Staff, Staff]>
async function all(office: Office, roles: readonly Role[], count: 3): Promise<[Staff, Staff, Staff]>
async function all(office: Office, roles: readonly Role[], count: number): Promise<unknown> {
  const staff: Staff[] = []
  for (let n = 0; n < count; n++) staff.push(await hire(office, `Garde ${n}`, roles))
  return staff
}

/** An ordinary request in the queue of information. */
async function ordinary({ office }: Stage): Promise<string> {
  const { id: request, queue } = { id: office.clock.id(), queue: 'information' as QueueKey }
  const at = office.clock.now()
  await office.says('issa', 'bonjour')
  const address = await office.database.prisma.address.findFirstOrThrow()
  await office.database.prisma.request.create({
    data: {
      ...{ id: request, queue, reference: '12345674', kind: 'request.info', visibility: 'open', priority: 3 },
      ...{ openedAt: at, dueAt: new Date(at.getTime() + 48 * 60 * minute), lastHeardAt: at },
      addressId: address.id,
    },
  })
  return request
}
