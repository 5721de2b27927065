/** Brings the files of a story into their folder and its tables into a database, at once. */

import { copyRows } from '../store/copy.ts'
import type { Database } from '../store/database.ts'
import { writeMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import { tablesOf } from './cells.ts'
import type { Ledger } from './ledger.ts'

/** Writes the files, then everything else in one transaction. The database has no such rows yet. */
export async function loadStory(
  database: Pick<Database, 'pool' | 'keys'>,
  ledger: Ledger,
  options: { readonly passwordHash: string; readonly mediaFolder: MediaPlace; readonly references: number },
): Promise<void> {
  const { pool, keys } = database
  const tables = [...tablesOf(ledger, keys, options.passwordHash)]
  await writeFiles(keys, ledger, options.mediaFolder)
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const [table, rows] of tables) await copyRows(client, table, rows)
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
}

/** The bytes of files, before a row says that they are there: a few at a time, each written through to the disk. */
export async function writeFiles(keys: Database['keys'], ledger: Ledger, folder: MediaPlace): Promise<void> {
  const files = [...ledger.messages.values()].flatMap(({ said, key }) =>
    said.media?.state === 'stored' ? { key, id: said.media.id, bytes: said.media.bytes } : [],
  )
  for (let from = 0; from < files.length; from += 12) {
    await Promise.all(files.slice(from, from + 12).map((file) => writeMedia(keys, folder, file)))
  }
}
