/**
 * Writes how each account of this process stands, and after every reconnect compares it with what its provider has. What
 * the provider cannot tell is not claimed.
 */
import type { Channel } from '../channel/contract.ts'
import type { Log } from '../log.ts'
import { noteCompared, noteState } from '../store/channel-facts.ts'
import type { Database } from '../store/database.ts'
import type { Clock } from '../world.ts'

type RoundParts = {
  readonly pool: Database['pool']
  readonly channels: readonly Pick<Channel, 'id' | 'kind' | 'state' | 'compare'>[]
  readonly clock: Clock
  readonly log: Log
}

/** One round over all accounts; `before` is what each was in at the last one, and is kept up. */
export async function channelRound(parts: RoundParts, before: Map<string, string>): Promise<void> {
  for (const channel of parts.channels) {
    const state = channel.state()
    const was = before.get(channel.id)
    before.set(channel.id, state)
    // Nothing is known yet: another process may listen, and knows better.
    if (state === 'starting' || state === was) continue
    await noteState(parts.pool, channel.id, state, parts.clock.now())
    if (state !== 'up' || !channel.compare) continue
    try {
      const { missing, waiting } = await channel.compare()
      if (missing > 0) parts.log.warn('an account missed messages', { kind: channel.kind, missing })
      else if (waiting > 0) parts.log.info('an account has more to come', { kind: channel.kind, waiting })
      await noteCompared(parts.pool, channel.id, { missing, at: parts.clock.now() })
    } catch (error) {
      parts.log.error('an account could not be compared with its provider', error, { kind: channel.kind })
      // Asked again at the next round.
      before.delete(channel.id)
    }
  }
}
