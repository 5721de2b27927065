/** The question whether it is solved, on a real database: once, to the right person, and never where it could harm. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { answerRequest, closeRequest } from '../../src/turn/act.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()
const day = 24 * 3_600_000
let office: Office
let mariam: Staff

beforeEach(async () => {
  office = await openOffice(database())
  onTestFinished(() => office.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
})

const row = () => database().prisma.request.findFirstOrThrow({ where: { kind: 'request.followup' } })

/** Somebody asked for a follow-up, and was answered. */
async function answered(): Promise<string> {
  for (const text of ['bonjour', '1', '1', 'suivi', '1', '00']) await office.says('awa', text)
  const { id } = await row()
  await answer(id)
  return id
}

async function answer(request: string, staff = mariam): Promise<void> {
  const act = { staff, request, form: office.clock.id() }
  await answerRequest(office.desk, act, { text: 'Votre dossier attend.' })
  await office.settled()
}

/** What comes while time passes and nobody writes. */
async function pass(milliseconds: number): Promise<readonly string[]> {
  const before = office.channel.sent('awa').length
  office.clock.forward(milliseconds)
  await wakeSessions({ pool: database().pool, lanes: office.lanes, clock: office.clock })
  await office.settled()
  return office.channel
    .sent('awa')
    .slice(before)
    .map(({ spoken }) => spoken.text)
}

const asks = expect.stringContaining('satisfait de la réponse')

describe('the question', () => {
  test('comes once, a day after the answer, and a yes closes', async () => {
    await answered()
    expect(await pass(day - 60_000)).toEqual([])
    expect(await pass(120_000)).toEqual([asks])
    await office.says('awa', 'oui')
    expect(await pass(2 * day)).toEqual([])
    expect(await row()).toMatchObject({
      state: 'closed',
      outcome: 'answered',
      loopAnswer: 'yes',
      loopAt: null,
    })
  })

  test('waits for the last answer, and for whoever wrote again in between', async () => {
    const id = await answered()
    await pass(20 * 3_600_000)
    await answer(id)
    expect(await pass(10 * 3_600_000)).toEqual([])
    await office.says('awa', 'je ne comprends pas la réponse, expliquez svp')
    await database().prisma.request.updateMany({ where: { id }, data: { state: 'open' } })
    expect(await pass(3 * day)).toEqual([])
  })

  test.each([
    ['who wants no messages', { stopped: 'campaigns' }],
    ['on a phone that others read', { shared: true }],
    ['whom nothing reaches', { state: 'blocked' }],
  ])('is not sent to somebody %s', async (_, address) => {
    await answered()
    await database().prisma.address.updateMany({ data: address })
    expect(await pass(2 * day)).toEqual([])
  })

  test('is not asked of what has been hidden since', async () => {
    const id = await answered()
    await database().prisma.request.update({ where: { id }, data: { visibility: 'sealed' } })
    expect(await pass(2 * day)).toEqual([])
  })
})

describe('a no', () => {
  test('reopens the matter with the supervisor of whoever answered, closed or not, and what is said goes with it', async () => {
    const boss = await hire(office, 'Fanta', ['supervisor'])
    await database().prisma.staff.update({ where: { id: mariam.id }, data: { supervisorId: boss.id } })
    office.watch.forget()
    const id = await answered()
    const end = { outcome: 'answered' } as const
    await closeRequest(office.desk, { staff: mariam, request: id, form: office.clock.id() }, end)
    expect(await pass(day + 60_000)).toEqual([asks])
    await office.says('awa', 'non')
    await office.says('awa', 'personne ne m a appelé')
    const after = await row()
    expect(after).toMatchObject({
      state: 'open',
      outcome: null,
      ownerId: boss.id,
      loopAnswer: 'no',
      loopAt: null,
    })
    expect(after.appealedAt).not.toBeNull()
    const said = await database().prisma.message.findMany({ where: { requestId: id, direction: 'in' } })
    expect(said.length).toBeGreaterThan(0)
    await answer(id, boss)
    expect(await pass(3 * day)).toEqual([])
  })

  test('goes to those who sit over complaints where nobody stands above', async () => {
    await answered()
    await pass(day + 60_000)
    await office.says('awa', 'non')
    expect(await row()).toMatchObject({ state: 'open', queue: 'complaints', ownerId: null })
  })
})
