/** The same program on a database of its office's own: several processes side by side, and lines on Redis. */
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, type TestContext, test } from 'vitest'
import { startPostgres } from '../../src/store/postgres.ts'
import { BotApi } from '../channel/bot-api.ts'
import { type Place, ready, stop, until } from './program.ts'
import { makePrograms } from './programs.ts'

const redis = process.env['REDIS_TEST_URL']
const patience = 30_000

/** A PostgreSQL that the program did not start. */
async function someDatabase({ folder }: Place, { onTestFinished }: TestContext): Promise<string> {
  const postgres = await startPostgres({ dataDir: join(folder, 'elsewhere'), log: () => {} })
  onTestFinished(() => postgres.stop())
  return postgres.connectionString
}

async function someTelegram({ onTestFinished }: TestContext) {
  const api = await BotApi.start()
  onTestFinished(() => api.close())
  return { api, settings: { TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root } }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

describe.concurrent('a house of several processes', () => {
  test('hears a message in one and answers it from another, on an external database', async (context) => {
    const { place, start } = makePrograms(context)
    const where = await place()
    const { api, settings } = await someTelegram(context)
    const port = await freePort()
    const shared = {
      ...settings,
      DATABASE_URL: await someDatabase(where, context),
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-hook',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    }
    // Both at once on an empty database: one migrates and makes the key, the other waits and takes it.
    const door = start(where, { settings: { ...shared, ROLE: 'web' } })
    const back = start(where, { settings: { ...shared, ROLE: 'work' } })
    expect(await ready(door)).toBe(200)
    const awa = api.chats.person(11)
    awa.says('aw ni sogoma')
    await until('the door hears it', door, () => api.unconfirmed === 0)
    await until('the other is at work', back, () => back.said().includes('Baro is at work.'))
    const [greeting, question] = await awa.sees(2, patience)
    expect(greeting?.text).toContain('I ni ce')
    awa.presses('2 Bamanankan')
    await awa.sees(5, patience)
    expect(question?.buttons).toHaveLength(3)
    expect(api.hookAnswers).toContain(200)
    expect(await readdir(join(where.folder, 'data'))).not.toContain('postgres')
    expect(await Promise.all([stop(door), stop(back)])).toEqual([0, 0])
  })

  test('goes on listening when the one that listened leaves', async (context) => {
    const { place, start } = makePrograms(context)
    const where = await place()
    const { api, settings } = await someTelegram(context)
    const shared = { settings: { ...settings, DATABASE_URL: await someDatabase(where, context) } }
    const first = start(where, shared)
    expect(await ready(first)).toBe(200)
    const awa = api.chats.person(12)
    awa.says('hello')
    await awa.sees(2, patience)
    const second = start(where, shared)
    expect(await ready(second)).toBe(200)
    expect(await stop(first)).toBe(0)
    awa.says('english')
    const seen = await awa.sees(5, patience)
    expect(seen.map(({ text }) => text)).toContain('We will speak English.')
    expect(new Set(seen.map(({ text }) => text)).size).toBe(seen.length)
  })

  test.skipIf(!redis)('keeps its lines on Redis (where REDIS_TEST_URL names one)', async (context) => {
    const { place, start } = makePrograms(context)
    const { api, settings } = await someTelegram(context)
    const program = start(await place(), { settings: { ...settings, REDIS_URL: redis ?? '' } })
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
