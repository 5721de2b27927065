/**
 * What one may not see answers like what does not exist, for every role on every route that names a request, a person or a
 * file: walked over the table of routes as Fastify has it, so that a new route is walked as well.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Role, roles } from '../../src/core/staff.ts'
import { personsSeenBy, requestsSeenBy } from '../../src/store/access.ts'
import { staffOf, staffSelect } from '../../src/store/staff.ts'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  type Route,
  say,
} from './counter.ts'
import { meet } from './people.ts'

/** Said in every matter below: whoever may not see it meets it nowhere. */
const word = 'qzurmaleki'
const absent = { reference: '12345678', id: '0192f0c0-0000-7000-8000-000000000000' }

type Hidden = {
  readonly name: string
  readonly reference: string
  readonly person: string
  readonly file: string
}
type Reader = { readonly role: Role; readonly id: string; browser: Browser; token: string }

let counter: Counter
const hidden: Hidden[] = []
const readers: Reader[] = []

beforeAll(async () => {
  counter = await makeCounter()
  const { prisma } = counter.database
  const [office, here] = [counter.clock.id(), counter.clock.id()]
  await prisma.office.create({ data: { id: office, key: 'gao', name: 'Gao', regions: [] } })
  await prisma.office.create({ data: { id: here, key: 'kayes', name: 'Kayes', regions: [] } })
  for (const role of roles) {
    const { id } = await hire(counter, role, [role])
    await prisma.staff.update({ where: { id }, data: { officeId: here } })
    readers.push({ role, id, browser: await browserOf(counter, { id }), token: '' })
  }
  const holder = await hire(counter, 'Kadiatou', ['psea'])
  const matters = [
    { name: 'sealed', kind: 'complaint.sea', holders: [holder.id] },
    { name: 'restricted', kind: 'complaint.staff_conduct' },
    { name: 'not yet heard', kind: 'unclear' },
    { name: 'barred', kind: 'complaint.staff_conduct' },
    { name: 'of another office', kind: 'request.need' },
  ] as const
  for (const matter of matters) hidden.push(await hide(matter, office))
  const barred = await prisma.request.findUniqueOrThrow({ where: { reference: hidden[3]?.reference ?? '' } })
  await prisma.requestBarred.createMany({
    data: readers.map(({ id }) => ({ requestId: barred.id, staffId: id, since: counter.clock.now() })),
  })
})
/** Each walk signs in anew: together they ask more in a minute than one sign-in may. */
beforeEach(async () => {
  for (const reader of readers) {
    reader.browser = await browserOf(counter, reader)
    const { body } = await reader.browser.get('/console/me')
    reader.token = hiddenFields(body, '/console/me/password')['_csrf'] ?? ''
  }
  nothings.clear()
})
afterAll(() => counter.close())

/** A matter of a person with a file, as a turn would leave it. */
async function hide(
  matter: {
    name: string
    kind: Parameters<typeof say>[1]['kind']
    holders?: readonly string[]
  },
  office: string,
): Promise<Hidden> {
  const { prisma } = counter.database
  const person = await meet(counter, { name: word })
  await prisma.case.deleteMany({ where: { personId: person } })
  const opened = await say(counter, {
    ...{ from: matter.name, text: word, kind: matter.kind, holders: matter.holders },
    plain: { person_id: person, office_id: office },
  })
  const message = await prisma.message.findFirstOrThrow({ where: { requestId: opened.id, direction: 'in' } })
  const file = counter.clock.id()
  await prisma.media.create({
    data: {
      ...{ id: file, messageId: message.id, keyId: message.keyId, kind: 'photo', state: 'stored' },
      createdAt: counter.clock.now(),
    },
  })
  await prisma.message.update({ where: { id: message.id }, data: { personId: person } })
  return { name: matter.name, reference: opened.reference, person, file }
}

/** The routes whose address names a request, a person or a file. */
function naming(what: 'requests' | 'people' | 'media'): readonly Route[] {
  const name = new RegExp(`^/console/${what}/:(?:id|reference)`)
  return counter.routes.filter(({ path }) => name.test(path))
}

function ask({ browser, token }: Reader, { method, path }: Route, value: string) {
  const url = path.replace(/:(?:id|reference)/, value).replaceAll(/:\w+/g, absent.id)
  const fields = { _csrf: token, once: counter.clock.id(), text: 'x', note: 'x' }
  return method === 'GET' ? browser.get(url) : browser.post(url, fields)
}

/** What each reader is answered of what does not exist, asked once for each route. */
const nothings = new Map<string, ReturnType<typeof ask>>()

function askOfNothing(reader: Reader, route: Route, none: string): ReturnType<typeof ask> {
  const key = `${reader.role} ${route.method} ${route.path}`
  const answer = nothings.get(key) ?? ask(reader, route, none)
  nothings.set(key, answer)
  return answer
}

/** Asks the same of what is hidden and of what is absent; both must answer alike and say nothing. */
async function alike(reader: Reader, route: Route, given: string, none: string) {
  const { role } = reader
  const { method, path } = route
  const [one, other] = [await ask(reader, route, given), await askOfNothing(reader, route, none)]
  const plain = (body: string) => body.replaceAll(given, none).replace(/name="_csrf" value="[^"]+"/g, '')
  expect([role, path, one.statusCode]).toEqual([role, path, other.statusCode])
  expect([role, method, path, counter.errors.at(-1)]).toEqual([role, method, path, undefined])
  expect(one.statusCode).toBeGreaterThanOrEqual(400)
  expect(plain(one.body)).toBe(plain(other.body))
  expect(one.body).not.toContain(word)
}

const accountOf = async (id: string) =>
  staffOf(await counter.database.prisma.staff.findUniqueOrThrow({ where: { id }, select: staffSelect }))

describe('a request', () => {
  test('that one may not see answers like one that does not exist', async () => {
    let pairs = 0
    for (const reader of readers) {
      const staff = await accountOf(reader.id)
      for (const { reference } of hidden) {
        const where = { AND: [{ reference }, requestsSeenBy(staff)] }
        if (await counter.database.prisma.request.findFirst({ where })) continue
        pairs += 1
        for (const route of naming('requests')) await alike(reader, route, reference, absent.reference)
      }
    }
    // Otherwise it would be a walk over nothing.
    expect(pairs).toBeGreaterThan(30)
    expect(counter.errors).toEqual([])
  }, 240_000)

  test('lends its file to nobody who may not see it', async () => {
    for (const reader of readers) {
      const staff = await accountOf(reader.id)
      for (const { reference, file } of hidden) {
        const where = { AND: [{ reference }, requestsSeenBy(staff)] }
        if (await counter.database.prisma.request.findFirst({ where })) continue
        for (const route of naming('media')) await alike(reader, route, file, absent.id)
      }
    }
  }, 120_000)
})

test('a person whom one may not see answers like one who does not exist', async () => {
  let pairs = 0
  for (const reader of readers) {
    const staff = await accountOf(reader.id)
    for (const { person } of hidden) {
      const where = { AND: [{ id: person }, personsSeenBy(staff)] }
      if (await counter.database.prisma.person.findFirst({ where })) continue
      pairs += 1
      for (const route of naming('people')) await alike(reader, route, person, absent.id)
    }
  }
  expect(pairs).toBeGreaterThan(30)
}, 240_000)

test('no list, count, search or export has a word of what its reader may not see', async () => {
  for (const reader of readers) {
    const staff = await accountOf(reader.id)
    const seen = await counter.database.prisma.request.count({ where: requestsSeenBy(staff) })
    if (seen > 0) continue
    for (const { method, path } of counter.routes) {
      if (method !== 'GET' || !path.startsWith('/console') || path === '/console/hints' || path.includes(':'))
        continue
      for (const query of ['', `?q=${word}`, '?view=queues', '?view=closed']) {
        const { body } = await reader.browser.get(path + query)
        const told = body
          .replaceAll(`value="${word}"`, '')
          .replaceAll(`q=${word}`, '')
          .replaceAll(`« ${word} »`, '')
        expect([reader.role, path, told.includes(word)]).toEqual([reader.role, path, false])
        for (const { reference } of hidden) expect(body).not.toContain(reference)
      }
    }
  }
}, 240_000)
