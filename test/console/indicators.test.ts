/** The report of indicators: who reads which offices, what is hidden, and that nothing sealed is in any figure of now. */
import ExcelJS from 'exceljs'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Browser, browserOf, type Counter, hire, makeClock, makeCounter, say } from './counter.ts'

let counter: Counter
let officer: Browser
const path = '/console/indicators?from=2026-07-01&until=2026-09-30'
const inQuarter = new Date('2026-08-10T09:00:00Z')

beforeEach(async () => {
  counter = await makeCounter({}, makeClock(new Date('2026-11-26T10:00:00Z')))
  onTestFinished(() => counter.close())
  officer = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
})

/** So many requests of the quarter, as they stand today. */
async function requests(n: number, plain: Readonly<Record<string, string | number | boolean | Date | null>>) {
  for (let i = 0; i < n; i++) {
    const from = `soul ${JSON.stringify(plain).length} ${i} ${Object.values(plain).join(' ')}`
    await say(counter, { from, text: 'bonjour', plain: { opened_at: inQuarter, ...plain } })
  }
}

/** The cells of a row of the table, by its name. */
function row(body: string, name: string): readonly string[] {
  const found = new RegExp(`<th scope="row">(?:<strong>)?${name}(?:</strong>)?</th>(.*?)</tr>`, 's').exec(
    body,
  )
  return [...(found?.[1] ?? '').matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => cell)
}

describe('the page', () => {
  test('counts the requests of the period, and splits them', async () => {
    const answered = { first_answer_at: new Date('2026-08-10T11:00:00Z'), first_in_time: true }
    await requests(6, {
      ...answered,
      region: 'ml-kayes',
      state: 'closed',
      loop_answer: 'yes',
      language: 'bm',
    })
    await requests(7, { region: 'ml-gao', language: 'fr', due_at: new Date('2026-08-20T09:00:00Z') })
    await requests(1, { opened_at: new Date('2026-10-01T00:00:00Z'), region: 'ml-gao' })
    const { body } = await officer.get(`${path}&by=region`)
    expect(row(body, 'En tout').slice(0, 4)).toEqual(['13', '6', '46 %', '2 h'])
    expect(row(body, 'ml-gao')[0]).toBe('7')
    expect(row(body, 'ml-kayes').slice(0, 3)).toEqual(['6', '6', '100 %'])
    expect(body).toContain('13 demandes reçues')
    expect((await officer.get(`${path}&by=region`)).statusCode).toBe(200)
    for (const by of ['kind', 'sex', 'age', 'channel', 'language']) {
      const { body: split } = await officer.get(`${path}&by=${by}`)
      expect(row(split, 'En tout')[0]).toBe('13')
      if (by === 'channel') expect(row(split, 'Telegram')[0]).toBe('13')
      if (by === 'language') expect(row(split, 'bambara')[0]).toBe('6')
    }
  })

  test('has what is sealed in no figure but the totals of quarters that are over', async () => {
    await requests(6, {})
    const { id } = await hire(counter, 'Paul', ['psea'])
    for (let i = 0; i < 5; i++) {
      const kind = 'complaint.sea'
      await say(counter, { from: `s${i}`, text: 'x', kind, holders: [id], plain: { opened_at: inQuarter } })
    }
    const now = { kind: 'complaint.sea', holders: [id], plain: { opened_at: counter.clock.now() } } as const
    for (let i = 0; i < 6; i++) await say(counter, { from: `n${i}`, text: 'x', ...now })
    const past = (await officer.get(path)).body
    expect(row(past, 'En tout')[0]).toBe('6')
    expect(row(past, 'T3 2026')[0]).toBe('5')
    const present = (await officer.get('/console/indicators?from=2026-10-01&until=2026-12-31')).body
    expect(present).not.toContain('T4 2026')
    expect(row(present, 'En tout')[0]).toBe('0')
  })

  test('shows no number of too few', async () => {
    await requests(3, { region: 'ml-kayes' })
    const { body } = await officer.get(`${path}&by=region`)
    expect(row(body, 'En tout')[0]).toBe('caché')
    expect(row(body, 'ml-kayes')[0]).toBe('caché')
  })

  test('tells what cannot be read of an address, in words', async () => {
    const turned = await officer.get('/console/indicators?from=2026-09-30&until=2026-07-01')
    expect([turned.statusCode, turned.body.includes('avant le premier')]).toEqual([422, true])
    expect((await officer.get('/console/indicators?from=hier')).statusCode).toBe(422)
    expect((await officer.get(`${path}&office=01a215d3-0dd5-79a6-99cb-ab099ac23cd7`)).statusCode).toBe(404)
  })
})

describe('who reads it', () => {
  test('a supervisor reads their office and nothing of all', async () => {
    const office = counter.clock.id()
    await counter.database.prisma.office.create({
      data: { id: office, key: 'kayes', name: 'Kayes', regions: [] },
    })
    const boss = await hire(counter, 'Fanta', ['supervisor'])
    await counter.database.prisma.staff.update({ where: { id: boss.id }, data: { officeId: office } })
    await requests(6, { office_id: office })
    await requests(8, {})
    const { body } = await (await browserOf(counter, boss)).get(path)
    expect(row(body, 'En tout')[0]).toBe('6')
    expect(body).not.toContain('Ce que les gens écrivent')
  })

  test('a case worker finds no such page', async () => {
    const worker = await browserOf(counter, await hire(counter, 'Awa', ['case_worker']))
    expect((await worker.get(path)).statusCode).toBe(404)
  })
})

test('is taken along as a workbook, on record, and drawn as a picture', async () => {
  await requests(6, { region: 'ml-kayes' })
  const taken = await officer.send(`${path}&by=region`, '/console/indicators/export', { format: 'xlsx' })
  expect(taken.statusCode).toBe(200)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(taken.rawPayload as unknown as ArrayBuffer)
  const names = book.worksheets[0]?.getColumn(2).values
  expect(names).toContain('ml-kayes')
  expect(await counter.database.prisma.dataExport.count({ where: { what: 'indicators' } })).toBe(1)
  const picture = await officer.get(`/console/indicators/picture?${path.split('?')[1]}&by=region&size=wide`)
  expect(picture.body).toContain('<svg')
})
