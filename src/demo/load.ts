/** Brings the tables of the story into a database at once, and its files into their folder. */
import { copyRows } from '../store/copy.ts'
import type { Database } from '../store/database.ts'
import { storeMedia } from '../store/media.ts'
import { tablesOf } from './cells.ts'
import type { Ledger } from './ledger.ts'

/** Writes everything in one transaction, then the files into their folder. The database has no such rows yet. */
export async function loadStory(
  database: Pick<Database, 'pool' | 'keys' | 'prisma'>,
  ledger: Ledger,
  options: { readonly passwordHash: string; readonly mediaFolder: string; readonly references: number },
): Promise<void> {
  const { pool, keys } = database
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const [table, rows] of tablesOf(ledger, keys, options.passwordHash))
      await copyRows(client, table, rows)
    await client.query("select setval('request_reference', $1)", [options.references])
    await client.query("select setval(pg_get_serial_sequence('message', 'position'), $1)", [
      ledger.messages.size + 1,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  await storeFiles(database, ledger, options.mediaFolder)
}

/** A few at a time: each is written through to the disk. */
export async function storeFiles(
  database: Pick<Database, 'prisma' | 'keys'>,
  ledger: Ledger,
  folder: string,
): Promise<void> {
  const files = [...ledger.messages.values()].flatMap(({ said }) =>
    'in' in said && said.media?.state === 'stored' ? said.media : [],
  )
  for (let from = 0; from < files.length; from += 12) {
    await Promise.all(
      files
        .slice(from, from + 12)
        .map(({ id, bytes, mime }) => storeMedia(database, folder, id, { bytes, mime })),
    )
  }
}
