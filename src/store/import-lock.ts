/** One caseload at a time: two that bring the same new case number in the same moment would make two cases of it. */
import type pg from 'pg'
import { Failure } from '../failure.ts'

/** Any number that nobody else in this database takes. */
const advisoryLock = 8_410_011

/** Does the work while nobody else imports, in any process; fails with `table:busy` when somebody does. */
export async function importingAlone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: boolean | undefined
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      advisoryLock,
    ])
    if (!rows[0]?.mine) throw new Failure('table:busy')
    try {
      return await work()
    } finally {
      // A connection that cannot unlock is thrown away, and the lock goes with it.
      await client.query('select pg_advisory_unlock($1)', [advisoryLock]).catch(() => {
        broken = true
      })
    }
  } finally {
    client.release(broken)
  }
}
