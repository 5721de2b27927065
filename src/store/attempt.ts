/** Counted tries of one kind by somebody: sign-ins, references. Who is a keyed hash and never written as such. */
import type { Database } from './database.ts'

type Part = Pick<Database, 'pool' | 'keys'>

export type Limit = {
  /** What is tried: kinds do not count together. */
  readonly kind: string
  readonly most: number
  /** The count begins again so long after its first try, in milliseconds. */
  readonly within: number
}

/**
 * Counts a try before it is made, so that many at once cannot slip through. Gives the seconds to wait when there were too
 * many, and undefined when it may be made.
 */
export async function tryOnce(
  { pool, keys }: Part,
  limit: Limit,
  who: string,
  now: Date,
): Promise<number | undefined> {
  const start = new Date(now.getTime() - limit.within)
  const { rows } = await pool.query<{ count: number; since: Date }>({
    name: 'attempt_try',
    text: `insert into attempt (kind, who_hash, count, since) values ($1, $2, 1, $3)
      on conflict (kind, who_hash) do update set
        count = case when attempt.since < $4 then 1 else attempt.count + 1 end,
        since = case when attempt.since < $4 then $3 else attempt.since end
      returning count, since`,
    values: [limit.kind, keys.hash('who', who), now, start],
  })
  const row = rows[0]
  if (!row || row.count <= limit.most) return undefined
  return Math.max(1, Math.ceil((row.since.getTime() + limit.within - now.getTime()) / 1000))
}

/** Forgets the count after a success. */
export async function forgetTries({ pool, keys }: Part, kind: string, who: string): Promise<void> {
  await pool.query('delete from attempt where kind = $1 and who_hash = $2', [kind, keys.hash('who', who)])
}

/** Takes one try back: it succeeded, and only failures count against those who share something with others. */
export async function takeBackTry({ pool, keys }: Part, kind: string, who: string): Promise<void> {
  const values = [kind, keys.hash('who', who)]
  await pool.query(
    'update attempt set count = count - 1 where kind = $1 and who_hash = $2 and count > 0',
    values,
  )
}

/** Sweeps away counts that nobody added to for a day. */
export async function sweepTries({ pool }: Pick<Part, 'pool'>, now: Date): Promise<void> {
  await pool.query('delete from attempt where since < $1', [new Date(now.getTime() - 24 * 60 * 60_000)])
}
