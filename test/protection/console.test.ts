import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  actOn,
  type Browser,
  browserOf,
  type Counter,
  hire,
  makeCounter,
  type Opened,
  say,
} from '../console/counter.ts'

type Hired = Awaited<ReturnType<typeof hire>>

let counter: Counter
let worker: Hired
let listener: Hired
let psea: Hired
let protection: Hired
let supervisor: Hired
let admin: Hired
beforeAll(async () => {
  counter = await makeCounter()
  worker = await hire(counter, 'Worker', ['case_worker'])
  listener = await hire(counter, 'Listener', ['assistant'])
  psea = await hire(counter, 'Psea', ['psea'])
  protection = await hire(counter, 'Protection', ['protection'])
  supervisor = await hire(counter, 'Supervisor', ['supervisor'])
  admin = await hire(counter, 'Admin', ['admin'])
})
afterAll(() => counter.close())

const statusFor = async (staff: Hired, { path }: Opened) =>
  (await (await browserOf(counter, staff)).get(path)).statusCode

async function sorts(staff: Hired, { path }: Opened, kind: string) {
  const browser = await browserOf(counter, staff)
  return actOn(browser, { path }, 'sort', { kind })
}

describe('sorting', () => {
  test('hides at once what turns out to be abuse, from whoever sorted it too, and leads them back to the list', async () => {
    const need = await say(counter, { from: 'awa', text: 'mosquee de Zinzana', kind: 'request.need' })
    expect(await statusFor(worker, need)).toBe(200)
    const answer = await sorts(worker, need, 'complaint.sea')
    const list = `/console/requests?view=queues&gone=${need.path.split('/').at(-1)}`
    expect([answer.statusCode, answer.headers.location]).toEqual([303, list])
    for (const staff of [worker, listener, supervisor, protection, admin]) {
      expect(await statusFor(staff, need), staff.name).toBe(404)
    }
    expect(await statusFor(psea, need)).toBe(200)
  })

  test('sends what was heard in a voice note on its way', async () => {
    const voice = { kind: 'file', file: { kind: 'voice', handle: 'v', seconds: 9 } } as const
    const note = await say(counter, { from: 'issa', content: voice, kind: 'unclear' })
    expect(await statusFor(worker, note)).toBe(404)
    expect((await sorts(listener, note, 'request.need')).statusCode).toBe(303)
    expect(await statusFor(worker, note)).toBe(200)
  })

  test('opens nothing that is guarded: that is a false alarm, and for those who guard it to say', async () => {
    const sealed = await say(counter, {
      from: 'x',
      text: 'x',
      kind: 'protection.gbv',
      holders: [protection.id],
    })
    const browser = await browserOf(counter, protection)
    const { body } = await browser.get(sealed.path)
    expect(body).not.toContain(`${sealed.path}/sort`)
    const { _csrf = '', once = '' } = fieldsOf(body)
    const forced = await browser.post(`${sealed.path}/sort`, { _csrf, once, kind: 'request.need' })
    expect(forced.statusCode).toBe(403)
    expect(await statusFor(worker, sealed)).toBe(404)
  })
})

function fieldsOf(html: string): Record<string, string> {
  const found = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]))
}

test('a sealed matter is offered to those who guard such matters, and to no other queue', async () => {
  const sealed = await say(counter, {
    from: 'y',
    text: 'y',
    kind: 'protection.gbv',
    holders: [protection.id],
  })
  const browser = await browserOf(counter, protection)
  const { body } = await browser.get(`${sealed.path}/hand-over`)
  const offered = [...body.matchAll(/<option value="queue:(\w+)"/g)].map(([, queue]) => queue)
  expect(offered).toEqual(['psea'])
  const forced = await actOn(browser, sealed, 'hand-over', { to: 'queue:needs', note: 'x' })
  expect(forced.statusCode).toBe(403)
  expect(await statusFor(worker, sealed)).toBe(404)
})

describe('who administers', () => {
  async function change(staff: Hired, name: string, fields: Record<string, string>) {
    const browser = await browserOf(counter, staff)
    const { _csrf = '' } = fieldsOf((await browser.get('/console/admin')).body)
    return browser.post(`/console/admin/${name}`, { _csrf, ...fields })
  }

  test.each(['psea', 'protection'])(
    'does not let somebody into sealed matters by the list of duty for %s',
    async (line) => {
      for (const staff of [admin, supervisor]) {
        const span = { from: '2026-01-01T00:00', until: '2026-01-20T00:00' }
        const browser = await browserOf(counter, staff)
        const page = (await browser.get('/console/duty')).body
        const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
        const fields = { staff: supervisor.id, line, rank: '0', week: '2026-01-01', ...span }
        const answer = await browser.post('/console/duty/add', { _csrf, ...fields })
        expect(answer.statusCode).toBe(422)
      }
      expect(await counter.database.prisma.duty.count()).toBe(0)
    },
  )

  test('is told when the emergency number was not called for half a year', async () => {
    const day = new Date(counter.clock.now().getTime() - 200 * 86_400_000).toISOString().slice(0, 10)
    await change(admin, 'emergency', { number: '00 00', verifiedOn: day })
    const browser: Browser = await browserOf(counter, admin)
    const { body } = await browser.get('/console/admin')
    expect(body).toContain('Aucun numéro vérifié')
    expect(body).not.toContain(`vérifié le ${day}`)
  })
})
