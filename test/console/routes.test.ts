/** Who may come where: walked over the table of routes as Fastify has it, so that a new route is walked as well. */
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../src/core/staff.ts'
import { roles } from '../../src/core/staff.ts'
import {
  Browser,
  browserOf,
  type Counter,
  hire,
  makeCounter,
  type Opened,
  type Route,
  say,
} from './counter.ts'

let counter: Counter
let sealed: Opened
let open: Opened
let holder: { id: string }
const staff = {} as Record<Role, { id: string }>
beforeAll(async () => {
  counter = await makeCounter()
  for (const role of roles) staff[role] = await hire(counter, role, [role])
  holder = await hire(counter, 'Kadiatou', ['protection'])
  sealed = await say(counter, {
    from: 'awa',
    kind: 'protection.gbv',
    text: 'il me frappe',
    holders: [holder.id],
    name: 'Awa Test',
  })
  open = await say(counter, { from: 'issa', kind: 'request.info', text: 'où est le bureau ?' })
})
afterAll(() => counter.close())

/** Every address that staff may ask for, as method and path. */
function addresses(): readonly Route[] {
  return counter.routes.filter(({ path }) => path.startsWith('/console'))
}

/** Ten seconds at 50 kbit/s. */
const mostBytes = 60_000
const assets = new Map<string, number>()

/** What travels at the first visit of a page: itself, compressed, and every style, script and picture that it names. */
async function firstVisit(browser: Browser, answer: Awaited<ReturnType<Browser['get']>>): Promise<number> {
  const { rawPayload, headers } = answer
  const isCompressed = headers['content-encoding'] === 'br'
  const html = (isCompressed ? brotliDecompressSync(rawPayload) : rawPayload).toString('utf8')
  const named = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map(([, path = '']) => path))
  let bytes = rawPayload.length
  for (const path of named) {
    const known = assets.get(path)
    const weight = known ?? (await browser.get(path, { 'accept-encoding': 'br' })).rawPayload.length
    assets.set(path, weight)
    bytes += weight
  }
  return bytes
}

const filled = (path: string, reference: string) =>
  path.replace(':reference', reference).replace(':id', '0192f0c0-0000-7000-8000-000000000000')

describe('every route of the console', () => {
  test('is known to this test', () => {
    expect(addresses().length).toBeGreaterThan(25)
  })

  test('refuses the signed-out: a page leads to the sign-in, anything else is 401', async () => {
    for (const { method, path } of addresses()) {
      const stranger = new Browser(counter.app)
      const url = filled(path, open.reference)
      const answer = method === 'GET' ? await stranger.get(url) : await stranger.post(url, {})
      expect([method, path, answer.statusCode]).toEqual([method, path, method === 'GET' ? 303 : 401])
      const script = await stranger.get(url, { 'hx-request': 'true' })
      if (method === 'GET') expect([path, script.statusCode]).toEqual([path, 401])
      expect(answer.body).not.toContain('frappe')
    }
  })

  test('refuses a form without the token of this session', { timeout: 90_000 }, async () => {
    const browser = await browserOf(counter, staff.supervisor)
    const other = await browserOf(counter, staff.assistant)
    const foreign = tokenIn((await other.get('/console/requests')).body)
    browser.cookies.set('_csrf', other.cookies.get('_csrf') ?? '')
    for (const { path } of addresses().filter(({ method }) => method === 'POST')) {
      for (const fields of [{}, { _csrf: 'made up' }, { _csrf: foreign }] as Record<string, string>[]) {
        const answer = await browser.post(filled(path, open.reference), fields)
        expect([path, answer.statusCode]).toEqual([path, 403])
      }
    }
    expect(await counter.database.prisma.event.count({ where: { by: 'staff' } })).toBe(0)
  })

  test('answers each role without breaking, is light, and is never kept by a browser', {
    timeout: 90_000,
  }, async () => {
    const weights: number[] = []
    for (const role of roles) {
      const browser = await browserOf(counter, staff[role])
      for (const { method, path } of addresses()) {
        if (method !== 'GET' || path === '/console/hints') continue
        const answer = await browser.get(filled(path, open.reference), { 'accept-encoding': 'br' })
        expect([200, 303, 404]).toContain(answer.statusCode)
        expect(answer.headers['cache-control']).toBe('no-store')
        const weight = await firstVisit(browser, answer)
        weights.push(weight)
        expect([role, path, weight < mostBytes ? 'light' : weight]).toEqual([role, path, 'light'])
      }
    }
    expect(counter.errors).toEqual([])
    // Otherwise it would have weighed no script and no style.
    expect(Math.max(...weights)).toBeGreaterThan(20_000)
  })
})

describe('reading', () => {
  test('is told of by every page whose address names a person, a request or a file', () => {
    const names = /^\/console\/(?:people|requests|media)\/:(?:id|reference)/
    const silent = addresses().filter(
      ({ method, path, reads }) => method === 'GET' && names.test(path) && !reads,
    )
    // Such a route says so in its settings: { config: { reads: 'person' } }, see src/console/reads.ts.
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  test('leaves who read what, who searched in vain, and nothing of what was refused', async () => {
    const reader = await hire(counter, 'Reader', ['protection'])
    const own = await hire(counter, 'Own', ['protection'])
    await counter.database.prisma.requestHolder.create({
      data: { requestId: sealed.id, staffId: own.id, since: counter.clock.now() },
    })
    const browser = await browserOf(counter, own)
    const curious = await browserOf(counter, reader)
    for (const path of [sealed.path, `${sealed.path}/facts`]) {
      await curious.get(path)
      await browser.get(path)
    }
    await curious.get(`/console/find?reference=${sealed.reference}`)
    await browser.get(`/console/find?reference=${sealed.reference}`)
    const rows = () =>
      counter.database.prisma.accessLog.findMany({
        where: { staffId: { in: [own.id, reader.id] } },
        orderBy: { id: 'asc' },
      })
    await expect.poll(async () => (await rows()).length, { timeout: 10_000 }).toBe(3)
    expect((await rows()).map(({ staffId, what, subjectId }) => [staffId, what, subjectId])).toEqual([
      [own.id, 'request', sealed.id],
      [reader.id, 'search', null],
      [own.id, 'search', null],
    ])
  })
})

describe('the office settings', () => {
  test('exist for administrators and supervisors only', async () => {
    for (const role of roles) {
      const answer = await (await browserOf(counter, staff[role])).get('/console/admin')
      const may = role === 'admin' || role === 'supervisor'
      expect([role, answer.statusCode]).toEqual([role, may ? 200 : 404])
    }
  })
})

describe('a sealed request', () => {
  test('is in no list and no count of theirs', async () => {
    for (const role of roles) {
      const browser = await browserOf(counter, staff[role])
      for (const query of [
        'view=mine',
        'view=queues',
        'view=unassigned',
        'view=overdue',
        'queue=protection',
      ]) {
        const { body } = await browser.get(`/console/requests?${query}`)
        expect(body).not.toContain('frappe')
        expect(body).not.toContain('Awa Test')
        expect(body).not.toContain(sealed.path)
      }
      const { body } = await browser.get('/console/counts')
      const [, count = '0'] = /Protection<\/span><span class="count">(\d+)/.exec(body) ?? []
      expect([role, count]).toEqual([role, '0'])
    }
  })

  test('is whole for its holder', async () => {
    const browser = await browserOf(counter, holder)
    const page = await browser.get(sealed.path)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('frappe')
    expect(page.body).toContain('scellé')
    const list = await browser.get('/console/requests?queue=protection')
    expect(list.body).toContain('frappe')
    // Nobody agreed to be known by the name that an app shows.
    expect(list.body + page.body).not.toContain('Awa Test')
  })
})

function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
}
