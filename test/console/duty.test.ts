/** The page of the duty list. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { browserOf, type Counter, hire, makeClock, makeCounter } from './counter.ts'

let counter: Counter
const staff: Record<string, { id: string; name: string }> = {}
beforeAll(async () => {
  counter = await makeCounter({}, makeClock(new Date('2026-03-03T10:00:00Z')))
  for (const role of ['supervisor', 'admin', 'protection', 'psea', 'case_worker', 'officer'] as const) {
    staff[role] = await hire(counter, role, [role])
  }
})
afterAll(() => counter.close())
beforeEach(async () => {
  await counter.database.prisma.duty.deleteMany()
})

const page = '/console/duty?week=2026-03-02'
const browser = (role: string) => browserOf(counter, staff[role] ?? { id: '' })
const span = { from: '2026-03-02T00:00', until: '2026-03-09T00:00' }

/** Sends one of the page's forms as whoever keeps the list. */
async function keep(act: 'add' | 'copy' | 'remove', fields: Record<string, string>, role = 'supervisor') {
  const open = await browser(role)
  const token = /name="_csrf" value="([^"]+)"/.exec((await open.get(page)).body)?.[1] ?? ''
  return open.post(`/console/duty/${act}`, { _csrf: token, week: '2026-03-02', ...fields })
}

const listed = () => counter.database.prisma.duty.findMany({ orderBy: [{ from: 'asc' }, { rank: 'asc' }] })
const idOf = (role: string) => staff[role]?.id ?? ''

describe('the duty list', () => {
  test('says who is called now and in which order, and when nobody is', async () => {
    const line = 'protection'
    await keep('add', { staff: idOf('psea'), line, rank: '1', ...span })
    await keep('add', { staff: idOf('protection'), line, rank: '0', ...span, until: '2026-03-06T18:00' })
    const { body } = await (await browser('case_worker')).get(page)
    expect(body).toContain('En ce moment : protection puis psea')
    expect(body).toContain('premier remplaçant')
    expect(body).not.toContain('/console/duty/add')
    const other = (await (await browser('case_worker')).get('/console/duty?week=2026-03-09')).body
    expect(other.match(/Personne n.{1,5}est de garde cette semaine/g)).toHaveLength(5)
  })

  test('shows in words the hours that nobody covers', async () => {
    await keep('add', {
      staff: idOf('protection'),
      line: 'protection',
      rank: '0',
      ...span,
      until: '2026-03-06T18:00',
    })
    const { body } = await (await browser('officer')).get(page)
    expect(body).toContain('Sans personne de garde')
    expect(body).toContain('vendredi 6 mars, 18:00')
  })

  test.each([
    ['nobody who does not guard such matters', { staff: 'supervisor', line: 'psea' }],
    ['nobody without a seat where conduct is read', { staff: 'case_worker', line: 'conduct' }],
    ['an end before the beginning', { staff: 'protection', line: 'protection', until: '2026-03-01T00:00' }],
    ['more than a month', { staff: 'protection', line: 'protection', until: '2026-05-01T00:00' }],
    ['a line that is none', { staff: 'protection', line: 'gossip' }],
    ['a rank that is none', { staff: 'protection', line: 'protection', rank: '7' }],
    ['a time that is none', { staff: 'protection', line: 'protection', from: '<b>demain</b>' }],
  ])('takes %s', async (_, { staff: role, ...fields }) => {
    for (const keeper of ['supervisor', 'admin']) {
      const answer = await keep('add', { rank: '0', ...span, staff: idOf(role), ...fields }, keeper)
      expect(answer.statusCode).toBe(422)
      expect(answer.body).not.toContain('<b>demain')
    }
    expect(await listed()).toEqual([])
  })

  test('is kept by supervisors and administrators alone', async () => {
    const fields = { staff: idOf('protection'), line: 'protection', rank: '0', ...span }
    for (const role of ['protection', 'officer', 'case_worker']) {
      for (const act of ['add', 'copy', 'remove'] as const) {
        expect((await keep(act, { ...fields, weeks: '1', duty: counter.clock.id() }, role)).statusCode).toBe(
          404,
        )
      }
    }
    expect(await listed()).toEqual([])
  })

  test('is copied onto the next four weeks, once however often it is asked', async () => {
    const fields = { staff: idOf('officer'), line: 'conduct', rank: '0' }
    await keep('add', { ...fields, from: '2026-03-02T18:00', until: '2026-03-06T08:00', daily: 'on' })
    expect(await listed()).toHaveLength(4)
    for (const _ of [1, 2]) expect((await keep('copy', { line: 'conduct', weeks: '4' })).statusCode).toBe(303)
    const all = await listed()
    expect(all).toHaveLength(20)
    expect(all.at(-1)?.until).toEqual(new Date('2026-04-03T08:00:00Z'))
    expect((await keep('copy', { line: 'data', weeks: '1' })).statusCode).toBe(422)
  })

  test('keeps on record who was on duty before they were taken off', async () => {
    await keep('add', { staff: idOf('protection'), line: 'protection', rank: '0', ...span })
    const [duty] = await listed()
    await keep('remove', { duty: duty?.id ?? '' })
    const [ended] = await listed()
    expect(ended?.from).toEqual(new Date('2026-03-02T00:00:00Z'))
    expect(ended?.until.getTime()).toBeLessThanOrEqual(counter.clock.now().getTime())
    await keep('remove', { duty: duty?.id ?? '' })
    expect(await listed()).toHaveLength(1)
  })
})
