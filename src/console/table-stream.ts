/** A table on its way out: written row by row as it is read, and never a formula to the program that opens it. */
import { PassThrough, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { FastifyReply } from 'fastify'
import type { ExportFormat, ExportRow } from '../core/data-export.ts'
import type { Log } from '../log.ts'

export type TableOut = {
  readonly columns: readonly { readonly key: string; readonly heading: string; readonly legend: string }[]
  readonly rows: AsyncIterable<ExportRow>
  /** Names of the two sheets of a workbook. */
  readonly sheets: { readonly rows: string; readonly legend: string }
}

const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Sends the table as a file of this name, without its ending. */
export async function sendTable(
  reply: FastifyReply,
  log: Log,
  file: { readonly name: string; readonly format: ExportFormat },
  table: TableOut,
): Promise<FastifyReply> {
  const stream = await tableStream(file.format, table)
  stream.on('error', (error) => log.error('an export ended short', error))
  return reply
    .type(types[file.format])
    .header('content-disposition', `attachment; filename="${file.name}.${file.format}"`)
    .send(stream)
}

/** The file as a stream; a failure on the way ends it short, and the browser says so. */
async function tableStream(format: ExportFormat, table: TableOut): Promise<Readable> {
  return format === 'csv' ? csv(table) : workbook(table)
}

function csv({ columns, rows }: TableOut): Readable {
  const shown = columns.map(({ key, heading }) => ({ key, header: heading }))
  const out = stringify({ header: true, columns: shown, bom: true, escape_formulas: true, delimiter: ';' })
  const source = Readable.from(rows)
  source.on('error', (error) => out.destroy(error))
  return source.pipe(out)
}

async function workbook({ columns, rows, sheets }: TableOut): Promise<Readable> {
  const { default: excel } = await import('exceljs')
  const out = new PassThrough()
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: false })
  const write = async () => {
    const sheet = book.addWorksheet(sheets.rows)
    sheet.columns = columns.map(({ key, heading }) => ({ key, header: heading, width: 18 }))
    // Strings are strings here: Excel works out no cell that was not written as a formula.
    for await (const row of rows) sheet.addRow(row).commit()
    sheet.commit()
    const legend = book.addWorksheet(sheets.legend)
    for (const { heading, legend: text } of columns) legend.addRow([heading, text]).commit()
    legend.commit()
    await book.commit()
  }
  void write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error('export')))
  return out
}
