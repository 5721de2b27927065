/** Some seconds after somebody took a message back, its words are nowhere in what was made of it (store/unsay.ts). */
import type { Database } from '../store/database.ts'
import { takenBack, unsay } from '../store/unsay.ts'
import type { Clock } from '../world.ts'
import { alone } from './alone.ts'

const messagesAtOnce = 100

/** Gives how many messages were looked at, or undefined when another process is at it. */
export async function unsayWords(
  parts: Pick<Database, 'pool' | 'keys'> & { readonly clock: Pick<Clock, 'now'> },
): Promise<number | undefined> {
  return alone(parts.pool, 'unsay-words', async () => {
    const messages = await takenBack(parts, messagesAtOnce)
    for (const message of messages) await unsay(parts, message, parts.clock.now())
    return messages.length
  })
}
