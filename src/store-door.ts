/** The database of a house, opened. Apart from the house, so that a command beside it need not load the rest. */
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { openDatabase } from './store/database.ts'
import { type MasterKeySource, readMasterKey } from './store/master-key.ts'
import { startPostgres } from './store/postgres.ts'
import type { Clock } from './world.ts'

export type StoreSettings = {
  readonly config: Config
  readonly log: Log
  readonly clock: Clock
  /** A running server, instead of the database of the settings: for a command beside the house. */
  readonly connectionString?: string
  /** Instead of the master key of the settings: for a throw-away database. */
  readonly masterKey?: MasterKeySource
  /** The database of the settings goes with the process (postgres.ts). */
  readonly throwAway?: boolean
}

/** The database: the one that ships with the program, or the one of the settings; `opened` gets what closes it. */
export async function openStore(settings: StoreSettings, opened: (() => Promise<void>)[]) {
  const { config, log, clock } = settings
  const key =
    settings.masterKey ??
    (await readMasterKey({
      key: config.BARO_KEY?.reveal(),
      file: config.BARO_KEY_FILE,
      dataDir: config.DATA_DIR,
    }))
  let connectionString = settings.connectionString ?? config.DATABASE_URL?.reveal()
  if (!connectionString) {
    const postgres = await startPostgres({
      dataDir: config.DATA_DIR,
      ...(settings.throwAway ? { throwAway: true } : {}),
      log: (line) => log.info('postgres', { line }),
    })
    opened.push(() => postgres.stop())
    connectionString = postgres.connectionString
  }
  const onTrouble = (code: string) => log.warn('a database connection was lost', { code })
  const database = await openDatabase({ connectionString, masterKey: key, clock, onTrouble })
  opened.push(() => database.close())
  return { database, connectionString }
}
