/**
 * Watches what lies in the queues against what the office allows. Whoever leads a queue is told once when it passes, and
 * again only after it has come well below: a queue that goes up and down at its limit is one passing.
 */
import type { QueueKey } from '../core/queue.ts'
import { endAlerts, raiseAlert } from '../store/alert.ts'
import type { Database } from '../store/database.ts'
import {
  beginPassing,
  endPassing,
  type Measure,
  openPassings,
  queueLoads,
  tellPassing,
} from '../store/queue-passing.ts'
import { readQueueSettings } from '../store/queue-setting.ts'
import type { Clock } from '../world.ts'

export type LimitParts = Pick<Database, 'pool' | 'prisma'> & {
  readonly hints: { changed(names: Iterable<string>): void }
  readonly clock: Clock
}

/** Below this share of its limit a queue has come down. */
const wellBelow = 0.9

/** One look at all queues; gives how many passed. */
export async function limitRound(parts: LimitParts): Promise<number> {
  const { pool, prisma, clock } = parts
  const now = clock.now()
  const [settings, loads, lasting] = await Promise.all([
    readQueueSettings(prisma),
    queueLoads(pool, now),
    openPassings(prisma),
  ])
  let passed = 0
  for (const [queue, { alertOpen, alertLate }] of settings) {
    const limits: Readonly<Record<Measure, number | undefined>> = { open: alertOpen, late: alertLate }
    for (const what of ['open', 'late'] as const) {
      const most = limits[what]
      const load = loads.get(queue)?.[what] ?? 0
      const lasts = lasting.some((one) => one.queue === queue && one.what === what)
      if (lasts && (most === undefined || load < most * wellBelow))
        await endPassing(prisma, { queue, what }, now)
      if (!lasts && most !== undefined && load >= most && (await pass(parts, { queue, what, most })))
        passed += 1
    }
  }
  for (const queue of new Set(lasting.map((one) => one.queue))) await settle(parts, queue)
  return passed
}

/** Where it is taken care of. */
function pageOf(queue: QueueKey): string {
  return `/console/requests?queue=${queue}`
}

async function pass(
  parts: LimitParts,
  it: { queue: QueueKey; what: Measure; most: number },
): Promise<boolean> {
  const { prisma, clock, hints } = parts
  if (!(await beginPassing(prisma, clock, it))) return false
  const to = await tellPassing(prisma, it.queue)
  await raiseAlert(prisma, clock, { cause: 'limit', page: pageOf(it.queue), to })
  hints.changed(to.map((id) => `alert-${id}`))
  return true
}

/** Nothing of the queue is too much any more: the alert that nobody has seen is void. */
async function settle({ prisma, clock }: LimitParts, queue: QueueKey): Promise<void> {
  const left = (await openPassings(prisma)).some((one) => one.queue === queue)
  if (!left) await endAlerts(prisma, 'limit', pageOf(queue), clock.now())
}
