/** How a pool of connections ends. */
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

/** A server that does not let go for so long has gone itself, or will see that we have. */
const patience = 2_000

/**
 * Ends every connection of a pool and resolves when the server has let go of them. `pool.end` resolves when goodbye is
 * said: a server that is stopped at that moment cuts off whoever it has not heard yet.
 */
export async function endPool(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount
  const gone = new Promise<void>((resolve) => {
    if (open === 0) resolve()
    pool.on('remove', () => {
      open -= 1
      if (open === 0) resolve()
    })
  })
  await pool.end()
  await Promise.race([gone, pause(patience, undefined, { ref: false })])
}
