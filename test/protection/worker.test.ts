import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Role, Staff } from '../../src/core/staff.ts'
import { reclassifyRequest } from '../../src/turn/act.ts'
import { assignCase } from '../../src/turn/act-person.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { seenBy } from './eyes.ts'
import { actOf, keysOf, meet, ownCase, requestOf } from './people.ts'

const database = oneDatabase()
let office: Office
beforeEach(async () => {
  const clock = handClock()
  office = await openOffice(database(), { clock })
  onTestFinished(() => office.close())
})

const see = (staff: Staff) => seenBy(office.database, staff, office.clock.now())
const money = 'mon agent me demande cinquante mille pour mon kit'

async function under(staff: Staff, supervisor: Staff): Promise<void> {
  await office.database.prisma.staff.update({
    where: { id: staff.id },
    data: { supervisorId: supervisor.id },
  })
  office.watch.forget()
}

/** 3, then 1 (a member of staff), 1 (money), and the words. */
async function complains(from: string): Promise<void> {
  for (const text of ['0', '3', '1', '1', money]) await office.says(from, text)
}

describe('a complaint about the worker of the case', () => {
  test('exists neither for them nor for those below and above them, even where they sit in its queue', async () => {
    const roles: readonly Role[] = ['officer', 'case_worker', 'assistant']
    const worker = await hire(office, 'Worker', roles)
    const below = await hire(office, 'Below', roles)
    const lower = await hire(office, 'Lower', roles)
    const above = await hire(office, 'Above', ['officer', 'supervisor'])
    const other = await hire(office, 'Other', ['officer'])
    await under(below, worker)
    await under(lower, below)
    await under(worker, above)
    await ownCase(office, await meet(office, 'awa'), worker)
    await complains('awa')
    const { id, reference, queue } = await requestOf(office, 'complaint.fraud')
    expect(queue).toBe('conduct')
    for (const staff of [worker, below, lower, above]) {
      const seen = await see(staff)
      expect(
        [money, id, reference].filter((word) => seen.includes(word)),
        staff.name,
      ).toEqual([])
    }
    expect(await see(other)).toContain(money)
  })

  test('waits elsewhere when nobody else sits in its queue', async () => {
    const worker = await hire(office, 'Worker', ['officer', 'case_worker'])
    const protection = await hire(office, 'Protection', ['protection'])
    await ownCase(office, await meet(office, 'awa'), worker)
    await complains('awa')
    expect((await requestOf(office, 'complaint.fraud')).queue).toBe('protection')
    expect(await see(worker)).not.toContain(money)
    expect(await see(protection)).toContain(money)
  })
})

describe('whoever else it may be about', () => {
  test('works in the office that is named: nobody there learns of it, nor whom they work for', async () => {
    const { prisma } = office.database
    const id = office.clock.id()
    await prisma.office.create({ data: { id, key: 'mopti', name: 'Mopti', regions: [], place: '' } })
    const there = await hire(office, 'There', ['officer'], { office: id })
    const chief = await hire(office, 'Chief', ['officer'])
    const far = await hire(office, 'Far', ['officer'])
    await under(there, chief)
    await meet(office, 'awa')
    const told = 'le bureau de Mopti garde les kits pour lui'
    for (const text of ['0', '3', '1', '1', told]) await office.says('awa', text)
    expect(await see(there)).not.toContain(told)
    expect(await see(chief)).not.toContain(told)
    expect(await see(far)).toContain(told)
  })

  test('had the case before: they and theirs never know of it', async () => {
    const [past, worker, other] = [
      await hire(office, 'Past', ['officer', 'case_worker']),
      await hire(office, 'Worker', ['officer', 'case_worker']),
      await hire(office, 'Other', ['officer']),
    ]
    const person = await meet(office, 'awa')
    for (const { id: owner } of [past, worker]) {
      await assignCase(office.desk, { staff: other, person, form: office.clock.id() }, { owner })
    }
    await complains('awa')
    for (const staff of [past, worker]) expect(await see(staff), staff.name).not.toContain(money)
    expect(await see(other)).toContain(money)
  })

  test('is named, whoever has the case, also when the name comes later', async () => {
    const [moussa, awa, other] = [
      await hire(office, 'Moussa Traoré', ['officer']),
      await hire(office, 'Awa Coulibaly', ['officer']),
      await hire(office, 'Other', ['officer']),
    ]
    await meet(office, 'awa')
    for (const text of ['0', '3', '1', '1', 'musa tarawele me demande de payer'])
      await office.says('awa', text)
    expect(await see(moussa)).not.toContain('tarawele')
    expect(await see(awa)).toContain('tarawele')
    await office.says('awa', 'et aussi kulibali awa, elle le sait')
    expect(await see(awa)).not.toContain('tarawele')
    expect(await see(other)).toContain('kulibali')
  })

  const twoOfficers = async () =>
    [
      await hire(office, 'Moussa Traoré', ['officer']),
      await hire(office, 'Awa Coulibaly', ['officer']),
    ] as const

  test('is named one after the other: whoever alone is left reads it, though named', async () => {
    const [moussa, awa] = await twoOfficers()
    await meet(office, 'awa')
    for (const text of ['0', '3', '1', '1', money]) await office.says('awa', text)
    await office.says('awa', 'c’est musa tarawele')
    expect(await see(moussa)).not.toContain(money)
    await office.says('awa', 'et aussi kulibali awa, elle le sait')
    expect(await see(moussa)).not.toContain(money)
    expect(await see(awa)).toContain('kulibali')
  })

  test('is named with others in an office too small: as many as can be are shut out', async () => {
    const [moussa, awa] = await twoOfficers()
    await meet(office, 'awa')
    for (const text of ['0', '3', '1', '1', money]) await office.says('awa', text)
    await office.says('awa', 'c’est musa tarawele avec kulibali awa')
    expect([await see(moussa), await see(awa)].filter((seen) => seen.includes(money))).toHaveLength(1)
  })

  test('is not taken for somebody when nobody would be left to read it', async () => {
    const only = await hire(office, 'Moussa Traoré', ['officer'])
    await meet(office, 'awa')
    for (const text of ['0', '3', '1', '1', 'mon frere moussa a paye aussi']) await office.says('awa', text)
    expect(await see(only)).toContain('mon frere')
  })
})

test('what is added to a complaint goes to those who read it, not to the listeners', async () => {
  const listener = await hire(office, 'Listener', ['assistant'])
  const officer = await hire(office, 'Officer', ['officer'])
  const added = 'il s’appelle Bilako, il travaille a Zinzana'
  await meet(office, 'awa')
  await complains('awa')
  const said = [
    ...keysOf(await office.says('awa', added)),
    ...keysOf(await office.says('awa', `encore une fois, ${added}`)),
  ]
  expect(said).toEqual(['common.added', 'common.added'])
  expect(await see(listener)).not.toContain('Bilako')
  expect(await see(officer)).toContain(added)
})

describe('what nobody has heard yet', () => {
  const words = 'ntoko bilako sereko wuli'

  test('is not for the worker of the case, until a listener has found it to be an ordinary wish', async () => {
    const worker = await hire(office, 'Worker', ['assistant', 'case_worker'])
    const listener = await hire(office, 'Listener', ['assistant'])
    await ownCase(office, await meet(office, 'awa'), worker)
    await office.says('awa', words)
    const { id } = await requestOf(office, 'unclear')
    expect(await see(worker)).not.toContain(words)
    expect(await see(listener)).toContain(words)
    await reclassifyRequest(office.desk, actOf(office, listener, id), 'request.need')
    expect(await see(worker)).toContain(words)
  })

  test('is lost to nobody in an office of one', async () => {
    const worker = await hire(office, 'Worker', ['assistant', 'case_worker'])
    await ownCase(office, await meet(office, 'awa'), worker)
    await office.says('awa', words)
    expect(await see(worker)).toContain(words)
  })
})
