/** From the commit of a turn to the jobs that carry it out. A job that cannot be added is made by the sweeper instead. */
import type { Log } from '../log.ts'
import type { Lines } from './line.ts'

/** Sends what waits for these addresses. */
export type SendJob = { readonly addresses: readonly string[] }

export type Dispatch = {
  /** Has the messages of these addresses sent, by account, at once or after `delay` milliseconds. Never fails. */
  send(outgoing: ReadonlyMap<string, readonly string[]>, delay?: number): Promise<void>
  /** Has the files fetched that lie at providers. Never fails. */
  fetchFiles(): Promise<void>
}

/** Addresses in one job: enough to send side by side, few enough to share the work. */
const addressesEach = 64

export function sendLine(channel: string): string {
  return `send-${channel}`
}
export const fileLine = 'files'

export function makeDispatch(lines: Lines, log: Log): Dispatch {
  const quietly = async (line: string, added: Promise<void>) => {
    await added.catch((error: unknown) => log.error('a job is left to the sweeper', error, { line }))
  }
  return {
    async send(outgoing, delay) {
      const added: Promise<void>[] = []
      for (const [channel, addresses] of outgoing) {
        const name = sendLine(channel)
        for (let from = 0; from < addresses.length; from += addressesEach) {
          const job = { addresses: addresses.slice(from, from + addressesEach) }
          added.push(quietly(name, lines.line<SendJob>(name).add(job, { delay })))
        }
      }
      await Promise.all(added)
    },
    // A job fetches whatever waits; one too many finds nothing.
    fetchFiles: () => quietly(fileLine, lines.line<object>(fileLine).add({})),
  }
}
