/**
 * A sealed matter and its existence, for every role on every surface: the whole console, read before somebody confides
 * something and after, is the same to the byte for whoever does not hold it. The surfaces are the routes as Fastify has
 * them, so that a new page is in the matrix by itself.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '../../src/core/staff.ts'
import { sealWords } from '../../src/job/seal-words.ts'
import { answerRequest, closeRequest, takeRequest, writeNote } from '../../src/turn/act.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from '../console/counter.ts'
import { handClock, type Office, openOffice } from '../turn/office.ts'
import { actOf, meet, requestOf } from './people.ts'

const danger = 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide'

type Reader = { readonly role: Role | 'barred'; readonly browser: Browser; readonly token: string }

/** What is taken out as a table, by the forms that ask for it. */
const exports = [
  ...(['people', 'requests'] as const).flatMap((what) =>
    (['assistance', 'monitoring'] as const).map((purpose) => ['/console/export', { what, purpose }] as const),
  ),
  ['/console/export?view=queues', { purpose: 'assistance' }],
  ['/console/feedback/export', {}],
  ['/console/indicators/export', {}],
  ['/console/tasks/export', {}],
  ['/console/surveys/check-in/export', {}],
  ['/console/surveys/reintegration/export', {}],
] as const

const clock = handClock()
let counter: Counter
let office: Office
let readers: readonly Reader[]
let holder: Awaited<ReturnType<typeof hire>>
const ordinary = { reference: '', request: '', person: '', campaign: '', message: '' }

beforeAll(async () => {
  counter = await makeCounter({ settings: { passwordAlone: true } }, { ...clock, ahead: clock.forward })
  office = await openOffice(counter.database, { clock })
  const { prisma } = counter.database
  const gao = clock.id()
  await prisma.office.create({ data: { id: gao, key: 'gao', name: 'Gao', regions: ['07'] } })
  const made = new Map<string, string>()
  for (const role of roles) made.set(role, (await hire(counter, role, [role])).id)
  // Whoever leads the worker guards such matters too, and is barred from this one.
  made.set('barred', (await hire(counter, 'barred', ['psea', 'protection'])).id)
  await prisma.staff.updateMany({ data: { officeId: gao } })
  await prisma.staff.update({
    where: { id: made.get('case_worker') ?? '' },
    data: { supervisorId: made.get('barred') ?? null },
  })
  holder = await hire(counter, 'Kadiatou', ['psea'])
  // The role itself holds what is sealed: it reads as the holder does.
  made.delete('psea')
  office.watch.forget()
  const person = await meet(office, 'awa')
  await prisma.case.updateMany({ data: { ownerId: made.get('case_worker') ?? null, officeId: gao } })
  for (const text of ['0', '4', 'quand ouvre le bureau de Kayes ?', '0']) await office.says('awa', text)
  const open = await prisma.request.findFirstOrThrow({ where: { visibility: 'open' } })
  const message = await prisma.message.findFirstOrThrow({ where: { direction: 'in' } })
  Object.assign(ordinary, { reference: open.reference, request: open.id, person, message: message.id })
  readers = await Promise.all(
    [...made].map(async ([role, id]) => {
      const browser = await browserOf(counter, { id })
      const { body } = await browser.get('/console/me')
      const { _csrf: token = '' } = hiddenFields(body, '/console/me/password')
      return { role: role as Reader['role'], browser, token }
    }),
  )
}, 60_000)
afterAll(async () => {
  await office.close()
  await counter.close()
})

/** A line that stays open, and the lists of what oneself took out and of who read what, which this walk makes longer. */
const unread = ['/console/hints', '/console/export', '/console/reads']

/** Every address that can be read, with what is known put into it, and the questions a curious reader would ask. */
function surfaces(): readonly string[] {
  const pages = counter.routes.filter(
    ({ method, path }) => method === 'GET' && path.startsWith('/console') && !unread.includes(path),
  )
  const filled = pages.map(({ path }) =>
    path
      .replace('/requests/:reference', `/requests/${ordinary.reference}`)
      .replace('/people/:id', `/people/${ordinary.person}`)
      .replaceAll(/:\w+/g, ordinary.person),
  )
  const asked = [
    ...['mine', 'queues', 'unassigned', 'waiting', 'overdue', 'snoozed', 'closed'].map(
      (view) => `view=${view}`,
    ),
    ...['psea', 'protection', 'complaints', 'conduct', 'intake', 'needs'].map((queue) => `queue=${queue}`),
  ].map((query) => `/console/requests?${query}`)
  const found = ['coucher', 'monsieur', 'awa'].flatMap((q) => [
    `/console/find?q=${q}`,
    `/console/people?q=${q}`,
  ])
  const figures = ['from=2026-01-01&until=2026-12-31', 'period=quarter'].flatMap((query) =>
    ['supervision', 'indicators', 'feedback'].map((page) => `/console/${page}?${query}`),
  )
  return [...new Set([...filled, ...asked, ...found, ...figures, '/metrics', '/health/ready'])]
}

/** What differs from one reading to the next whatever happens: tokens, keys of forms, what a reader did themselves. */
function plain(body: string): string {
  return body
    .replaceAll(/name="(_csrf|once|secret)" value="[^"]*"/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/\bzr\d+-[a-z]+-?\d*/g, 'zr')
    .replaceAll(/<path class="qr-ink"[^>]*>|<p class="secret">[^<]*/g, '')
    .replaceAll(/\b(?:process|nodejs|baro_(?:event_loop|database|http))_[^\n]*/g, '')
}

/**
 * Which of the last reads stand on a person's page depends on who of these readers came first; that none is of a sealed
 * matter is held by test/console/reads.test.ts.
 */
function withoutReads(body: string): string {
  return body.replaceAll(/<(li|tr)\b[\s\S]*?<\/\1>/g, '')
}

async function takeOut(reader: Reader): Promise<readonly (readonly [string, string])[]> {
  const taken: [string, string][] = []
  for (const [path, fields] of exports) {
    const answer = await reader.browser.post(path, { _csrf: reader.token, format: 'csv', ...fields })
    taken.push([`${path} ${JSON.stringify(fields)}`, `${answer.statusCode} ${plain(answer.body)}`])
  }
  return taken
}

/** Reads all of it; what was shut in a reading `before` this one, and need not settle, is taken from there. */
async function read(
  reader: Reader,
  before: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, string>> {
  const seen = new Map<string, string>(await takeOut(reader))
  for (const path of surfaces()) {
    const shut = before.get(path)
    if (shut?.startsWith('404')) {
      seen.set(path, shut)
      continue
    }
    const answer = await reader.browser.get(path)
    const body = path.endsWith('/reads') ? withoutReads(answer.body) : answer.body
    seen.set(path, `${answer.statusCode} ${plain(body)}`)
  }
  return seen
}

/** What the person says and what its holder does with it: every kind of row that a sealed matter leaves. */
async function confided(): Promise<void> {
  for (const text of [danger, '1', '1', 'il habite derriere la mosquee']) await office.says('awa', text)
  const { id } = await requestOf(office, 'complaint.sea')
  const kadiatou = {
    ...{ ...holder, roles: ['psea'] as const, language: 'fr' as const, queues: ['psea'] },
  }
  const act = () => actOf(office, kadiatou, id)
  await takeRequest(office.desk, act())
  await writeNote(office.desk, act(), 'elle est chez sa tante')
  await answerRequest(office.desk, act(), { text: 'je vous appelle demain' })
  await office.settled()
  await closeRequest(office.desk, act(), { outcome: 'answered' }).catch(() => {})
  await sealWords({ ...counter.database, clock, mediaFolder: counter.mediaFolder })
}

/** Who read what is written a moment after the page went out, and stands on pages itself. */
async function readsWritten(): Promise<void> {
  const count = () => counter.database.prisma.accessLog.count()
  // On a busy machine a moment is longer: nothing more for three seconds.
  for (let before = await count(), quiet = 0; quiet < 3; ) {
    await pause(1_000)
    const now = await count()
    quiet = now === before ? quiet + 1 : 0
    before = now
  }
}

describe('a sealed matter', () => {
  test('changes not one byte of what anybody else can read', async () => {
    // A first visit leaves something: what was looked at, what is new.
    const first = await Promise.all(readers.map((reader) => read(reader)))
    await readsWritten()
    const before = await Promise.all(readers.map((reader, n) => read(reader, first[n])))
    await confided()
    expect(await counter.database.prisma.request.count({ where: { visibility: 'sealed' } })).toBe(1)
    // Otherwise it would be a walk over closed doors.
    const reached = (n: number) =>
      [...(before[n]?.values() ?? [])].filter((body) => body.startsWith('200')).length
    expect(readers.map((_, n) => reached(n)).every((count) => count > 30)).toBe(true)
    for (const [n, reader] of readers.entries()) {
      const after = await read(reader)
      const changed = [...after].filter(([path, body]) => before[n]?.get(path) !== body)
      expect([reader.role, changed.map(([path]) => path)]).toEqual([reader.role, []])
    }
  }, 240_000)
})
