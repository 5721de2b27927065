import { expect, test } from 'vitest'
import { driftOf, migrate } from '../../src/store/migrate.ts'
import { freshDatabase } from '../database.ts'

test('the migrations say exactly what the model says', async () => {
  const { connectionString, pool } = await freshDatabase()
  expect(await driftOf(connectionString)).toBe('')
  await pool.query('alter table person drop column cercle')
  expect(await driftOf(connectionString)).toContain('ADD COLUMN     "cercle"')
})

test('a second run applies nothing, also when two start together', async () => {
  const { connectionString, pool } = await freshDatabase()
  expect(await Promise.all([migrate(connectionString), migrate(connectionString)])).toEqual([[], []])
  const { rows } = await pool.query('select migration_name, finished_at from _prisma_migrations')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => row.finished_at !== null)).toBe(true)
})

test('what a process that died left half applied is told, and not passed over', async () => {
  const { connectionString, pool } = await freshDatabase()
  const [last] = (await pool.query('select max(migration_name) as name from _prisma_migrations')).rows
  await pool.query('update _prisma_migrations set finished_at = null where migration_name = $1', [last.name])
  await expect(migrate(connectionString)).rejects.toThrow()
})

test('nothing runs on after a migration that would keep a finished process alive', async () => {
  const { connectionString, pool } = await freshDatabase()
  await pool.query('drop schema public cascade; create schema public')
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = timers()
  expect((await migrate(connectionString)).length).toBeGreaterThan(0)
  expect(timers()).toBeLessThanOrEqual(before)
})
