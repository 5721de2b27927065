/** One database, opened: its pool, Prisma on the same pool, the keys and the hot road. */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../../prisma/client/client.ts'
import { Failure } from '../failure.ts'
import { type Clock, realClock } from '../world.ts'
import { type Keys, makeKeys } from './encryption.ts'
import { type MasterKeySource, settleMasterKey } from './master-key.ts'
import { migrate } from './migrate.ts'
import { endPool } from './pool.ts'
import type { Road } from './road.ts'
import { makeRoad } from './road-sql.ts'
import { makeStatementNames } from './statement-names.ts'

export type Database = {
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  readonly keys: Keys
  readonly road: Road
  /** Waits for what runs and ends every connection. */
  close(): Promise<void>
}

/**
 * Opens a database, migrating it first unless told not to. Fails with `database:unreachable`, `key:missing` and
 * `key:different`. `onTrouble` hears of connections that broke while idle; a stopped server ends them and they come back.
 */
export async function openDatabase(options: {
  readonly connectionString: string
  readonly masterKey: MasterKeySource
  readonly migrate?: boolean
  readonly poolSize?: number
  readonly clock?: Clock
  readonly onTrouble?: (code: string) => void
}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolSize ?? 20,
    connectionTimeoutMillis: 15_000,
    // A new connection costs tens of milliseconds, and has to learn again what the one before knew.
    idleTimeoutMillis: 300_000,
    application_name: 'baro',
  })
  let closing = false
  // Whoever says goodbye to a busy server may be cut off before it has heard: that is no trouble.
  // While one is held for work it is nobody's to watch, and a server that goes down would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', (error) => {
    if (!closing) options.onTrouble?.(codeOf(error))
  })
  try {
    await reach(pool)
    if (options.migrate ?? true) await migrate(options.connectionString)
    const keys = makeKeys(pool, await settleMasterKey(pool, options.masterKey))
    const prisma = new PrismaClient({
      adapter: new PrismaPg(pool, { statementNameGenerator: makeStatementNames() }),
    })
    return {
      pool,
      prisma,
      keys,
      road: makeRoad(pool, keys, options.clock ?? realClock),
      async close() {
        closing = true
        await prisma.$disconnect()
        await endPool(pool)
      },
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

async function reach(pool: pg.Pool): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (cause) {
    // The cause names the server and never the password.
    throw new Failure('database:unreachable', { theirs: codeOf(cause) }, { cause })
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown'
}
