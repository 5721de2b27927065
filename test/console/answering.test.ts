/** How a person is answered, on their page: why, what it costs, changed when they ask, and silent about what is hidden. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClip, writeClip } from '../../src/store/clip.ts'
import { wordingOf } from '../../src/text/voices.ts'
import { retellTexts } from '../../src/turn/office-texts.ts'
import { makeOgg } from '../ogg.ts'
import { meet as meetOn, personOf } from '../protection/people.ts'
import { handClock, type Office, openOffice } from '../turn/office.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'
import { meet as meetAtDesk } from './people.ts'

const clock = handClock()
const clip = makeOgg(6)
let counter: Counter
let office: Office
let worker: Browser
let mariam: { readonly id: string }

beforeAll(async () => {
  counter = await makeCounter({}, { ...clock, ahead: clock.forward })
  const { database, texts } = counter
  const { prisma } = database
  mariam = await hire(counter, 'Mariam', ['case_worker'])
  for (const key of ['menu.title', 'common.voice_received']) {
    const saying = texts.sayings.find(({ id }) => id === key)
    if (!saying) throw new Error(`there is no saying ${key}`)
    const wording = wordingOf(texts.locales, 'fr', saying)
    const made = { id: clock.id(), language: 'fr', saying: key, wording, staff: mariam.id } as const
    await writeClip(prisma, { ...made, at: clock.now() }, { bytes: clip, seconds: 6 })
  }
  await retellTexts(prisma, texts)
  office = await openOffice(database, {
    ...{ clock, engine: texts.engine, locales: texts.locales },
    open: async (media) => (await openClip(prisma, [], media)) ?? Buffer.alloc(0),
  })
  worker = await browserOf(counter, mariam)
})
afterAll(async () => {
  await office.close()
  await counter.close()
})

/** Somebody who has said hello, and whose case is Mariam's. */
async function meet(from: string): Promise<string> {
  const person = await meetOn(office, from)
  await counter.database.prisma.case.updateMany({ where: { personId: person }, data: { ownerId: mariam.id } })
  return person
}

const box = async (person: string, who = worker) =>
  /aria-labelledby="voice-title">(.*?)<details/s
    .exec((await who.get(`/console/people/${person}`)).body)?.[1]
    ?.replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
const choose = (person: string, how: string, who = worker) =>
  who.send(`/console/people/${person}`, `/console/people/${person}/answering`, { how })
const speaks = async (from: string) => {
  await office.channel.brings(from, { kind: 'file', file: office.channel.keeps('voice', makeOgg(2)) })
  await office.settled()
}
const heard = async (from: string, text: string) =>
  (await office.says(from, text)).filter(({ spoken }) => spoken.file?.kind === 'voice').length

describe('the page of a person', () => {
  test('tells that nothing was chosen, then the choice and what it has cost', async () => {
    const awa = await meet('awa')
    expect(await box(awa)).toContain("On lui répond par écrit : rien n'a été choisi.")
    await office.says('awa', 'en vocal')
    await office.says('awa', 'menu')
    const told = await box(awa)
    expect(told).toContain("à voix haute et par écrit : c'est son choix.")
    const sent = office.channel.sent('awa').filter(({ spoken }) => spoken.file).length
    expect(told?.replaceAll('\u202f', ' ')).toContain(
      `Voix ce mois-ci : ${Math.ceil((sent * clip.length) / 1000)} ko sur 5 000 ko`,
    )
  })

  test('tells of a habit, until somebody writes', async () => {
    const from = 'issa'
    const issa = await meet(from)
    await speaks(from)
    // Their first word was written.
    expect(await box(issa)).toContain("rien n'a été choisi")

    // Digits tell nothing.
    for (const text of ['1', '1', '1', '00']) await office.says('moctar', text)
    await speaks('moctar')
    const moctar = await personOf(office, 'moctar')
    await counter.database.prisma.case.updateMany({
      where: { personId: moctar },
      data: { ownerId: mariam.id },
    })
    // Nobody has heard the note: for Mariam there is none.
    expect(await box(moctar)).toContain("rien n'a été choisi")
    await counter.database.prisma.message.updateMany({
      where: { personId: moctar, direction: 'in' },
      data: { visibility: 'open', requestId: null },
    })
    expect(await box(moctar)).toContain('parce que cette personne ne fait que parler')
    await office.says('moctar', 'merci')
    expect(await box(moctar)).toContain("rien n'a été choisi")
  })

  test('says nothing of whoever never wrote, and does not exist for who may not see the case', async () => {
    const nobody = await meetAtDesk(counter, { name: 'Inconnue', caseNumber: 'ML-TEST-7', owner: mariam.id })
    expect((await worker.get(`/console/people/${nobody}`)).statusCode).toBe(200)
    expect(await box(nobody)).toBeUndefined()

    const other = await browserOf(counter, await hire(counter, 'Loin', ['monitoring']))
    const id = await meet('oumar')
    const page = await worker.get(`/console/people/${id}`)
    const forged = hiddenFields(page.body, `/console/people/${id}/answering`)
    expect((await other.get(`/console/people/${id}`)).statusCode).toBe(404)
    const { _csrf = '' } = hiddenFields((await other.get('/console/me')).body, '/console/me/password')
    const post = await other.post(`/console/people/${id}/answering`, { ...forged, _csrf, how: 'voice' })
    expect(post.statusCode).toBe(404)
  })
})

describe('staff', () => {
  test('change it when the person asks: it holds from the next sentence on, is on record, and acts once', async () => {
    const kadi = await meet('kadi')
    expect(await heard('kadi', 'menu')).toBe(0)
    const path = `/console/people/${kadi}`
    const fields = { ...hiddenFields((await worker.get(path)).body, `${path}/answering`), how: 'voice' }
    for (const _ of [1, 2]) expect((await worker.post(`${path}/answering`, fields)).statusCode).toBe(303)
    const { body } = await worker.get(path)
    expect(body.split('Mariam a noté comment la personne veut').length).toBe(2)
    expect(await box(kadi)).toContain("c'est son choix")
    expect(await heard('kadi', 'menu')).toBe(1)

    await choose(kadi, 'text')
    expect(await heard('kadi', 'menu')).toBe(0)
    // Whoever answers a request of theirs is told as well.
    for (const text of ['suivi', '1', '00']) await office.says('kadi', text)
    const { reference } = await counter.database.prisma.request.findFirstOrThrow({
      where: { personId: kadi },
    })
    const page = (await worker.get(`/console/requests/${reference}`)).body
    expect(page.includes("préfère l'écrit")).toBe(true)
    // The same once more is no event.
    await choose(kadi, 'text')
    const where = { type: 'answering_chosen', personId: kadi }
    expect(await counter.database.prisma.event.count({ where })).toBe(2)
  })

  test('send a choice that is none in vain', async () => {
    const fanta = await meet('fanta')
    expect((await choose(fanta, 'smoke')).statusCode).toBe(422)
    expect(await box(fanta)).toContain("rien n'a été choisi")
  })
})

test('what is chosen and heard in a hidden turn is not on the page', async () => {
  const sira = await meet('sira')
  await office.says('sira', 'en vocal')
  await office.says('sira', 'menu')
  const before = await box(sira)
  expect(before).toContain("c'est son choix")
  const { version } = await counter.database.prisma.session.findFirstOrThrow({ where: { personId: sira } })
  await office.says('sira', 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide')
  await office.says('sira', 'écrit seulement')
  await speaks('sira')
  const now = await counter.database.prisma.session.findFirstOrThrow({ where: { personId: sira } })
  expect(now.version).toBeGreaterThan(version)
  expect(await box(sira)).toBe(before)
})
