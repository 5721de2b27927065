/**
 * A table that somebody brings as a file, row by row: xlsx, or text with commas, semicolons or tabs. A file is what it
 * contains and not what it is called: one whose name says something else is refused. Formulas are never worked out; what
 * they came to when the file was saved is read.
 */
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type ExcelJS from 'exceljs'
import type { Cell, TableRow } from '../core/caseload.ts'
import { Failure } from '../failure.ts'
import { readZip, storedEntry, weigh, zipStream } from './zip.ts'

export type TableFile = { readonly kind: 'xlsx' | 'csv'; readonly bytes: Buffer }

/** What one file may bring. */
export const tableLimits = {
  bytes: 10 * 1024 * 1024,
  unpackedBytes: 200 * 1024 * 1024,
  rows: 50_000,
  columns: 100,
  recordBytes: 64 * 1024,
} as const

const mark = { zip: Buffer.from('PK\x03\x04', 'latin1'), old: Buffer.from('d0cf11e0', 'hex') }
const names: Readonly<Record<string, TableFile['kind']>> = {
  '.xlsx': 'xlsx',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
}

/**
 * Judges a file by its first bytes and its name. Fails with `table:too_large`, `table:empty`, `table:old_excel`, and with
 * `table:lying` when it is not what its name says or no table at all.
 */
export function tableFile(name: string, bytes: Buffer): TableFile {
  if (bytes.length > tableLimits.bytes) throw new Failure('table:too_large', { bytes: bytes.length })
  if (bytes.length === 0) throw new Failure('table:empty')
  if (bytes.subarray(0, 4).equals(mark.old)) throw new Failure('table:old_excel')
  const kind = bytes.subarray(0, 4).equals(mark.zip) ? 'xlsx' : 'csv'
  if (names[extname(name).toLowerCase()] !== kind) throw new Failure('table:lying')
  // A text has no zero bytes, unless it is UTF-16, which says so in its first two.
  if (kind === 'csv' && !isWide(bytes) && bytes.includes(0)) throw new Failure('table:lying')
  return { kind, bytes }
}

/** The rows that hold anything, with their lines. Fails with `table:unreadable` and `table:too_large` on the way. */
export async function* readTable({ kind, bytes }: TableFile): AsyncGenerator<TableRow> {
  let rows = 0
  for await (const row of kind === 'xlsx' ? readSheet(bytes) : readText(bytes)) {
    if (row.cells.every((cell) => cell === undefined || cell === '')) continue
    rows += 1
    if (rows > tableLimits.rows + 1) throw new Failure('table:too_large', { rows: tableLimits.rows })
    yield row
  }
}

const needed = ['xl/_rels/workbook.xml.rels', 'xl/workbook.xml', 'xl/styles.xml', 'xl/sharedStrings.xml']
const noStrings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>'

/** The first sheet of a workbook. */
async function* readSheet(bytes: Buffer): AsyncGenerator<TableRow> {
  const entries = readZip(bytes)
  const sheets = entries
    .filter(({ name }) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name))
    .sort((one, other) => sheetNumber(one.name) - sheetNumber(other.name))
  const [sheet] = sheets
  // What is a zip and holds no workbook calls itself one.
  if (!sheet || !entries.some(({ name }) => name === 'xl/workbook.xml')) throw new Failure('table:lying')
  const wanted = needed.flatMap((name) => entries.find((entry) => entry.name === name) ?? [])
  // Words before the sheet: otherwise the reader lays the sheet aside in a file.
  if (!wanted.some(({ name }) => name === 'xl/sharedStrings.xml'))
    wanted.push(storedEntry('xl/sharedStrings.xml', noStrings))
  wanted.push(sheet)
  await weigh(wanted, tableLimits.unpackedBytes)
  // Loaded when there is a workbook to read: it is a large package.
  const { default: excel } = await import('exceljs')
  const reader = new excel.stream.xlsx.WorkbookReader(zipStream(wanted), {
    ...{
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      worksheets: 'emit',
      entries: 'ignore',
    },
  })
  try {
    for await (const worksheet of reader) {
      for await (const row of worksheet) yield { line: row.number, cells: cellsOf(row) }
    }
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure('table:unreadable', {}, { cause })
  }
}

function sheetNumber(name: string): number {
  return Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0)
}

function cellsOf(row: ExcelJS.Row): Cell[] {
  const width = Math.min(row.cellCount, tableLimits.columns)
  return Array.from({ length: width }, (_, i) => plainCell(row.getCell(i + 1).value))
}

/** What a cell shows: the result of a formula, the text of a link, rich text without its dress. */
function plainCell(value: ExcelJS.CellValue | undefined): Cell {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string' || typeof value === 'number' || value instanceof Date) return value
  if (typeof value === 'boolean') return String(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('error' in value) return value.error
  if ('text' in value) return plainCell(value.text)
  return 'result' in value ? plainCell(value.result as ExcelJS.CellValue) : undefined
}

async function* readText(bytes: Buffer): AsyncGenerator<TableRow> {
  const text = decode(bytes)
  const parser = parse({
    delimiter: delimiterOf(text),
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: tableLimits.recordBytes,
  })
  let line = 1
  try {
    for await (const found of Readable.from(slices(text)).pipe(parser)) {
      const { record, info } = found as { record: string[]; info: { lines: number } }
      yield { line, cells: record.slice(0, tableLimits.columns).map((cell) => cell || undefined) }
      // `lines` counts the ends of lines so far, those within quotes too.
      line = info.lines + 1
    }
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure('table:unreadable', { line }, { cause })
  }
}

/** A long text in pieces, so that reading it can be stopped. */
function* slices(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += 65_536) yield text.slice(from, from + 65_536)
}

function isWide(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

/** UTF-8 where it is that, UTF-16 where it says so, otherwise what Excel on Windows saves. */
function decode(bytes: Buffer): string {
  if (isWide(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** What stands most often between the cells of the first line, outside quotes. */
function delimiterOf(text: string): string {
  const [first = ''] = text.replace(/^\ufeff/, '').split(/\r?\n/, 1)
  const bare = first.replace(/"(?:[^"]|"")*"/g, '')
  const counted = [';', '\t', ','].map((sign) => ({ sign, count: bare.split(sign).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign
}
