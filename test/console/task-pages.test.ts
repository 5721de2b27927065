/** What staff do with tasks on their pages: end them, put them off, look over those of an office, set the terms. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usualTerms } from '../../src/core/task.ts'
import { countTasks, listTasks } from '../../src/store/task.ts'
import type { Counter } from './counter.ts'
import { noon, openTaskOffice, type TaskOffice } from './task-office.ts'

let counter: Counter
let office: TaskOffice
beforeAll(async () => {
  office = await openTaskOffice()
  counter = office.counter
})
afterAll(() => counter.close())

describe('staff', () => {
  test('put a task off with a reason; it comes back on its day, and history says why', async () => {
    const person = await office.have('contact', 60)
    const later = { deed: 'later', until: '2026-03-21' }
    expect((await office.settle(office.mariam, person, 'plan', 0, { ...later, note: '' })).statusCode).toBe(
      422,
    )
    expect(
      (await office.settle(office.mariam, person, 'plan', 0, { ...later, until: '', note: 'x' })).statusCode,
    ).toBe(422)
    const done = await office.settle(office.mariam, person, 'plan', 0, {
      ...later,
      note: 'chez son frère à Kayes',
    })
    expect([done.statusCode, done.headers.location]).toEqual([303, `/console/people/${person}`])
    expect(await office.of(person)).toEqual([])
    expect(await office.of(person, 12)).toEqual([['plan', 0, 10]])
    const { body } = await office.mariam.browser.get(`/console/people/${person}`)
    expect(body).toContain('chez son frère à Kayes')
    const said = await counter.database.prisma.event.findFirstOrThrow({
      where: { personId: person, type: 'task_postponed' },
    })
    expect(Buffer.from(said.secretEnc ?? []).toString()).not.toContain('Kayes')
  })

  test('say that a visit was made elsewhere: the next one follows', async () => {
    const person = await office.have('monitoring', 60)
    await office.settle(office.mariam, person, 'visit', 1, { deed: 'done', note: 'vue au marché' })
    expect((await office.of(person, 40)).at(-1)).toEqual(['visit', 2, 30])
  })

  test('end no task of somebody whom they do not see', async () => {
    const person = await office.have('contact', 60)
    const mine = await office.have('contact', 60)
    const { body } = await office.mariam.browser.get(`/console/people/${mine}`)
    const token = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
    await office.other.browser.get('/console/tasks')
    const file = await counter.database.prisma.case.findFirstOrThrow({ where: { personId: person } })
    const fields = { kind: 'plan', of: file.id, step: '0', deed: 'done', note: 'x', once: counter.clock.id() }
    const foreign = await office.mariam.browser.post(`/console/people/${mine}/task`, {
      ...fields,
      _csrf: token,
    })
    expect(foreign.statusCode).toBe(409)
    expect((await office.other.browser.get(`/console/people/${person}`)).statusCode).toBe(404)
    expect(await office.of(person)).toHaveLength(1)
  })

  test('read their own tasks and nobody else’s', async () => {
    const person = await office.have('contact', 60)
    const own = await office.mariam.browser.get('/console/tasks')
    expect(own.body).toContain(person)
    expect((await office.other.browser.get('/console/tasks')).body).toContain('Rien à faire cette semaine')
  })

  test('follow a case more closely, and as usual again', async () => {
    const person = await office.have('monitoring', 60)
    const page = `/console/people/${person}`
    const send = (high: string) =>
      office.mariam.browser.send(page, `${page}/risk`, { high, note: 'menaces du passeur' })
    expect((await send('yes')).statusCode).toBe(303)
    expect((await office.mariam.browser.get(page)).body).toContain('Haut risque')
    expect((await send('no')).statusCode).toBe(303)
    expect((await office.mariam.browser.get(page)).body).not.toContain('Haut risque')
  })
})

describe('the board', () => {
  test('counts for a supervisor of the office, and for no other office and nobody else', async () => {
    const staff = await office.staffBy(office.boss)
    const asking = {
      staff,
      scope: { of: 'office', id: office.offices.mopti } as const,
      terms: usualTerms,
      now: noon,
    }
    const counts = await countTasks(counter.database.prisma, asking)
    const lines = await listTasks(counter.database, asking, { limit: 500 })
    expect(counts.reduce((sum, { all }) => sum + all, 0)).toBe(lines.length)
    expect(lines.length).toBeGreaterThan(5)
    const order = lines.map(({ dueAt }) => dueAt.getTime())
    expect(order).toEqual([...order].sort((one, two) => one - two))
    const page = await office.boss.browser.get('/console/tasks/board')
    expect(page.body).toContain('Tâches du bureau')
    expect(page.body).toContain('Mariam')
    expect((await office.far.browser.get('/console/tasks/board')).body).toContain(
      'Rien n&#39;attend ici'.replace('&#39;', "'"),
    )
    for (const seat of [office.mariam, office.psea])
      expect((await seat.browser.get('/console/tasks/board')).statusCode).toBe(404)
    expect(
      (await office.boss.browser.get(`/console/tasks/board?office=${office.offices.gao}`)).statusCode,
    ).toBe(404)
  })

  test('is narrowed by who and what', async () => {
    const only = await office.boss.browser.get(`/console/tasks/board?owner=${office.mariam.id}&kind=visit`)
    expect(only.body).toContain('Visite de suivi')
    expect(only.body).not.toContain('Faire le plan')
    const nobody = await office.boss.browser.get('/console/tasks/board?owner=none')
    expect(nobody.body).not.toContain('/console/people/')
  })

  test('leaves as a table by case number, without a name, on record', async () => {
    const fields = { format: 'csv' }
    const { body, statusCode } = await office.boss.browser.send(
      '/console/tasks/board',
      '/console/tasks/export',
      fields,
    )
    expect(statusCode).toBe(200)
    expect(body).toMatch(/T-\d/)
    expect(body).not.toContain('Personne')
    const row = await counter.database.prisma.dataExport.findFirstOrThrow({ where: { what: 'tasks' } })
    expect(row.rows).toBe(body.trim().split('\n').length - 1)
  })
})

describe('the terms', () => {
  test('are read by all who have tasks, and set by supervisors', async () => {
    const page = '/console/tasks/terms'
    const { body } = await office.mariam.browser.get(page)
    expect(body).toContain('Source')
    expect(body).not.toContain('Enregistrer')
    const usual = { plan: '30', checkInFrom: '14', checkInUntil: '28', visitsHighRisk: '30' }
    const rest = { outcome: '7', home: '2', call: '1', guardian: '7' }
    const set = (more: Record<string, string>) =>
      office.boss.browser.send(page, page, { ...usual, ...rest, visits: '30, 90, 180', ...more })
    expect((await set({ visits: '90, 30' })).statusCode).toBe(422)
    const person = await office.have('contact', 60)
    expect((await set({ plan: '90' })).statusCode).toBe(303)
    expect((await office.mariam.browser.get('/console/tasks')).body).not.toContain(person)
    await counter.database.prisma.setting.delete({ where: { key: 'task_terms' } })
  })
})
