/** The same program on a database of its office's own: several processes side by side, and lines on Redis. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, type TestContext, test } from 'vitest'
import { startPostgres } from '../../src/store/postgres.ts'
import { realClock } from '../../src/world.ts'
import { BotApi } from '../channel/bot-api.ts'
import { skipUnless } from '../skip.ts'
import { type Place, ready, stop, until } from './program.ts'
import { makePrograms } from './programs.ts'

const redis = process.env['REDIS_TEST_URL']
const patience = 90_000

/** A PostgreSQL that the program did not start. */
async function someDatabase({ folder }: Place, { onTestFinished }: TestContext): Promise<string> {
  const postgres = await startPostgres({ dataDir: join(folder, 'elsewhere'), log: () => {} })
  onTestFinished(() => postgres.stop())
  return postgres.connectionString
}

async function someTelegram({ onTestFinished }: TestContext) {
  const api = await BotApi.start()
  api.chats.since = Math.floor(realClock.now().getTime() / 1000)
  onTestFinished(() => api.close())
  return { api, settings: { TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root } }
}

describe.concurrent('a house of several processes', () => {
  test('hears in one and answers from another, and goes on when the one that heard leaves', async (context) => {
    const { place, start } = makePrograms(context)
    const where = await place()
    const { api, settings } = await someTelegram(context)
    const shared = { ...settings, DATABASE_URL: await someDatabase(where, context) }
    // Both at once on an empty database: one migrates and makes the key, the other waits and takes it.
    const door = start(where, { settings: { ...shared, ROLE: 'web' } })
    const back = start(where, { settings: { ...shared, ROLE: 'work' } })
    expect(await ready(door)).toBe(200)
    await until('the other is at work', back, () => back.said().includes('Baro is at work.'))
    const awa = api.chats.person(11)
    awa.says('aw ni sogoma')
    const [greeting, question] = await awa.sees(2, patience)
    expect(greeting?.text).toContain('I ni ce')
    expect(question?.buttons).toHaveLength(3)

    expect(await stop(door)).toBe(0)
    awa.presses('2 Bamanankan')
    const seen = await awa.sees(5, patience)
    expect(seen[2]?.text).toBe('An bɛna kuma bamanankan na.')
    expect(new Set(seen.map(({ text }) => text)).size).toBe(seen.length)
    expect(await stop(back)).toBe(0)
    for (const program of [door, back]) expect(program.said()).not.toMatch(/"level":/)
    expect(await readdir(join(where.folder, 'data'))).not.toContain('postgres')
  })

  test('keeps its lines on Redis', async (context) => {
    skipUnless(context, redis !== undefined, 'REDIS_TEST_URL names no server')
    const { office, start } = makePrograms(context)
    const { api, settings } = await someTelegram(context)
    const program = start(await office(), { settings: { ...settings, REDIS_URL: redis ?? '' } })
    expect(await ready(program)).toBe(200)
    const awa = api.chats.person(13)
    awa.says('bonjour')
    await awa.sees(2, patience)
    const lines = new Redis(redis ?? '')
    try {
      expect((await lines.keys('baro:send-*')).length).toBeGreaterThan(0)
    } finally {
      lines.disconnect()
    }
    expect(await stop(program)).toBe(0)
    expect(program.said()).not.toMatch(/"level":/)
  })
})
