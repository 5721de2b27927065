/**
 * Writes the migration that leads from the present migrations to prisma/schema.prisma:
 *
 *   node --import tsx src/store/make-migration.ts add_partner
 *
 * Read what it wrote before you commit it: partial indexes, settings of tables and moves of data are written by hand.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClock } from '../world.ts'
import { driftOf, migrate, migrationsFolder } from './migrate.ts'
import { startPostgres } from './postgres.ts'

const name = process.argv[2]
if (!name || !/^[a-z][a-z0-9_]*$/.test(name))
  throw new Error('give the migration a name: small letters and _')

const dataDir = await mkdtemp(join(tmpdir(), 'baro-migration-'))
const postgres = await startPostgres({ dataDir, log: () => {} })
try {
  await migrate(postgres.connectionString)
  const sql = await driftOf(postgres.connectionString)
  if (sql === '') {
    console.log('the migrations say what the model says')
  } else {
    const stamp = realClock.now().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = join(migrationsFolder, `${stamp}_${name}`)
    await mkdir(folder)
    await writeFile(join(folder, 'migration.sql'), sql)
    console.log(`wrote ${folder}`)
  }
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
