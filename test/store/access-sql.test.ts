/** Access as Prisma says it and as SQL says it: the same requests, for everybody, over offices thrown by dice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Prisma } from '../../prisma/client/client.ts'
import { queueKeys } from '../../src/core/queue.ts'
import { type RequestKind, requestKinds } from '../../src/core/request.ts'
import { type Role, roles, type Staff } from '../../src/core/staff.ts'
import { visibilities } from '../../src/core/visibility.ts'
import { makeDice } from '../../src/demo/dice.ts'
import { requestsSeenBy, requestsSeenSql } from '../../src/store/access.ts'
import { realClock } from '../../src/world.ts'
import { copyDatabase, type TestDatabase } from '../database.ts'
import { noon } from './turns.ts'

const dice = makeDice('access')
const id = () => realClock.id()
const ids = (count: number) => Array.from({ length: count }, id)
const offices = ids(3)
const people = ids(40)
const owners = ids(12)
const cases = people.map((personId, n) => ({ id: id(), personId, ownerId: dice.pick(owners), n }))

let database: TestDatabase
beforeAll(async () => {
  database = await copyDatabase()
  const { prisma } = database
  await prisma.office.createMany({
    data: offices.map((one, n) => ({ id: one, key: `o${n}`, name: `O${n}` })),
  })
  await prisma.person.createMany({ data: people.map((one) => ({ id: one, keyId: id(), createdAt: noon })) })
  await prisma.case.createMany({
    data: cases.map(({ id: file, personId, ownerId }) => ({
      ...{ id: file, personId, ownerId, openedAt: noon },
    })),
  })
  const requests = Array.from({ length: 500 }, (_, n) => ({
    ...{ id: id(), reference: String(30_000_000 + n), priority: 3, openedAt: noon, dueAt: noon },
    kind: dice.pick(Object.keys(requestKinds) as RequestKind[]),
    queue: dice.pick(queueKeys),
    visibility: dice.pick(visibilities),
    lastHeardAt: noon,
    ownerId: dice.chance(50) ? dice.pick(owners) : null,
    caseId: dice.chance(60) ? dice.pick(cases).id : null,
    officeId: dice.chance(80) ? dice.pick(offices) : null,
  }))
  await prisma.request.createMany({ data: requests })
  const some = (percent: number) => requests.filter(() => dice.chance(percent))
  const row = (requestId: string) => ({ requestId, staffId: dice.pick(owners), since: noon })
  await prisma.requestHolder.createMany({ data: some(40).map(({ id: one }) => row(one)) })
  await prisma.requestBarred.createMany({ data: some(60).map(({ id: one }) => row(one)) })
})
afterAll(() => database.drop())

/** Somebody of one or two roles who sits anywhere, with or without an office. */
function anybody(role: Role): Staff {
  return {
    ...{ id: dice.pick(owners), name: 'X', email: 'x', language: 'fr' },
    roles: dice.chance(70) ? [role] : [role, dice.pick(roles)],
    queues: queueKeys.filter(() => dice.chance(30)),
    ...(dice.chance(70) ? { office: dice.pick(offices) } : {}),
    ...(dice.chance(20) ? { suspended: true } : {}),
  }
}

describe('who sees which request', () => {
  test.each(roles)('is the same by both ways for %s', async (role) => {
    for (let n = 0; n < 12; n++) {
      const staff = anybody(role)
      const said = await database.prisma.request.findMany({
        where: requestsSeenBy(staff),
        select: { id: true },
        orderBy: { id: 'asc' },
      })
      const written = await database.prisma.$queryRaw<{ id: string }[]>(
        Prisma.sql`select r.id from request r where ${requestsSeenSql(staff)} order by r.id`,
      )
      expect(written, JSON.stringify(staff)).toEqual(said)
    }
  })

  test('is something for some and not everything for anybody', async () => {
    const counts = await Promise.all(
      roles.map((role) => database.prisma.request.count({ where: requestsSeenBy(anybody(role)) })),
    )
    expect(Math.max(...counts)).toBeGreaterThan(50)
    expect(Math.max(...counts)).toBeLessThan(500)
  })
})
