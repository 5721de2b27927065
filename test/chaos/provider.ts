/**
 * The provider: it delivers each message until somebody has said yes, sometimes several at once, sometimes late, sometimes
 * again after the yes; and it writes down in order what it is given to send.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** The master key of every child and of the count. */
export const masterKey = Buffer.alloc(32, 9)

export type Posted = { readonly from: string; readonly externalId: string; readonly text: string }
export type Passed = { readonly to: string; readonly text: string }

export type Provider = {
  readonly address: string
  /** Everything it was given to send, in order. */
  readonly passed: readonly Passed[]
  /** Delivers until it is accepted, and then perhaps again. Resolves with the yes. */
  deliver(posted: Posted): Promise<void>
  /** Redeliveries that are still on their way. */
  settled(): Promise<void>
  close(): Promise<void>
}

type Dice = (below: number) => number

/** `doors` gives the addresses of the processes that live now. */
export async function openProvider(doors: () => readonly string[], dice: Dice): Promise<Provider> {
  const passed: Passed[] = []
  const again = new Set<Promise<void>>()
  let sent = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      // Now and then it asks for patience, before it has sent anything.
      if (dice(500) === 0) {
        response.end(JSON.stringify({ afterSeconds: 1 }))
        return
      }
      passed.push(JSON.parse(body) as Passed)
      sent += 1
      const answer = JSON.stringify({ externalId: `sent-${process.pid}-${sent}` })
      // Slow enough that some processes die between the sending and the answer.
      setTimeout(() => response.end(answer), dice(15))
    })
  })
  await listen(server)

  async function post(batch: readonly Posted[]): Promise<boolean> {
    const open = doors()
    const door = open[dice(Math.max(1, open.length))]
    if (!door) return false
    try {
      const signal = AbortSignal.timeout(5_000)
      const body = JSON.stringify(batch)
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${door}/hooks/chaos`, { method: 'POST', body, headers, signal })
      await answer.arrayBuffer()
      return answer.status === 200
    } catch {
      return false
    }
  }

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async deliver(posted) {
      await pause(dice(40))
      while (!(await post(dice(10) === 0 ? [posted, posted] : [posted]))) await pause(20 + dice(60))
      if (dice(5) > 0) return
      const late = pause(dice(3_000))
        .then(() => post([posted]))
        .then(() => {})
        .finally(() => again.delete(late))
      again.add(late)
    },
    async settled() {
      await Promise.all(again)
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((done) => server.listen(0, '127.0.0.1', done))
}
