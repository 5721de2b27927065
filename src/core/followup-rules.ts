/** What staff may do with a follow-up, as rules: each gives what happened, and nothing when nothing would change. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import {
  type FollowUpKind,
  type FollowUpState,
  isAhead,
  isFree,
  missedAtMost,
  type Room,
} from './followup.ts'
import type { Request } from './request.ts'

export type FollowUp = {
  readonly id: string
  readonly request: string
  readonly state: FollowUpState
  readonly kind?: FollowUpKind
  readonly at?: Date
  readonly minutes?: number
  readonly staff?: string
}

export type Proposal = {
  readonly staff: string
  readonly kind: FollowUpKind
  readonly at: Date
  readonly minutes: number
  readonly office?: string
  readonly country: string
  /** The person said yes to a member of staff. */
  readonly agreed: boolean
}

/**
 * Proposes a time: for what was asked, in the place of a time that stands, or as a new one under the id `fresh`. Fails with
 * `follow_up:past`, `follow_up:not_free`, and with `request:closed`.
 */
export function propose(
  it: Pick<Request, 'id' | 'state' | 'firstAnswerAt'>,
  before: FollowUp | undefined,
  fresh: string,
  { at, ...wish }: Proposal,
  room: Room,
  now: Date,
): readonly Happening[] {
  if (it.state === 'closed') throw new Failure('request:closed', { request: it.id })
  if (!isAhead(at, now)) throw new Failure('follow_up:past')
  const standing = before && !isOver(before.state) ? before : undefined
  if (standing?.at?.getTime() === at.getTime() && standing.staff === wish.staff) {
    return wish.agreed ? agree(standing, now) : []
  }
  if (!isFree(room, at, wish.minutes)) throw new Failure('follow_up:not_free')
  const was = standing && standing.state !== 'asked' ? standing.at?.toISOString() : undefined
  return [
    {
      ...{ type: 'follow_up_proposed', followUp: standing?.id ?? fresh, request: it.id, ...wish },
      ...{ at: at.toISOString(), ...(was === undefined ? {} : { was }) },
      ...(it.firstAnswerAt === undefined ? { first: true } : {}),
    },
  ]
}

/** The person said yes to a member of staff. Fails with `follow_up:past` when its hour is over: it is noted how it went. */
export function agree(it: FollowUp, now: Date): readonly Happening[] {
  if (it.state === 'agreed') return []
  if (it.state !== 'proposed' || !it.at) throw new Failure('follow_up:ended')
  if (!isAhead(it.at, now)) throw new Failure('follow_up:past')
  return [{ type: 'follow_up_agreed', followUp: it.id, request: it.request, at: it.at.toISOString() }]
}

/** It took place. Fails with `follow_up:not_yet` before its hour. */
export function finish(it: FollowUp, now: Date): readonly Happening[] {
  if (it.state === 'done') return []
  mustBePast(it, now)
  return [{ type: 'follow_up_done', followUp: it.id, request: it.request }]
}

/**
 * The person was not there; `before` is how many were missed in a row until now. After three somebody goes to them or asks
 * whoever knows them: nothing is ever closed by itself.
 */
export function miss(it: FollowUp, before: number, now: Date, message?: string): readonly Happening[] {
  if (it.state === 'missed') return []
  const { kind } = mustBePast(it, now)
  const count = before + 1
  const { id: followUp, request } = it
  return [
    {
      ...{ type: 'follow_up_missed', followUp, request, kind, count },
      ...(message === undefined ? {} : { message }),
    },
    ...(count >= missedAtMost ? [{ type: 'visit_asked', request, missed: count } as const] : []),
  ]
}

export function cancel(it: FollowUp): readonly Happening[] {
  if (it.state === 'cancelled') return []
  if (isOver(it.state) || !it.at) throw new Failure('follow_up:ended')
  return [{ type: 'follow_up_cancelled', followUp: it.id, request: it.request, at: it.at.toISOString() }]
}

export function isOver(state: FollowUpState): boolean {
  return state === 'done' || state === 'missed' || state === 'cancelled'
}

function mustBePast({ state, at, kind = 'meeting' }: FollowUp, now: Date): { readonly kind: FollowUpKind } {
  if (state !== 'agreed' && state !== 'proposed') throw new Failure('follow_up:ended')
  if (!at || at > now) throw new Failure('follow_up:not_yet')
  return { kind }
}
