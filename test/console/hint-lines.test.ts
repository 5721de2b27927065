/** Two hundred open pages on one process: a hint costs one look at the database, however many hear it. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Line, makeLines } from '../../src/console/hint-lines.ts'
import { roles, type Staff } from '../../src/core/staff.ts'
import { requestsSeenBy } from '../../src/store/access.ts'
import { loadStaff } from '../../src/store/seat.ts'
import { type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let counter: Counter
let requests: Opened[]
beforeAll(async () => {
  counter = await makeCounter()
  requests = []
  for (let n = 0; n < 10; n++) {
    const kind = n % 2 === 0 ? 'request.info' : 'complaint.eligibility'
    requests.push(await say(counter, { from: `p${n}`, kind }))
  }
})
afterAll(() => counter.close())

test('a hint to two hundred lines of as many colleagues costs a few queries, not one for each', async () => {
  const { prisma } = counter.database
  const lines = makeLines(counter.database, { info() {}, warn() {}, error() {} })
  const heard: string[][] = []
  const staff: Staff[] = []
  for (let n = 0; n < 200; n++) {
    const { id } = await hire(counter, `Agent ${String.fromCharCode(97 + (n % 26), 97 + n / 26)}`, [
      roles[n % roles.length] ?? 'assistant',
    ])
    const own: string[] = []
    heard.push(own)
    const line: Line = {
      staff: await loadStaff(prisma, id),
      write: (name) => own.push(name),
      end: () => {},
    }
    lines.add(line)
    staff.push(line.staff)
  }
  const query = vi.spyOn(counter.database.pool, 'query')
  const took: number[] = []
  for (let n = 0; n < 20; n++) {
    const request = requests[n % requests.length] as Opened
    const from = performance.now()
    for (const own of heard) own.length = 0
    lines.tell([`request-${request.id}`])
    await vi.waitFor(() => expect(heard.some((own) => own.includes(`request-${request.id}`))).toBe(true), {
      interval: 1,
    })
    took.push(performance.now() - from)
    // The pages rest between two hints; so does the measure.
    await new Promise((resolve) => setTimeout(resolve, 310))
  }
  const queries = query.mock.calls.length / took.length
  query.mockRestore()
  const median = (of: readonly number[]) => [...of].sort((one, other) => one - other)[of.length / 2] ?? 0
  const deaf = heard.filter((own) => own.length === 0).length
  expect(deaf).toBeGreaterThan(20)
  expect(deaf).toBeLessThan(180)
  // The same by a query for each of them, on the same busy machine.
  const each: number[] = []
  for (let n = 0; n < 4; n++) {
    const from = performance.now()
    const asked = staff.map((one) =>
      prisma.request.findMany({
        where: { AND: [{ id: requests[n]?.id ?? '' }, requestsSeenBy(one)] },
        select: { id: true },
      }),
    )
    await Promise.all(asked)
    each.push(performance.now() - from)
  }
  console.info(
    `200 lines: a hint took ${median(took).toFixed(1)} ms and ${queries} queries; ` +
      `with a query for each line ${median(each).toFixed(1)} ms`,
  )
  expect(queries).toBeLessThanOrEqual(6)
  expect(median(took)).toBeLessThan(median(each) / 2)
}, 60_000)

test('what waits for one office moves the lists of its members there, and of who belongs to none', async () => {
  const { prisma } = counter.database
  const lines = makeLines(counter.database, { info() {}, warn() {}, error() {} })
  const offices = ['kayes', 'gao', undefined] as const
  const heard = new Map<string | undefined, string[]>()
  const { id } = await hire(counter, 'Membre', ['assistant'])
  const member = await loadStaff(prisma, id)
  for (const office of offices) {
    const own: string[] = []
    heard.set(office, own)
    const { office: _, ...plain } = member
    const staff: Staff = office ? { ...plain, office } : plain
    lines.add({ staff, write: (name) => own.push(name), end: () => {} })
  }
  lines.tell(['queue-needs-kayes'])
  await vi.waitFor(() => expect(heard.get('kayes')).toEqual(['list']))
  expect([heard.get('gao'), heard.get(undefined)]).toEqual([[], ['list']])
  lines.tell(['queue-needs', 'queue-complaints-kayes', 'queue-psea'])
  await vi.waitFor(() => expect(heard.get('gao')).toEqual(['list']))
  expect(heard.get('kayes')).toEqual(['list', 'list'])
})
