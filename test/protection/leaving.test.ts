/** What of ours leaves for whom, and when: on phones that others use, and at the hours that people call safe. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { SafeContact } from '../../src/core/safe-contact.ts'
import type { Staff } from '../../src/core/staff.ts'
import { answerRequest } from '../../src/turn/act.ts'
import { recordSafeContact } from '../../src/turn/safe-contact.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, monday, type Office, openOffice } from '../turn/office.ts'
import { rounds } from '../turn/rounds.ts'
import { actOf, keysOf, meet, requestOf, sessionOf } from './people.ts'

const database = oneDatabase()
const hour = 3_600_000
const day = 24 * hour
let office: Office
let mariam: Staff

beforeEach(async () => {
  office = await openOffice(database())
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker', 'supervisor'])
})

const round = () => rounds(office)

async function asks(from: string): Promise<string> {
  await meet(office, from)
  for (const text of ['0', '5', '00']) await office.says(from, text)
  return (await requestOf(office, 'request.person')).id
}

async function answer(request: string, text: string): Promise<void> {
  await answerRequest(office.desk, actOf(office, mariam, request), { text })
  await office.settled()
}

const gets = (from: string) => office.channel.sent(from).map(({ spoken }) => spoken.text)
const states = async () =>
  (
    await office.database.prisma.message.findMany({
      where: { staffId: { not: null } },
      orderBy: { position: 'asc' },
    })
  ).map(({ state, failure }) => [state, failure])

describe('a phone that others use', () => {
  const neutral = "Bonjour de l'OIM. Écrivez-nous quand vous voulez."
  const share = async (from: string) => {
    const { id } = await sessionOf(office, from)
    await office.database.prisma.address.update({ where: { id }, data: { shared: true } })
  }

  test('is told of nothing but that it may write, and gets the answer when it has said who speaks', async () => {
    const request = await asks('awa')
    await share('awa')
    office.clock.forward(day)
    await answer(request, 'Votre dossier avance.')
    await round()
    await round()
    office.clock.forward(1_000)
    expect(gets('awa').at(-1)).toBe(neutral)
    expect(gets('awa').filter((text) => text === neutral)).toHaveLength(1)
    const asked = await office.says('awa', 'bonjour')
    await round()
    expect(keysOf(asked)).toEqual(['speaker.who'])
    expect(gets('awa')).not.toContain('Votre dossier avance.')
    await office.says('awa', '1')
    await round()
    expect(gets('awa')).toContain('Votre dossier avance.')
    expect(await states()).toEqual([['sent', null]])
  })

  test('gets nothing that is for somebody else; after three days staff are to call', async () => {
    const request = await asks('awa')
    await share('awa')
    office.clock.forward(day)
    await answer(request, 'Votre dossier avance.')
    await round()
    for (const text of ['bonjour', '2', '1', '1']) await office.says('awa', text)
    await round()
    expect(await states()).toEqual([['held', 'phone:locked']])
    office.clock.forward(3 * day)
    await round()
    expect(gets('awa')).not.toContain('Votre dossier avance.')
    const asked = await office.database.prisma.event.findMany({ where: { type: 'call_asked' } })
    expect(asked.map(({ facts }) => facts)).toEqual([{ request, cause: 'locked' }])
  })

  test('is answered at once while whoever asked still holds it', async () => {
    const request = await asks('awa')
    await share('awa')
    office.clock.forward(60_000)
    await answer(request, 'Votre dossier avance.')
    expect(gets('awa').at(-1)).toBe('Votre dossier avance.')
  })
})

describe('safe hours', () => {
  const note = (request: string, safe: SafeContact) =>
    recordSafeContact(office.desk, actOf(office, mariam, request), { safe, worker: undefined })

  test('hold an answer back until they begin, and hold nothing else up', async () => {
    const request = await asks('awa')
    await note(request, { way: 'any', hours: '9h-12h' })
    office.clock.set(new Date(monday.getTime() + 6 * hour))
    await answer(request, 'Votre dossier avance.')
    expect(await states()).toEqual([['held', 'person:not_now']])
    expect(keysOf(await office.says('awa', 'merci'))).toContain('common.thanked')
    office.clock.set(new Date(monday.getTime() + day - 60_000))
    await round()
    expect(await states()).toEqual([['held', 'person:not_now']])
    office.clock.set(new Date(monday.getTime() + day))
    await round()
    expect(gets('awa').at(-1)).toBe('Votre dossier avance.')
  })

  test('and other wishes give way to staff who were told of them, on record', async () => {
    const request = await asks('awa')
    await note(request, { way: 'none', hours: '9h-12h' })
    office.clock.forward(30 * hour)
    await expect(answer(request, 'Votre dossier avance.')).rejects.toThrow('person:unsafe')
    const act = actOf(office, mariam, request)
    await answerRequest(office.desk, act, { text: 'Venez vite.', insists: true })
    await office.settled()
    expect(gets('awa').at(-1)).toBe('Venez vite.')
    const [told] = await office.database.prisma.event.findMany({ where: { type: 'answer_insisted' } })
    expect(told?.facts).toMatchObject({ request, against: 'never' })
  })
})
