/**
 * One row of a caseload, judged: what it says in the product's own terms, or why it cannot be read. How a place, a phone
 * and a date are understood comes in as values, so that a table and a conversation understand alike.
 */
import type { CaseloadColumn, CaseloadRow, Cell, Mapping, Remark, RowReason, TableRow } from './caseload.ts'
import type { Language } from './language.ts'
import type { Place } from './place.ts'

/** How the product understands what people write. */
export type Reading = {
  readonly place: (text: string) => Place | undefined
  /** E.164. */
  readonly phone: (text: string) => string | undefined
  /** ISO date. */
  readonly date: (text: string) => string | undefined
  readonly caseNumber: (text: string) => string | undefined
}

export type Judged = { readonly row?: CaseloadRow; readonly remarks: readonly Remark[] }

const longest = { cell: 200, given: 60 }
const oldestYear = 1900
/** Days that Excel counts from the end of 1899: 1954 to 2064, so that a year or an age is never taken for a date. */
const serialDays = { first: 20_000, last: 60_000 } as const
const day = 86_400_000
const excelEpoch = Date.UTC(1899, 11, 30)

const sexes: Readonly<Record<string, 'woman' | 'man'>> = {
  ...{ f: 'woman', femme: 'woman', feminin: 'woman', female: 'woman', woman: 'woman', fille: 'woman' },
  ...{ w: 'woman', muso: 'woman', h: 'man', m: 'man', homme: 'man', masculin: 'man', male: 'man' },
  ...{ man: 'man', garcon: 'man', ce: 'man' },
}

const tongues: Readonly<Record<string, Language>> = {
  ...{ fr: 'fr', francais: 'fr', french: 'fr', bm: 'bm', bambara: 'bm', bamanankan: 'bm', bamanan: 'bm' },
  ...{ en: 'en', anglais: 'en', english: 'en' },
}

/** Reads one row. A row without any word is neither read nor remarked on. */
export function judgeRow({ line, cells }: TableRow, mapping: Mapping, reading: Reading, now: Date): Judged {
  const remarks: Remark[] = []
  const note = (column: CaseloadColumn, reason: RowReason, refused = true) => {
    const given = textOf(cellOf(cells, mapping, column))?.slice(0, longest.given)
    remarks.push({ line, refused, reason, column, given })
  }
  const text = (column: CaseloadColumn) => {
    const found = textOf(cellOf(cells, mapping, column))
    if (found === undefined) return undefined
    if (found.length > longest.cell) note(column, 'too_long')
    else if (/^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(found)) note(column, 'broken_cell')
    else return found
    return undefined
  }
  const read = <T>(
    column: CaseloadColumn,
    reason: RowReason,
    how: (text: string) => T | undefined,
    refused = true,
  ): T | undefined => {
    const found = text(column)
    const value = found === undefined ? undefined : how(found)
    if (found !== undefined && value === undefined) note(column, reason, refused)
    return value
  }
  const caseNumber = read('case_number', 'not_a_number', reading.caseNumber)
  if (caseNumber === undefined && remarks.length === 0) note('case_number', 'missing')
  const returnDate = readReturnDate(cellOf(cells, mapping, 'return_date'), text, reading, note, now)
  const { region, cercle } = readPlace(text('region'), text('cercle'), reading, note)
  const row = {
    line,
    caseNumber: caseNumber ?? '',
    name: text('name'),
    sex: read('sex', 'not_a_sex', (found) => sexes[plain(found)]),
    birthYear: readBirthYear(cellOf(cells, mapping, 'birth_year'), text, reading, note, now),
    phone: read('phone', 'not_a_phone', reading.phone),
    // A language that the machine does not speak keeps nobody out.
    language: read('language', 'not_a_language', (found) => tongues[plain(found)], false),
    ...{ region, cercle, returnDate },
    returnCountry: text('return_country'),
    worker: text('case_worker'),
  }
  const empty = cells.every((cell) => textOf(cell) === undefined)
  if (empty) return { remarks: [] }
  return remarks.some(({ refused }) => refused) ? { remarks } : { row, remarks }
}

type Text = (column: CaseloadColumn) => string | undefined
type Note = (column: CaseloadColumn, reason: RowReason) => void

/** A year, a date of birth, or a year among a few words ("vers 1985"). */
function readBirthYear(cell: Cell, text: Text, reading: Reading, note: Note, now: Date): number | undefined {
  if (cell === undefined) return undefined
  const written = text('birth_year')
  if (written === undefined) return undefined
  const years = written.match(/(?<!\d)\d{4}(?!\d)/g) ?? []
  const date = dateOf(cell) ?? reading.date(written)
  const year =
    date === undefined ? (years.length === 1 ? Number(years[0]) : undefined) : Number(date.slice(0, 4))
  if (year !== undefined && year >= oldestYear && year <= now.getUTCFullYear()) return year
  note('birth_year', 'not_a_year')
  return undefined
}

/** A return lies behind us: a date ahead is a slip of the hand. */
function readReturnDate(cell: Cell, text: Text, reading: Reading, note: Note, now: Date): string | undefined {
  const written = cell === undefined ? undefined : text('return_date')
  if (written === undefined) return undefined
  // "mars" or "lundi" would be understood in a conversation; in a table it is nobody's date.
  const date = dateOf(cell) ?? (/\d{4}|\d\D+\d{2}$/.test(written) ? reading.date(written) : undefined)
  if (date === undefined || date < `${oldestYear}`) note('return_date', 'not_a_date')
  else if (date > now.toISOString().slice(0, 10)) note('return_date', 'in_future')
  else return date
  return undefined
}

/** Region and cercle together: a cercle settles which of two regions is meant, and an old region stands for its new ones. */
function readPlace(
  region: string | undefined,
  cercle: string | undefined,
  reading: Reading,
  note: Note,
): { readonly region?: string; readonly cercle?: string } {
  const named = region === undefined ? undefined : reading.place(region)
  if (region !== undefined && named?.region === undefined) note('region', 'not_a_place')
  if (cercle === undefined) return { region: named?.region, cercle: named?.cercle }
  const both = region === undefined ? undefined : reading.place(`cercle ${cercle}, ${region}`)
  if (both?.region !== undefined && (both.cercle !== undefined || both.region === named?.region)) {
    const { region: found, cercle: within } = both
    return { region: found, cercle: within ?? reading.place(`cercle ${cercle}`)?.cercle }
  }
  const alone = reading.place(`cercle ${cercle}`)
  if (alone?.region === undefined) note('cercle', 'not_a_place')
  else if (named?.region !== undefined && named.region !== alone.region && both?.region !== alone.region) {
    // "Kita, Kayes": Kita was cut from Kayes, and both together mean the new region.
    note('cercle', 'contradiction')
  }
  return { region: alone?.region, cercle: alone?.cercle }
}

/** The date that a cell of a spreadsheet is, by type or by Excel's count of days. */
function dateOf(cell: Cell): string | undefined {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, 10)
  const days = typeof cell === 'number' ? cell : /^\d{5}$/.test(cell ?? '') ? Number(cell) : undefined
  if (days === undefined || days < serialDays.first || days > serialDays.last) return undefined
  return new Date(excelEpoch + Math.floor(days) * day).toISOString().slice(0, 10)
}

function cellOf(cells: readonly Cell[], mapping: Mapping, column: CaseloadColumn): Cell {
  const place = mapping[column]
  return place === undefined ? undefined : cells[place]
}

/** The text of a cell, spaces put in order; undefined when there is none. */
export function textOf(cell: Cell): string | undefined {
  if (cell === undefined) return undefined
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, 10)
  const text = String(cell)
    .replaceAll('\u0000', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\s\u00a0\u200b-\u200d\ufeff]+/g, ' ')
    .trim()
  return text === '' ? undefined : text
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-zɛɔ]/g, '')
    .replaceAll('ɛ', 'e')
    .replaceAll('ɔ', 'o')
}
