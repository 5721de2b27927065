/**
 * What turns write, many lanes at once. One statement moves the sessions whose version still stands and whose arrival is
 * the lowest unhandled one, and writes messages and events for those lanes only; changes of other rows join it in a
 * transaction. A lane whose rows are not taken never costs another: the batch is then tried lane by lane.
 */
import type pg from 'pg'
import { Failure } from '../failure.ts'
import { keysOf, LostChange, rowsOf, writeRows } from './change-rows.ts'
import { commitSql, keysOfLane, laneCells } from './commit-cells.ts'
import type { Keys } from './encryption.ts'
import { isRefusal, throughCollisions } from './pg-failure.ts'
import type { Road, TurnRows, Went } from './road.ts'

/** The two ways out of the road; `wrote` hears how many rows were written. */
export function makeCommits(
  pool: pg.Pool,
  keys: Keys,
  wrote: (rows: number) => void,
): Pick<Road, 'commit' | 'act'> {
  const write = async (turns: readonly TurnRows[]): Promise<readonly Went[]> => {
    await keys.load(turns.flatMap((turn) => [...keysOfLane(turn), ...keysOf(turn.changes)]))
    wrote(turns.reduce((sum, turn) => sum + turn.messages.length + turn.events.length, 0))
    return throughCollisions(() => writeLanes(pool, keys, turns))
  }
  return {
    async commit(turns) {
      if (turns.length === 0) return []
      try {
        return await write(turns)
      } catch (error) {
        if (!isRefusal(error) && !(error instanceof LostChange)) throw error
        if (turns.length === 1) return [wentOf(error)]
      }
      const went: Went[] = []
      for (const turn of turns) went.push(await alone(turn, write))
      return went
    },
    async act(turn) {
      try {
        const [went] = await write([turn])
        if (went !== 'through') throw new Failure('request:changed_meanwhile')
      } catch (error) {
        if (error instanceof LostChange) throw new Failure('request:changed_meanwhile', {}, { cause: error })
        throw error
      }
    },
  }
}

async function alone(
  turn: TurnRows,
  write: (turns: readonly TurnRows[]) => Promise<readonly Went[]>,
): Promise<Went> {
  try {
    const [went] = await write([turn])
    return went ?? 'behind'
  } catch (error) {
    if (isRefusal(error) || error instanceof LostChange) return wentOf(error)
    throw error
  }
}

/** A version that moved on can be read again; a row that is not taken, or gone, cannot be helped. */
function wentOf(error: unknown): Went {
  return error instanceof LostChange && error.versioned ? 'behind' : 'refused'
}

async function writeLanes(pool: pg.Pool, keys: Keys, turns: readonly TurnRows[]): Promise<readonly Went[]> {
  const statement = { name: 'road_commit', text: commitSql, values: laneCells(turns, keys) }
  if (turns.every((turn) => turn.changes.length === 0)) {
    return wentFrom(turns, (await pool.query<{ lane: number }>(statement)).rows)
  }
  return inTransaction(pool, async (client) => {
    const went = wentFrom(turns, (await client.query<{ lane: number }>(statement)).rows)
    const rows = turns.flatMap((turn, lane) =>
      went[lane] === 'through' ? rowsOf(lane, turn.changes, keys) : [],
    )
    if (rows.length > 0) await writeRows(client, rows)
    return went
  })
}

function wentFrom(turns: readonly TurnRows[], rows: readonly { readonly lane: number }[]): readonly Went[] {
  const through = new Set(rows.map((row) => row.lane))
  return turns.map((_, lane) => (through.has(lane) ? 'through' : 'behind'))
}

/** Runs `work` between begin and commit on one connection; anything thrown rolls back and goes on up. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: boolean | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    // A connection that cannot roll back is thrown away.
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}
