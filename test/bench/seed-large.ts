/**
 * `npm run seed:large`: fills an empty database with a hundred thousand people, a million messages and everything that
 * follows from them, over two years, as if the office had worked all that time. In ./data-large, or where DATA_DIR or
 * DATABASE_URL say; start the program on it with the same settings, and sign in as the demo's staff. The same seed and
 * the same end tell the same story, under new keys.
 *
 *   npm run seed:large -- [--people 100000] [--seed baro] [--until 2026-11-25T12:00:00Z]
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../../src/config.ts'
import { demoPassword } from '../../src/demo/cast.ts'
import { readPlaces } from '../../src/flow/answer/files.ts'
import { formerRegions } from '../../src/flow/answer/place.ts'
import { makeLog } from '../../src/log.ts'
import { readShelf } from '../../src/shelf.ts'
import { openStore } from '../../src/store-door.ts'
import { hashPassword } from '../../src/web/password.ts'
import { realClock } from '../../src/world.ts'
import { fillCampaigns } from './large-campaign.ts'
import { fillLarge } from './large-fill.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    seed: { type: 'string', default: 'baro' },
    until: { type: 'string' },
  },
})

if (existsSync('.env')) process.loadEnvFile('.env')
const config = readConfig({ DATA_DIR: './data-large', ...process.env })
const opened: (() => Promise<void>)[] = []
try {
  const began = performance.now()
  const { database } = await openStore({ config, log: makeLog('error'), clock: realClock }, opened)
  const report = await fillLarge(database, {
    people: Number(values.people),
    seed: values.seed,
    now: values.until === undefined ? realClock.now() : new Date(values.until),
    places: readPlaces(readShelf().places),
    passwordHash: await hashPassword(demoPassword),
    mediaFolder: join(config.DATA_DIR, 'media'),
    tell: (words) => process.stderr.write(`${words}\n`),
  })
  await fillCampaigns(database, formerRegions(readPlaces(readShelf().places)), realClock.now())
  const seconds = Math.round((performance.now() - began) / 1000)
  process.stderr.write(`Sign in as supervisor@demo.invalid and the like, password ${demoPassword}\n`)
  console.log(
    JSON.stringify({ ...report, seconds, rss_mb: Math.round(process.memoryUsage().rss / 1024 / 1024) }),
  )
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
} finally {
  for (const close of opened.reverse()) await close()
}
