/** Surveys on the pages of staff: filled in, reckoned, brought in another version, and taken along without names. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readShelf } from '../../src/shelf.ts'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeClock,
  makeCounter,
} from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let mariam: Browser
let other: Browser
let boss: Browser
let admin: Browser
let person: string
const noon = new Date('2026-03-11T12:00:00Z')
const shipped = JSON.parse(readShelf().surveys.find((text) => text.includes('"reintegration"')) ?? '{}') as {
  version: number
  official: boolean
  items: { code: string; weight: number | null; text: { fr: string }; options: { code: string }[] }[]
}

beforeAll(async () => {
  counter = await makeCounter({}, makeClock(noon))
  const { prisma } = counter.database
  const office = counter.clock.id()
  await prisma.office.create({ data: { id: office, key: 'mopti', name: 'Mopti' } })
  const seat = async (name: string, role: Parameters<typeof hire>[2][number]) => {
    const { id } = await hire(counter, name, [role])
    await prisma.staff.update({ where: { id }, data: { officeId: office } })
    return { id, browser: await browserOf(counter, { id }) }
  }
  const worker = await seat('Mariam', 'case_worker')
  mariam = worker.browser
  other = (await seat('Allaye', 'case_worker')).browser
  boss = (await seat('Oumou', 'supervisor')).browser
  admin = (await seat('Admin', 'admin')).browser
  person = await meet(counter, { name: 'Awa Diarra', caseNumber: 'T-9', owner: worker.id, office })
})
afterAll(() => counter.close())

const page = () => `/console/people/${person}/survey/reintegration`
const how = { day: '2026-03-10', mode: 'interview', language: 'bm' }
/** The same place among the answers of every question. */
const answers = (place: number) =>
  Object.fromEntries(
    shipped.items.map(({ code, options }) => [
      `a-${code}`,
      options[Math.min(place, options.length - 1)]?.code ?? '',
    ]),
  )
const fill = (browser: Browser, fields: Record<string, string>) =>
  browser.send(page(), page(), { ...how, ...fields })
const records = () => counter.database.prisma.surveyRecord.findMany({ orderBy: { id: 'asc' } })

describe('a survey', () => {
  test('is filled in with somebody, encrypted, and history says that it was', async () => {
    const form = await mariam.get(page())
    expect(form.body).toContain('Formulation non officielle')
    expect(form.body).toContain('Ne souhaite pas répondre')
    expect((await fill(mariam, answers(2))).headers.location).toBe(`/console/people/${person}`)
    const [row] = await records()
    expect(row).toMatchObject({
      survey: 'reintegration',
      version: 1,
      mode: 'interview',
      language: 'bm',
      ended: true,
    })
    expect(row?.staffId).not.toBeNull()
    expect(Buffer.from(row?.answersEnc ?? []).toString()).not.toContain('fair')
    const { body } = await mariam.get(`/console/people/${person}`)
    expect(body).toContain('Enquête remplie avec la personne par Mariam')
    expect(body).toContain('moyenne indicative, ce n&#39;est pas un score'.replace('&#39;', "'"))
    expect(body).not.toContain('RSS')
  })

  test('filled in again shows what changed since the first time', async () => {
    await fill(mariam, { ...answers(0), day: '2026-03-11', mode: 'phone' })
    const { body } = await mariam.get(`/console/people/${person}`)
    expect(body).toContain('Première fois')
    expect(body).toMatch(/\+0,\d\d/)
  })

  test('with too few answers says so and no figure', async () => {
    const lone = { 'a-q01': 'satisfied' }
    await fill(mariam, { ...lone, day: '2026-03-11' })
    const { body } = await mariam.get(`/console/people/${person}`)
    expect(body).toContain('trop peu de réponses')
    await counter.database.prisma.surveyRecord.delete({ where: { id: (await records()).at(-1)?.id ?? '' } })
  })

  test.each([
    ['nothing answered', {}],
    ['an answer that is none', { 'a-q01': 'magnifique' }],
    ['a day ahead', { 'a-q01': 'satisfied', day: '2026-03-12' }],
    ['an interview in the chat', { 'a-q01': 'satisfied', mode: 'chat' }],
  ])('is not kept: %s; what was given stays', async (_, fields) => {
    const before = (await records()).length
    const refused = await fill(mariam, {
      'a-q02': 'often',
      ...fields,
      ...('a-q01' in fields ? {} : { 'a-q02': '' }),
    })
    expect(refused.statusCode).toBe(422)
    if ('a-q01' in fields) expect(refused.body).toMatch(/value="often" checked/)
    expect((await records()).length).toBe(before)
  })

  test('is filled in with nobody whom one does not see', async () => {
    expect((await other.get(page())).statusCode).toBe(404)
    expect((await mariam.get(`/console/people/${person}/survey/check-in`)).statusCode).toBe(404)
  })
})

/** Brings a file as an administrator does. */
async function bring(browser: Browser, text: string) {
  const { body } = await browser.get('/console/surveys')
  const fields = hiddenFields(body, '/console/surveys')
  return browser.upload('/console/surveys', fields, [
    { field: 'file', name: 's.json', bytes: Buffer.from(text) },
  ])
}

describe('another version', () => {
  const official = () => ({
    ...shipped,
    ...{ version: 2, official: true },
    items: shipped.items.map((item, n) => ({
      ...item,
      weight: 1 + (n % 3),
      text: n === 4 ? { ...item.text, fr: 'Autrement dit ?' } : item.text,
    })),
  })

  test('shows what differs and is kept only when somebody is sure', async () => {
    const compared = await bring(admin, JSON.stringify(official()))
    expect(compared.statusCode).toBe(200)
    expect(compared.body).toContain('De la version 1 à la version 2')
    expect(compared.body).toMatch(/Formulation changée :<\/strong> q05/)
    expect(compared.body).toContain('Poids changés')
    expect(await counter.database.prisma.surveyVersion.count()).toBe(0)
    const { _csrf = '' } = hiddenFields(compared.body, '/console/surveys/keep')
    const text = JSON.stringify(official())
    const unsure = await admin.post('/console/surveys/keep', { _csrf, text })
    expect(unsure.statusCode).toBe(422)
    const kept = await admin.post('/console/surveys/keep', { _csrf, text, sure: 'yes' })
    expect(kept.statusCode).toBe(303)
    expect((await admin.get('/console/surveys')).body).toContain('Version 2 apportée par Admin')
    expect((await bring(admin, text)).body).toContain('La version 2 est déjà là')
  })

  test('with official weights gives a score, and what was answered before keeps its version', async () => {
    const { body: before } = await mariam.get(`/console/people/${person}`)
    expect(before).toContain('moyenne indicative')
    await fill(mariam, { ...answers(1), day: '2026-03-11' })
    const { body } = await mariam.get(`/console/people/${person}`)
    expect(body).toContain('· score')
    expect((await records()).map(({ version }) => version)).toEqual([1, 1, 2])
  })

  test.each([
    ['no JSON', '{', 'fichier JSON'],
    ['no survey', '{"survey": 1}', 'survey'],
    [
      'the questions of the chat',
      JSON.stringify({ ...official(), survey: 'check-in', version: 9 }),
      'dans la conversation',
    ],
    [
      'official without weights',
      JSON.stringify({ ...shipped, version: 9, official: true }),
      'tous ses poids',
    ],
  ])('is refused: %s', async (_, text, sentence) => {
    const refused = await bring(admin, text)
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(sentence)
  })

  test('is brought by administrators alone', async () => {
    expect((await mariam.get('/console/surveys')).body).not.toContain('Apporter une version')
    const { body } = await mariam.get(page())
    const { _csrf = '' } = hiddenFields(body, page())
    const text = JSON.stringify({ ...official(), version: 7 })
    expect((await mariam.post('/console/surveys/keep', { _csrf, text, sure: 'yes' })).statusCode).toBe(404)
  })
})

test('the answers leave by the code of their questions, without a name, for those who look over an office', async () => {
  const action = '/console/surveys/reintegration/export'
  const { body, statusCode } = await boss.send('/console/surveys', action, { format: 'csv' })
  expect(statusCode).toBe(200)
  const [head = '', ...rows] = body.trim().split('\n')
  expect(head).toContain('q01')
  expect(rows).toHaveLength(3)
  expect(body).not.toMatch(/Awa|T-9/)
  const form = await mariam.get(page())
  const { _csrf = '' } = hiddenFields(form.body, page())
  expect((await mariam.post(action, { _csrf, format: 'csv' })).statusCode).toBe(404)
})
