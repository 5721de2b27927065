/** Who may look at who read what, and what they find. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let worker: { id: string }
let supervisor: { id: string }
let officer: { id: string }
let holder: { id: string }
let person: string
let plain: Opened
let sealed: Opened
beforeAll(async () => {
  counter = await makeCounter()
  const { prisma } = counter.database
  const office = counter.clock.id()
  await prisma.office.create({ data: { id: office, key: 'kayes', name: 'Kayes', regions: [] } })
  worker = await hire(counter, 'Moussa', ['case_worker'])
  supervisor = await hire(counter, 'Mariam', ['supervisor'])
  officer = await hire(counter, 'Ines', ['data_protection'])
  holder = await hire(counter, 'Assetou', ['psea'])
  await prisma.staff.updateMany({ data: { officeId: office } })
  person = await meet(counter, { name: 'Awa', owner: worker.id, office })
  const of = { plain: { person_id: person, office_id: office } }
  plain = await say(counter, { from: 'awa', text: 'où est le bureau ?', ...of })
  await say(counter, { from: 'awa2', kind: 'request.data', text: 'mes données', ...of })
  sealed = await say(counter, { from: 'awa3', kind: 'complaint.sea', holders: [holder.id], ...of })
  const at = await browserOf(counter, worker)
  for (const path of [`/console/people/${person}`, plain.path]) await at.get(path)
  const guard = await browserOf(counter, holder)
  for (const path of [sealed.path, plain.path]) await guard.get(path)
  const written = async () => expect(await counter.database.prisma.accessLog.count()).toBe(3)
  await vi.waitFor(written, { timeout: 10_000, interval: 100 })
})
afterAll(() => counter.close())

const pageOf = async (staff: { id: string }, path: string) => (await browserOf(counter, staff)).get(path)

test('a supervisor and a data protection officer see who read a person, and nothing of a sealed matter', async () => {
  for (const staff of [supervisor, officer]) {
    const { statusCode, body } = await pageOf(staff, `/console/people/${person}/reads`)
    expect(statusCode).toBe(200)
    expect(body).toContain('<strong>Moussa</strong>')
    expect(body).not.toContain('Assetou')
  }
})

test('whoever answers for nobody’s reading finds no such page, nor does whoever may not see the person', async () => {
  for (const staff of [worker, holder]) {
    expect((await pageOf(staff, `/console/people/${person}/reads`)).statusCode).toBe(404)
    expect((await pageOf(staff, '/console/reads')).statusCode).toBe(404)
  }
  const elsewhere = await hire(counter, 'Hamma', ['supervisor'])
  await counter.database.prisma.queueStaff.deleteMany({ where: { staffId: elsewhere.id } })
  const hidden = await pageOf(elsewhere, `/console/people/${person}/reads`)
  const absent = await pageOf(elsewhere, `/console/people/${counter.clock.id()}/reads`)
  expect(hidden.statusCode).toBe(404)
  expect(hidden.body).toBe(absent.body)
})

test('the overview counts what each colleague opened; a sealed request is in no count', async () => {
  const { body } = await pageOf(officer, '/console/reads')
  expect(body).toMatch(/<strong>Moussa<\/strong><\/a><span>1 fiche<\/span><span>1 demande<\/span>/)
  expect(body).not.toContain('Assetou')
  const { prisma } = counter.database
  await prisma.staff.update({ where: { id: worker.id }, data: { officeId: null } })
  expect((await pageOf(supervisor, '/console/reads')).body).not.toContain('Moussa')
  await prisma.staff.update({ where: { id: worker.id }, data: { supervisorId: supervisor.id } })
  expect((await pageOf(supervisor, '/console/reads')).body).toContain('Moussa')
})

test('a page tells what one colleague opened, leading there for whoever may see it, and nothing of a sealed matter', async () => {
  const { prisma } = counter.database
  const shown = await pageOf(officer, `/console/reads/${worker.id}`)
  expect(shown.statusCode).toBe(200)
  expect(shown.body).toContain('Lectures : Moussa')
  // Data protection sees who read, and opens no request of others for it.
  expect(shown.body).toContain('a ouvert une demande')
  expect(shown.body).not.toContain(plain.path)
  await prisma.staff.update({ where: { id: worker.id }, data: { supervisorId: supervisor.id } })
  const led = await pageOf(supervisor, `/console/reads/${worker.id}`)
  expect(led.body).toContain(`href="${plain.path}"`)
  expect(led.body).toContain(`href="/console/people/${person}"`)
  for (const asker of [officer, supervisor]) {
    const { body } = await pageOf(asker, `/console/reads/${holder.id}`)
    expect(body).toContain("Rien n'a été lu")
    expect(body).not.toContain(sealed.path)
  }
  const own = await pageOf(holder, `/console/reads/${worker.id}`)
  expect(own.statusCode).toBe(404)
  const before = await pageOf(officer, `/console/reads/${worker.id}?before=2020-01-01T00:00:00Z`)
  expect(before.body).toContain("Rien n'a été lu")
  const elsewhere = await hire(counter, 'Sata', ['supervisor'])
  const hidden = await pageOf(elsewhere, `/console/reads/${worker.id}`)
  const absent = await pageOf(elsewhere, `/console/reads/${counter.clock.id()}`)
  const odd = await pageOf(elsewhere, '/console/reads/awa')
  expect([hidden.statusCode, absent.statusCode, odd.statusCode]).toEqual([404, 404, 404])
})
