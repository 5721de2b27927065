/** What channels bring, taken to where it belongs: arrivals to the lanes, reports to the outbox, news on record. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Ears, Report } from '../channel/contract.ts'
import type { Log } from '../log.ts'
import { noteCompared } from '../store/channel-facts.ts'
import type { Database } from '../store/database.ts'
import type { Outbox } from '../store/outbox.ts'
import { noteMoved } from '../turn/moved.ts'
import { findAddresses, noteBlocked, noteUnblocked } from '../turn/news.ts'
import type { Lanes } from '../turn/receive.ts'
import { noteTyped } from '../turn/typed.ts'
import type { Clock } from '../world.ts'

export type EarsParts = Pick<Database, 'pool' | 'prisma' | 'keys' | 'road'> & {
  readonly changed: (hints: readonly string[]) => void
  readonly lanes: Pick<Lanes, 'arrived'>
  readonly outbox: Pick<Outbox, 'report'>
  readonly clock: Clock
  readonly log: Log
}

/** A provider may report a message before its own answer to the send has reached us: looked for again this often. */
const reportPauses = [500, 3_000, 15_000]

export function makeEars(parts: EarsParts): Ears & { close(): Promise<void> } {
  const closing = new AbortController()
  const waiting = new Set<Promise<void>>()

  async function report(reports: readonly Report[]): Promise<void> {
    let unknown = await parts.outbox.report(reports)
    for (const wait of reportPauses) {
      if (unknown.length === 0 || closing.signal.aborted) return
      await pause(wait, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      unknown = await parts.outbox.report(unknown)
    }
    if (unknown.length > 0) parts.log.warn('reports name no message of ours', { reports: unknown.length })
  }

  return {
    arrived: (arrivals) => parts.lanes.arrived(arrivals),
    /** Resolves at once: a report that is lost is told again by the provider or costs a tick mark. */
    async reported(reports) {
      const done = report(reports)
        .catch((error: unknown) => parts.log.error('reports were not written', error))
        .finally(() => waiting.delete(done))
      waiting.add(done)
    },
    async told(news) {
      const of = (kind: 'blocked' | 'unblocked') =>
        findAddresses(
          parts.prisma,
          parts.keys,
          news.filter((one) => one.news === kind),
        )
      const blocked = await of('blocked')
      if (blocked.length > 0) await noteBlocked(parts, blocked)
      for (const one of news) {
        if (one.news === 'blocked' || one.news === 'unblocked') continue
        const [address] = await findAddresses(parts.prisma, parts.keys, [one])
        const to = one.news === 'number_changed' && one.to !== undefined ? { to: one.to } : {}
        if (address !== undefined) await noteMoved(parts, { address, news: one.news, ...to })
      }
      const unblocked = await of('unblocked')
      if (unblocked.length > 0) await noteUnblocked(parts.prisma, unblocked)
    },
    missed: (channel, missing) => noteCompared(parts.pool, channel, { missing, at: parts.clock.now() }),
    async typed(said) {
      parts.changed(await noteTyped(parts, said))
    },
    async close() {
      closing.abort()
      await Promise.all(waiting)
    },
  }
}
