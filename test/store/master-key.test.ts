import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readMasterKey, settleMasterKey } from '../../src/store/master-key.ts'
import { freshDatabase } from '../database.ts'

/** A database that never had a key, and several processes that all looked for the file before anybody made it. */
async function starting(processes: number) {
  const { pool } = await freshDatabase()
  await pool.query("delete from setting where key = 'master_key'")
  const home = await mkdtemp(join(tmpdir(), 'baro-key-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const options = { file: join(home, 'baro.key'), dataDir: join(home, 'data') }
  const sources = await Promise.all(Array.from({ length: processes }, () => readMasterKey(options)))
  return { pool, home, settle: sources.map((source) => () => settleMasterKey(pool, source)) }
}

test('processes that start together on an empty database take one key', async () => {
  for (let round = 0; round < 5; round++) {
    const { home, settle } = await starting(8)
    const keys = await Promise.all(settle.map((one) => one()))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
    expect(await readdir(home)).toEqual(['baro.key'])
  }
})

test('who looked before the key was made and settles after takes it as well', async () => {
  const { settle } = await starting(2)
  const [first, second] = settle
  const key = await first?.()
  expect(await second?.()).toEqual(key)
})
