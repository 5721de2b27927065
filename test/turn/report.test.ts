/** What others look into: reported, overdue, kept from whom it is about, forgotten. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { alertRound, lateRound } from '../../src/job/alert.ts'
import { expire } from '../../src/job/expire.ts'
import { sealWords } from '../../src/job/seal-words.ts'
import { alertsOf } from '../../src/store/alert.ts'
import { writeReportTerms } from '../../src/store/setting.ts'
import { openStaffKey } from '../../src/store/staff-key.ts'
import { closeRequest, takeRequest } from '../../src/turn/act.ts'
import { letBack, reportMatter, shutOut } from '../../src/turn/act-report.ts'
import { oneDatabase } from '../one-database.ts'
import { seenBy } from '../protection/eyes.ts'
import { actOf, meet, requestOf } from '../protection/people.ts'
import { stolen } from '../protection/thief.ts'
import { handClock, hire, monday, type Office, openOffice } from './office.ts'

const money = 'mon agent me demande cinquante mille pour mon kit'
const danger = 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide'
const hour = 3_600_000
const day = 24 * hour

const database = oneDatabase()
let office: Office
let first: Staff
let deputy: Staff
let folder: string
beforeEach(async () => {
  office = await openOffice(database(), { clock: handClock() })
  folder = await mkdtemp(join(tmpdir(), 'baro-reported-'))
  onTestFinished(async () => {
    await office.close()
    await rm(folder, { recursive: true, force: true })
  })
  first = await hire(office, 'First', ['psea'])
  deputy = await hire(office, 'Deputy', ['psea'])
  for (const [rank, { id }] of [first, deputy].entries()) {
    await office.database.prisma.duty.create({
      data: {
        ...{ id: office.clock.id(), staffId: id, line: 'psea', rank },
        ...{ from: new Date(monday.getTime() - day), until: new Date(monday.getTime() + 90 * day) },
      },
    })
  }
  office.watch.forget()
  await meet(office, 'awa')
})

const see = (staff: Staff) => seenBy(office.database, staff, office.clock.now())
const parts = () => ({
  ...{ ...office.database, watch: office.watch, clock: office.clock, log: office.log, ways: {} },
  hints: { changed() {} },
})
async function round(): Promise<void> {
  await lateRound(parts())
  await alertRound(parts(), { add: async () => {} } as never)
}
const causes = async (staff: Staff) =>
  (await alertsOf(office.database.prisma, staff)).map(({ cause }) => cause)

async function confides(): Promise<string> {
  for (const text of [danger, '1', '1']) await office.says('awa', text)
  return (await requestOf(office, 'complaint.sea')).id
}

describe('a sealed matter that nobody has reported', () => {
  test('calls the deputy after a day, though it was taken, and only once it is reported nobody (S11)', async () => {
    const id = await confides()
    await round()
    office.clock.forward(60_000)
    await takeRequest(office.desk, actOf(office, first, id))
    office.clock.forward(23 * hour)
    await round()
    expect([await causes(first), await causes(deputy)]).toEqual([[], []])
    office.clock.forward(2 * hour)
    await round()
    // Whoever has it and did nothing hears that it is late; that it is not reported goes to the deputy.
    expect([await causes(first), await causes(deputy)]).toEqual([['late'], ['report']])
    // When the deputy does not look either, it goes on as any alert.
    office.clock.forward(hour / 2)
    await round()
    expect(await causes(first)).toContain('report')
    await reportMatter(office.desk, actOf(office, deputy, id), { on: '2026-03-03', reference: 'OIO-7' })
    await round()
    for (const staff of [first, deputy]) expect(await causes(staff)).not.toContain('report')
  })

  test('is called for within the hours that the programme set', async () => {
    await writeReportTerms(office.database.prisma, { hours: 72, keptDays: 30 })
    await confides()
    office.clock.forward(71 * hour)
    expect(await lateRound(parts())).toBe(0)
    office.clock.forward(2 * hour)
    expect(await lateRound(parts())).toBe(1)
    expect(await lateRound(parts())).toBe(0)
  })

  test('closes as reported and as nothing else', async () => {
    const id = await confides()
    const close = (outcome: 'reported' | 'answered') =>
      closeRequest(office.desk, actOf(office, first, id), { outcome })
    await expect(close('reported')).rejects.toThrow('request:report_missing')
    const report = (on: string, reference = 'OIO-7') =>
      reportMatter(office.desk, actOf(office, first, id), { on, reference })
    await expect(report('2026-03-03')).rejects.toThrow('form:invalid')
    await expect(report('2026-03-01')).rejects.toThrow('form:invalid')
    await expect(report('2026-03-02', ' ')).rejects.toThrow('form:invalid')
    await report('2026-03-02')
    await expect(close('answered')).rejects.toThrow('request:report_missing')
    await close('reported')
    expect((await requestOf(office, 'complaint.sea')).state).toBe('closed')
  })
})

test('a month after the report its words are gone, whoever held them, and the reference stays', async () => {
  const pair = await openStaffKey(office.database, first.id, 'une phrase assez longue', office.clock.now())
  expect(pair).toBeDefined()
  const id = await confides()
  const seal = { ...office.database, clock: office.clock, mediaFolder: folder }
  await sealWords(seal)
  await reportMatter(office.desk, actOf(office, first, id), { on: '2026-03-02', reference: 'OIO-7' })
  office.clock.forward(40 * day)
  await expire(seal)
  expect((await requestOf(office, 'complaint.sea')).forgottenAt).toBeNull()
  await closeRequest(office.desk, actOf(office, first, id), { outcome: 'reported' })
  await sealWords(seal)
  await expire(seal)
  const { forgottenAt, keyId, reference } = await requestOf(office, 'complaint.sea')
  expect(forgottenAt).toEqual(office.clock.now())
  await office.database.keys.load([keyId ?? ''])
  expect(office.database.keys.isErased(keyId ?? '')).toBe(true)
  expect(await office.database.prisma.sealedGrant.count()).toBe(0)
  expect(await stolen(office.database)).not.toContain('coucher')
  expect(await see(first)).toContain(reference)
  await sealWords(seal)
  await expire(seal)
  expect(await office.database.prisma.event.count({ where: { type: 'matter_forgotten' } })).toBe(1)
})

describe('a colleague whom a complaint may be about', () => {
  test('is shut out with theirs by who handles it, and let back when a name was taken for another', async () => {
    const [other, worker, below] = [
      await hire(office, 'Other', ['officer']),
      await hire(office, 'Worker', ['officer']),
      await hire(office, 'Below', ['officer']),
    ]
    await office.database.prisma.staff.update({ where: { id: below.id }, data: { supervisorId: worker.id } })
    office.watch.forget()
    for (const text of ['0', '3', '1', '1', money]) await office.says('awa', text)
    const { id } = await requestOf(office, 'complaint.fraud')
    expect(await see(worker)).toContain(money)
    await shutOut(office.desk, actOf(office, other, id), worker.id)
    for (const staff of [worker, below]) expect(await see(staff), staff.name).not.toContain(money)
    await expect(shutOut(office.desk, actOf(office, other, id), other.id)).rejects.toThrow('nobody_left')
    await letBack(office.desk, actOf(office, other, id), below.id)
    expect(await see(below)).toContain(money)
    expect(await see(worker)).not.toContain(money)
    await expect(letBack(office.desk, actOf(office, worker, id), worker.id)).rejects.toThrow('not_found')
  })
})
