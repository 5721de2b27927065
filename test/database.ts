/**
 * A database of its own for each test, copied from the migrated template. Making the files of one and removing them takes
 * longer than most tests, so what a test leaves is emptied for the next one of its worker.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../src/store/database.ts'
import { fixedMasterKey } from '../src/store/master-key.ts'
import { type Clock, realClock } from '../src/world.ts'

/** The master key of every test database. */
export const testMasterKey = fixedMasterKey(Buffer.alloc(32, 7))

export type TestDatabase = Database & { readonly connectionString: string; drop(): Promise<void> }

/** A fresh database for the test that runs; closed and dropped when it ends. A connection left open fails the test. */
export async function cloneDatabase(clock: Clock = realClock): Promise<TestDatabase> {
  const database = await copyDatabase(clock)
  onTestFinished(() => database.drop())
  return database
}

/** The same for a test that changes what an emptied database keeps: its tables, its master key. */
export async function freshDatabase(clock: Clock = realClock): Promise<TestDatabase> {
  const { name, connectionString } = await makeCopy()
  const database = await open(connectionString, clock, () => remove(name))
  onTestFinished(() => database.drop())
  return database
}

/** The same as a clone where several tests share one (`beforeAll`); the caller drops it. */
export async function copyDatabase(clock: Clock = realClock): Promise<TestDatabase> {
  const copy = emptied.pop() ?? { ...(await makeCopy()), uses: 0 }
  return open(copy.connectionString, clock, async () => {
    copy.uses += 1
    // Deleted rows are cleared away late: an old one grows slow.
    if (copy.uses >= mostUses) return remove(copy.name)
    await left(copy.name)
    await empty(copy.connectionString)
    emptied.push(copy)
  })
}

type Copy = { readonly name: string; readonly connectionString: string; uses: number }

const emptied: Copy[] = []
const mostUses = 40

async function makeCopy(): Promise<{ readonly name: string; readonly connectionString: string }> {
  const template = inject('database')
  const name = `test_${randomBytes(6).toString('hex')}`
  await command(template, `create database ${name} template baro`)
  const url = new URL(template)
  url.pathname = `/${name}`
  return { name, connectionString: url.href }
}

async function open(
  connectionString: string,
  clock: Clock,
  after: () => Promise<void>,
): Promise<TestDatabase> {
  const database = await openDatabase({
    ...{ connectionString, masterKey: testMasterKey, migrate: false, poolSize: 8, clock },
  })
  return {
    ...database,
    connectionString,
    async drop() {
      await database.close()
      await after()
    },
  }
}

/** Without force: whoever is still connected has leaked. */
async function remove(name: string): Promise<void> {
  await command(inject('database'), `drop database ${name}`)
}

/** Waits until nobody is connected any more; whoever stays has leaked. */
async function left(name: string): Promise<void> {
  for (const until = performance.now() + 5_000; ; await pause(10)) {
    const { rows } = await command(
      inject('database'),
      `select count(*)::int as n from pg_stat_activity where datname = '${name}' and backend_type = 'client backend'`,
    )
    if (rows[0]?.n === 0) return
    if (performance.now() > until)
      throw new Error(`${rows[0]?.n} connections to a test database were left open`)
  }
}

/**
 * As it was migrated: no row but the fingerprint of the master key, numbers from the first, no lines. Deleting the few rows
 * that a test leaves is far cheaper than truncating, which makes the files of every table and index anew.
 */
export async function empty(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(`do $$ declare name text; begin
      set local session_replication_role = replica;
      for name in select tablename from pg_tables
        where schemaname = 'public' and tablename not in ('_prisma_migrations', 'setting')
      loop execute format('delete from %I', name); end loop;
      delete from setting where key <> 'master_key';
      perform setval(format('%I', sequencename)::regclass, start_value, false) from pg_sequences where schemaname = 'public';
      drop schema if exists bullmq cascade;
    end $$`)
  } finally {
    await client.end()
  }
}

/** Runs one statement beside the template, never in it: a template with a guest cannot be copied. */
async function command(template: string, text: string): Promise<pg.QueryResult> {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}
