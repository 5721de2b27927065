/** Something that one process at a time does: whoever comes second leaves it to the first. */
import type pg from 'pg'

/** Runs `work` under an advisory lock of this number or name, or gives undefined when another process holds it. */
export async function alone<T>(
  pool: pg.Pool,
  lock: number | string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const key = typeof lock === 'number' ? '$1::bigint' : 'hashtextextended($1, 0)'
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_lock(${key}) as mine`, [
      lock,
    ])
    if (!rows[0]?.mine) return undefined
    try {
      return await work()
    } finally {
      await client.query(`select pg_advisory_unlock(${key})`, [lock])
    }
  } finally {
    client.release()
  }
}
