/** Calls are not taken here: they are refused, and whoever calls is told once what to do instead. */
import type { Call } from 'whatsapp-web.js'
import type { Clock } from '../../world.ts'
import type { Keeping } from './keeping.ts'
import { isOnePerson } from './parse.ts'
import { within } from './patience.ts'

export type Calls = { refuse(call: Call): Promise<void> }

export type CallSettings = {
  readonly clock: Pick<Clock, 'now'>
  readonly keeping: Pick<Keeping, 'noCalls'>
  readonly say: (to: string, text: string) => Promise<void>
}

/** Whoever calls again and again is not told again and again. */
const toldForMilliseconds = 12 * 3_600_000
const rejectLimit = 10_000

export function makeCalls({ clock, keeping, say }: CallSettings): Calls {
  const told = new Map<string, number>()
  return {
    async refuse(call) {
      const from = callerOf(call)
      if (call.fromMe || call.isGroup || !isOnePerson(from)) return
      const now = clock.now().getTime()
      const before = told.get(from)
      if (before === undefined || now - before > toldForMilliseconds) told.set(from, now)
      // Reject names the caller by what stands in the call.
      call.from = from
      await within('reject', rejectLimit, call.reject()).catch(() => undefined)
      if (told.get(from) === now) await say(from, await keeping.noCalls(from))
    },
  }
}

/** The library's types promise a text; some pages give an object that knows it. */
function callerOf({ from }: Call): string {
  const given: unknown = from
  if (typeof given === 'object' && given !== null && '_serialized' in given) return String(given._serialized)
  return String(given)
}
