/** A relative who writes for somebody: what they write is the person's, and no answer ever comes to them. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { showReference } from '../../src/core/reference.ts'
import type { Staff } from '../../src/core/staff.ts'
import { answerRequest } from '../../src/turn/act.ts'
import { endProxy, nameProxy } from '../../src/turn/act-proxy.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from '../turn/office.ts'
import { actOf, keysOf, meet, ownCase, requestOf, sessionOf } from './people.ts'

const database = oneDatabase()
let office: Office
let mariam: Staff
let awa: string

beforeEach(async () => {
  office = await openOffice(database())
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker', 'supervisor'])
  awa = await meet(office, 'awa')
  await ownCase(office, awa, mariam)
  await meet(office, 'brother')
  await says(
    'brother',
    '0',
    '4',
    'quand ouvre le bureau ?',
    'passe',
    'passe',
    'passe',
    'passe',
    '1',
    'non',
    '00',
  )
})

const says = async (from: string, ...texts: readonly string[]) => {
  const sent = []
  for (const text of texts) {
    office.clock.forward(61_000)
    sent.push(...(await office.says(from, text)))
  }
  return sent
}
const act = () => ({ staff: mariam, person: awa, form: office.clock.id() })
async function names(...matters: readonly ('need' | 'followup' | 'info')[]): Promise<void> {
  const { reference } = await requestOf(office, 'request.info')
  await nameProxy(office.desk, act(), { reference, matters, medium: 'called', days: 30 })
}

test('what a relative writes for somebody is theirs, and the answer goes to them alone', async () => {
  await names('need')
  expect(keysOf(await says('brother', '0', '2'))).toContain('for_whom.ask')
  const sent = await says('brother', '2', '1', 'elle est malade depuis trois jours', '1')
  expect(keysOf(sent)).toContain('need.noted')
  const need = await requestOf(office, 'request.need')
  const own = await sessionOf(office, 'awa')
  expect(need).toMatchObject({ personId: awa, addressId: own.id })
  expect(need.caseId).not.toBeNull()
  const opened = await office.database.prisma.event.findFirstOrThrow({
    where: { type: 'request_opened', requestId: need.id },
  })
  expect(opened.facts).toMatchObject({ how: 'relative', behalf: true })
  const before = office.channel.sent('brother').length
  await answerRequest(office.desk, actOf(office, mariam, need.id), {
    text: 'Le centre de santé vous attend.',
  })
  await office.settled()
  expect(office.channel.sent('awa').at(-1)?.spoken.text).toBe('Le centre de santé vous attend.')
  expect(office.channel.sent('brother').length).toBe(before)
  const told = await says('brother', '00', 'où en est ma demande')
  expect(told.map(({ spoken }) => spoken.text).join()).not.toContain(showReference(need.reference))
})

test('only the matters that were agreed are asked about, and one’s own stay one’s own', async () => {
  await names('need')
  expect(keysOf(await says('brother', '0', '1'))).not.toContain('for_whom.ask')
  await says('brother', '00', '0', '2', '1', '1', 'ma jambe est cassee', '1')
  expect((await requestOf(office, 'request.need')).personId).not.toBe(awa)
})

test('either may end it: staff, and whoever it is about in the chat', async () => {
  await names('need')
  await endProxy(office.desk, act())
  expect(keysOf(await says('brother', '0', '2'))).not.toContain('for_whom.ask')
  await says('brother', '00')
  await names('need', 'info')
  const asked = await says('awa', 'mes informations', 'non')
  expect(keysOf(asked)).toEqual(['data.what', 'data.helper', 'data.helper_ended', 'data.wish'])
  expect(keysOf(await says('brother', '0', '2'))).not.toContain('for_whom.ask')
  const row = await office.database.prisma.proxy.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(row.endedAt).not.toBeNull()
})

test('is over when its days are, and nobody writes for themselves', async () => {
  await names('need')
  office.clock.forward(31 * 86_400_000)
  expect(keysOf(await says('brother', 'bonjour', '0', '2'))).not.toContain('for_whom.ask')
  const { reference } = await requestOf(office, 'request.info')
  const wish = { reference, matters: ['need'], medium: 'came', days: 30 } as const
  await expect(nameProxy(office.desk, act(), { ...wish, days: 366 })).rejects.toThrow('form:invalid')
  await expect(nameProxy(office.desk, act(), { ...wish, matters: [] })).rejects.toThrow('form:invalid')
  await expect(nameProxy(office.desk, act(), { ...wish, reference: '12345678' })).rejects.toThrow('request:')
})
