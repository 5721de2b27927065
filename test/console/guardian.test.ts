/** A child does not agree alone (S12): who answered for them is on record, opens what goes to a partner, and closes it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeOf } from '../../src/store/encryption.ts'
import { makeLink } from '../../src/store/referral.ts'
import { Browser, type Counter } from './counter.ts'
import { at, noon, openTaskOffice, type Seat, type TaskOffice } from './task-office.ts'

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
  // It leads to where it is done.
  expect((await office.mariam.browser.get('/console/tasks')).body).toContain(
    `href="${pageOf(person)}#guardian"`,
  )
  expect((await office.mariam.browser.get(pageOf(person))).body).toContain('<section id="guardian"')
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
  expect(await state()).toBe('withdrawn')
})

describe('once it is taken back', () => {
  /** What a partner has, behind a link that opens. */
  async function sent(person: string, from: string, kind: string, state = 'sent') {
    const { prisma, keys } = counter.database
    const { token, hash: tokenHash } = makeLink()
    const link = { tokenHash, tokenUntil: at(30), sentAt: at(-5), answerDueAt: at(5) }
    const { id, request } = await office.refer(person, from, { state, ...link, items: ['name'] }, kind)
    const { keyId } = await prisma.referral.findUniqueOrThrow({ where: { id } })
    const shared = keys.encrypt(
      keyId,
      placeOf('referral', 'shared_enc', id),
      JSON.stringify({ name: 'Qname' }),
    )
    await prisma.referral.update({ where: { id }, data: { sharedEnc: new Uint8Array(shared) } })
    return { id, request, open: () => new Browser(counter.app).post(`/partner/${token}/open`, {}) }
  }

  async function agreedFor(): Promise<string> {
    const person = await child()
    await answer(person, { answer: 'given', kin: 'mother', medium: 'came' })
    return person
  }
  const takesBack = (person: string) =>
    answer(person, { answer: 'withdrawn', kin: 'mother', medium: 'called' })

  test('no link of a partner shows anything, of an open, a restricted or a sealed matter', async () => {
    const person = await agreedFor()
    const all = [
      await sent(person, 'back-open', 'request.need'),
      await sent(person, 'back-restricted', 'security.threat', 'accepted'),
      await sent(person, 'back-sealed', 'protection.gbv'),
    ]
    for (const { open } of all) expect((await open()).body).toContain('Qname')
    expect((await takesBack(person)).statusCode).toBe(303)
    for (const { id, open } of all) {
      const { statusCode, body } = await open()
      expect([statusCode, body.includes('Qname')]).toEqual([200, false])
      expect(await counter.database.prisma.referral.findUniqueOrThrow({ where: { id } })).toMatchObject({
        ...{ state: 'withdrawn', sharedEnc: null, prompt: null },
      })
      const [record] = await counter.database.prisma.consent.findMany({ where: { referralId: id } })
      expect(record).toMatchObject({ item: 'referral', answer: 'withdrawn', staffId: office.mariam.id })
    }
  })

  test('history says so to those who may see the matter, and nothing anywhere to others', async () => {
    const person = await agreedFor()
    const open = await sent(person, 'told-open', 'request.need')
    const sealed = await sent(person, 'told-sealed', 'protection.gbv')
    const alone = await agreedFor()
    const mine = await sent(alone, 'told-alone', 'request.need')
    const withSealed = await takesBack(person)
    const without = await takesBack(alone)
    const sentence = "retire son accord : l'orientation est retirée"
    const seen = async (of: Seat, request: { path: string }) =>
      (await of.browser.get(`${request.path}/referral`)).body
    expect(await seen(office.mariam, open.request)).toContain(sentence)
    expect(await seen(office.psea, sealed.request)).toContain(sentence)
    expect((await office.mariam.browser.get(`${sealed.request.path}/referral`)).statusCode).toBe(404)
    expect([withSealed.statusCode, withSealed.headers['location']]).toEqual([
      without.statusCode,
      String(without.headers['location']).replace(alone, person),
    ])
    const plain = async (of: string, request: { path: string }) =>
      (await office.mariam.browser.get(pageOf(of))).body
        .replaceAll(/name="(_csrf|once)" value="[^"]*"|id="(item|day)-\w+"|<time[^>]*>[^<]*/g, '')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]+/g, 'id')
        .replaceAll(request.path, 'request')
        .replaceAll(/Personne \d+|T-\d+|told-\w+|\d{3}-\d{2}-\d{3}/g, 'it')
        .split('<')
    expect(await plain(person, open.request)).toEqual(await plain(alone, mine.request))
    const events = await counter.database.prisma.event.findMany({
      where: { requestId: sealed.request.id, type: 'referral_withdrawn' },
    })
    expect(events.map(({ visibility }) => visibility)).toEqual(['sealed'])
  })

  test('what is over stays over for staff, and what was to come is theirs to find another way for', async () => {
    const person = await agreedFor()
    const over = await sent(person, 'over', 'request.need', 'given')
    const running = await sent(person, 'running', 'request.need')
    const { prisma } = counter.database
    const closed = { state: 'closed', outcome: 'given', closedAt: noon }
    await prisma.request.updateMany({ where: { personId: person }, data: closed })
    await takesBack(person)
    const stateOf = async ({ request }: typeof over) =>
      (await prisma.request.findUniqueOrThrow({ where: { id: request.id } })).state
    expect([await stateOf(over), await stateOf(running)]).toEqual(['closed', 'open'])
    expect((await over.open()).body).not.toContain('Qname')
  })

  test('of somebody who has grown up only what was agreed for the child is taken back', async () => {
    const person = await agreedFor()
    const { id, request } = await office.refer(person, 'grown', { state: 'asked' })
    const heard = { referral: id, answer: 'yes' }
    await office.mariam.browser.send(`${request.path}/referral`, `${request.path}/referral/hear`, heard)
    const { prisma } = counter.database
    await prisma.person.update({ where: { id: person }, data: { minor: false } })
    const own = await sent(person, 'own', 'request.need')
    await takesBack(person)
    expect((await prisma.referral.findUniqueOrThrow({ where: { id } })).state).toBe('withdrawn')
    expect((await own.open()).body).toContain('Qname')
  })
})
