/** What may be done with a referral, as rules: each gives what happened, and nothing when nothing would change. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import type { NeedCategory, Urgency } from './need.ts'
import type { Partner, Service } from './partner.ts'
import type { DeclineReason, ReferralItem, ReferralResult, ReferralState } from './referral.ts'
import type { Said } from './referral-happening.ts'
import type { Request } from './request.ts'
import { mustBeOpen } from './request-rules.ts'

export type Referral = {
  readonly id: string
  readonly request: string
  readonly state: ReferralState
  readonly items: readonly ReferralItem[]
  /** The record of the person's yes. */
  readonly consent?: string
  /** When the partner first had it. */
  readonly sentAt?: Date
  /** When the partner first opened it. */
  readonly openedAt?: Date
  /** When the partner said that nothing of it is left there. */
  readonly removedAt?: Date
}

export type ReferralWish = {
  readonly partner: Pick<Partner, 'id' | 'services' | 'active'>
  readonly service: Service
  readonly urgency: Urgency
  readonly reason: NeedCategory
  readonly items: readonly ReferralItem[]
  readonly note?: string
  /** Ask in the chat; staff ask otherwise. */
  readonly ask: boolean
}

/** How somebody could be asked in the chat. */
export type Askable = {
  readonly address?: string
  readonly live: boolean
  readonly minor: boolean
  readonly country: string
}

/**
 * Proposes to hand a need over: from here on the person is asked. A hidden matter, and a child, are never asked about in a
 * chat: fails with `referral:not_by_chat`. Fails with `referral:nobody` where nobody knows whose matter it is, and with
 * `referral:not_theirs` for a partner who does not do this.
 */
export function proposeReferral(
  it: Request,
  fresh: string,
  { partner, note, ask, ...wish }: ReferralWish,
  whom: Askable,
): readonly Happening[] {
  mustBeOpen(it)
  if (it.person === undefined) throw new Failure('referral:nobody')
  if (wish.items.length === 0) throw new Failure('form:invalid', { field: 'items' })
  if (!partner.active || !partner.services.includes(wish.service)) throw new Failure('referral:not_theirs')
  if (ask && !mayAskInChat(it, whom)) throw new Failure('referral:not_by_chat')
  const need = it.openNeeds?.[0]
  return [
    {
      ...{ type: 'referral_proposed', referral: fresh, request: it.id, partner: partner.id, ...wish },
      country: whom.country,
      ...(need === undefined ? {} : { need }),
      ...(ask && whom.address !== undefined ? { address: whom.address } : {}),
      ...(note === undefined ? {} : { secret: { note } }),
    },
  ]
}

/** What is hidden is not spoken of where others may read, and a child does not consent alone (domain notes S12). */
export function mayAskInChat({ visibility }: Pick<Request, 'visibility'>, whom: Askable): boolean {
  return visibility === 'open' && !whom.minor && whom.live && whom.address !== undefined
}

/** The person's yes or no. Whoever said no may still say yes, and nothing is taken back by a second no. */
export function hearPerson(
  it: Pick<Referral, 'id' | 'request' | 'state'>,
  yes: boolean,
  said: Said,
): readonly Happening[] {
  const now = yes ? 'agreed' : 'refused'
  if (it.state === now) return []
  if (it.state !== 'asked' && it.state !== 'refused') throw new Failure('referral:ended')
  return [{ type: `referral_${now}`, ...said, ...idsOf(it) }]
}

/**
 * Hands it over: a link is made, or another in the place of the one before. Fails with `referral:no_consent` unless there
 * is a record of the person's yes.
 */
export function sendReferral(it: Referral, how: 'mail' | 'copy'): readonly Happening[] {
  if (it.state === 'asked' || it.state === 'refused' || it.consent === undefined) {
    throw new Failure('referral:no_consent')
  }
  if (it.state !== 'agreed' && it.state !== 'sent' && it.state !== 'accepted') {
    throw new Failure('referral:ended')
  }
  return [{ type: 'referral_sent', consent: it.consent, how, again: it.sentAt !== undefined, ...idsOf(it) }]
}

/** The first look at it; later ones are only counted. */
export function openReferral(it: Referral): readonly Happening[] {
  return it.openedAt === undefined ? [{ type: 'referral_opened', ...idsOf(it) }] : []
}

/** Who tells the person what the partner answered. */
export type Teller = 'chat' | 'staff'

export function acceptReferral(it: Referral, teller: Teller): readonly Happening[] {
  if (it.state === 'accepted') return []
  if (it.state !== 'sent') throw new Failure('referral:ended')
  return [{ type: 'referral_accepted', ...toldBy(teller), ...idsOf(it) }]
}

export function declineReferral(it: Referral, reason: DeclineReason, teller: Teller): readonly Happening[] {
  if (it.state === 'declined') return []
  if (it.state !== 'sent' && it.state !== 'accepted') throw new Failure('referral:ended')
  return [{ type: 'referral_declined', reason, ...toldBy(teller), ...idsOf(it) }]
}

function toldBy(teller: Teller): { readonly byStaff?: true } {
  return teller === 'staff' ? { byStaff: true } : {}
}

/** What came of it; may be said anew, as long as it is not taken back. */
export function endReferral(it: Referral, result: ReferralResult): readonly Happening[] {
  if (it.state === result) return []
  if (!ended.has(it.state) && it.state !== 'sent' && it.state !== 'accepted') {
    throw new Failure('referral:ended')
  }
  return [{ type: 'referral_ended', result, ...idsOf(it) }]
}

/** The person's word on whether the service came. */
export function judgeReferral(it: Pick<Referral, 'id' | 'request'>, came: boolean): readonly Happening[] {
  return [{ type: 'referral_judged', came, ...idsOf(it) }]
}

/** Takes it back: at once nothing of it can be opened any more. */
export function withdrawReferral(
  it: Pick<Referral, 'id' | 'request' | 'state' | 'sentAt'>,
  said: Said,
): readonly Happening[] {
  if (!isOpen(it.state)) return []
  return [{ type: 'referral_withdrawn', sent: it.sentAt !== undefined, ...said, ...idsOf(it) }]
}

export function removeReferral(it: Referral): readonly Happening[] {
  if (it.state !== 'withdrawn' || it.removedAt !== undefined) return []
  return [{ type: 'referral_removed', ...idsOf(it) }]
}

/** Whether there is something that can be taken back. A partner who declined has seen it all the same. */
export function isOpen(state: ReferralState): boolean {
  return state !== 'refused' && state !== 'withdrawn'
}

/** Whether what is to be asked can still be answered. */
export function isAsked(state: ReferralState, prompt: 'consent' | 'outcome'): boolean {
  return prompt === 'consent' ? state === 'asked' : isOpen(state) && state !== 'asked' && state !== 'agreed'
}

const ended: ReadonlySet<ReferralState> = new Set(['given', 'not_given', 'unreachable'])

/** Whether nobody waits for anything of it any more. */
export function isOver(state: ReferralState | undefined): boolean {
  return state !== undefined && (ended.has(state) || state === 'declined' || !isOpen(state))
}

function idsOf({ id, request }: Pick<Referral, 'id' | 'request'>) {
  return { referral: id, request }
}
