/** A child does not agree alone (S12): who answered for them is on record, opens what goes to a partner, and closes it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Counter } from './counter.ts'
import { openTaskOffice, type TaskOffice } from './task-office.ts'

let counter: Counter
let office: TaskOffice
beforeAll(async () => {
  office = await openTaskOffice()
  counter = office.counter
})
afterAll(() => counter.close())

type Fields = Record<string, string>

async function child(): Promise<string> {
  const person = await office.have('plan', 10)
  await counter.database.prisma.person.update({
    where: { id: person },
    data: { minor: true, language: 'bm' },
  })
  return person
}
const pageOf = (person: string) => `/console/people/${person}`
const answer = (person: string, fields: Fields) =>
  office.mariam.browser.send(pageOf(person), `${pageOf(person)}/guardian`, fields)
const records = (person: string) =>
  counter.database.prisma.consent.findMany({
    where: { personId: person, item: 'guardian' },
    orderBy: { id: 'asc' },
  })

test('the answer is kept with who gave it, how it was heard, by whom, and what was read out', async () => {
  const person = await child()
  const page = (await office.mariam.browser.get(pageOf(person))).body
  expect(page).toContain("Personne n'a encore répondu")
  // In the language of the child, as the notice stands there.
  expect(page).toContain('I sɔnna o ma wa?')
  await answer(person, { answer: 'given', kin: 'aunt_uncle', medium: 'visited' })
  const [record, ...more] = await records(person)
  expect(more).toEqual([])
  expect(record).toMatchObject({
    ...{ answer: 'given', kin: 'aunt_uncle', heard: 'visited', medium: 'staff', staffId: office.mariam.id },
    ...{ text: 'notice.ask', language: 'bm' },
  })
  expect(record?.wording).not.toBe('')
  const after = (await office.mariam.browser.get(pageOf(person))).body
  expect(after).toContain('tante ou oncle, lors d')
  expect(after).toContain('Noté par Mariam')
  expect(after).toContain("Mariam a noté la réponse de qui répond de l'enfant")
})

test('a yes ends the task of asking; what is taken back begins it anew', async () => {
  const person = await child()
  expect(await office.of(person)).toEqual([['guardian', 0, -3]])
  await answer(person, { answer: 'given', kin: 'mother', medium: 'came' })
  expect(await office.of(person)).toEqual([])
  await answer(person, { answer: 'withdrawn', kin: 'mother', medium: 'called' })
  expect((await records(person)).map((it) => it.answer)).toEqual(['given', 'withdrawn'])
  expect(await office.of(person, 1)).toEqual([['guardian', 0, 7]])
})

test('a no leaves the task, and the same answer twice is one record', async () => {
  const person = await child()
  for (let n = 0; n < 2; n += 1) await answer(person, { answer: 'refused', kin: 'father', medium: 'called' })
  expect(await records(person)).toHaveLength(1)
  expect(await office.of(person, 1)).toEqual([['guardian', 0, 7]])
})

test('nothing is taken back that was never given, and nobody answers for a grown-up', async () => {
  const person = await child()
  const taken = await answer(person, { answer: 'withdrawn', kin: 'father', medium: 'came' })
  expect([taken.statusCode, taken.body]).toEqual([409, expect.stringContaining('rien à retirer')])
  const grown = await office.have('plan', 10)
  expect((await office.mariam.browser.get(pageOf(grown))).body).not.toContain('guardian-title')
})

test('without it nothing that a child agreed to reaches a partner, nor once it is taken back', async () => {
  const person = await child()
  const { request } = await office.refer(person, 'guardian', { state: 'asked' })
  const state = async () =>
    (await counter.database.prisma.referral.findFirstOrThrow({ where: { requestId: request.id } })).state
  const { id: referral } = await counter.database.prisma.referral.findFirstOrThrow({
    where: { requestId: request.id },
  })
  const press = (deed: string, fields: Fields) =>
    office.mariam.browser.send(`${request.path}/referral`, `${request.path}/referral/${deed}`, {
      ...{ referral, ...fields },
    })
  const refused = await press('hear', { answer: 'yes' })
  expect([refused.statusCode, await state()]).toEqual([409, 'asked'])
  expect(refused.body).toContain('notez d')
  await answer(person, { answer: 'given', kin: 'grandparent', medium: 'came' })
  await press('hear', { answer: 'yes' })
  expect(await state()).toBe('agreed')
  await answer(person, { answer: 'withdrawn', kin: 'grandparent', medium: 'came' })
  expect((await press('send', { how: 'copy' })).statusCode).toBe(409)
  expect(await state()).toBe('agreed')
})
