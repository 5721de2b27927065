/** What the house does by itself every few seconds: asks the silent to write, and sends what may go by now. */
import { heldRound } from '../../src/job/held.ts'
import type { Office } from './office.ts'

export async function rounds({ talk, desk, outbox, clock, database, settled }: Office): Promise<void> {
  const send = async (outgoing: ReadonlyMap<string, readonly string[]>) => {
    desk.passOn({ outgoing, hints: new Set() })
  }
  await heldRound({ desk, pool: database.pool, speech: talk, dispatch: { send } })
  await settled()
  for (const { address, channel } of await outbox.due(clock.now(), 100)) {
    await send(new Map([[channel, [address]]]))
  }
  await settled()
}
