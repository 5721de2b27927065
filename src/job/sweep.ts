/**
 * Puts back what a process that died, a lost job or a database that was away left lying: arrivals that nobody handled,
 * messages that nobody sends, leases of dead senders, files still at the provider. One process at a time does it.
 */
import type { Database } from '../store/database.ts'
import type { Outbox } from '../store/outbox.ts'
import { unhandledAddresses } from '../store/sweep.ts'
import type { Lanes } from '../turn/receive.ts'
import type { Clock } from '../world.ts'
import { alone } from './alone.ts'
import type { Dispatch } from './dispatch.ts'

export type SweepParts = Pick<Database, 'pool' | 'prisma'> & {
  readonly outbox: Outbox
  readonly lanes: Pick<Lanes, 'follow' | 'settled'>
  readonly dispatch: Dispatch
  readonly clock: Clock
}

/** Younger ones are being handled by whoever received them. */
const unhandledMilliseconds = 5_000
const atOnce = 1_000
const roundsAtMost = 50

/** What a sweep found; all zero on a quiet day. */
export type Swept = {
  readonly arrivals: number
  readonly sends: number
  readonly unknown: number
  readonly files: number
}

/** Sweeps once, or gives undefined when another process is at it. */
export async function sweep(parts: SweepParts): Promise<Swept | undefined> {
  return alone(parts.pool, 'sweep', () => sweepAll(parts))
}

async function sweepAll(parts: SweepParts): Promise<Swept> {
  const arrivals = await putBackArrivals(parts)
  const unknown = await parts.outbox.recover(parts.clock.now())
  const sends = await putBackSends(parts)
  const files = await parts.prisma.media.count({ where: { state: 'waiting' } })
  if (files > 0) await parts.dispatch.fetchFiles()
  return { arrivals, sends, unknown, files }
}

async function putBackArrivals({ pool, lanes, clock }: SweepParts): Promise<number> {
  let found = 0
  for (let round = 0; round < roundsAtMost; round++) {
    const before = new Date(clock.now().getTime() - unhandledMilliseconds)
    const addresses = await unhandledAddresses(pool, before, atOnce)
    found += addresses.length
    if (addresses.length === 0) break
    lanes.follow(addresses)
    await lanes.settled()
    if (addresses.length < atOnce) break
  }
  return found
}

async function putBackSends({ outbox, dispatch, clock }: SweepParts): Promise<number> {
  const due = await outbox.due(clock.now(), atOnce * 5)
  const outgoing = new Map<string, string[]>()
  for (const { channel, address } of due) {
    const addresses = outgoing.get(channel) ?? []
    addresses.push(address)
    outgoing.set(channel, addresses)
  }
  await dispatch.send(outgoing)
  return due.length
}
