/** Erasing a person: by data protection alone, with every file of theirs, and nothing of anybody else's. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../src/core/staff.ts'
import { storeMedia } from '../../src/store/media.ts'
import { readAddress, readPerson } from '../../src/store/person.ts'
import { threadOfPeople } from '../../src/store/thread.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'
import { meet } from './people.ts'

const word = 'un mot que personne ne doit garder'
const other = 'le mot du voisin'
let counter: Counter
let person: string
let joined: string
let neighbour: string
let own: Opened
let shared: Opened
let file: string
let browser: Browser
const path = () => `/console/people/${person}/erasure`

beforeAll(async () => {
  counter = await makeCounter()
  const { prisma } = counter.database
  browser = await browserOf(counter, await hire(counter, 'Ines', ['data_protection']))
  own = await say(counter, { from: 'own', kind: 'request.data', text: word })
  shared = await say(counter, { from: 'shared', kind: 'request.need', text: word })
  const theirs = await say(counter, { from: 'shared', kind: 'request.need', text: other })
  const known = { name: 'Awa Exemple', phone: '+22300000001', region: 'ml-kayes' }
  person = await meet(counter, { ...known, caseNumber: 'ML-2026-001', address: own.address })
  joined = await meet(counter, { name: 'Awa E.', address: shared.address })
  neighbour = await meet(counter, { name: 'Bakary', address: shared.address })
  await prisma.person.update({ where: { id: joined }, data: { sameAsId: person } })
  const belong = async (request: string, to: string) => {
    await prisma.request.update({ where: { id: request }, data: { personId: to } })
    await prisma.message.updateMany({ where: { requestId: request }, data: { personId: to } })
  }
  await belong(own.id, person)
  await belong(shared.id, joined)
  await belong(theirs.id, neighbour)
  const message = await prisma.message.findFirstOrThrow({ where: { requestId: own.id, direction: 'in' } })
  file = counter.clock.id()
  const media = { id: file, messageId: message.id, keyId: message.keyId, kind: 'photo', state: 'waiting' }
  await prisma.media.create({ data: { ...media, createdAt: counter.clock.now() } })
  await storeMedia(counter.database, counter.mediaFolder, file, {
    bytes: Buffer.from('x'),
    mime: 'image/png',
  })
})
afterAll(() => counter.close())

const fileOnDisk = () => existsSync(join(counter.mediaFolder, file.slice(-2), file))
const said = async (people: readonly string[]) =>
  JSON.stringify(await threadOfPeople(counter.database, { people, requests: [] }, { limit: 50 }))

test('exists for data protection, and for nobody else', async () => {
  expect((await browser.get(`/console/people/${person}`)).body).toContain(`href="${path()}"`)
  const page = await browser.get(path())
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('Cette personne a 2 fiches réunies')
  for (const role of ['officer', 'supervisor', 'admin', 'protection'] as const satisfies readonly Role[]) {
    const reader = await browserOf(counter, await hire(counter, role, [role]))
    expect((await reader.get(`/console/people/${person}`)).body).not.toContain('erasure')
    expect([role, (await reader.get(path())).statusCode]).toEqual([role, 404])
  }
})

test('changes nothing while the number is another, or no reason is given', async () => {
  for (const wish of [
    { reason: 'asked', typed: 'ML-2026-002' },
    { reason: 'asked', typed: '' },
    { reason: 'whatever', typed: 'ML-2026-001' },
    { reason: 'asked', typed: '<script>'.repeat(20) },
  ]) {
    const answer = await browser.send(path(), path(), wish)
    expect([wish, answer.statusCode]).toEqual([wish, 422])
    expect(answer.body).toContain('role="alert"')
  }
  expect((await readPerson(counter.database, person))?.name).toBe('Awa Exemple')
  expect(await said([joined])).toContain(word)
  expect(fileOnDisk()).toBe(true)
})

test('takes all files of the person with it, their words and their keys, and leaves those of others', async () => {
  const { prisma } = counter.database
  const answer = await browser.send(path(), path(), { reason: 'expired', typed: ' ml-2026-001 ' })
  expect(answer.headers.location).toBe(path())
  for (const id of [person, joined]) {
    const { keyId, ...row } = await prisma.person.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ nameEnc: null, phoneEnc: null, phoneHash: null, region: null })
    expect(row.erasedAt).not.toBeNull()
    expect((await prisma.subjectKey.findUniqueOrThrow({ where: { id: keyId } })).wrapped).toBeNull()
  }
  expect(await prisma.case.findFirstOrThrow({ where: { personId: person } })).toMatchObject({
    numberEnc: null,
    numberHash: null,
  })
  // Their own phone is forgotten; on the phone that is shared, the neighbour's words stay and theirs go.
  const address = await prisma.address.findUniqueOrThrow({ where: { id: own.address } })
  expect((await prisma.subjectKey.findUniqueOrThrow({ where: { id: address.keyId } })).wrapped).toBeNull()
  expect(await readAddress(counter.database, shared.address, neighbour)).toBeDefined()
  expect(await said([person, joined])).not.toContain(word)
  expect(await said([neighbour])).toContain(other)
  const { bodyEnc } = await prisma.message.findFirstOrThrow({ where: { requestId: shared.id } })
  expect(bodyEnc).toHaveLength(0)
  expect(
    await prisma.request.count({ where: { personId: { in: [person, joined] }, textEnc: { not: null } } }),
  ).toBe(0)
  expect(fileOnDisk()).toBe(false)
  expect(await prisma.media.findUniqueOrThrow({ where: { id: file } })).toMatchObject({ state: 'gone' })
})

test('is in history by ids alone, says from when on it holds in backups, and is done once', async () => {
  const { prisma } = counter.database
  const events = () => prisma.event.findMany({ where: { type: 'person_erased' }, orderBy: { id: 'asc' } })
  expect(await events()).toHaveLength(2)
  const where = { type: 'person_erased', personId: person }
  const event = await prisma.event.findFirstOrThrow({ where })
  expect(event).toMatchObject({ personId: person, by: 'staff', secretEnc: null })
  const { effective, ...facts } = event.facts as { effective: string }
  expect(facts).toEqual({ reason: 'expired', files: [person, joined] })
  expect(Date.parse(effective) - event.at.getTime()).toBe(30 * 86_400_000)
  const page = await browser.get(path())
  expect(page.body).toContain('Cette personne est effacée')
  expect(page.body).not.toContain('<select name="reason"')
  const { _csrf = '' } = Object.fromEntries(
    [...page.body.matchAll(/name="(_csrf)" value="([^"]+)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  const again = { _csrf, once: counter.clock.id(), reason: 'mistake', typed: 'ML-2026-001' }
  expect((await browser.post(path(), again)).statusCode).toBe(303)
  expect(await events()).toHaveLength(2)
  expect((await browser.get(`/console/people/${person}`)).body).toContain('Fiche effacée par Ines')
})
