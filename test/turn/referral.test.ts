/** A referral in the chat on a real database: the record of a yes, what staff settle meanwhile, and phones that others read. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import type { Failure } from '../../src/failure.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { keepPartner } from '../../src/store/partner.ts'
import { hearReferral, proposeReferral, sendReferral, withdrawReferral } from '../../src/turn/act-referral.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()
let office: Office
let mariam: Staff
let partner: string

beforeEach(async () => {
  office = await openOffice(database())
  onTestFinished(() => office.close())
  mariam = await hire(office, 'Mariam', ['case_worker'])
  partner = office.clock.id()
  const it = {
    id: partner,
    name: 'Centre Yiriwa',
    regions: [],
    contact: '',
    language: 'fr',
    active: true,
  } as const
  await keepPartner(database().prisma, { ...it, services: ['training'] }, office.clock.now())
})

/** Somebody who agreed that we keep what they say, and asked for something; gives the request. */
async function asks(): Promise<string> {
  for (const text of ['bonjour', '1', '1', 'suivi', '1', '00']) await office.says('awa', text)
  return (await database().prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}

const on = (request: string) => ({ staff: mariam, request, form: office.clock.id() })
const wake = async () => {
  await wakeSessions({ pool: database().pool, lanes: office.lanes, clock: office.clock })
  await office.settled()
}
async function propose(request: string): Promise<string> {
  await proposeReferral(office.desk, on(request), {
    ...{ partner, service: 'training', reason: 'training', urgency: 'today', ask: true },
    items: ['name', 'phone'],
  })
  await wake()
  return (await database().prisma.referral.findFirstOrThrow()).id
}
const row = () => database().prisma.referral.findFirstOrThrow()
const texts = () => office.channel.sent('awa').map(({ spoken }) => spoken.text)
const question = "Êtes-vous d'accord pour que nous disions ceci à Centre Yiriwa : votre nom, votre numéro ?"

test('a yes is on record with what was asked, in which words, and the message that said it', async () => {
  const request = await asks()
  const referral = await propose(request)
  expect(texts().at(-1)).toContain(question)
  await office.says('awa', 'oui')
  const consent = await database().prisma.consent.findFirstOrThrow({ where: { referralId: referral } })
  expect(consent).toMatchObject({
    item: 'referral',
    answer: 'given',
    text: 'referral.consent',
    medium: 'text',
  })
  expect(consent.wording).toBe(office.talk.locales.wording('fr', 'referral.consent'))
  const said = await database().prisma.message.findFirstOrThrow({
    where: { direction: 'in' },
    orderBy: { position: 'desc' },
  })
  expect(consent.messageId).toBe(said.id)
  expect(await row()).toMatchObject({ state: 'agreed', consentId: consent.id, tokenHash: null })
  expect(await sendReferral(office.desk, on(request), { referral, how: 'copy' }, (id) => id)).toBeDefined()
})

test('it is asked once, though two processes wake the same conversation', async () => {
  const request = await asks()
  await proposeReferral(office.desk, on(request), {
    ...{ partner, service: 'training', reason: 'training', urgency: 'today', ask: true, items: ['name'] },
  })
  await Promise.all([wake(), wake()])
  await wake()
  expect(await database().prisma.event.count({ where: { type: 'referral_prompted' } })).toBe(1)
})

test('a yes to what staff took back meanwhile is no yes', async () => {
  const request = await asks()
  const referral = await propose(request)
  await withdrawReferral(office.desk, on(request), { referral }, office.talk.locales)
  await office.says('awa', 'oui')
  expect(await row()).toMatchObject({ state: 'withdrawn', consentId: null })
  const sent = sendReferral(office.desk, on(request), { referral, how: 'copy' }, (id) => id)
  expect(await sent.catch((error: unknown) => (error as Failure).code)).toBe('referral:no_consent')
})

test('what staff heard by word of mouth is not asked again in the chat', async () => {
  const request = await asks()
  await office.says('awa', 'besoin')
  const referral = await propose(request)
  expect(texts().at(-1)).not.toContain(question)
  await hearReferral(office.desk, on(request), { referral, yes: true }, office.talk.locales)
  await office.says('awa', '00')
  await wake()
  expect(texts().join()).not.toContain(question)
  expect(await row()).toMatchObject({ state: 'agreed', prompt: null })
})

test('a phone that others read hears only that there is something, until the person speaks', async () => {
  const request = await asks()
  await database().prisma.address.updateMany({ data: { shared: true } })
  const before = texts().length
  await propose(request)
  await wake()
  expect(texts().slice(before)).toHaveLength(1)
  expect(texts().at(-1)).not.toContain('Yiriwa')
  await office.says('awa', 'menu')
  expect(texts().at(-1)).toContain(question)
})

test('whoever said that they are a child is not asked, until staff have looked at it', async () => {
  const { prisma } = database()
  const request = await asks()
  await office.says('awa', "j'ai 15 ans")
  const matter = await prisma.request.findFirstOrThrow({ where: { kind: 'protection.child' } })
  expect(matter.saidAge).toBe(15)
  const wish = {
    service: 'training',
    reason: 'training',
    urgency: 'today',
    items: ['name'],
    ask: true,
  } as const
  const code = await proposeReferral(office.desk, on(request), { ...wish, partner }).catch(
    (error: Failure) => error.code,
  )
  expect(code).toBe('referral:not_by_chat')
})

test('what was to be asked in the chat stays unsaid once somebody says that they are a child', async () => {
  const { prisma } = database()
  const request = await asks()
  await proposeReferral(office.desk, on(request), {
    ...{ partner, service: 'training', reason: 'training', urgency: 'today', ask: true },
    items: ['name', 'phone'],
  })
  await prisma.request.update({ where: { id: request }, data: { saidAge: 15 } })
  await wake()
  expect(texts().at(-1)).not.toContain(question)
  await prisma.request.update({ where: { id: request }, data: { saidAge: null } })
  await wake()
  expect(texts().at(-1)).toContain(question)
})

test('an address of which nobody was referred is not looked at for it', async () => {
  const request = await asks()
  expect(await database().prisma.address.findFirstOrThrow()).toMatchObject({ referred: false })
  await propose(request)
  expect(await database().prisma.address.findFirstOrThrow()).toMatchObject({ referred: true })
})
