/** The hot road on PostgreSQL (road.ts holds its promises). */
import type pg from 'pg'
import { type Clock, realClock } from '../world.ts'
import { makeArrivals } from './arrive.ts'
import { makeCommits } from './commit.ts'
import type { Keys } from './encryption.ts'
import { throughCollisions } from './pg-failure.ts'
import type { Road } from './road.ts'

/** The road over this pool. Hand-written statements are prepared once per connection. */
export function makeRoad(pool: pg.Pool, keys: Keys, clock: Clock = realClock): Road {
  const wrote = makeSurveyor(pool)
  const arrivals = makeArrivals(pool, keys, clock, wrote)
  return {
    ...arrivals,
    arrive: (all) => throughCollisions(() => arrivals.arrive(all)),
    ...makeCommits(pool, keys, wrote),
  }
}

/**
 * Prepared statements keep the plan of their first runs. On a young database that is a plan for empty tables, and a burst
 * would outgrow it long before PostgreSQL's own housekeeping looks again; so the tables are surveyed each time they may
 * have quadrupled, which makes new plans.
 */
function makeSurveyor(pool: pg.Pool): (rows: number) => void {
  let written = 0
  let next = 256
  let surveying = false
  return (rows) => {
    written += rows
    if (written < next || surveying) return
    surveying = true
    next = written * 4
    pool
      .query('analyze address, session, message, event, subject_key, request, person, consent')
      // A survey that failed is made good by the next one, or by PostgreSQL.
      .catch(() => {})
      .finally(() => {
        surveying = false
      })
  }
}
