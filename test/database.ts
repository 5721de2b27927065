/** A database of its own for each test, copied from the migrated template in about thirty milliseconds. */
import { randomBytes } from 'node:crypto'
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

/** The same where several tests share one (`beforeAll`); the caller drops it. */
export async function copyDatabase(clock: Clock = realClock): Promise<TestDatabase> {
  const template = inject('database')
  const name = `test_${randomBytes(6).toString('hex')}`
  await command(template, `create database ${name} template baro`)
  const url = new URL(template)
  url.pathname = `/${name}`
  const connectionString = url.href
  const database = await openDatabase({
    connectionString,
    masterKey: testMasterKey,
    migrate: false,
    poolSize: 8,
    clock,
  })
  return {
    ...database,
    connectionString,
    async drop() {
      await database.close()
      // Without force: whoever is still connected has leaked.
      await command(template, `drop database ${name}`)
    },
  }
}

/** Runs one statement beside the template, never in it: a template with a guest cannot be copied. */
async function command(template: string, text: string): Promise<void> {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
