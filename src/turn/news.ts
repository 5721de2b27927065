/** What a provider tells of an address outside any message: the person blocked us, or came back. */

import { addressHash } from '../store/address.ts'
import type { Database } from '../store/database.ts'
import type { Keys } from '../store/encryption.ts'
import type { Road, TurnRows } from '../store/road.ts'
import type { Clock } from '../world.ts'

type NewsParts = { readonly road: Road; readonly clock: Clock }

/** Puts on record that these addresses cannot be reached; one that is blocked already stays as it is. */
export async function noteBlocked({ road, clock }: NewsParts, addresses: readonly string[]): Promise<void> {
  const standings = await road.stand(addresses)
  const turns = standings.flatMap((standing): TurnRows[] => {
    if (standing?.address.state !== 'live') return []
    const { address, session, person } = standing
    return [
      {
        turn: clock.id(),
        at: clock.now(),
        address: { id: address.id, key: address.key, channel: address.channel, session: session.id },
        person: person && { id: person.id, key: person.key },
        messages: [],
        events: [
          { id: clock.id(), by: 'person', happening: { type: 'address_blocked' }, visibility: 'open' },
        ],
        changes: [{ update: 'address', id: address.id, plain: { state: 'blocked' } }],
      },
    ]
  })
  await road.commit(turns)
}

/** The addresses of these people as the channel names them, as far as they ever wrote. */
export async function findAddresses(
  prisma: Database['prisma'],
  keys: Keys,
  people: readonly { readonly channel: string; readonly from: string }[],
): Promise<readonly string[]> {
  const hashes = people.map(({ channel, from }) => new Uint8Array(addressHash(keys, channel, from)))
  const rows = await prisma.address.findMany({
    where: { externalHash: { in: hashes } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** They can be written to again. */
export async function noteUnblocked(prisma: Database['prisma'], addresses: readonly string[]): Promise<void> {
  await prisma.address.updateMany({
    where: { id: { in: [...addresses] }, state: 'blocked' },
    data: { state: 'live' },
  })
}
