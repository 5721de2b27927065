/**
 * What a provider tells of who is behind an address: its person writes from another number, or another phone or person is
 * behind it. Either way whoever writes there next is a stranger until they have said who they are, nothing that waits
 * goes there, and staff see it in the thread. Who is linked to what only staff decide.
 */
import type { Happening } from '../core/event.ts'
import type { Database } from '../store/database.ts'
import type { Change, Road } from '../store/road.ts'
import type { Clock } from '../world.ts'

export type Moved = {
  readonly address: string
  readonly news: 'number_changed' | 'identity_changed'
  /** The other number as the provider says it. */
  readonly to?: string
}

type Parts = Pick<Database, 'prisma'> & { readonly road: Road; readonly clock: Clock }

/** Puts it on record; an address that is closed already stays as it is. */
export async function noteMoved({ prisma, road, clock }: Parts, moved: Moved): Promise<void> {
  const [standing] = await road.stand([moved.address])
  if (!standing || standing.address.state === 'closed') return
  const { address, session, person } = standing
  const at = clock.now()
  const waiting = await prisma.message.findMany({
    where: { addressId: address.id, direction: 'out', state: { in: ['queued', 'unknown', 'held'] } },
    select: { id: true },
  })
  const fresh = clock.id()
  const left = { session_id: fresh, state: moved.news === 'number_changed' ? 'closed' : address.state }
  const never = { state: 'failed', failure: 'person:unproven', state_at: at }
  await road.commit([
    {
      ...{ turn: clock.id(), at, messages: [] },
      address: { id: address.id, key: address.key, channel: address.channel, session: session.id },
      person: person && { id: person.id, key: person.key },
      events: [{ id: clock.id(), by: 'clock', happening: happeningOf(moved), visibility: 'open' }],
      changes: [
        { insert: 'session', plain: { id: fresh, address_id: address.id, updated_at: at } },
        { update: 'address', id: address.id, plain: left },
        ...waiting.map(({ id }): Change => ({ update: 'message', id, plain: never })),
      ],
    },
  ])
}

function happeningOf({ news, to }: Moved): Happening {
  if (news === 'identity_changed') return { type: 'identity_doubted' }
  return { type: 'number_left', ...(to === undefined ? {} : { secret: { to } }) }
}
