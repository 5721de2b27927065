/** A process of its own that starts the server of a data folder, says so, and stays until it is told to stop or killed. */
import { startPostgres } from '../../src/store/postgres.ts'

const [dataDir = ''] = process.argv.slice(2)
const postgres = await startPostgres({ dataDir, log: () => {} })
const postmaster = setInterval(() => {}, 1000)
process.once('SIGTERM', async () => {
  clearInterval(postmaster)
  await postgres.stop()
  console.log('stopped')
})
console.log(`up ${postgres.connectionString}`)
