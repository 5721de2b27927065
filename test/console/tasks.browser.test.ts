/** The pages of tasks in a real browser: for everybody, on a small screen, with scripts off. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from '../axe.ts'
import { hire } from './counter.ts'
import { meet } from './people.ts'
import { openWindow, overhang, type Window } from './window.ts'

let window: Window
let boss: { id: string }
let person: string

beforeAll(async () => {
  window = await openWindow()
  const { counter } = window
  const { prisma } = counter.database
  const office = counter.clock.id()
  await prisma.office.create({ data: { id: office, key: 'mopti', name: 'Mopti' } })
  boss = await hire(counter, 'Oumou', ['supervisor', 'case_worker', 'admin'])
  await prisma.staff.update({ where: { id: boss.id }, data: { officeId: office } })
  const long = new Date(counter.clock.now().getTime() - 45 * 86_400_000)
  for (const [n, stage] of ['contact', 'monitoring', 'monitoring'].entries()) {
    person = await meet(counter, {
      ...{
        name: `Aminata Founèkè Coulibaly ${n}`,
        caseNumber: `ML-2026-000${n}`,
        owner: boss.id,
        office,
        stage,
      },
    })
    await prisma.case.updateMany({ where: { personId: person }, data: { openedAt: long, stageSince: long } })
  }
})
afterEach(() => window.closePages())
afterAll(() => window?.close())

test.each([1280, 320])('nobody is kept out at %s pixels, and nothing stands over the edge', async (width) => {
  const { page, complaints } = await window.enter(boss, {
    ...{ bypassCSP: true, viewport: { width, height: 800 }, reducedMotion: 'reduce' as const },
  })
  for (const path of [
    '/console/tasks',
    '/console/tasks/board',
    '/console/tasks/terms',
    `/console/people/${person}`,
    '/console/surveys',
    `/console/people/${person}/survey/reintegration`,
  ]) {
    await page.goto(window.root + path)
    for (const one of await page.locator('.tasks summary').all()) await one.click()
    expect([path, await violations(page)]).toEqual([path, []])
    expect([path, await overhang(page)]).toEqual([path, 0])
  }
  expect(complaints).toEqual([])
})

test('a task is put off with scripts off', async () => {
  const { page } = await window.enter(boss, { javaScriptEnabled: false })
  await page.goto(`${window.root}/console/tasks`)
  const first = page.locator('.tasks > li').first()
  const before = await page.locator('.tasks > li').count()
  await first.locator('summary').click()
  await first.locator('textarea').fill('en voyage')
  const later = new Date(window.counter.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10)
  await first.locator('input[type=date]').fill(later)
  await first.locator('button[value=later]').click()
  await page.waitForURL(`${window.root}/console/tasks`)
  expect(await page.locator('.tasks > li').count()).toBe(before - 1)
})

test('a time is taken for what stands chosen when it is pressed', async () => {
  const { page } = await window.enter(boss)
  await page.goto(`${window.root}/console/people/${person}`)
  await page.locator('form[action$="/follow-up"] button').first().click()
  await page.locator('select[name=kind]').selectOption('call')
  await page.waitForURL(/kind=call/)
  const send = page.getByRole('button', { name: 'Choisir cette heure' })
  expect(await send.textContent()).toContain('appel, 20 min')
  await page.locator('input[name=at]').first().check()
  await send.click()
  await page.waitForURL(/done=1/)
  const [standing] = await window.counter.database.prisma.followUp.findMany({ orderBy: { id: 'desc' } })
  expect(standing).toMatchObject({ kind: 'call', minutes: 20 })
})
