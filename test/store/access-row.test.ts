/** The rule of access held against rows in memory gives what the query gives, for everybody and every kind of request. */
import { beforeAll, describe, expect, test } from 'vitest'
import { aboutWorkers } from '../../src/core/request.ts'
import { type Role, roles, type Staff } from '../../src/core/staff.ts'
import { personsSeenBy, requestsSeenBy } from '../../src/store/access.ts'
import {
  holds,
  personAccessRows,
  requestAccessRows,
  seesPerson,
  seesRequest,
} from '../../src/store/access-row.ts'
import { realClock } from '../../src/world.ts'
import { copyDatabase, type TestDatabase } from '../database.ts'

const id = () => realClock.id()
const now = new Date('2026-03-02T09:00:00Z')
const [office, elsewhere] = [id(), id()]

function member(
  held: readonly Role[],
  queues: readonly string[],
  of: { office?: string } = { office },
): Staff {
  return { id: id(), name: 'X', email: 'x', roles: held, language: 'fr', queues, ...of }
}
const everybody = [
  ...roles.flatMap((role) => [member([role], []), member([role], ['needs', 'psea'])]),
  member(['supervisor', 'admin'], ['followup']),
  member(['protection', 'officer'], ['protection']),
  member(['case_worker'], ['followup', 'needs'], {}),
  member(['supervisor'], ['followup', 'needs'], { office: elsewhere }),
]

let database: TestDatabase
let requests: string[]
let persons: string[]
beforeAll(async () => {
  database = await copyDatabase()
  const { prisma } = database
  const some = <T>(of: readonly T[], n: number) => of[n % of.length] as T
  persons = []
  requests = []
  const staff = everybody.map((one) => one.id)
  for (let n = 0; n < 12; n++) {
    const key = database.keys.make('person', id(), now)
    await database.road.act({ turn: id(), at: now, messages: [], events: [], changes: [key.row] })
    const sameAsId = n % 4 === 3 ? (persons[n - 2] ?? null) : null
    const person = await prisma.person.create({ data: { id: id(), keyId: key.id, createdAt: now, sameAsId } })
    const file = await prisma.case.create({
      data: {
        id: id(),
        personId: person.id,
        openedAt: now,
        ownerId: n % 3 === 0 ? some(staff, n) : null,
        officeId: n % 4 === 0 ? office : null,
      },
    })
    persons.push(person.id)
    for (const visibility of ['open', 'restricted', 'sealed']) {
      const m = requests.length
      const request = await prisma.request.create({
        data: {
          id: id(),
          reference: String(10_000_000 + m),
          kind: m % 5 === 0 ? some(aboutWorkers, m) : 'request.info',
          queue: some(['needs', 'psea', 'followup'], m),
          visibility,
          priority: 3,
          personId: person.id,
          caseId: m % 2 === 0 ? file.id : null,
          ownerId: m % 3 === 0 ? some(staff, m) : null,
          officeId: some([office, null, elsewhere, null, office], m),
          openedAt: now,
          dueAt: now,
          lastHeardAt: now,
          holders: { create: [{ staffId: some(staff, m), since: now }] },
          barred: {
            create: [
              { staffId: some(staff, m + 3), since: now },
              { staffId: some(staff, m + 7), since: now },
            ],
          },
        },
      })
      requests.push(request.id)
    }
  }
})

describe('the rule in memory and the query agree', () => {
  test('on who sees which request', async () => {
    const rows = await requestAccessRows(database.prisma, requests)
    let seen = 0
    for (const staff of everybody) {
      const asked = await database.prisma.request.findMany({
        where: requestsSeenBy(staff),
        select: { id: true },
      })
      const held = rows.filter((row) => seesRequest(staff, row)).map((row) => row.id)
      expect([staff.roles, held.sort()]).toEqual([staff.roles, asked.map((row) => row.id).sort()])
      seen += held.length
    }
    expect(seen).toBeGreaterThan(50)
  })

  test('on who sees which person', async () => {
    const rows = await personAccessRows(database.prisma, persons)
    for (const staff of everybody) {
      const asked = await database.prisma.person.findMany({
        where: personsSeenBy(staff),
        select: { id: true },
      })
      const held = rows.filter((row) => seesPerson(staff, row)).map((row) => row.id)
      expect([staff.roles, held.sort()]).toEqual([staff.roles, asked.map((row) => row.id).sort()])
    }
  })
})

test('what it was not given or does not know fails instead of guessing', () => {
  expect(() => holds({ region: 'ML-5' }, { id: 'x' })).toThrow('region')
  expect(() => holds({ queue: { contains: 'n' } }, { queue: 'needs' })).toThrow('contains')
})
