/** Something that one process at a time does: whoever comes second leaves it to the first. */
import type pg from 'pg'

/** Runs `work` under an advisory lock of this name, or gives undefined when another process holds it. */
export async function alone<T>(pool: pg.Pool, name: string, work: () => Promise<T>): Promise<T | undefined> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1, 0)) as mine`,
      [name],
    )
    if (!rows[0]?.mine) return undefined
    try {
      return await work()
    } finally {
      await client.query(`select pg_advisory_unlock(hashtextextended($1, 0))`, [name])
    }
  } finally {
    client.release()
  }
}
