/** Being asked how one is, on a real database: by itself once, when staff want it, and never where it could harm. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { surveysOfPeople } from '../../src/store/check-in.ts'
import { offerDueCheckIns, wantCheckIn } from '../../src/turn/act-check-in.ts'
import { oneDatabase } from '../one-database.ts'
import { saysFifteen } from '../store/said-age.ts'
import { hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()
const day = 24 * 3_600_000
let office: Office
let mariam: Staff

beforeEach(async () => {
  office = await openOffice(database())
  onTestFinished(() => office.close())
  mariam = await hire(office, 'Mariam', ['officer'])
})

/** Somebody who agreed, with a case that is monitored from now on; gives who it is. */
async function monitored(more: Record<string, unknown> = {}): Promise<string> {
  for (const text of ['bonjour', '1', '1', 'suivi', '1', '00']) await office.says('awa', text)
  const { prisma } = database()
  const request = await prisma.request.findFirstOrThrow({ where: { kind: 'request.followup' } })
  await prisma.request.update({ where: { id: request.id }, data: { state: 'closed', loopAt: null } })
  const person = await prisma.person.findFirstOrThrow()
  const now = office.clock.now()
  await prisma.case.deleteMany({ where: { personId: person.id } })
  await prisma.case.create({
    data: {
      ...{ id: office.clock.id(), personId: person.id, stage: 'monitoring', stageSince: now, openedAt: now },
      ...{ ownerId: mariam.id, ...more },
    },
  })
  return person.id
}

/** What comes while time passes and nobody writes. */
async function pass(milliseconds: number): Promise<readonly string[]> {
  const before = office.channel.sent('awa').length
  office.clock.forward(milliseconds)
  await offerDueCheckIns({ ...office.desk, pool: database().pool })
  await wakeSessions({ pool: database().pool, lanes: office.lanes, clock: office.clock })
  await office.settled()
  return office.channel
    .sent('awa')
    .slice(before)
    .map(({ spoken }) => spoken.text)
}

const asks = expect.stringContaining('cinq questions courtes')
const answers = async (person: string) =>
  (await surveysOfPeople(database(), [person])).map(({ answers: given, ended, mode }) => ({
    given,
    ended,
    mode,
  }))

const want = (person: string) =>
  wantCheckIn(office.desk, { staff: mariam, person, form: office.clock.id() }).then(
    () => 'wanted',
    (error: unknown) => (error instanceof Failure ? error.code : String(error)),
  )

describe('the check-in', () => {
  test('comes by itself two weeks after the delivery, once', async () => {
    const person = await monitored()
    expect(await pass(13 * day)).toEqual([])
    const [hello] = await pass(2 * day)
    expect(hello).toEqual(asks)
    expect(await answers(person)).toEqual([{ given: {}, ended: false, mode: 'chat' }])
    expect(await pass(20 * day)).toEqual([])
  })

  test('keeps each answer as it comes, and the rest is nobody’s to ask again', async () => {
    const person = await monitored()
    await pass(15 * day)
    await office.says('awa', '3')
    await office.says('awa', 'menu')
    expect(await answers(person)).toEqual([{ given: { work: 'bad' }, ended: false, mode: 'chat' }])
    const file = await database().prisma.case.findFirstOrThrow({ where: { personId: person } })
    expect(file.checkedInAt).not.toBeNull()
    const row = await database().prisma.surveyRecord.findFirstOrThrow()
    expect(Buffer.from(row.answersEnc ?? []).toString()).not.toContain('bad')
  })

  test.each([
    ['who wants no messages', 'address', { stopped: 'campaigns' }],
    ['on a phone that others read', 'address', { shared: true }],
    ['whom nothing reaches', 'address', { state: 'blocked' }],
    ['who is a child', 'person', { minor: true }],
    ['who did not agree', 'consent', { answer: 'withdrawn' }],
    ['whose case is closed', 'case', { closedAt: new Date() }],
  ] as const)('is not asked of somebody %s', async (_, table, data) => {
    await monitored()
    const { prisma } = database()
    await (prisma[table] as { updateMany(it: object): Promise<unknown> }).updateMany({ data })
    expect(await pass(15 * day)).toEqual([])
  })

  test('is not asked of somebody who said openly that they are a child, by the clock or by staff', async () => {
    const person = await monitored()
    await saysFifteen(database(), office.clock, person)
    expect(await pass(15 * day)).toEqual([])
    expect(await want(person)).toBe('check_in:not_by_chat')
  })

  test('goes on where that was confided: nothing tells it to others', async () => {
    const person = await monitored()
    await saysFifteen(database(), office.clock, person, 'sealed')
    expect((await pass(15 * day))[0]).toEqual(asks)
  })

  test('waits for the day', async () => {
    await monitored()
    office.clock.forward(15 * day)
    const { stageSince } = await database().prisma.case.findFirstOrThrow()
    const now = new Date(office.clock.now())
    now.setUTCHours(23, 30, 0, 0)
    office.clock.set(now)
    expect(stageSince).not.toBeNull()
    expect(await pass(0)).toEqual([])
    expect((await pass(10 * 3_600_000))[0]).toEqual(asks)
  })

  test('that staff put off does not come by itself', async () => {
    const person = await monitored()
    const { prisma } = database()
    const file = await prisma.case.findFirstOrThrow({ where: { personId: person } })
    const until = new Date(office.clock.now().getTime() + 40 * day)
    await prisma.taskMark.create({
      data: { kind: 'check_in', subjectId: file.id, until },
    })
    expect(await pass(15 * day)).toEqual([])
    expect((await pass(26 * day))[0]).toEqual(asks)
  })
})

describe('staff', () => {
  test('have somebody asked at once, whatever the stage', async () => {
    const person = await monitored({ stage: 'plan' })
    expect(await want(person)).toBe('wanted')
    expect((await pass(60_000))[0]).toEqual(asks)
  })

  test.each([
    ['a child', 'person', { minor: true }],
    ['a phone that others read and no code keeps', 'address', { shared: true }],
    ['a wish for silence', 'address', { stopped: 'all' }],
    ['no agreement', 'consent', { answer: 'withdrawn' }],
  ] as const)('are told that it cannot be asked by chat: %s', async (_, table, data) => {
    const person = await monitored()
    await (database().prisma[table] as { updateMany(it: object): Promise<unknown> }).updateMany({ data })
    expect(await want(person)).toBe('check_in:not_by_chat')
    expect(await pass(60_000)).toEqual([])
  })
})
