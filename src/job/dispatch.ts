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

/** While one job is being added, what else is to be sent on that line waits together and goes in the next. */
export function makeDispatch(lines: Lines, log: Log): Dispatch {
  const gathered = new Map<string, Set<string>>()
  const adding = new Map<string, Promise<void>>()

  async function add<Job>(name: string, job: Job, delay?: number): Promise<void> {
    try {
      await lines.line<Job>(name).add(job, { delay })
    } catch (error) {
      log.error('a job is left to the sweeper', error, { line: name })
    }
  }

  async function addGathered(name: string): Promise<void> {
    for (;;) {
      const waiting = gathered.get(name)
      const addresses = [...(waiting ?? [])].slice(0, addressesEach)
      if (!waiting || addresses.length === 0) break
      for (const address of addresses) waiting.delete(address)
      await add<SendJob>(name, { addresses })
    }
    adding.delete(name)
  }

  function gather(name: string, addresses: readonly string[]): Promise<void> {
    const waiting = gathered.get(name) ?? new Set()
    gathered.set(name, waiting)
    for (const address of addresses) waiting.add(address)
    const running = adding.get(name) ?? addGathered(name)
    adding.set(name, running)
    return running
  }

  return {
    async send(outgoing, delay) {
      const added = [...outgoing].map(([channel, addresses]) => {
        const name = sendLine(channel)
        return delay ? add<SendJob>(name, { addresses }, delay) : gather(name, addresses)
      })
      await Promise.all(added)
    },
    // A job fetches whatever waits; one too many finds nothing.
    fetchFiles: () => add(fileLine, {}),
  }
}
