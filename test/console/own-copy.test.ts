/** What somebody gets to read of what is kept of them: all of theirs, nothing of anybody else's, nothing told in confidence. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeNote } from '../../src/turn/act.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, say } from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let browser: Browser
let person: string
const path = () => `/console/people/${person}/copy`

beforeAll(async () => {
  counter = await makeCounter()
  const { prisma } = counter.database
  browser = await browserOf(counter, await hire(counter, 'Ines', ['data_protection']))
  const worker = await hire(counter, 'Mariam', ['case_worker'])
  const need = await say(counter, { from: 'awa', kind: 'request.need', text: 'mon fils a de la fièvre' })
  const secret = await say(counter, { from: 'awa', kind: 'protection.gbv', text: 'il me frappe' })
  const asks = await say(counter, { from: 'awa', kind: 'request.data', text: 'mes données' })
  const theirs = await say(counter, { from: 'bakary', kind: 'request.need', text: 'le toit du voisin' })
  person = await meet(counter, {
    ...{ name: 'Awa Exemple', phone: '+22300000001', caseNumber: 'ML-2026-001', address: need.address },
  })
  const neighbour = await meet(counter, { name: 'Bakary', address: theirs.address })
  const belongs = async (request: string, to: string) => {
    await prisma.request.update({ where: { id: request }, data: { personId: to } })
    await prisma.message.updateMany({ where: { requestId: request }, data: { personId: to } })
  }
  await belongs(need.id, person)
  await belongs(secret.id, person)
  await belongs(asks.id, person)
  await belongs(theirs.id, neighbour)
  const row = await prisma.staff.findUniqueOrThrow({ where: { id: worker.id } })
  const staff = { ...worker, name: row.name, email: row.email, language: 'fr' as const, queues: [] }
  await writeNote(
    counter.desk,
    {
      staff: { ...staff, roles: ['case_worker'], queues: ['needs'] },
      request: need.id,
      form: counter.clock.id(),
    },
    'elle exagère peut-être',
  )
  const partner = counter.clock.id()
  await prisma.partner.create({
    data: {
      ...{
        id: partner,
        name: 'Clinique Exemple',
        services: ['medical'],
        contact: '',
        createdAt: counter.clock.now(),
      },
    } as never,
  })
  const { keyId } = await prisma.person.findUniqueOrThrow({ where: { id: person } })
  const { id: request } = need
  const consent = counter.clock.id()
  await prisma.consent.create({
    data: {
      ...{ id: consent, personId: person, item: 'referral', answer: 'given', text: 'referral.consent' },
      ...{ wording: '-', language: 'fr', medium: 'staff', at: counter.clock.now() },
    },
  })
  await prisma.referral.create({
    data: {
      ...{ id: counter.clock.id(), requestId: request, personId: person, partnerId: partner, keyId },
      ...{ service: 'medical', urgency: 'today', reason: 'medical', items: ['name', 'phone'], state: 'sent' },
      consentId: consent,
      ...{ staffId: worker.id, sentAt: counter.clock.now(), createdAt: counter.clock.now() },
    } as never,
  })
})
afterAll(() => counter.close())

test('is there for data protection alone, and goes on record', async () => {
  expect((await browser.get(`/console/people/${person}`)).body).toContain(`href="${path()}"`)
  for (const role of ['case_worker', 'supervisor', 'officer', 'admin', 'psea'] as const) {
    const other = await browserOf(counter, await hire(counter, role, [role]))
    expect((await other.get(path())).statusCode).toBe(404)
  }
  const before = await counter.database.prisma.dataExport.count()
  expect((await browser.send(path(), path(), { language: 'fr' })).statusCode).toBe(200)
  expect(await counter.database.prisma.dataExport.count()).toBe(before + 1)
  expect((await browser.get('/console/export')).body).toContain('Copie pour une personne')
})

test('tells what is kept, who received it and why, in both languages', async () => {
  const { body } = await browser.send(path(), path(), { language: 'fr' })
  for (const words of [
    'Awa Exemple',
    'ML-2026-001',
    '+223 00 00 00 01',
    'mon fils a de la fièvre',
    'Clinique Exemple',
    'nom, téléphone',
    'avec votre accord',
  ]) {
    expect(body).toContain(words)
  }
  const english = await browser.send(path(), path(), { language: 'en' })
  expect(english.body).toContain('What we keep about you')
  expect((await browser.send(path(), path(), { language: 'xx' })).statusCode).toBeGreaterThanOrEqual(400)
})

test('holds no note of staff, no word of others, and not that something was told in confidence', async () => {
  const { body } = await browser.send(path(), path(), { language: 'fr' })
  for (const words of ['exagère', 'toit', 'Bakary', 'frappe', 'Violence', 'scellé', 'Mariam']) {
    expect(body).not.toContain(words)
  }
})
