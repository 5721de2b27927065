/** The addresses that a changed number leaves behind: closed, so that nothing of the person is ever sent there again. */
import type { Language } from '../core/language.ts'
import type { Database } from '../store/database.ts'
import type { Change } from '../store/road.ts'
import type { Desk } from './act.ts'
import type { Found } from './act-load.ts'

export type OldAddress = {
  readonly address: NonNullable<Found['address']>
  /** Others who are reached there too. */
  readonly others: boolean
  /** Who speaks there now. */
  readonly speaker?: string
}

/** Where this person is reached besides the new address, the last heard first. */
export async function oldAddresses(
  prisma: Database['prisma'],
  person: string,
  fresh: string | undefined,
): Promise<readonly OldAddress[]> {
  const links = await prisma.personAddress.findMany({
    where: { personId: person, until: null, ...(fresh === undefined ? {} : { addressId: { not: fresh } }) },
    orderBy: { address: { lastHeardAt: { sort: 'desc', nulls: 'last' } } },
    include: {
      address: {
        include: {
          channel: { select: { kind: true } },
          people: { where: { until: null }, select: { personId: true } },
        },
      },
    },
  })
  const sessions = await prisma.session.findMany({
    where: { id: { in: links.map(({ address }) => address.sessionId) } },
    select: { id: true, personId: true },
  })
  return links.map(({ address }) => ({
    address: {
      id: address.id,
      channel: address.channelId,
      channelKind: address.channel.kind,
      key: address.keyId,
      // Codes were written by the program from the same unions.
      language: (address.language as Language | null) ?? undefined,
      state: address.state as 'live' | 'blocked' | 'closed',
      shared: address.shared,
      stopped: address.stopped as 'no' | 'campaigns' | 'all',
      session: address.sessionId,
    },
    others: address.people.some(({ personId }) => personId !== person),
    speaker: sessions.find(({ id }) => id === address.sessionId)?.personId ?? undefined,
  }))
}

type Closing = {
  readonly candidate: string
  readonly old: readonly OldAddress[]
  /** The new address. */
  readonly to: string
  readonly at: Date
}

/**
 * The links end with date and reason; an address that nobody else has is closed. Whoever writes there next is a stranger,
 * heard and answered as one, with a session of their own: so what still waits to be sent there never goes. Open requests
 * are answered on the new address; what is hidden stays where those who guard it left it, and they decide.
 */
export async function closeOldRows(
  desk: Desk,
  { candidate, old, to, at }: Closing,
): Promise<readonly Change[]> {
  const requests = await desk.prisma.request.findMany({
    where: {
      ...{ personId: candidate, state: { not: 'closed' }, visibility: 'open' },
      addressId: { in: old.map(({ address }) => address.id) },
    },
    select: { id: true },
  })
  const waiting = await desk.prisma.message.findMany({
    where: {
      ...{ direction: 'out', state: { in: ['queued', 'unknown', 'held'] } },
      OR: old.map(({ address, others }) => ({
        addressId: address.id,
        ...(others ? { personId: candidate } : {}),
      })),
    },
    select: { id: true },
  })
  const never = { state: 'failed', failure: 'address:closed', state_at: at }
  return [
    ...old.flatMap((one) => closeRows(desk, one, candidate, at)),
    ...waiting.map(({ id }): Change => ({ update: 'message', id, plain: never })),
    ...requests.map(({ id }): Change => ({ update: 'request', id, plain: { address_id: to } })),
  ]
}

function closeRows(
  desk: Desk,
  { address, others, speaker }: OldAddress,
  candidate: string,
  at: Date,
): Change[] {
  const link: Change = {
    update: 'person_address',
    id: `${candidate}/${address.id}`,
    plain: { until: at, ended_by: 'number_changed' },
  }
  const leaves = speaker === candidate || !others
  const session = leaves ? desk.clock.id() : address.session
  const plain = { disputable_id: null, disputable_at: null, session_id: session }
  const change: Change = {
    update: 'address',
    id: address.id,
    plain: others ? plain : { ...plain, state: 'closed' },
  }
  const fresh: Change = { insert: 'session', plain: { id: session, address_id: address.id, updated_at: at } }
  return leaves ? [link, fresh, change] : [link, change]
}
