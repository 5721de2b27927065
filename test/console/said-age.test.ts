/** An age said in the chat (S12): who sees it, what it holds back until it is looked at, and how it is settled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Opened } from './counter.ts'
import { type Counter, say } from './counter.ts'
import { openTaskOffice, type Seat, type TaskOffice } from './task-office.ts'

let counter: Counter
let office: TaskOffice
beforeAll(async () => {
  office = await openTaskOffice()
  counter = office.counter
})
afterAll(() => counter.close())

let from = 0
/** A grown-up of Mariam's by the file, who said in a matter that they are fifteen. */
async function said(kind: 'request.need' | 'protection.child', birthYear?: number) {
  from += 1
  const person = await office.have('plan', 10)
  const { prisma } = counter.database
  await prisma.person.update({ where: { id: person }, data: { birthYear: birthYear ?? null } })
  const hidden = kind === 'protection.child'
  const matter = await say(counter, {
    ...{ from: `said-${from}`, kind, holders: hidden ? [office.psea.id] : [] },
    plain: { person_id: person, said_age: 15, office_id: office.offices.mopti, owner_id: office.mariam.id },
  })
  return { person, matter }
}
const mark = 'A dit avoir 15 ans'
const pageOf = (person: string) => `/console/people/${person}`
const stands = async ({ id }: Opened) =>
  (await counter.database.prisma.request.findUniqueOrThrow({ where: { id } })).saidAge
const seen = async ({ browser }: Seat, { path }: Opened) => (await browser.get(path)).body.includes(mark)

describe('an age that was said', () => {
  test('is shown beside an open matter with the box of whoever answers for a child', async () => {
    const { person, matter } = await said('request.need', 1990)
    expect(await seen(office.mariam, matter)).toBe(true)
    expect((await office.mariam.browser.get(matter.path)).body).toContain('name="birthYear"')
    expect((await office.mariam.browser.get(pageOf(person))).body).toContain('guardian-title')
  })

  test('in a sealed matter is seen by its holders, and by nobody else anywhere', async () => {
    const { person, matter } = await said('protection.child')
    expect(await seen(office.psea, matter)).toBe(true)
    for (const url of [pageOf(person), '/console', '/console/tasks']) {
      const { body } = await office.mariam.browser.get(url)
      expect([url, body.includes(mark), body.includes('guardian-title')]).toEqual([url, false, false])
    }
    expect((await office.mariam.browser.get(matter.path)).statusCode).toBe(404)
  })

  test('is gone once the file has the child, whoever wrote the year there', async () => {
    const { person, matter } = await said('protection.child', 1990)
    const { mariam } = office
    const edit = `${pageOf(person)}/edit`
    const fields = { name: 'Personne', language: 'bm' }
    const write = (birthYear: string) => mariam.browser.send(edit, edit, { ...fields, birthYear })
    expect((await write('1991')).statusCode).toBe(303)
    expect(await stands(matter)).toBe(15)
    expect((await write('2011')).statusCode).toBe(303)
    expect(await stands(matter)).toBeNull()
    expect(await seen(office.psea, matter)).toBe(false)
  })

  test('of a sealed matter is written in the file by its holder, and the file tells what stood there', async () => {
    const { person, matter } = await said('protection.child', 1990)
    const write = (birthYear: string) =>
      office.psea.browser.send(matter.path, `${matter.path}/birth-year`, { birthYear })
    expect((await write('3000')).statusCode).toBe(422)
    expect((await write('2011')).statusCode).toBe(303)
    const { prisma } = counter.database
    expect(await prisma.person.findUniqueOrThrow({ where: { id: person } })).toMatchObject({
      ...{ birthYear: 2011, minor: true },
    })
    expect(await stands(matter)).toBeNull()
    expect((await office.psea.browser.get(matter.path)).body).toContain("a vérifié l'âge dit et noté")
    const { body } = await office.mariam.browser.get(pageOf(person))
    expect(body).toContain('1990')
    expect(body).toContain('guardian-title')
    expect(body).not.toContain('dit avoir')
  })

  test('that is not theirs is noted once, by name, and holds nothing back any more', async () => {
    const { person, matter } = await said('request.need', 1990)
    const press = () => office.mariam.browser.send(matter.path, `${matter.path}/not-their-age`, {})
    expect((await press()).statusCode).toBe(303)
    expect(await stands(matter)).toBeNull()
    expect((await office.mariam.browser.get(matter.path)).body).toContain("Mariam a vérifié : l'âge dit")
    await expect(press()).rejects.toThrow('there is no form')
    expect((await office.mariam.browser.get(pageOf(person))).body).not.toContain('guardian-title')
  })
})

describe('until it is looked at, a referral', () => {
  async function referred(kind: 'request.need' | 'protection.child') {
    const { person, matter } = await said(kind, 1990)
    const { id: referral, request } = await office.refer(person, `refer-${from}`, { state: 'asked' })
    const hear = () =>
      office.mariam.browser.send(`${request.path}/referral`, `${request.path}/referral/hear`, {
        ...{ referral, answer: 'yes' },
      })
    const state = async () =>
      (await counter.database.prisma.referral.findUniqueOrThrow({ where: { id: referral } })).state
    return { person, matter, hear, state }
  }

  test('waits for whoever answers for the child, and is told so to those who see the age', async () => {
    const { person, hear, state } = await referred('request.need')
    const refused = await hear()
    expect([refused.statusCode, await state()]).toEqual([409, 'asked'])
    expect(refused.body).toContain('la personne qui répond de lui')
    const guardian = { answer: 'given', kin: 'mother', medium: 'came' }
    const kept = await office.mariam.browser.send(pageOf(person), `${pageOf(person)}/guardian`, guardian)
    expect(kept.statusCode).toBe(303)
    await hear()
    expect(await state()).toBe('agreed')
  })

  test('is held without a word of the age for others, and goes on once it is settled', async () => {
    const { matter, hear, state } = await referred('protection.child')
    const { statusCode, body } = await hear()
    expect([statusCode, await state()]).toEqual([409, 'asked'])
    expect(body).toContain('ne peut pas partir pour l')
    expect(body).not.toMatch(/enfant|15 ans/)
    await office.psea.browser.send(matter.path, `${matter.path}/not-their-age`, {})
    await hear()
    expect(await state()).toBe('agreed')
  })
})
