/** Tells conversations that time has passed: silence on an open question, the end of a wait, a follow-up or a referral to be told of. */
import type { Database } from '../store/database.ts'
import {
  checkInAddresses,
  loopAddresses,
  promptedAddresses,
  referredAddresses,
  wakingAddresses,
} from '../store/sweep.ts'
import type { Lanes } from '../turn/receive.ts'
import type { Clock } from '../world.ts'

const atOnce = 1_000

/** Wakes what is due; resolves when those turns are taken. More than a thousand go on at the next call. */
export async function wakeSessions(parts: {
  readonly pool: Database['pool']
  readonly lanes: Pick<Lanes, 'wake' | 'settled'>
  readonly clock: Clock
}): Promise<void> {
  const now = parts.clock.now()
  const due = await Promise.all([
    wakingAddresses(parts.pool, now, atOnce),
    promptedAddresses(parts.pool, now, atOnce),
    referredAddresses(parts.pool, now, atOnce),
    loopAddresses(parts.pool, now, atOnce),
    checkInAddresses(parts.pool, now, atOnce),
  ])
  const addresses = [...new Set(due.flat())]
  if (addresses.length === 0) return
  parts.lanes.wake(addresses)
  await parts.lanes.settled()
}
