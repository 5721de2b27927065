import pg from 'pg'
import { expect, test } from 'vitest'
import { endPool } from '../../src/store/pool.ts'
import { cloneDatabase } from '../database.ts'

test('when a pool has ended, the server has let go of every connection', async () => {
  const { connectionString, pool } = await cloneDatabase()
  const open = async () => {
    const { rows } = await pool.query("select from pg_stat_activity where application_name = 'ending'")
    return rows.length
  }
  for (let round = 0; round < 5; round++) {
    const ending = new pg.Pool({ connectionString, max: 10, application_name: 'ending' })
    await Promise.all(Array.from({ length: 10 }, () => ending.query('select pg_sleep(0.02)')))
    expect(await open()).toBe(10)
    await endPool(ending)
    expect(await open()).toBe(0)
  }
})

test('a pool that never connected ends as well', async () => {
  await endPool(new pg.Pool({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' }))
})
