/**
 * Keeps the work shared: what waits for an office that has nobody in its queue is everybody's there, what was put aside comes back, what somebody absent would let run out goes to the pool and the
 * person is told once, and round-robin queues find an owner for what waits. One process at a time does it.
 */
import { undoMilliseconds } from '../core/bulk.ts'
import { forgetBulkActs } from '../store/bulk-act.ts'
import type { Database } from '../store/database.ts'
import { releaseUnattended } from '../store/unattended.ts'
import type { Desk } from '../turn/act.ts'
import type { Speech } from '../turn/aloud.ts'
import { assignWaiting } from '../turn/assign-in-turn.ts'
import { tellSilent } from '../turn/partner-act.ts'
import { returnRequests, tellDelays, wakeRequests } from '../turn/pass-time.ts'
import { alone } from './alone.ts'

/** Nobody opens the page of an act again that was over so long ago. */
const keptMilliseconds = 24 * 60 * 60_000 + undoMilliseconds

/** What one round did; undefined when another process was at it. */
export type Shared = {
  readonly woken: number
  readonly returned: number
  readonly owed: number
  readonly given: number
}

/** One round. */
export async function shareWork(
  parts: Pick<Database, 'pool'> & { readonly desk: Desk; readonly speech: Speech },
): Promise<Shared | undefined> {
  const { pool, speech } = parts
  const desk = { ...parts.desk, pool }
  return alone(pool, 'share', async () => {
    const released = await desk.prisma.$transaction((tx) => releaseUnattended(tx, desk))
    desk.passOn({ outgoing: new Map(), hints: new Set(released) })
    const woken = await wakeRequests(desk)
    const returned = await returnRequests(desk)
    const given = await assignWaiting(desk)
    const owed = await tellDelays(desk, speech)
    await tellSilent(desk)
    await forgetBulkActs(desk.prisma, new Date(desk.clock.now().getTime() - keptMilliseconds))
    return { woken, returned, owed, given }
  })
}
