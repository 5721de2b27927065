/** One message of ours that the provider takes as several, in their order. */
import { Failure } from '../failure.ts'
import { rest } from './rest.ts'

/** A part that was throttled half-way is waited for here, in seconds, or what went before it would go twice. */
const longestWaitInside = 60
const waitsAtMost = 3

/** Sends the parts and gives the id of the last. The first fails at once; a later one waits out being throttled. */
export async function sendParts<P>(
  parts: readonly P[],
  send: (part: P) => Promise<string>,
  signal: AbortSignal,
): Promise<string> {
  let last = ''
  for (const [index, part] of parts.entries()) {
    last = index === 0 ? await send(part) : await sendPatiently(() => send(part), signal)
  }
  return last
}

async function sendPatiently(send: () => Promise<string>, signal: AbortSignal): Promise<string> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await send()
    } catch (error) {
      const seconds = error instanceof Failure ? Number(error.facts['afterSeconds']) : Number.NaN
      if (waits >= waitsAtMost || !(seconds <= longestWaitInside)) throw error
      await rest(seconds * 1000, signal)
    }
  }
}
