/** Tasks: there when they fall due, gone when the thing is there, and never of what the reader may not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Counter, say } from './counter.ts'
import { at, noon, openTaskOffice, type TaskOffice } from './task-office.ts'

let counter: Counter
let office: TaskOffice
beforeAll(async () => {
  office = await openTaskOffice()
  counter = office.counter
})
afterAll(() => counter.close())

describe('a plan', () => {
  test('is due a month after the return, and over with the stage', async () => {
    const person = await office.have('screening', 10)
    expect(await office.of(person)).toEqual([])
    const page = `/console/people/${person}/edit`
    await office.mariam.browser.send(page, page, {
      name: 'Personne 1',
      caseNumber: 'T-1',
      returnDate: '2026-01-30',
    })
    expect(await office.of(person)).toMatchObject([['plan', 0, -10]])
    await counter.database.prisma.case.updateMany({ where: { personId: person }, data: { stage: 'plan' } })
    expect(await office.of(person)).toEqual([])
  })

  test('is due a month after the opening where nobody knows the return, and shown a week ahead', async () => {
    const person = await office.have('contact', 22)
    expect(await office.of(person)).toEqual([])
    expect(await office.of(person, 1)).toEqual([['plan', 0, 8]])
  })

  test('is asked of nobody whose case is closed or who was erased', async () => {
    expect(await office.of(await office.have('contact', 60, { closedAt: noon }))).toEqual([])
    const gone = await office.have('contact', 60)
    await counter.database.prisma.person.update({ where: { id: gone }, data: { erasedAt: noon } })
    expect(await office.of(gone)).toEqual([])
  })
})

describe('after the delivery', () => {
  test('a check-in opens after two weeks, the first visit is due after a month, one at a time', async () => {
    const person = await office.have('monitoring', 15)
    expect(await office.of(person)).toEqual([['check_in', 0, 13]])
    expect(await office.of(person, 10)).toEqual([
      ['check_in', 0, 13],
      ['visit', 1, 15],
    ])
    await office.keepVisit(person, 'v1')
    expect(await office.of(person, 200)).toEqual([
      ['check_in', 0, 13],
      ['visit', 2, 75],
    ])
    await office.keepVisit(person, 'v2', { kind: 'call' })
    expect((await office.of(person, 200)).at(-1)).toEqual(['visit', 2, 75])
  })

  test('a visit that was kept in a hidden matter says nothing of itself', async () => {
    const person = await office.have('monitoring', 100)
    await office.keepVisit(person, 'v3', {}, 'protection.gbv')
    expect((await office.of(person)).at(-1)).toEqual(['visit', 1, -70])
  })

  test('a case at high risk is visited every month', async () => {
    const person = await office.have('monitoring', 70, { highRisk: true, visitsKept: 1 })
    expect((await office.of(person)).at(-1)).toEqual(['visit', 2, -10])
  })

  test('after the last visit there is none, and a second delivery begins anew', async () => {
    const person = await office.have('monitoring', 300, { visitsKept: 3 })
    expect((await office.of(person)).map(([kind]) => kind)).toEqual(['check_in'])
    const page = `/console/people/${person}`
    for (const stage of ['delivery', 'monitoring'])
      await office.mariam.browser.send(page, `${page}/stage`, { stage, note: 'un second kit' })
    expect((await office.of(person, 31)).map(([kind, step]) => [kind, step])).toEqual([
      ['check_in', 0],
      ['visit', 1],
    ])
  })
})

describe('three missed follow-ups', () => {
  test('ask for a way to the person, until somebody went', async () => {
    const person = await office.have('plan', 10)
    const request = await say(counter, {
      from: 'm1',
      kind: 'request.followup',
      plain: { owner_id: office.mariam.id },
    })
    for (const days of [-9, -6]) await office.followUp(person, days, 'missed', { requestId: request.id })
    expect(await office.of(person)).toEqual([])
    await office.followUp(person, -3, 'missed', { requestId: request.id })
    expect(await office.of(person)).toEqual([['home_visit', 0, -1]])
    await counter.database.prisma.contactAttempt.create({
      data: {
        ...{
          id: counter.clock.id(),
          personId: person,
          staffId: office.mariam.id,
          way: 'visit',
          reached: false,
          at: noon,
        },
      },
    })
    expect(await office.of(person)).toEqual([])
  })
})

describe('a call that is owed', () => {
  test('is a task until somebody called, and nobody’s who does not see the request', async () => {
    const { prisma } = counter.database
    const person = await office.have('plan', 10)
    const request = await say(counter, {
      ...{ from: 'k1', kind: 'request.info' },
      plain: { owner_id: office.mariam.id, person_id: person, office_id: office.offices.mopti },
    })
    const knock = counter.clock.id()
    await prisma.knock.create({
      data: { id: knock, addressId: request.address, at: at(-4), calledAt: at(-2) },
    })
    await prisma.event.create({
      data: {
        ...{ id: counter.clock.id(), at: at(-2), turnId: knock, type: 'call_asked', by: 'clock' },
        ...{ requestId: request.id, facts: { cause: 'silent' } },
      },
    })
    expect(await office.of(person)).toEqual([['call', 0, -1]])
    expect(await office.of(person, 0, office.psea)).toEqual([])
    await prisma.contactAttempt.create({
      data: {
        ...{ id: counter.clock.id(), requestId: request.id, personId: person, staffId: office.mariam.id },
        ...{ way: 'call', reached: false, at: at(-1) },
      },
    })
    expect(await office.of(person)).toEqual([])
  })
})

describe('the case of a child', () => {
  test('asks for the consent of whoever answers for them, until staff have it', async () => {
    const person = await office.have('plan', 10)
    await counter.database.prisma.person.update({ where: { id: person }, data: { minor: true } })
    expect(await office.of(person)).toEqual([['guardian', 0, -3]])
    await office.settle(office.mariam, person, 'guardian', 0, { deed: 'done', note: 'sa tante a signé' })
    expect(await office.of(person)).toEqual([])
  })
})

describe('somebody who said that they are a child', () => {
  test('asks for the same, to whoever may see where they said it', async () => {
    const { prisma } = counter.database
    const [person, other] = [await office.have('plan', 10), await office.have('plan', 10)]
    const tell = (from: string, person_id: string, kind: 'request.need' | 'protection.child') =>
      say(counter, {
        ...{ from, kind, holders: kind === 'protection.child' ? [office.psea.id] : [] },
        plain: { person_id, said_age: 15, office_id: office.offices.mopti, owner_id: office.mariam.id },
      })
    const { id } = await tell('young', person, 'request.need')
    await tell('confides', other, 'protection.child')
    expect(await office.of(person)).toEqual([['guardian', 0, -3]])
    expect(await office.of(other)).toEqual([])
    await prisma.request.update({ where: { id }, data: { saidAge: null } })
    expect(await office.of(person)).toEqual([])
  })
})

describe('a referral', () => {
  test('whose partner is silent is a task until they answer', async () => {
    const person = await office.have('plan', 10)
    const { id } = await office.refer(person, 'r1', { state: 'sent', sentAt: at(-8), answerDueAt: at(-3) })
    expect(await office.of(person)).toEqual([['partner_silent', 0, -3]])
    await counter.database.prisma.referral.update({
      where: { id },
      data: { state: 'accepted', answeredAt: noon, prompt: 'outcome', askPersonAt: at(14) },
    })
    expect(await office.of(person)).toEqual([])
    expect(await office.of(person, 20)).toEqual([])
    expect(await office.of(person, 22)).toEqual([['outcome', 0, 21]])
    await counter.database.prisma.referral.update({ where: { id }, data: { came: true } })
    expect(await office.of(person, 22)).toEqual([])
  })

  test('of a hidden matter is nobody’s task but those who sit over it, and of a sealed one nobody’s', async () => {
    const person = await office.have('plan', 10)
    const silent = { state: 'sent', sentAt: at(-8), answerDueAt: at(-3) }
    const { request } = await office.refer(person, 'r2', silent, 'protection.gbv')
    const { prisma } = counter.database
    for (const visibility of ['restricted', 'sealed']) {
      await prisma.request.update({ where: { id: request.id }, data: { visibility } })
      for (const reader of [office.mariam, office.boss])
        expect(await office.of(person, 0, reader)).toEqual([])
    }
    await prisma.requestHolder.deleteMany({ where: { requestId: request.id } })
    await prisma.request.update({ where: { id: request.id }, data: { visibility: 'open' } })
    expect(await office.of(person)).toEqual([['partner_silent', 0, -3]])
  })
})
