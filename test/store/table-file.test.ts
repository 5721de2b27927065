/** Tables that people bring: what is read of them, and files that are not what they say. */
import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import type { TableRow } from '../../src/core/caseload.ts'
import { readTable, tableFile } from '../../src/store/table-file.ts'

async function rowsOf(name: string, bytes: Buffer): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of readTable(tableFile(name, bytes))) rows.push(row)
  return rows
}

async function workbook(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  fill(book.addWorksheet('Feuille 1'))
  return Buffer.from(await book.xlsx.writeBuffer())
}

test.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
])('text with a %s between its cells is read with the lines of an editor', async (_, sign) => {
  const text = [
    ['case_number', 'name'],
    ['ML-1', '"Traoré\nAwa"'],
    ['', ''],
    ['ML-2', 'Issa'],
  ]
  const bytes = Buffer.from(text.map((cells) => cells.join(sign)).join('\r\n'))
  expect(await rowsOf('gens.csv', bytes)).toEqual([
    { line: 1, cells: ['case_number', 'name'] },
    { line: 2, cells: ['ML-1', 'Traoré\nAwa'] },
    { line: 5, cells: ['ML-2', 'Issa'] },
  ])
})

test.each([
  ['UTF-8 with a mark', Buffer.from('\ufeffnom;pays\nAïssata;Algérie')],
  ['Windows-1252', Buffer.from('nom;pays\nAïssata;Algérie', 'latin1')],
  ['UTF-16', Buffer.from('\ufeffnom;pays\nAïssata;Algérie', 'utf16le')],
])('accents are read from %s', async (_, bytes) => {
  expect((await rowsOf('gens.csv', bytes)).map(({ cells }) => cells)).toEqual([
    ['nom', 'pays'],
    ['Aïssata', 'Algérie'],
  ])
})

test('a workbook gives dates as dates, the result of a formula, and never the formula', async () => {
  const bytes = await workbook((sheet) => {
    sheet.addRow(['case_number', 'name', 'return_date', 'phone'])
    sheet.addRow([
      'ML-1',
      { richText: [{ text: 'Awa ' }, { text: 'Traoré' }] },
      new Date('2025-03-12'),
      76123456,
    ])
    sheet.addRow([])
    sheet.addRow([
      { formula: 'HYPERLINK("http://example.invalid","x")', result: 'ML-2' },
      { text: 'Issa', hyperlink: 'http://example.invalid' },
      undefined,
      { error: '#N/A' },
    ])
  })
  expect(await rowsOf('gens.xlsx', bytes)).toEqual([
    { line: 1, cells: ['case_number', 'name', 'return_date', 'phone'] },
    { line: 2, cells: ['ML-1', 'Awa Traoré', new Date('2025-03-12T00:00:00.000Z'), 76123456] },
    { line: 4, cells: ['ML-2', 'Issa', undefined, '#N/A'] },
  ])
})

test('a file is refused whose name says something else, or that is no table', async () => {
  const book = await workbook((sheet) => sheet.addRow(['case_number']))
  const refused = (name: string, bytes: Buffer) => () => tableFile(name, bytes)
  expect(refused('gens.csv', book)).toThrow('table:lying')
  expect(refused('gens.xlsx', Buffer.from('case_number;name'))).toThrow('table:lying')
  expect(refused('gens.exe', Buffer.from('case_number;name'))).toThrow('table:lying')
  expect(refused('gens.csv', Buffer.from('nom\u0000;x'))).toThrow('table:lying')
  expect(refused('gens.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow('table:old_excel')
  expect(refused('gens.csv', Buffer.alloc(0))).toThrow('table:empty')
  expect(refused('gens.csv', Buffer.alloc(11 * 1024 * 1024, 'a'))).toThrow('table:too_large')
  await expect(rowsOf('gens.xlsx', zip([['readme.txt', Buffer.from('x')]]))).rejects.toThrow('table:lying')
  await expect(rowsOf('gens.xlsx', book.subarray(0, 900))).rejects.toThrow('table:unreadable')
})

test('a small file that unpacks to more than memory holds is refused, whatever it says of its size', async () => {
  const bomb = Buffer.alloc(210 * 1024 * 1024, ' ')
  const entries = (claimed: number): readonly [string, Buffer, number?][] => [
    ['xl/workbook.xml', Buffer.from('<workbook/>')],
    ['xl/worksheets/sheet1.xml', bomb, claimed],
  ]
  for (const claimed of [bomb.length, 1000]) {
    const bytes = zip(entries(claimed))
    expect(bytes.length).toBeLessThan(1024 * 1024)
    await expect(rowsOf('gens.xlsx', bytes)).rejects.toThrow('table:too_large')
  }
})

/** A zip whose entries may claim another size than they have. */
function zip(entries: readonly (readonly [string, Buffer, number?])[]): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, data, claimed = data.length] of entries) {
    const packed = deflateRawSync(data)
    const facts = Buffer.alloc(22)
    facts.writeUInt16LE(8, 0)
    facts.writeUInt32LE(crc(data), 6)
    facts.writeUInt32LE(packed.length, 10)
    facts.writeUInt32LE(claimed, 14)
    facts.writeUInt16LE(name.length, 18)
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04\x14\x00\x00\x00', 'latin1'),
      facts,
      Buffer.from(name),
      packed,
    ])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    const head = Buffer.from('PK\x01\x02\x14\x00\x14\x00\x00\x00', 'latin1')
    central.push(Buffer.concat([head, facts, tail, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

function crc(data: Buffer): number {
  return crc32(data)
}
