/** One database for all tests of a file, emptied before each: making one and dropping it takes longer than most tests. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { copyDatabase, type TestDatabase } from './database.ts'

/** Called at the head of a file; gives the database to the tests below it. */
export function oneDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined
  const given = (): TestDatabase => {
    if (!database) throw new Error('the database is there in tests only')
    return database
  }
  beforeAll(async () => {
    database = await copyDatabase()
  })
  afterAll(() => database?.drop())
  beforeEach(() => empty(given()))
  return given
}

/** As it was migrated: no row but the fingerprint of the master key, references from the first. */
async function empty({ pool }: TestDatabase): Promise<void> {
  await pool.query(`do $$ begin
    execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' cascade' from pg_tables
      where schemaname = 'public' and tablename not in ('_prisma_migrations', 'setting'));
    delete from setting where key <> 'master_key';
    alter sequence request_reference restart;
  end $$`)
}
