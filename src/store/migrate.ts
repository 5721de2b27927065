/** Brings a database to the model of this version, and tells whether the migrations say what the model says. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** Any number that nobody else in this database takes; processes that start together migrate one after the other. */
const advisoryLock = 8_410_001

export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Applies what is not applied, in order, and gives the names; one that was left half applied fails. */
export async function migrate(connectionString: string): Promise<readonly string[]> {
  return withPool(connectionString, async (pool) => {
    const guard = await pool.connect()
    try {
      await guard.query('select pg_advisory_lock($1)', [advisoryLock])
      const migrationsList = await readMigrations()
      if (await isApplied(pool, migrationsList)) return []
      const { noFilters, withEngine } = await loadEngine()
      const applied = await withEngine(pool, (engine) =>
        engine.applyMigrations({ migrationsList, filters: noFilters }),
      )
      return applied.appliedMigrationNames
    } finally {
      // Ends the connection, and with it the lock, also when the migration failed.
      guard.release(true)
    }
  })
}

/** SQL that leads from the migrated database to prisma/schema.prisma; empty when they agree. */
export async function driftOf(connectionString: string): Promise<string> {
  const { noFilters, readSchema, withEngine } = await loadEngine()
  const files = [await readSchema()]
  const script = await withPool(connectionString, (pool) =>
    withEngine(pool, (engine) =>
      engine.diff({
        from: { tag: 'schemaDatasource', files, configDir: migrationsFolder },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: null,
        filters: noFilters,
      }),
    ),
  )
  const sql = script.stdout ?? ''
  return sql.replace(/^--.*$/gm, '').trim() === '' ? '' : sql
}

/** Only a database that must be changed or compared needs the engine, and it takes longer to load than all the rest. */
const loadEngine = () => import('./schema-engine.ts')

/** Whether the ledger names exactly these migrations, each of them finished. */
async function isApplied(pool: pg.Pool, list: Awaited<ReturnType<typeof readMigrations>>): Promise<boolean> {
  const known = await pool.query("select to_regclass('_prisma_migrations') is not null as known")
  if (!known.rows[0].known) return false
  const { rows } = await pool.query<{ name: string; whole: boolean }>(
    `select migration_name as name, finished_at is not null and rolled_back_at is null as whole
     from _prisma_migrations`,
  )
  const written = new Set(list.migrationDirectories.map(({ path }) => path))
  return rows.length === written.size && rows.every(({ name, whole }) => whole && written.has(name))
}

async function withPool<T>(connectionString: string, use: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString, max: 3 })
  pool.on('error', () => {})
  try {
    return await use(pool)
  } finally {
    await pool.end()
  }
}

async function readMigrations() {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const lock = await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8')
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: lock },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(migrationsFolder, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  }
}
