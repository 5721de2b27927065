/** A request as an act finds it: under the access of who acts, with what the rules and the rows of the turn need. */

import type { Happening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import { type NeedResult, needResults } from '../core/need.ts'
import type { Request } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { requestsSeenBy } from '../store/access.ts'
import type { Database } from '../store/database.ts'
import { isId, requestOf } from '../store/request.ts'
import type { Change, NewMessage, Standing } from '../store/road.ts'
import type { KnownFollowUp, KnownReferral, Matter } from './scene.ts'

/** Who acts on which request; `form` is a UUID that the page made once for this form. */
export type Act = { readonly staff: Staff; readonly request: string; readonly form: string }

/** The same for what time does, which no member of staff is behind, and for what a partner does. */
export type ActOrTime = Omit<Act, 'staff'> & { readonly staff?: Staff; readonly by?: 'partner' }

/** What an act starts from. */
export type Found = {
  readonly request: Request
  readonly language: Language
  readonly address?: Standing['address'] & { readonly session: string }
  readonly person?: NonNullable<Standing['person']>
  /** Needs under it without a result. */
  readonly needs: readonly string[]
  /** What staff said last in it. */
  readonly saidLast?: { readonly id: string; readonly staff: string }
}

/** What an act comes to: what happened, what is said, and rows that no happening writes. */
export type Deed = {
  readonly happenings: readonly Happening[]
  readonly messages?: readonly NewMessage[]
  readonly changes?: readonly Change[]
  /** Other requests that the happenings change, as they were read. */
  readonly others?: readonly Matter[]
  /** Whom it concerns, when that is not the person or the address of the request. */
  readonly of?: Pick<Found, 'person' | 'address'>
  /** Follow-ups that the happenings change, as they were read. */
  readonly followUps?: readonly KnownFollowUp[]
  /** Referrals in the same way. */
  readonly referrals?: readonly KnownReferral[]
  /** Something of this address is to be sent although nothing is said anew. */
  readonly sends?: boolean
}

/**
 * Loads a request that this member of staff may see; for all others it is `request:not_found`, existing or not. Time, which
 * shows nothing to anybody, finds all of them.
 */
export async function loadForAct(
  prisma: Database['prisma'],
  staff: Staff | undefined,
  id: string,
): Promise<Found> {
  if (!isId(id)) throw new Failure('request:not_found')
  const row = await prisma.request.findFirst({
    where: { AND: [{ id }, staff ? requestsSeenBy(staff) : {}] },
    include: {
      address: { include: { channel: { select: { kind: true } }, messages: lastOfStaff(id) } },
      person: { select: { id: true, keyId: true, region: true, minor: true } },
      case: { select: { id: true, ownerId: true, pastOwners: true, officeId: true } },
      needs: { orderBy: { createdAt: 'asc' }, select: { id: true, result: true } },
    },
  })
  if (!row) throw new Failure('request:not_found')
  const { address, person } = row
  const openNeeds = row.needs.flatMap((need) => (need.result === null ? [need.id] : []))
  return {
    request: { ...requestOf(row), needResult: resultOf(row.needs), openNeeds },
    language: (row.language as Language | null) ?? 'fr',
    address: address
      ? {
          id: address.id,
          channel: address.channelId,
          channelKind: address.channel.kind,
          key: address.keyId,
          language: (address.language as Language | null) ?? undefined,
          state: address.state as 'live' | 'blocked' | 'closed',
          shared: address.shared,
          stopped: address.stopped as 'no' | 'campaigns' | 'all',
          session: address.sessionId,
        }
      : undefined,
    person: person
      ? {
          id: person.id,
          key: person.keyId,
          case: row.case?.id,
          owner: row.case?.ownerId ?? undefined,
          pastOwners: row.case?.pastOwners ?? [],
          office: row.case?.officeId ?? undefined,
          region: person.region ?? undefined,
          minor: person.minor,
          known: true,
        }
      : undefined,
    needs: openNeeds,
    saidLast: address?.messages.flatMap(({ id: message, staffId }) =>
      staffId ? [{ id: message, staff: staffId }] : [],
    )[0],
  }
}

function lastOfStaff(requestId: string) {
  return {
    where: { requestId, staffId: { not: null } },
    orderBy: { position: 'desc' },
    take: 1,
    select: { id: true, staffId: true },
  } as const
}

function resultOf(needs: readonly { readonly result: string | null }[]): NeedResult | undefined {
  const result = needs.findLast((need) => need.result !== null)?.result
  return needResults.find((one) => one === result)
}

/** Whether this form was pressed before: its turn is in the history of the request. Fails with `form:invalid`. */
export async function isDone(prisma: Database['prisma'], request: string, form: string): Promise<boolean> {
  if (!isId(form)) throw new Failure('form:invalid', { field: 'form' })
  const before = await prisma.event.findFirst({
    where: { requestId: request, turnId: form },
    select: { id: true },
  })
  return before !== null
}
