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

/**
 * As it was migrated: no row but the fingerprint of the master key, references from the first. Deleting the few rows that a
 * test leaves is far cheaper than truncating, which makes the files of every table and index anew.
 */
async function empty({ pool }: TestDatabase): Promise<void> {
  await pool.query(`do $$ declare name text; begin
    set local session_replication_role = replica;
    for name in select tablename from pg_tables
      where schemaname = 'public' and tablename not in ('_prisma_migrations', 'setting')
    loop execute format('delete from %I', name); end loop;
    delete from setting where key <> 'master_key';
    perform setval('request_reference', start_value, false) from pg_sequences where sequencename = 'request_reference';
  end $$`)
}
