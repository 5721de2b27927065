/**
 * Starts one embedded PostgreSQL for a whole run of tests, with one migrated database that every test copies. It need not
 * outlive the machine: what survives a power cut is tried on servers of their own.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/store/migrate.ts'
import { type Postgres, startPostgres } from '../src/store/postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the template. */
    database: string
  }
}

let running: { postgres: Postgres; folder: string } | undefined

export async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'baro-test-'))
  const postgres = await startPostgres({ dataDir: folder, throwAway: true, log: () => {} })
  running = { postgres, folder }
  await migrate(postgres.connectionString)
  project.provide('database', postgres.connectionString)
}

export async function teardown(): Promise<void> {
  await running?.postgres.stop()
  if (running) await rm(running.folder, { recursive: true, force: true })
}
