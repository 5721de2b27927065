/** Many rows at once by PostgreSQL's COPY: for what fills a database, several times as fast as statements with values. */
import type pg from 'pg'
import type { Plain } from './road.ts'

/** A row by its columns; what is undefined keeps the column's default, an object becomes JSON. */
export type Cells = Readonly<Record<string, Plain | object | undefined>>

/** Writes the rows; those with the same columns go in one COPY, in their order. Names are the program's own. */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  rows: readonly Cells[],
  rowsAtOnce = 5_000,
): Promise<void> {
  for (const [columns, group] of byColumns(rows)) {
    const names = columns.split(' ')
    const text = `copy "${table}" (${names.map((name) => `"${name}"`).join(', ')}) from stdin`
    for (let from = 0; from < group.length; from += rowsAtOnce) {
      const part = group.slice(from, from + rowsAtOnce)
      await copyIn(
        client,
        text,
        part.map((row) => `${names.map((name) => field(row[name])).join('\t')}\n`).join(''),
      )
    }
  }
}

function byColumns(rows: readonly Cells[]): ReadonlyMap<string, readonly Cells[]> {
  const groups = new Map<string, Cells[]>()
  for (const row of rows) {
    const columns = Object.keys(row)
      .filter((column) => row[column] !== undefined)
      .sort()
      .join(' ')
    const group = groups.get(columns)
    if (group) group.push(row)
    else groups.set(columns, [row])
  }
  return groups
}

/** One value in COPY's text format. */
function field(value: Cells[string]): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array)
    return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`
  if (isTexts(value))
    return escaped(`{${value.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
  return escaped(JSON.stringify(value))
}

/** Lists are columns of text[]; JSON in a cell is always an object. */
function isTexts(value: object): value is readonly string[] {
  return Array.isArray(value)
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (letter) => escapes[letter] ?? letter)
}

/** What is used of the driver's connection, which its types leave out. */
type Connection = { query(text: string): void; sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }

/** The driver asks whatever it is given by these names; it ships nothing that answers a COPY. */
function copyIn(client: pg.ClientBase, text: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined
    const copy = {
      submit: (connection: unknown) => (connection as Connection).query(text),
      handleCopyInResponse(connection: Connection) {
        connection.sendCopyFromChunk(Buffer.from(rows))
        connection.endCopyFrom()
      },
      handleCommandComplete() {},
      handleError(error: Error) {
        failure ??= error
        // A lost connection is never ready again.
        setImmediate(() => reject(error))
      },
      handleReadyForQuery() {
        if (failure) reject(failure)
        else resolve()
      },
    }
    client.query(copy)
  })
}
