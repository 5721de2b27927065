/** Something done again and again, never twice at once, with a rest between; ended by closing. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log.ts'

export type Clockwork = { close(): Promise<void> }

/** Begins at once. What a round throws is logged, and the next round comes all the same. */
export function everySoOften(
  name: string,
  milliseconds: number,
  round: () => Promise<unknown>,
  log: Log,
): Clockwork {
  const closing = new AbortController()
  const { signal } = closing
  const running = (async () => {
    while (!signal.aborted) {
      try {
        await round()
      } catch (error) {
        log.error('a round failed', error, { name })
      }
      await pause(milliseconds, undefined, { signal }).catch(() => {})
    }
  })()
  return {
    async close() {
      closing.abort()
      await running
    },
  }
}
