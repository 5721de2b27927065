/** Tables taken out: only what one may see, never what is sealed, on record with its reason, and fit to come back. */
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTable, tableFile } from '../../src/store/table-file.ts'
import { importCaseload } from '../../src/turn/import-caseload.ts'
import { makeReferences } from '../../src/turn/references.ts'
import { makeWatch } from '../../src/turn/surroundings.ts'
import { conversation } from '../turn/office.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter, say } from './counter.ts'

let counter: Counter
let worker: Browser
let officer: Browser
let officerId: string
const here = '/console/export'

const caseload =
  'case_number;name;sex;birth_year;phone;language;region;cercle;return_country;return_date;case_worker\n' +
  'ML-1;=1+1 Traoré;F;1990;76123456;bm;Kayes;Bafoulabé;Libye;2025-03-12;mariam@bureau.invalid\n' +
  'ML-2;Issa Maïga;H;1985;;fr;Gao;;Algérie;;moussa@bureau.invalid\n'

async function bring(bytes: Buffer, name: string) {
  const { database, clock } = counter
  const desk = {
    ...{ ...database, clock, passOn() {} },
    watch: makeWatch(database.prisma, clock),
    references: makeReferences(database.pool),
  }
  const { vocabulary } = conversation
  return importCaseload(desk, { rows: readTable(tableFile(name, bytes)), vocabulary, bringer: undefined })
}

beforeAll(async () => {
  counter = await makeCounter()
  worker = await browserOf(counter, await hire(counter, 'Mariam', ['case_worker']))
  await hire(counter, 'Moussa', ['case_worker'])
  const one = await hire(counter, 'Oumou', ['officer'])
  officerId = one.id
  officer = await browserOf(counter, one)
  await bring(Buffer.from(caseload), 'gens.csv')
  await say(counter, { from: 'awa', kind: 'request.info', text: 'où ?' })
  await say(counter, { from: 'issa', kind: 'complaint.fraud', text: 'argent' })
  await say(counter, { from: 'fanta', kind: 'protection.gbv', holders: [one.id], text: 'il me frappe' })
})
afterAll(() => counter.close())

const take = (browser: Browser, fields: Record<string, string>) =>
  browser.send(here, here, { what: 'people', format: 'csv', purpose: 'assistance', ...fields })

test('people of one’s own scope leave as a table whose cells are no formulas', async () => {
  const answer = await take(worker, {})
  expect(answer.headers['content-disposition']).toMatch(/attachment; filename="people-\d{4}-\d\d-\d\d\.csv"/)
  expect(answer.body).toContain("'=1+1 Traoré")
  expect(answer.body).not.toContain('Issa')
  const all = await take(officer, {})
  expect(all.body.trim().split('\n')).toHaveLength(3)
})

test('what was exported can be brought again and changes nothing', async () => {
  const { rawPayload } = await take(officer, { format: 'xlsx' })
  const { counts, remarks } = await bring(rawPayload, 'gens.xlsx')
  expect([counts, remarks]).toEqual([{ rows: 2, made: 0, changed: 0, same: 2, refused: 0 }, []])
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(rawPayload as unknown as ArrayBuffer)
  const legend = book.worksheets[1]
  expect(legend?.getRow(1).getCell(2).value).toBe('Numéro de dossier du programme')
})

test('requests leave under the eyes of who asks: restricted for their queue, sealed for nobody', async () => {
  const { body } = await take(officer, { what: 'requests' })
  expect(body).toContain('request.info')
  // The officer sits where conduct is read, and holds the sealed one: it stays all the same.
  expect(body).toContain('complaint.fraud')
  expect(body).not.toContain('protection.gbv')
  const own = await take(worker, { what: 'requests' })
  expect(own.body).not.toContain('complaint.fraud')
  const none = await take(officer, { what: 'requests', state: 'closed' })
  expect(none.body.trim().split('\n')).toHaveLength(1)
  const kind = await take(officer, { what: 'requests', kind: 'request.info', from: '2020-01-01' })
  expect(kind.body.trim().split('\n')).toHaveLength(2)
})

test('a list leaves as it stands on its page, filters and all', async () => {
  const query = '?view=queues&kind=request.info'
  const page = await officer.get(`/console/requests${query}`)
  expect(page.body).toContain(`href="/console/export${query.replace('&', '&amp;')}"`)
  const asked = await officer.get(here + query)
  expect(asked.body).not.toContain('name="what"')
  const taken = async (look: string) => {
    const fields = hiddenFields((await officer.get(here + look)).body, here)
    return officer.post(here + look, { ...fields, format: 'csv', purpose: 'assistance' })
  }
  const { body } = await taken('?view=overdue')
  expect(body.trim().split('\n')).toHaveLength(1)
  const one = await taken('?view=unassigned&kind=complaint.fraud')
  expect(one.body).toContain('complaint.fraud')
  expect(one.body).not.toContain('request.info')
  // What a list does not show to somebody, it does not let out either.
  const fields = hiddenFields((await worker.get(here)).body, here)
  const own = await worker.post(`${here}?queue=conduct`, { ...fields, format: 'csv', purpose: 'assistance' })
  expect(own.body).not.toContain('complaint.fraud')
  const row = await counter.database.prisma.dataExport.findFirstOrThrow({
    where: { staffId: officerId },
    orderBy: { id: 'desc' },
  })
  expect(row.filter).toEqual({ list: '?view=unassigned&kind=complaint.fraud' })
})

test('without a reason of ours nothing leaves, and what leaves is on record', async () => {
  const { prisma } = counter.database
  const before = await prisma.dataExport.count()
  const wrongs: readonly Record<string, string>[] = [
    { purpose: '' },
    { purpose: 'curiosity' },
    { what: 'staff' },
    { from: "'; drop" },
  ]
  for (const wrong of wrongs) expect((await take(officer, wrong)).statusCode).toBe(422)
  expect(await prisma.dataExport.count()).toBe(before)
  await take(officer, { what: 'requests', purpose: 'monitoring' })
  const row = await prisma.dataExport.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(row).toMatchObject({ staffId: officerId, what: 'requests', purpose: 'monitoring', rows: 2 })
  await expect
    .poll(() => prisma.accessLog.count({ where: { what: 'export', staffId: officerId } }))
    .toBeGreaterThan(0)
  expect((await officer.get(here)).body).toContain('2 lignes')
})

test('whoever sees no content has no such page', async () => {
  for (const role of ['admin', 'monitoring'] as const) {
    const browser = await browserOf(counter, await hire(counter, role, [role]))
    expect([role, (await browser.get(here)).statusCode]).toEqual([role, 404])
  }
  expect(counter.errors).toEqual([])
})
