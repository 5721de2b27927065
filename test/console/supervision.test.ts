/** Figures of offices, queues and staff: right, for the right readers, and never of sealed matters. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beforeThat, readLately, readPresent, readWeeks } from '../../src/store/figures.ts'
import { staffOf, staffSelect } from '../../src/store/staff.ts'
import { type Browser, browserOf, type Counter, hire, makeClock, makeCounter, say } from './counter.ts'

const day = 86_400_000
/** A Wednesday. */
const noon = new Date('2026-03-11T12:00:00Z')
const at = (days: number) => new Date(noon.getTime() - days * day)

let counter: Counter
const offices = { mopti: '', gao: '' }
type Member = { readonly id: string; readonly email: string; readonly name: string }
let boss: Member
let officer: Member
let watcher: Member
let worker: Member
let listener: Member

beforeAll(async () => {
  counter = await makeCounter({}, makeClock(noon))
  const { prisma } = counter.database
  for (const key of ['mopti', 'gao'] as const) {
    offices[key] = counter.clock.id()
    await prisma.office.create({ data: { id: offices[key], key, name: key === 'mopti' ? 'Mopti' : 'Gao' } })
  }
  boss = await hire(counter, 'Hamma', ['supervisor'])
  officer = await hire(counter, 'Claire', ['officer'])
  watcher = await hire(counter, 'Brehima', ['monitoring'])
  worker = await hire(counter, 'Allaye', ['case_worker'])
  listener = await hire(counter, 'Sitan', ['assistant', 'supervisor'])
  for (const { id } of [boss, worker, listener])
    await prisma.staff.update({ where: { id }, data: { officeId: offices.mopti } })
  await tellStory()
})
afterAll(() => counter.close())

/** In Mopti eight late ones, one due soon, one answered late, six answered in time; what must not count lies beside. */
async function tellStory(): Promise<void> {
  const mopti = { office_id: offices.mopti, owner_id: worker.id }
  const gone = (days: number, more: Record<string, unknown>) => ({ ...mopti, opened_at: at(days), ...more })
  let n = 0
  const open = (plain: Record<string, unknown>, more: Partial<Parameters<typeof say>[1]> = {}) => {
    n += 1
    return say(counter, { from: `p${n}`, plain: plain as Parameters<typeof say>[1]['plain'], ...more })
  }
  for (let i = 0; i < 8; i++) await open(gone(9, { due_at: at(2) }))
  await open(gone(1, { due_at: at(-0.5) }))
  await open(
    gone(20, {
      due_at: at(18),
      first_answer_at: at(10),
      first_in_time: false,
      state: 'closed',
      closed_at: at(10),
    }),
  )
  for (let i = 0; i < 6; i++) {
    const answered = { first_answer_at: at(15.75), first_in_time: true, due_at: at(14) }
    await open(gone(16, { ...answered, state: 'closed', closed_at: at(9) }))
  }
  for (let i = 0; i < 3; i++) {
    const late = { first_answer_at: at(35), first_in_time: false, due_at: at(38), state: 'answered' }
    await open(gone(40, late))
  }
  const back = await open(gone(3, { state: 'answered', first_answer_at: at(2), first_in_time: true }), {
    happenings: (request) => [{ type: 'request_reopened', request, cause: 'person' }],
  })
  expect(back.id).toBeTruthy()
  await open({ office_id: offices.gao, opened_at: at(4), due_at: at(1) })
  await open(gone(9, { due_at: at(2) }), { kind: 'protection.gbv' })
  await open(gone(9, { due_at: at(2) }), { kind: 'unclear' })
}

const staffBy = async ({ id }: Member) =>
  staffOf(await counter.database.prisma.staff.findUniqueOrThrow({ where: { id }, select: staffSelect }))

describe('figures', () => {
  const scope = () => ({ office: offices.mopti })

  test('say what waits, what is due and what is late', async () => {
    const present = await readPresent(counter.database.prisma, await staffBy(boss), scope(), noon)
    expect(present.all).toEqual({ open: 13, owed: 9, due: 1, overdue: 8, unowned: 0 })
    expect(present.byQueue).toEqual([
      { queue: 'information', open: 13, owed: 9, due: 1, overdue: 8, unowned: 0 },
    ])
    expect(present.byOwner.map(({ owner, overdue }) => [owner, overdue])).toEqual([[worker.id, 8]])
  })

  test('count each week from Monday: opened, answered in time, closed, opened again', async () => {
    const weeks = await readWeeks(counter.database.prisma, await staffBy(boss), scope(), noon)
    expect(weeks).toHaveLength(12)
    expect(weeks.at(-1)?.from).toEqual(new Date('2026-03-09T00:00:00Z'))
    expect(weeks.at(-1)).toMatchObject({ opened: 1, reopened: 1, closed: 0 })
    expect(weeks.at(-2)).toMatchObject({ opened: 9, answered: 1, late: 8, closed: 6 })
    expect(weeks.at(-3)).toMatchObject({ opened: 6, inTime: 6, medianMinutes: 360, closed: 1 })
    expect(weeks.reduce((sum, { opened }) => sum + opened, 0)).toBe(20)
  })

  test('tell whether it gets better', async () => {
    const { prisma } = counter.database
    const staff = await staffBy(boss)
    expect(beforeThat(await readWeeks(prisma, staff, scope(), noon))).toMatchObject({ inTime: 0, late: 3 })
    const { all, byOwner } = await readLately(prisma, staff, scope(), noon)
    expect(all).toMatchObject({ opened: 17, inTime: 7, late: 9 })
    expect(byOwner.get(worker.id)).toEqual(all)
  })

  test('count restricted matters for those who read them, sealed ones for nobody', async () => {
    const { prisma } = counter.database
    const holder = await hire(counter, 'Nana', ['protection', 'supervisor'])
    await prisma.staff.update({ where: { id: holder.id }, data: { officeId: offices.mopti } })
    const of = async (member: Member) =>
      (await readPresent(prisma, await staffBy(member), scope(), noon)).byQueue.map(({ queue }) => queue)
    expect(await of(boss)).toEqual(['information'])
    expect(await of(listener)).toEqual(['information', 'intake'])
    expect(await of(holder)).toEqual(['information'])
    expect(await of(worker)).toEqual([])
  })

  test('leave out what the reader is barred from', async () => {
    const { prisma } = counter.database
    const unclear = await prisma.request.findFirstOrThrow({ where: { kind: 'unclear' } })
    await prisma.requestBarred.create({
      data: { requestId: unclear.id, staffId: listener.id, since: noon },
    })
    const present = await readPresent(prisma, await staffBy(listener), scope(), noon)
    expect(present.byQueue.map(({ queue }) => queue)).toEqual(['information'])
  })
})

describe('the page', () => {
  const page = async (browser: Browser, path = '') => browser.get(`/console/supervision${path}`)

  test('answers the three questions in one sentence and shows the names to a supervisor', async () => {
    const { body } = await page(await browserOf(counter, boss))
    expect(body).toContain('9 demandes attendent une réponse, dont 8 en retard.')
    expect(body).toContain('On répond plus souvent à temps')
    expect(body).toContain('Allaye')
    expect(body).toContain('44 %')
  })

  test('is of their own office only for supervisors, of every office for officers', async () => {
    const supervisor = await browserOf(counter, boss)
    expect((await page(supervisor, `?office=${offices.gao}`)).statusCode).toBe(404)
    const everywhere = await browserOf(counter, officer)
    expect((await page(everywhere)).body).toContain('10 demandes attendent')
    expect((await page(everywhere, `?office=${offices.gao}`)).body).toContain('1 demande attend')
    expect((await page(everywhere, '?queue=followup')).body).toContain("Rien n'attend")
  })

  test('shows monitoring no name and no number under five', async () => {
    const browser = await browserOf(counter, watcher)
    const { body } = await page(browser, `?office=${offices.gao}`)
    expect(body).toContain('moins de 5')
    expect(body).not.toMatch(/<td[^>]*>[1-4]<\/td>/)
    const all = (await page(browser)).body
    expect(all).not.toContain('Allaye')
    expect(all).toContain('10 demandes attendent')
    expect((await page(browser, `/staff/${worker.id}`)).statusCode).toBe(404)
    expect((await page(browser, `/picture?owner=${worker.id}`)).statusCode).toBe(404)
  })

  test('does not exist for those who supervise nobody', async () => {
    const browser = await browserOf(counter, worker)
    for (const path of ['', '/picture', `/staff/${worker.id}`])
      expect([path, (await page(browser, path)).statusCode]).toEqual([path, 404])
  })

  test('of a member of staff exists for their supervisor and for officers', async () => {
    const path = `/staff/${worker.id}`
    expect((await page(await browserOf(counter, boss), path)).body).toContain('Allaye')
    expect((await page(await browserOf(counter, officer), path)).statusCode).toBe(200)
    expect((await page(await browserOf(counter, boss), `/staff/${officer.id}`)).statusCode).toBe(404)
    expect((await page(await browserOf(counter, boss), '/staff/nobody')).statusCode).toBe(404)
  })

  test('has pictures that carry their own style and nothing that runs', async () => {
    const browser = await browserOf(counter, boss)
    for (const query of ['of=flow&size=wide', 'of=time&size=narrow', 'of=nothing&size=<b>']) {
      const { headers, body } = await page(browser, `/picture?${query}`)
      expect(headers['content-type']).toContain('image/svg+xml')
      expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'")
      expect(body).toMatch(/^<svg /)
      expect(body).toContain('prefers-color-scheme:dark')
      expect(body).not.toContain('<script')
    }
  })
})
