/** A referral from the request to the partner and back, as staff and the partner press it; and what a link shows at all. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { showReference } from '../../src/core/reference.ts'
import { type ReferralItem, referralItems } from '../../src/core/referral.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { tellSilent } from '../../src/turn/partner-act.ts'
import {
  Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeClock,
  makeCounter,
  say,
} from './counter.ts'
import { meet } from './people.ts'

const day = 86_400_000
let counter: Counter
let officer: Browser
let worker: Browser
let partner: string
const letters: { readonly to: string; readonly text: string }[] = []

beforeAll(async () => {
  const clock = makeClock(new Date('2026-03-02T09:00:00Z'))
  counter = await makeCounter({ sendLetter: async (letter) => void letters.push(letter) }, clock)
  officer = await browserOf(counter, await hire(counter, 'Oumar', ['officer']))
  worker = await browserOf(counter, await hire(counter, 'Mariam', ['case_worker']))
  const page = (await officer.get('/console/partners')).body
  const fields = { ...hiddenFields(page, '/console/partners'), language: 'fr', active: 'on' }
  const contact = { contact: 'Fanta, bureau', email: 'accueil@centre.invalid' }
  await officer.post('/console/partners', {
    ...fields,
    ...contact,
    name: 'Centre Yiriwa',
    services: 'training',
  })
  partner = (await counter.database.prisma.partner.findFirstOrThrow()).id
})
afterAll(() => counter.close())

/** Everything that is known of somebody, each with a word of its own. */
const planted = {
  ...{ name: 'Qname Keita', phone: '+22370000011', place: 'Qplace', caseNumber: 'QCASE-1' },
  ...{ safe: 'Qsafenote', hours: 'Qhours', said: 'Qsaid le métier à tisser', note: 'Qnote' },
}
const shown: Readonly<Record<ReferralItem, readonly string[]>> = {
  name: [planted.name],
  phone: [planted.phone],
  sex: ['femme'],
  age: ['35 à 49 ans'],
  place: [planted.place],
  need: [planted.note],
  language: ['bambara'],
  safe_contact: [planted.hours],
}

type Matter = { readonly path: string; readonly id: string; readonly person: string }

/** A matter of somebody of whom everything is known. */
async function tells(more: Partial<Parameters<typeof say>[1]> = {}): Promise<Matter> {
  const { prisma, keys } = counter.database
  const person = await meet(counter, { ...planted, birthYear: 1990 })
  const { keyId } = await prisma.person.findUniqueOrThrow({ where: { id: person } })
  const enc = (column: string, text: string) =>
    new Uint8Array(keys.encrypt(keyId, placeOf('person', column, person), text))
  const safe = JSON.stringify({ way: 'call', hours: planted.hours, note: planted.safe })
  await prisma.person.update({
    where: { id: person },
    data: {
      sex: 'woman',
      placeEnc: enc('place_enc', planted.place),
      safeContactEnc: enc('safe_contact_enc', safe),
    },
  })
  const opened = await say(counter, {
    ...{ from: counter.clock.id(), text: planted.said, kind: 'request.need', ...more },
    plain: { person_id: person, category: 'training' },
  })
  return { path: `/console/requests/${showReference(opened.reference)}/referral`, id: opened.id, person }
}

/** Presses the form of an act on the page of a request, with the fields that it carries. */
async function press(
  browser: Browser,
  { path }: Matter,
  act: string,
  fields: Record<string, string | readonly string[]> = {},
) {
  const action = `${path}/${act}`
  const hidden = hiddenFields((await browser.get(path)).body, action)
  const pairs = Object.entries({ ...hidden, ...fields }).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  )
  return browser.post(action, new URLSearchParams(pairs))
}

const propose = (browser: Browser, matter: Matter, items: readonly ReferralItem[]) =>
  press(browser, matter, 'propose', {
    ...{ partner, service: 'training', reason: 'training', urgency: 'today', why: planted.note, items },
  })

/** The path of the secret address that a page shows, this once. */
function linkIn(body: string): string {
  const link = /<code>[^<]*(\/partner\/[\w-]+)<\/code>/.exec(body)?.[1]
  if (!link) throw new Error('no link is shown')
  return link
}

async function sent(
  items: readonly ReferralItem[],
  more: Partial<Parameters<typeof say>[1]> = {},
  by = worker,
) {
  const matter = await tells(more)
  await propose(by, matter, items)
  await press(by, matter, 'hear', { answer: 'yes' })
  return { matter, link: linkIn((await press(by, matter, 'send', { how: 'copy' })).body) }
}

/** Without a cookie: whoever has the link. */
const anybody = () => new Browser(counter.app)
const open = (link: string) => anybody().post(`${link}/open`, {})
const stateOf = async ({ id }: Matter) =>
  counter.database.prisma.referral.findFirstOrThrow({ where: { requestId: id }, orderBy: { id: 'desc' } })

describe('what a link shows', () => {
  const choices: readonly (readonly ReferralItem[])[] = [
    ...referralItems.map((item) => [item]),
    ['name', 'phone', 'need'],
    referralItems,
  ]

  test.each(choices.map((items) => [items.join(', '), items] as const))(
    'is what was agreed: %s',
    async (_name, items) => {
      const { link } = await sent(items)
      const { body, statusCode } = await open(link)
      expect(statusCode).toBe(200)
      for (const item of referralItems) {
        for (const word of shown[item])
          expect([item, body.includes(word)]).toEqual([item, items.includes(item)])
      }
      for (const never of [planted.said, planted.caseNumber, planted.safe, '1990', 'Mariam']) {
        expect([never, body.includes(never)]).toEqual([never, false])
      }
    },
  )

  test('is nothing before it is opened, and it is told nowhere', async () => {
    const { link } = await sent(referralItems)
    const { body, headers } = await anybody().get(link)
    for (const word of [...Object.values(shown).flat(), 'Centre Yiriwa']) expect(body).not.toContain(word)
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
    })
    expect(headers['content-security-policy']).toContain('sandbox allow-forms')
    expect(headers['set-cookie']).toBeUndefined()
    const kept = JSON.stringify(await counter.database.prisma.referral.findMany())
    expect(kept).not.toContain(link.slice('/partner/'.length))
  })

  test('tells nothing of the kind of matter', async () => {
    const holder = await hire(counter, 'Kadiatou', ['protection'])
    const guard = await browserOf(counter, holder)
    const { link } = await sent(['name', 'phone'], { kind: 'protection.gbv', holders: [holder.id] }, guard)
    const { link: ordinary } = await sent(['name', 'phone'])
    const plain = (body: string) => body.replaceAll(/\/partner\/[\w-]+/g, '')
    expect(plain((await open(link)).body)).toBe(plain((await open(ordinary)).body))
  })
})

test('nothing is sent before the person said yes, and nothing after a no', async () => {
  const matter = await tells()
  await propose(worker, matter, ['name'])
  const { id } = await stateOf(matter)
  const send = async () => {
    const fields = hiddenFields((await worker.get(matter.path)).body, `${matter.path}/propose`)
    return worker.post(`${matter.path}/send`, { ...fields, referral: id, how: 'copy' })
  }
  for (const answer of [undefined, 'no']) {
    if (answer) await press(worker, matter, 'hear', { answer })
    const { statusCode, body } = await send()
    expect(statusCode).toBe(409)
    expect(body).not.toContain('/partner/')
  }
  expect(await stateOf(matter)).toMatchObject({
    state: 'refused',
    tokenHash: null,
    sharedEnc: null,
    consentId: null,
  })
  expect(await counter.database.prisma.consent.findFirst({ where: { referralId: id } })).toMatchObject({
    ...{
      item: 'referral',
      answer: 'refused',
      medium: 'staff',
      text: 'referral.consent',
      personId: matter.person,
    },
  })
})

test('for a child it is on record that whoever cares for them said it, and the chat does not ask', async () => {
  const matter = await tells()
  await counter.database.prisma.person.update({ where: { id: matter.person }, data: { minor: true } })
  expect((await worker.get(matter.path)).body).toContain("Un mineur n'accepte pas seul")
  await propose(worker, matter, ['name'])
  const page = `/console/people/${matter.person}`
  await worker.send(page, `${page}/guardian`, { answer: 'given', kin: 'mother', medium: 'came' })
  await press(worker, matter, 'hear', { answer: 'yes' })
  expect((await worker.get(matter.path)).body).toContain("qui a la charge de l'enfant")
})

test('the database itself takes no transfer without a record of consent', async () => {
  const matter = await tells()
  await propose(worker, matter, ['name'])
  const { id } = await stateOf(matter)
  await expect(
    counter.database.prisma.referral.update({ where: { id }, data: { sentAt: counter.clock.now() } }),
  ).rejects.toThrow(/referral_consented/)
})

test('from accepted to given, the need is referred and the person is asked later', async () => {
  const { matter, link } = await sent(['name', 'phone', 'need'])
  await open(link)
  await open(link)
  await anybody().post(`${link}/accept`, {})
  const row = await stateOf(matter)
  expect(row).toMatchObject({ state: 'accepted', opened: 2, prompt: 'outcome' })
  expect(row.askPersonAt?.getTime()).toBeGreaterThan(counter.clock.now().getTime() + 13 * day)
  await anybody().post(`${link}/end`, { result: 'given' })
  expect(await stateOf(matter)).toMatchObject({ state: 'given' })
  const told = await counter.database.prisma.event.findMany({
    where: { requestId: matter.id, by: 'partner' },
    orderBy: { id: 'asc' },
  })
  expect(told.map(({ type }) => type)).toEqual(['referral_opened', 'referral_accepted', 'referral_ended'])
})

test('a partner that declines gives the matter back to staff', async () => {
  const { matter, link } = await sent(['name', 'phone'])
  await counter.database.prisma.request.update({ where: { id: matter.id }, data: { state: 'answered' } })
  await anybody().post(`${link}/decline`, { reason: 'full' })
  expect(await stateOf(matter)).toMatchObject({ state: 'declined', declineReason: 'full', prompt: null })
  expect(await counter.database.prisma.request.findUnique({ where: { id: matter.id } })).toMatchObject({
    state: 'open',
  })
})

test('taken back, a link shows at once that everything is to be removed, and nothing else', async () => {
  const { matter, link } = await sent(referralItems)
  await open(link)
  await press(worker, matter, 'withdraw')
  const { body } = await open(link)
  for (const word of [...Object.values(shown).flat(), 'Centre Yiriwa']) expect(body).not.toContain(word)
  expect(body).toContain('retiré son accord')
  expect((await anybody().post(`${link}/accept`, {})).statusCode).toBe(409)
  await anybody().post(`${link}/remove`, {})
  const row = await stateOf(matter)
  expect(row).toMatchObject({ state: 'withdrawn', sharedEnc: null })
  expect(row.removedAt).not.toBeNull()
  const said = await counter.database.prisma.consent.findMany({
    where: { referralId: row.id },
    orderBy: { at: 'asc' },
  })
  expect(said.map(({ answer }) => answer)).toEqual(['given', 'withdrawn'])
})

test('an older link opens nothing once there is a new one, and none opens for ever', async () => {
  const { matter, link } = await sent(['name'])
  const renewed = linkIn((await press(worker, matter, 'send', { how: 'copy' })).body)
  expect((await open(link)).statusCode).toBe(404)
  expect((await open(renewed)).statusCode).toBe(200)
  await counter.database.prisma.referral.updateMany({ data: { tokenUntil: counter.clock.now() } })
  expect((await open(renewed)).statusCode).toBe(404)
})

test('by mail the link goes to the partner, without a word of the person', async () => {
  const matter = await tells()
  await propose(worker, matter, ['name', 'phone'])
  await press(worker, matter, 'hear', { answer: 'yes' })
  const { body } = await press(worker, matter, 'send', { how: 'mail' })
  expect(body).not.toContain('/partner/')
  const letter = letters.at(-1)
  expect(letter?.to).toBe('accueil@centre.invalid')
  expect(letter?.text).not.toContain(planted.name)
  expect((await open(/\/partner\/[\w-]+/.exec(letter?.text ?? '')?.[0] ?? '')).body).toContain(planted.name)
})

test('a partner that says nothing for five days is asked after, once', async () => {
  const { matter } = await sent(['name'])
  const { database } = counter
  await database.prisma.request.update({ where: { id: matter.id }, data: { state: 'answered' } })
  expect(await tellSilent(counter.desk)).toBe(0)
  await database.prisma.referral.updateMany({
    where: { requestId: matter.id },
    data: { answerDueAt: new Date(counter.clock.now().getTime() - 1) },
  })
  expect([await tellSilent(counter.desk), await tellSilent(counter.desk)]).toEqual([1, 0])
  expect(await database.prisma.request.findUnique({ where: { id: matter.id } })).toMatchObject({
    state: 'open',
  })
})

test('whoever guesses addresses is shut out before they have tried many', async () => {
  let statusCode = 0
  for (let tries = 0; tries < 130 && statusCode !== 429; tries += 1) {
    const guess = `/partner/${String(tries).padStart(32, 'a')}`
    statusCode = (await counter.app.inject({ url: guess, remoteAddress: '192.0.2.9' })).statusCode
  }
  expect(statusCode).toBe(429)
})

test('the list of partners is kept by officers and administrators alone', async () => {
  expect((await worker.get('/console/partners')).statusCode).toBe(404)
  expect((await officer.get('/console/partners')).body).toContain('Centre Yiriwa')
})
