import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { cut, makePlace, type Place, type Program, run, stop } from './program.ts'

const places: Place[] = []
const programs: Program[] = []

async function place(): Promise<Place> {
  const made = await makePlace()
  places.push(made)
  return made
}

function start(
  where: Place,
  settings: Record<string, string> = {},
  words: readonly string[] = ['start'],
): Program {
  const program = run(where, words, settings)
  programs.push(program)
  return program
}

async function ready(program: Program): Promise<number> {
  return (await fetch(`${await program.open}/health/ready`)).status
}

afterEach(async () => {
  await Promise.all(programs.splice(0).map(stop))
  await Promise.all(places.splice(0).map((it) => it.remove()))
})

describe('the house', () => {
  test('opens on an empty folder, stops on a signal, and opens again', async () => {
    const where = await place()
    const first = start(where)
    expect(await ready(first)).toBe(200)
    expect(first.said()).toMatch(/\/login/)
    expect((await stat(join(where.folder, 'baro.key'))).mode & 0o777).toBe(0o600)
    expect(await stop(first)).toBe(0)
    expect(await ready(start(where))).toBe(200)
  })

  test('opens again after a power cut of Node alone', async () => {
    const where = await place()
    const first = start(where)
    expect(await ready(first)).toBe(200)
    await cut(first)
    expect(await ready(start(where))).toBe(200)
  })

  test('opens again after a power cut of everything', async () => {
    const where = await place()
    const first = start(where)
    expect(await ready(first)).toBe(200)
    const pid = Number(
      (await readFile(join(where.folder, 'data/postgres/postmaster.pid'), 'utf8')).split('\n')[0],
    )
    process.kill(pid, 'SIGKILL')
    await cut(first)
    expect(await ready(start(where))).toBe(200)
  })

  test('stands twice on one machine', async () => {
    const [one, two] = [start(await place()), start(await place())]
    expect(await Promise.all([ready(one), ready(two)])).toEqual([200, 200])
    expect(await one.open).not.toBe(await two.open)
  })

  test('refuses a data folder that another one has', async () => {
    const where = await place()
    const first = start(where)
    await first.open
    const second = start(where)
    expect((await second.ended).code).toBe(1)
    expect(second.said()).toContain('folder:')
    expect(await ready(first)).toBe(200)
  })

  test('refuses a key that does not fit, and a key that is gone', async () => {
    const where = await place()
    const first = start(where)
    await first.open
    await stop(first)
    const other = start(where, { BARO_KEY: Buffer.alloc(32, 7).toString('base64') })
    expect((await other.ended).code).toBe(1)
    await rm(join(where.folder, 'baro.key'))
    const none = start(where)
    expect((await none.ended).code).toBe(1)
    await expect(stat(join(where.folder, 'baro.key'))).rejects.toThrow()
  })

  test('tells all faults of the settings at once', async () => {
    const program = start(await place(), { PORT: 'x', REDIS_URL: 'y', WEB_CHAT: 'maybe' })
    expect((await program.ended).code).toBe(1)
    for (const name of ['PORT', 'REDIS_URL', 'WEB_CHAT']) expect(program.said()).toContain(`- ${name}:`)
  })
})
