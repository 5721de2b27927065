/** The report of a campaign: what became of it by group, small numbers hidden, and on record when it is taken along. */
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadReport } from '../../src/console/campaign-report.ts'
import { roles } from '../../src/core/staff.ts'
import { sentCampaign } from './campaign-sent.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter } from './counter.ts'

let counter: Counter
let officer: Browser
let campaign: string
let path: string

const question = {
  choices: [
    { value: 'good', texts: { fr: 'Bien' } },
    { value: 'bad', texts: { fr: 'Mal' } },
  ],
}
const souls = [
  ...Array.from({ length: 20 }, (_, i) => ({ from: `k${i}`, region: 'ml-kayes' })),
  ...Array.from({ length: 12 }, (_, i) => ({ from: `g${i}`, region: 'ml-gao', language: 'bm' as const })),
  ...Array.from({ length: 3 }, (_, i) => ({ from: `s${i}`, region: 'ml-segou' })),
  ...Array.from({ length: 6 }, (_, i) => ({ from: `m${i}`, minor: true })),
]

beforeAll(async () => {
  counter = await makeCounter()
  const sent = await sentCampaign(counter, souls, { question })
  campaign = sent.campaign
  path = `/console/campaigns/${campaign}/report`
  officer = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  const { pool } = counter.database
  const become = (people: readonly string[], state: string, failure: string | null = null) =>
    pool.query(
      'update message set state = $2, failure = $3 where campaign_id = $4 and person_id = any($1::uuid[])',
      [people, state, failure, campaign],
    )
  await become(sent.people, 'sent')
  await become(sent.people.slice(0, 15), 'delivered')
  await become(sent.people.slice(0, 7), 'read')
  await become(sent.people.slice(20, 26), 'failed', 'channel:blocked')
  const answers = (people: readonly string[], answer: string | null) =>
    pool.query(
      'update campaign_recipient set answered_at = $3, answer = $4 where campaign_id = $2 and person_id = any($1::uuid[])',
      [people, campaign, counter.clock.now(), answer],
    )
  await answers(sent.people.slice(0, 6), 'good')
  await answers(sent.people.slice(6, 12), 'bad')
  await answers(sent.people.slice(12, 14), null)
})
afterAll(() => counter.close())

test('counts what became of it, and shows no number of too few, nor what would give it away', async () => {
  const report = await loadReport(counter, campaign)
  expect(report.all).toEqual({
    ...{ recipients: 35, delivered: 15, read: 7, sent: 14, failed: 6, unknown: 0 },
    ...{ answered: 14, stopped: 0 },
  })
  expect([report.reached, report.waiting]).toEqual([29, 0])
  expect(report.leftOut).toEqual({ whole: 6, reasons: [{ reason: 'minor', n: 6 }] })
  expect(report.failed).toEqual([{ reason: 'channel:blocked', n: 6 }])
  // Two answered in words of their own: one of the choices is hidden with them, and both are alike.
  expect(report.answers.map(({ reason, n }) => [reason, n])).toEqual([
    ['good', 'hidden'],
    ['bad', 'hidden'],
    ['', 'hidden'],
  ])
  const { region, language, channel } = report.groups
  // Ségou has three; with Gao the hidden ones come to more than few.
  expect(region.map(({ name, figures }) => [name, figures?.recipients])).toEqual([
    ['ml-kayes', 20],
    ['ml-gao', undefined],
    ['ml-segou', undefined],
  ])
  expect(language.map(({ name, figures }) => [name, figures?.recipients])).toEqual([
    ['fr', 23],
    ['bm', 12],
  ])
  expect(channel.map(({ name, figures }) => [name, figures?.failed])).toEqual([['telegram', 6]])
})

test('is a page with its pictures for whoever works with campaigns, and for nobody else', async () => {
  const { body } = await officer.get(path)
  expect(body).toContain('Personnes atteintes : 29')
  expect(body).toContain('Nous ont bloqués')
  expect(body).not.toContain('{n}')
  for (const of of ['pace', 'answers']) {
    const picture = await officer.get(`${path}/picture?of=${of}&size=narrow`)
    expect([picture.headers['content-type'], picture.body.slice(0, 4)]).toEqual([
      'image/svg+xml; charset=utf-8',
      '<svg',
    ])
  }
  for (const role of roles) {
    const browser = await browserOf(counter, await hire(counter, role, [role]))
    const may = ['officer', 'supervisor', 'protection', 'monitoring'].includes(role)
    expect([role, (await browser.get(path)).statusCode]).toEqual([role, may ? 200 : 404])
  }
  expect((await officer.get('/console/campaigns/7/report')).statusCode).toBe(404)
})

test('leaves as a table whose cells are no formulas, on record', async () => {
  const csv = await officer.send(path, `${path}/export`, { format: 'csv' })
  expect(csv.headers['content-disposition']).toMatch(/filename="campaign-\d{4}-\d\d-\d\d\.csv"/)
  expect(csv.body).toContain("En tout;'=Kits;35;15;7;14;6;0;14;0;")
  expect(csv.body).toContain('Par région;ml-segou;caché')
  const { rawPayload } = await officer.send(path, `${path}/export`, { format: 'xlsx' })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(rawPayload as unknown as ArrayBuffer)
  expect(book.worksheets[0]?.getRow(2).getCell(3).value).toBe(35)
  const kept = await counter.database.prisma.dataExport.findMany({ where: { what: 'campaign' } })
  expect(kept.map(({ format, filter }) => [format, filter])).toEqual([
    ['csv', { campaign }],
    ['xlsx', { campaign }],
  ])
  expect((await officer.get('/console/export')).body).toContain("Rapport d'une campagne")
})
