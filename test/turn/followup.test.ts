/** Follow-ups on a real database: no time is given twice, a shared phone tells nothing, three missed ask for a visit. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { makeCalendar } from '../../src/core/calendar.ts'
import type { FollowUpKind, StandingFollowUp } from '../../src/core/followup.ts'
import type { Staff } from '../../src/core/staff.ts'
import { Failure } from '../../src/failure.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import type { Standing } from '../../src/store/road.ts'
import { missFollowUp, proposeFollowUp } from '../../src/turn/act-followup.ts'
import { ownFollowUp } from '../../src/turn/own-followup.ts'
import type { Surroundings } from '../../src/turn/surroundings.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()
let office: Office
let mariam: Staff

beforeEach(async () => {
  office = await openOffice(database())
  onTestFinished(() => office.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
})

/** Somebody who agreed that we keep what they say, and asked for a follow-up; gives the request. */
async function asks(name: string): Promise<string> {
  for (const text of ['bonjour', '1', '1', 'suivi', '1', '00']) await office.says(name, text)
  const row = await database().prisma.request.findFirstOrThrow({
    where: { kind: 'request.followup' },
    orderBy: { id: 'desc' },
  })
  return row.id
}

const at = (time: string) => new Date(`${time}:00Z`)
const propose = (request: string, time: string, kind: FollowUpKind = 'meeting', agreed = false) =>
  proposeFollowUp(
    office.desk,
    { staff: mariam, request, form: office.clock.id() },
    { staff: mariam.id, kind, at: at(time), agreed },
  )
const wake = async () => {
  await wakeSessions({ pool: database().pool, lanes: office.lanes, clock: office.clock })
  await office.settled()
}
const codeOf = (act: Promise<void>) =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.code : String(error)),
  )

describe('a time', () => {
  test('is given to one person only, though two are proposed it at once', async () => {
    const [one, other] = [await asks('awa'), await asks('issa')]
    const both = [propose(one, '2026-03-05T10:00'), propose(other, '2026-03-05T10:15')]
    expect((await Promise.all(both.map(codeOf))).sort()).toEqual(['done', 'follow_up:not_free'])
  })

  test.each([
    ['on a holiday', '2026-03-26T10:00'],
    ['at night', '2026-03-05T20:30'],
    ['on a Sunday', '2026-03-08T10:00'],
    ['in an absence', '2026-03-10T10:00'],
    ['that is over', '2026-03-02T08:00', 'follow_up:past'],
  ])('%s is refused', async (_name, time, code = 'follow_up:not_free') => {
    const { prisma } = database()
    const request = await asks('awa')
    await prisma.holiday.create({ data: { day: new Date('2026-03-26'), name: 'Martyrs' } })
    const away = { from: at('2026-03-10T00:00'), until: at('2026-03-11T00:00') }
    await prisma.absence.create({
      data: {
        ...{ id: office.clock.id(), staffId: mariam.id, byId: mariam.id, ...away },
        createdAt: office.clock.now(),
      },
    })
    office.watch.forget()
    expect(await codeOf(propose(request, time))).toBe(code)
    expect(await prisma.followUp.count({ where: { at: { not: null } } })).toBe(0)
  })

  test('that was taken while the person looked is not theirs, and others are offered', async () => {
    const [one, other] = [await asks('awa'), await asks('issa')]
    await propose(one, '2026-03-05T10:00')
    await wake()
    const label = (sent: Awaited<ReturnType<Office['says']>>) => sent.at(-1)?.spoken.buttons?.[0]?.label
    expect(label(await office.says('awa', 'un autre jour'))).toBe('1 mardi 03/03/2026, 08:00')
    await propose(other, '2026-03-03T08:00')
    const said = await office.says('awa', '1')
    expect(said[0]?.spoken.text).toBe("Cette heure vient d'être prise.")
    expect(label(said)).toBe('1 mardi 03/03/2026, 08:30')
    await office.says('awa', '1')
    const rows = await database().prisma.followUp.findMany({ where: { state: 'agreed' } })
    expect(rows.map((row) => row.at?.toISOString())).toEqual(['2026-03-03T08:30:00.000Z'])
  })
})

test('whoever says yes after the day, where no time is free, is told that somebody will look, and staff owe it', async () => {
  const { prisma } = database()
  const request = await asks('awa')
  await propose(request, '2026-03-05T10:00')
  await wake()
  office.clock.set(at('2026-03-06T09:00'))
  const away = { from: office.clock.now(), until: at('2026-12-31T00:00'), createdAt: office.clock.now() }
  await prisma.absence.create({
    data: { id: office.clock.id(), staffId: mariam.id, byId: mariam.id, ...away },
  })
  const said = await office.says('awa', 'oui')
  expect(said.map(({ spoken }) => spoken.text)).toEqual([
    'Cette heure est passée.',
    "C'est noté. Un agent va chercher un autre jour.",
  ])
  expect(await prisma.followUp.findFirstOrThrow({ where: { requestId: request } })).toMatchObject({
    state: 'asked',
  })
  const row = await prisma.request.findUniqueOrThrow({ where: { id: request } })
  expect([row.state, row.dueAt]).toEqual(['open', at('2026-03-09T17:00')])
})

test('no time is free any more from its beginning on', () => {
  const own = (now: string) =>
    ownFollowUp(
      {
        ...{ id: 'f', request: 'r', state: 'proposed', kind: 'call', at: at('2026-03-05T10:00') },
        ...{
          minutes: 20,
          staff: 's',
          country: 'ML',
          knocked: false,
          version: 0,
          diary: 0,
          taken: [],
          away: [],
        },
      },
      { address: { state: 'live', stopped: 'no' } } as Standing,
      { calendar: makeCalendar(), offices: [] } as unknown as Surroundings,
      at(now),
    )
  expect(own('2026-03-05T09:59').isFree(at('2026-03-05T10:00'))).toBe(true)
  expect(own('2026-03-05T10:00').isFree(at('2026-03-05T10:00'))).toBe(false)
})

test('a time is an answer, and nothing more is owed before they have met, whoever moves it', async () => {
  const request = await asks('awa')
  const row = () => database().prisma.request.findUniqueOrThrow({ where: { id: request } })
  const { dueAt } = await row()
  await propose(request, '2026-03-16T10:00')
  expect(dueAt.getTime()).toBeLessThan(at('2026-03-16T10:00').getTime())
  expect(await row()).toMatchObject({
    ...{ state: 'open', firstAnswerAt: office.clock.now(), firstInTime: true },
    dueAt: at('2026-03-17T17:00'),
  })
  await wake()
  await office.says('awa', 'un autre jour')
  await office.says('awa', '1')
  expect((await row()).dueAt).toEqual(at('2026-03-04T17:00'))
  office.clock.set(at('2026-03-03T09:00'))
  await propose(request, '2026-03-17T10:00')
  expect(await row()).toMatchObject({ firstAnswerAt: at('2026-03-02T09:00'), dueAt: at('2026-03-18T17:00') })
})

test('a visit next week is no answer to a danger today: what is urgent keeps its term', async () => {
  const request = await asks('awa')
  const row = () => database().prisma.request.findUniqueOrThrow({ where: { id: request } })
  const dueAt = at('2026-03-02T12:00')
  await database().prisma.request.update({ where: { id: request }, data: { priority: 1, dueAt } })
  await propose(request, '2026-03-16T10:00')
  expect(await row()).toMatchObject({ dueAt, firstAnswerAt: office.clock.now() })
})

test('a reminder is sent once, though two processes wake the same conversation', async () => {
  const request = await asks('awa')
  await propose(request, '2026-03-05T10:00', 'meeting', true)
  office.clock.set(at('2026-03-04T10:00'))
  await Promise.all([wake(), wake()])
  await wake()
  const told = await database().prisma.event.findMany({ where: { type: 'follow_up_prompted' } })
  expect(told).toHaveLength(1)
  expect(await database().prisma.followUp.findFirst({ where: { state: 'agreed' } })).toMatchObject({
    prompt: 'same_day',
    promptAt: at('2026-03-05T08:00'),
  })
})

test('a shared phone only hears that there is something, until the person speaks', async () => {
  const request = await asks('awa')
  await database().prisma.address.updateMany({ data: { shared: true } })
  await propose(request, '2026-03-05T10:00')
  const before = office.channel.sent('awa').length
  await wake()
  await wake()
  const texts = () =>
    office.channel
      .sent('awa')
      .slice(before)
      .map(({ spoken }) => spoken.text)
  expect(texts()).toHaveLength(1)
  expect(texts()[0]).not.toContain('05/03/2026')
  await office.says('awa', 'menu')
  expect(texts().at(-1)).toContain('jeudi 05/03/2026 à 10:00')
})

describe('what is due is said', () => {
  const standing = (more: Partial<Pick<Standing, 'safe'>> & { stopped?: 'all' | 'campaigns' }) =>
    ({ address: { state: 'live', stopped: more.stopped ?? 'no' }, safe: more.safe }) as Standing
  const it: StandingFollowUp = {
    ...{ id: 'f', request: 'r', state: 'agreed', kind: 'call', at: at('2026-03-05T10:00'), minutes: 20 },
    ...{ staff: 's', country: 'ML', prompt: { what: 'day_before', at: at('2026-03-04T10:00') } },
    ...{ knocked: false, version: 0, diary: 0, taken: [], away: [] },
  }
  const town = { calendar: makeCalendar(), offices: [] } as unknown as Surroundings
  const due = (more: Parameters<typeof standing>[0], now = '2026-03-04T10:01') =>
    ownFollowUp(it, standing(more), town, at(now)).prompt?.due

  test.each([
    ['to whoever said nothing of it', {}, true],
    ['to whoever wants texts', { safe: { way: 'text' } }, true],
    ['to whoever takes no campaigns', { stopped: 'campaigns' }, true],
    ['not to whoever is only to be called', { safe: { way: 'call' } }, false],
    ['not to whoever nobody is to reach', { safe: { way: 'none' } }, false],
    ['not to whoever asked for silence', { stopped: 'all' }, false],
  ] as const)('%s', (_name, more, expected) => {
    expect(due(more)).toBe(expected)
  })

  test('by day, and not before its moment', () => {
    expect(due({}, '2026-03-04T20:00')).toBe(false)
    expect(due({}, '2026-03-04T09:59')).toBe(false)
  })

  test('and free times keep to hours that can be read, or are left to staff', () => {
    const first = (hours: string) =>
      ownFollowUp(it, standing({ safe: { way: 'any', hours } }), town, at('2026-03-04T10:00'))
        .slots({})[0]
        ?.toISOString()
    expect(first('14h-16h')).toBe('2026-03-05T14:00:00.000Z')
    expect(first('quand mon mari est au champ')).toBeUndefined()
  })
})

test('after three missed in a row somebody is to go there, and nothing is closed', async () => {
  const request = await asks('awa')
  for (const date of ['03', '04', '05']) {
    await propose(request, `2026-03-${date}T10:00`, 'meeting', true)
    office.clock.set(at(`2026-03-${date}T12:00`))
    const row = await database().prisma.followUp.findFirstOrThrow({ where: { state: 'agreed' } })
    const act = { staff: mariam, request, form: office.clock.id() }
    await missFollowUp(office.desk, office.talk, act, { followUp: row.id })
  }
  const { prisma } = database()
  expect(await prisma.event.count({ where: { type: 'visit_asked', requestId: request } })).toBe(1)
  expect(await prisma.request.findUnique({ where: { id: request } })).toMatchObject({
    state: 'open',
    dueAt: at('2026-03-06T12:30'),
  })
})
