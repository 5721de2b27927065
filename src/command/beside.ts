/** The database for a command that may run while `npm start` has the same folder open. */
import { Failure } from '../failure.ts'
import { joinPostgres } from '../store/postgres.ts'
import { openStore, type StoreSettings } from '../store-door.ts'

/** Opens the store, or joins the server that a running house has started; `opened` gets what closes it. */
export async function openBeside(settings: StoreSettings, opened: (() => Promise<void>)[]) {
  try {
    return await openStore(settings, opened)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'database:in_use') throw error
    const { connectionString } = await joinPostgres(settings.config.DATA_DIR)
    return openStore({ ...settings, connectionString }, opened)
  }
}
