/** Four digits on a phone: known to nobody else, guessed by nobody, and never telling who forced them out of somebody. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { requestsSeenBy } from '../../src/store/access.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { answerRequest } from '../../src/turn/act.ts'
import { endCode } from '../../src/turn/act-code.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from '../turn/office.ts'
import { rounds } from '../turn/rounds.ts'
import { actOf, keysOf, meet, ownCase, requestOf, requestsOf, sessionOf } from './people.ts'

const database = oneDatabase()
const hour = 3_600_000
const [code, help] = ['7391', '2846']
let office: Office
let mariam: Staff

beforeEach(async () => {
  office = await openOffice(database())
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker', 'supervisor'])
})

const says = async (from: string, ...texts: readonly string[]) => {
  const sent = []
  for (const text of texts) {
    office.clock.forward(1_000)
    sent.push(...(await office.says(from, text)))
  }
  return sent
}
const share = async (from: string) => {
  const { id } = await sessionOf(office, from)
  await office.database.prisma.address.update({ where: { id }, data: { shared: true } })
}
/** Somebody who is known sets a code, and one for help. */
async function guards(from: string, own = code): Promise<string> {
  const person = await meet(office, from)
  await says(from, 'code', '4', own, own, 'oui', help, help, '00')
  return person
}
async function answered(from: string, text: string): Promise<string> {
  await says(from, '0', '5', '00')
  const { id } = await requestOf(office, 'request.person')
  office.clock.forward(26 * hour)
  await answerRequest(office.desk, actOf(office, mariam, id), { text })
  await office.settled()
  await rounds(office)
  return id
}

test('a code is read by nobody: not in a message, not in history, not in a session', async () => {
  await guards('awa')
  await says('awa', '9999', code)
  const { pool, keys } = office.database
  const stored: string[] = []
  for (const [table, columns] of [
    ['message', ['body_enc']],
    ['event', ['secret_enc', 'facts::text']],
    ['request', ['text_enc']],
  ] as const) {
    const { rows } = await pool.query(`select id, key_id, ${columns.join(', ')} from ${table}`)
    await keys.load(rows.flatMap(({ key_id }) => key_id ?? []))
    for (const row of rows) {
      for (const column of columns) {
        const value = row[column.split('::')[0] ?? '']
        if (typeof value === 'string') stored.push(value)
        else if (value) stored.push(keys.read(row.key_id, placeOf(table, column, row.id), value) ?? '')
      }
    }
  }
  const { rows } = await pool.query(
    'select s.id, s.state_enc, a.key_id from session s join address a on a.id = s.address_id',
  )
  for (const { id, state_enc, key_id } of rows)
    stored.push(keys.read(key_id, placeOf('session', 'state_enc', id), state_enc) ?? '')
  expect(stored.length).toBeGreaterThan(20)
  const texts = stored.flatMap((text) =>
    [...text.matchAll(/"(?:text|said|value)":"([^"]*)"/g)].map(([, said]) => said),
  )
  for (const digits of [code, help, '9999']) expect(texts).not.toContain(digits)
  expect(texts).toContain('••••')
})

describe('the code for help', () => {
  test('is answered word for word like the other, whatever is tried afterwards', async () => {
    const tries = [
      'bonjour',
      'où en est ma demande',
      'passe',
      'mes informations',
      '5',
      'code',
      '4',
      '3',
      'menu',
      '1',
      '1',
    ]
    const seen: (readonly string[])[] = []
    for (const [from, given] of [
      ['awa', code],
      ['fanta', help],
    ] as const) {
      await guards(from)
      const sent = await says(from, given, ...tries)
      seen.push(sent.map(({ spoken }) => spoken.text.replace(/\d{3}-\d{2}-\d{3}/g, '#')))
      office.clock.forward(-1_000 * (tries.length + 1))
    }
    expect(seen[0]?.length).toBeGreaterThan(8)
    expect(seen[1]).toEqual(seen[0])
  })

  test('opens nothing, alerts those who guard, and is not there for anybody else', async () => {
    const fanta = await hire(office, 'Fanta', ['protection'])
    await guards('awa')
    await answered('awa', 'Votre dossier avance.')
    const sent = await says('awa', help, 'où en est ma demande', 'passe')
    expect(keysOf(sent)).toEqual(['common.code_given', 'status.none', 'status.number'])
    await rounds(office)
    expect(office.channel.sent('awa').map(({ spoken }) => spoken.text)).not.toContain('Votre dossier avance.')
    const alarm = await requestOf(office, 'security.threat')
    expect(alarm).toMatchObject({ visibility: 'sealed', priority: 0, queue: 'protection', textEnc: null })
    const { prisma } = office.database
    const seen = (staff: Staff) =>
      prisma.request.count({ where: { AND: [{ id: alarm.id }, requestsSeenBy(staff)] } })
    expect([await seen(fanta), await seen(mariam)]).toEqual([1, 0])
    expect(await prisma.alert.count({ where: { requestId: alarm.id } })).toBeGreaterThan(0)
    // History that others read knows of no code that was given then.
    const told = await prisma.event.findMany({
      where: { visibility: 'open', type: { in: ['code_given', 'help_called'] } },
    })
    expect(told).toEqual([])
    // Nothing of our own accord goes to somebody who is watched.
    office.clock.forward(48 * hour)
    await rounds(office)
    expect(keysOf(office.channel.sent('awa').slice(-1))).toEqual(['status.number'])
    // The right code, when they are alone, opens what waited.
    await says('awa', code)
    await rounds(office)
    expect(office.channel.sent('awa').map(({ spoken }) => spoken.text)).toContain('Votre dossier avance.')
  })

  test('cannot be used to take the code away', async () => {
    await guards('awa')
    office.clock.forward(13 * hour)
    await says('awa', 'code', '4', help, '2')
    const { session } = await sessionOf(office, 'awa')
    const row = await office.database.prisma.session.findUniqueOrThrow({ where: { id: session } })
    expect(row.codeHash).not.toBeNull()
  })
})

describe('a wrong code', () => {
  test('opens nothing three times, and then staff make sure who it is', async () => {
    await guards('awa')
    office.clock.forward(13 * hour)
    for (const text of ['1000', '2000'])
      expect(keysOf(await says('awa', text))).toEqual(['common.code_wrong'])
    expect(keysOf(await says('awa', '3000', code))).toEqual(['common.code_lost', 'common.code_lost'])
    expect(await requestsOf(office, 'request.identity')).toHaveLength(1)
  })

  test('is no code where digits answer something else', async () => {
    await guards('awa')
    await says('awa', '0', '2', '1')
    const { session } = await sessionOf(office, 'awa')
    await says('awa', '4000')
    const row = await office.database.prisma.session.findUniqueOrThrow({ where: { id: session } })
    expect(row.codeTries).toBe(0)
  })
})

describe('on a phone that several use', () => {
  test('the code of somebody brings back who they are, with what waits for them and nothing of the other', async () => {
    const first = await guards('phone')
    await share('phone')
    await answered('phone', 'Votre dossier avance.')
    await says('phone', 'bonjour', '2', '1', '1', 'je cherche un travail')
    const { person_id: second } = await sessionOf(office, 'phone')
    expect(second).not.toBe(first)
    office.clock.forward(13 * hour)
    const sent = await says('phone', code)
    expect((await sessionOf(office, 'phone')).person_id).toBe(first)
    expect(sent.map(({ spoken }) => spoken.text)).toContain('Votre dossier avance.')
    expect(keysOf(sent)).not.toContain('speaker.who')
  })

  test('nobody tries the codes of all the others', async () => {
    const first = await guards('phone')
    await share('phone')
    office.clock.forward(13 * hour)
    await says('phone', 'bonjour', '2', '1', '1', '00')
    await says('phone', '1000', '2000', '3000', code)
    expect((await sessionOf(office, 'phone')).person_id).not.toBe(first)
  })
})

test('staff end a code once they know who it is, and not before', async () => {
  const person = await guards('awa')
  await ownCase(office, person, mariam)
  const act = () => ({ staff: mariam, person, form: office.clock.id() })
  const { session } = await sessionOf(office, 'awa')
  const hash = async () =>
    (await office.database.prisma.session.findUniqueOrThrow({ where: { id: session } })).codeHash
  await expect(endCode(office.desk, act(), ['name', 'village'])).rejects.toThrow('identity:unchecked')
  expect(await hash()).not.toBeNull()
  await endCode(office.desk, act(), ['called', 'name', 'village'])
  expect(await hash()).toBeNull()
  await answered('awa', 'Votre dossier avance.')
  expect(office.channel.sent('awa').at(-1)?.spoken.text).toBe('Votre dossier avance.')
})
