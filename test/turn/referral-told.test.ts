/** What the partner answered reaches the person: once, in their way, by the policy of what may leave. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { SafeContact } from '../../src/core/safe-contact.ts'
import type { Staff } from '../../src/core/staff.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { keepPartner } from '../../src/store/partner.ts'
import {
  endReferral,
  hearReferral,
  proposeReferral,
  sendReferral,
  withdrawReferral,
} from '../../src/turn/act-referral.ts'
import { actAsPartner, type PartnerAct } from '../../src/turn/partner-act.ts'
import { recordSafeContact } from '../../src/turn/safe-contact.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, monday, type Office, openOffice } from './office.ts'

const database = oneDatabase()
const hour = 3_600_000
const day = 24 * hour
const endOfTuesday = new Date('2026-03-03T17:00:00Z')
let office: Office
let mariam: Staff
let request: string
let referral: string
let token: string

beforeEach(async () => {
  office = await openOffice(database())
  onTestFinished(() => office.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
  const partner = office.clock.id()
  const it = { id: partner, name: 'Centre Yiriwa', regions: [], contact: '', language: 'fr' } as const
  await keepPartner(database().prisma, { ...it, services: ['mhpss'], active: true }, office.clock.now())
  for (const text of ['bonjour', '1', '1', 'suivi', '1', '00']) await office.says('awa', text)
  request = (await database().prisma.request.findFirstOrThrow()).id
  const wish = { partner, service: 'mhpss', reason: 'worries', urgency: 'today' } as const
  await proposeReferral(office.desk, on(), { ...wish, items: ['name'], ask: false })
  referral = (await row()).id
  await hearReferral(office.desk, on(), { referral, yes: true }, office.talk.locales)
  const sent = await sendReferral(office.desk, on(), { referral, how: 'copy' }, (id) => id)
  token = sent?.token ?? ''
})

const on = () => ({ staff: mariam, request, form: office.clock.id() })
const row = () => database().prisma.referral.findFirstOrThrow()
const owed = () => database().prisma.request.findUniqueOrThrow({ where: { id: request } })
const wake = async () => {
  await wakeSessions({ pool: database().pool, lanes: office.lanes, clock: office.clock })
  await office.settled()
}
const partner = (act: PartnerAct) => actAsPartner(office.desk, token, act)
const keys = () =>
  office.channel.sent('awa').flatMap(({ spoken: { key } }) => (key?.startsWith('referral.') ? [key] : []))
const texts = () => office.channel.sent('awa').map(({ spoken }) => spoken.text)
const neutral = "Bonjour de l'OIM. Écrivez-nous quand vous voulez."
const safely = (safe: SafeContact) => recordSafeContact(office.desk, on(), { safe, worker: undefined })

describe('an acceptance', () => {
  test('is told with who comes, never what it is about; later it is asked whether they came', async () => {
    await partner({ is: 'accept' })
    await wake()
    expect(texts().at(-1)).toBe(
      "Centre Yiriwa a dit oui et doit vous contacter. Si personne ne vient ou n'appelle, écrivez-nous.",
    )
    expect(keys()).toEqual(['referral.accepted'])
    office.clock.forward(13 * day)
    await wake()
    expect(keys()).toHaveLength(1)
    office.clock.forward(day)
    await wake()
    expect(keys()).toEqual(['referral.accepted', 'referral.came'])
  })

  test('is told once, however often it is pressed and woken', async () => {
    await Promise.all([partner({ is: 'accept' }), partner({ is: 'accept' })])
    await Promise.all([wake(), wake()])
    await partner({ is: 'accept' })
    await wake()
    expect(keys()).toEqual(['referral.accepted'])
  })

  test('waits for whoever is at a question of ours', async () => {
    await office.says('awa', 'besoin')
    await partner({ is: 'accept' })
    await wake()
    expect(keys()).toEqual([])
    await office.says('awa', '00')
    await wake()
    expect(keys()).toEqual(['referral.accepted'])
  })

  test('that could not be told until they may be asked whether it came is asked about alone', async () => {
    await safely({ way: 'any', hours: '9h-12h' })
    office.clock.set(new Date(monday.getTime() + 6 * hour))
    await partner({ is: 'accept' })
    await wake()
    expect(keys()).toEqual([])
    office.clock.forward(14 * day + 18 * hour)
    await wake()
    expect(keys()).toEqual(['referral.came'])
  })

  test('that came of nothing before it was told is told no more', async () => {
    await safely({ way: 'any', hours: '9h-12h' })
    office.clock.set(new Date(monday.getTime() + 6 * hour))
    await partner({ is: 'accept' })
    await endReferral(office.desk, on(), { referral, result: 'not_given' })
    office.clock.forward(18 * hour)
    await wake()
    expect(keys()).toEqual([])
  })
})

describe('a refusal', () => {
  test('is told with what we do, and staff owe the next step within a day of work', async () => {
    await partner({ is: 'decline', reason: 'full' })
    await wake()
    expect(texts().at(-1)).toBe(
      'Centre Yiriwa ne peut pas vous aider cette fois. Nous cherchons un autre moyen. Vous pouvez nous écrire quand vous voulez.',
    )
    const { state, dueAt } = await owed()
    expect(state).toBe('open')
    expect(dueAt).toEqual(endOfTuesday)
    await partner({ is: 'decline', reason: 'other' })
    office.clock.forward(20 * day)
    await wake()
    expect(keys()).toEqual(['referral.declined'])
  })

  test('after a yes that was not told yet is all that is told', async () => {
    await database().prisma.address.updateMany({ data: { shared: true } })
    await partner({ is: 'accept' })
    await wake()
    await partner({ is: 'decline', reason: 'full' })
    await wake()
    expect(texts().filter((text) => text === neutral)).toHaveLength(1)
    await office.says('awa', 'menu')
    expect(keys()).toEqual(['referral.declined'])
  })

  test('after a yes that was told is told too', async () => {
    await partner({ is: 'accept' })
    await wake()
    await partner({ is: 'decline', reason: 'full' })
    await wake()
    expect(keys()).toEqual(['referral.accepted', 'referral.declined'])
  })
})

describe('nothing is told', () => {
  test('of what was taken back, before the partner answers or before it was told', async () => {
    await partner({ is: 'accept' })
    await withdrawReferral(office.desk, on(), { referral }, office.talk.locales)
    await expect(partner({ is: 'accept' })).rejects.toMatchObject({ code: 'referral:ended' })
    await expect(partner({ is: 'decline', reason: 'full' })).rejects.toMatchObject({ code: 'referral:ended' })
    office.clock.forward(20 * day)
    await wake()
    expect(keys()).toEqual([])
  })

  test('on a phone that others read but that they may write, until it is known who speaks', async () => {
    await database().prisma.address.updateMany({ data: { shared: true } })
    const before = texts().length
    await partner({ is: 'accept' })
    await wake()
    await wake()
    expect(texts().slice(before)).toEqual([neutral])
    await office.says('awa', 'menu')
    expect(keys()).toEqual(['referral.accepted'])
  })

  test('outside safe hours, and at night', async () => {
    await safely({ way: 'any', hours: '9h-12h' })
    office.clock.set(new Date(monday.getTime() + 4 * hour))
    await partner({ is: 'accept' })
    await wake()
    office.clock.set(new Date(monday.getTime() + 14 * hour))
    await wake()
    expect(keys()).toEqual([])
    office.clock.set(new Date(monday.getTime() + day))
    await wake()
    expect(keys()).toEqual(['referral.accepted'])
  })

  test('to whoever called for help in secret, and staff see nothing of that', async () => {
    await database().prisma.session.updateMany({
      data: { codeHash: new Uint8Array([1]), alarmedAt: office.clock.now() },
    })
    await partner({ is: 'accept' })
    await wake()
    expect(keys()).toEqual([])
    expect(texts()).not.toContain(neutral)
    expect(await row()).toMatchObject({ prompt: 'accepted' })
  })

  test.each([
    ['who wants no message', () => safely({ way: 'call' })],
    [
      'whose matter was hidden since',
      () => database().prisma.request.update({ where: { id: request }, data: { visibility: 'restricted' } }),
    ],
    ['who asked for silence', () => database().prisma.address.updateMany({ data: { stopped: 'all' } })],
  ] as const)('to somebody %s: staff owe it within a day of work', async (_who, happens) => {
    await happens()
    await partner({ is: 'accept' })
    expect(await row()).toMatchObject({ prompt: 'outcome' })
    await wake()
    office.clock.forward(day)
    await wake()
    expect(keys()).toEqual([])
    const { state, dueAt } = await owed()
    expect([state, dueAt]).toEqual(['open', endOfTuesday])
    const told = await database().prisma.event.findFirstOrThrow({ where: { type: 'referral_accepted' } })
    expect(told.facts).toMatchObject({ byStaff: true })
    await partner({ is: 'decline', reason: 'full' })
    expect(await row()).toMatchObject({ prompt: null })
  })
})
