/** What is held because a provider's window is closed: sent once the person wrote, asked for by a knock, called at last. */
import type { Database } from '../store/database.ts'
import { heardSince } from '../store/knock.ts'
import type { Desk } from '../turn/act.ts'
import type { Speech } from '../turn/aloud.ts'
import { askCalls, knock } from '../turn/knock.ts'
import { alone } from './alone.ts'
import type { Dispatch } from './dispatch.ts'

type HeldParts = {
  readonly desk: Desk
  readonly pool: Database['pool']
  readonly speech: Speech
  readonly dispatch: Pick<Dispatch, 'send'>
}

const atOnce = 1_000

/** One round, in one process at a time. The answer to what the person wrote sends what was held as well; this finds where nothing was answered. */
export async function heldRound(parts: HeldParts): Promise<void> {
  await alone(parts.pool, 'held', () => roundAlone(parts))
}

async function roundAlone(parts: HeldParts): Promise<void> {
  const desk = { ...parts.desk, pool: parts.pool }
  const outgoing = new Map<string, string[]>()
  for (const { channel, address } of await heardSince(parts.pool, parts.desk.clock.now(), atOnce)) {
    outgoing.set(channel, [...(outgoing.get(channel) ?? []), address])
  }
  await parts.dispatch.send(outgoing)
  await knock(desk, parts.speech)
  await askCalls(desk)
}
