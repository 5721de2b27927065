/**
 * A whole table of people, from its first row to the last, in batches, so that memory stays flat however long it is. A row
 * that cannot be read is reported with its line and reason; the rest is taken.
 */
import {
  type CaseloadRow,
  type Cell,
  guessMapping,
  isHeader,
  type Mapping,
  type Remark,
  type TableRow,
} from '../core/caseload.ts'
import { judgeRow, type Reading } from '../core/caseload-row.ts'
import { Failure } from '../failure.ts'
import { readCaseNumber } from '../flow/answer/case-number.ts'
import { readPhone } from '../flow/answer/phone.ts'
import type { Vocabulary } from '../flow/answer/vocabulary.ts'
import { listWorkers } from '../store/caseload.ts'
import type { Desk } from './act.ts'
import { type Bringer, takeRows } from './take-caseload.ts'

/** How far a table was taken in. */
export type ImportCounts = {
  readonly rows: number
  readonly made: number
  readonly changed: number
  readonly same: number
  readonly refused: number
}

export type ImportReport = {
  readonly counts: ImportCounts
  /** In the order of the lines; of very many only the first. */
  readonly remarks: readonly Remark[]
}

export type ImportWish = {
  readonly rows: AsyncIterable<TableRow>
  /** Guessed from the headings while absent. */
  readonly mapping?: Mapping
  readonly vocabulary: Pick<Vocabulary, 'place' | 'hear'>
  readonly bringer: Bringer
  /** Called after every batch. */
  readonly onProgress?: (counts: ImportCounts) => Promise<void> | void
}

const batchSize = 250
const remarksAtMost = 20_000

export const noCounts: ImportCounts = { rows: 0, made: 0, changed: 0, same: 0, refused: 0 }

/** Takes the table in. Fails with `table:no_header` when its first row names no case number, and as reading it does. */
export async function importCaseload(desk: Desk, wish: ImportWish): Promise<ImportReport> {
  const taking = {
    ...{ desk, bringer: wish.bringer },
    town: await desk.watch.current(),
    workers: await listWorkers(desk.prisma),
  }
  const reading = readingOf(wish.vocabulary, desk.clock.now())
  const lineOf = new Map<string, number>()
  const remarks: Remark[] = []
  let counts = noCounts
  let mapping: Mapping | undefined
  let batch: CaseloadRow[] = []

  async function take(): Promise<void> {
    const { made, changed, same, remarks: more } = await takeRows(taking, batch)
    batch = []
    keep(more)
    counts = {
      ...counts,
      ...{ made: counts.made + made, changed: counts.changed + changed, same: counts.same + same },
    }
    await wish.onProgress?.(counts)
  }

  function keep(more: readonly Remark[]): void {
    counts = { ...counts, refused: counts.refused + refusedLines(more) }
    remarks.push(...more.slice(0, remarksAtMost - remarks.length))
  }

  for await (const tableRow of wish.rows) {
    if (mapping === undefined) {
      mapping = mappingOf(tableRow.cells, wish.mapping)
      continue
    }
    const { row, remarks: more } = judgeRow(tableRow, mapping, reading, desk.clock.now())
    if (row || more.length > 0) counts = { ...counts, rows: counts.rows + 1 }
    keep(more)
    if (!row) continue
    const before = lineOf.get(row.caseNumber)
    if (before === undefined) {
      lineOf.set(row.caseNumber, row.line)
      batch.push(row)
    } else {
      keep([{ line: row.line, refused: true, reason: 'twice', column: 'case_number', given: String(before) }])
    }
    if (batch.length === batchSize) await take()
  }
  if (mapping === undefined) throw new Failure('table:empty')
  await take()
  return { counts, remarks: remarks.sort((one, other) => one.line - other.line) }
}

/** A row that is wrong in two ways is one row. */
function refusedLines(remarks: readonly Remark[]): number {
  return new Set(remarks.filter(({ refused }) => refused).map(({ line }) => line)).size
}

/** Which columns hold what: as somebody chose, or by the headings. */
function mappingOf(header: readonly Cell[], chosen: Mapping | undefined): Mapping {
  const mapping = chosen ?? (isHeader(header) ? guessMapping(header) : {})
  if (mapping.case_number === undefined) throw new Failure('table:no_header')
  return mapping
}

/** A table is understood as a conversation is: old names of places, numbers of any country, dates as people write them. */
export function readingOf(vocabulary: ImportWish['vocabulary'], now: Date): Reading {
  const aDate = { ask: 'date', strict: false, optional: false } as const
  return {
    place: (text) => vocabulary.place(text),
    phone: readPhone,
    caseNumber: readCaseNumber,
    date(text) {
      const heard = vocabulary.hear(text, aDate, 'fr', now)
      return heard.is === 'answer' && heard.answer.is === 'date' ? heard.answer.value : undefined
    },
  }
}
