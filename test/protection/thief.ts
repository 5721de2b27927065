/** Whoever has a copy of the database and the master key: everything that the two of them open. */
import pg from 'pg'
import type { Database } from '../../src/store/database.ts'
import { makeKeys } from '../../src/store/encryption.ts'
import { testMasterKey } from '../database.ts'

/** One long text of all rows of all tables, with every encrypted value opened that opens. */
export async function stolen({ pool }: Pick<Database, 'pool'>): Promise<string> {
  const master = testMasterKey.bytes
  if (!master) throw new Error('the test has no master key')
  // A house of his own: nothing of ours is in its memory.
  const keys = makeKeys(pool, master)
  const { rows: known } = await pool.query<{ id: string }>('select id from subject_key')
  const all = known.map(({ id }) => id)
  await keys.load(all)
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema() and tablename not like '\\_prisma%'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<Record<string, unknown>>(`select * from ${pg.escapeIdentifier(name)}`)
    for (const row of rows) {
      const ids = Object.values(row).filter((value) => typeof value === 'string' && isId(value)) as string[]
      const places = [...ids, ...ids.flatMap((one) => ids.map((other) => `${one}/${other}`))]
      for (const [column, value] of Object.entries(row)) {
        if (!(value instanceof Buffer)) found.push(JSON.stringify(value) ?? '')
        else
          found.push(
            ...opened(
              keys,
              all,
              places.map((id) => `${name}.${column}:${id}`),
              value,
            ),
          )
      }
    }
  }
  return found.join('\n')
}

function opened(
  keys: ReturnType<typeof makeKeys>,
  all: readonly string[],
  places: readonly string[],
  value: Buffer,
): readonly string[] {
  const texts = [value.toString('utf8')]
  for (const key of all) {
    for (const place of places) {
      try {
        texts.push(keys.decrypt(key, place, value).toString('utf8'))
      } catch {
        // Not with this key, or not there.
      }
    }
  }
  return texts
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
