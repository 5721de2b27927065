/** What a partner does through its link, and what follows from its silence: by no member of staff, in the same commit. */
import type { Happening } from '../core/event.ts'
import type { DeclineReason, ReferralResult } from '../core/referral.ts'
import * as rules from '../core/referral-rules.ts'
import { Failure } from '../failure.ts'
import { countOpening, findByToken, type OpenedReferral, silentReferrals } from '../store/referral.ts'
import type { Desk } from './act.ts'
import type { Found } from './act-load.ts'
import { change } from './act-referral.ts'
import { each } from './pass-time.ts'
import { isWrittenTo } from './reached.ts'

export type PartnerAct =
  | { readonly is: 'open' }
  | { readonly is: 'accept' }
  | { readonly is: 'decline'; readonly reason: DeclineReason }
  | { readonly is: 'end'; readonly result: ReferralResult }
  | { readonly is: 'remove' }

/**
 * Does what the partner pressed, and gives what stands afterwards. Fails with `page:not_found` for an address that opens
 * nothing, and with `referral:ended` where staff or the person were faster.
 */
export async function actAsPartner(desk: Desk, token: string, act: PartnerAct): Promise<OpenedReferral> {
  const before = await openedBy(desk, token)
  await change(
    desk,
    { request: before.request, form: desk.clock.id(), by: 'partner' },
    { referral: before.id },
    async (it, found) => ({ happenings: happeningsOf(it, act, await whoTells(desk, found)) }),
  )
  if (act.is === 'open') await countOpening(desk.prisma, before.id)
  return openedBy(desk, token)
}

async function openedBy(desk: Desk, token: string): Promise<OpenedReferral> {
  const it = await findByToken(desk, token, desk.clock.now())
  if (!it) throw new Failure('page:not_found')
  return it
}

/** The person hears of it in their conversation, or from staff where nothing of it may be said there. */
async function whoTells(desk: Desk, { request, address, person }: Found): Promise<rules.Teller> {
  if (request.visibility !== 'open' || address?.state !== 'live' || address.stopped === 'all') return 'staff'
  return (await isWrittenTo(desk, address.id, person?.id)) ? 'chat' : 'staff'
}

function happeningsOf(it: rules.Referral, act: PartnerAct, teller: rules.Teller): readonly Happening[] {
  switch (act.is) {
    case 'open':
      return rules.openReferral(it)
    case 'accept':
      return rules.acceptReferral(it, teller)
    case 'decline':
      return rules.declineReferral(it, act.reason, teller)
    case 'end':
      return rules.endReferral(it, act.result)
    case 'remove':
      return rules.removeReferral(it)
    default:
      return act satisfies never
  }
}

const atOnce = 200

/** Lets staff ask partners who said nothing in time; once for each. Gives how many there were. */
export async function tellSilent(desk: Desk): Promise<number> {
  const due = await silentReferrals(desk.prisma, desk.clock.now(), atOnce)
  await each(due, ({ id, request }) =>
    change(desk, { request, form: desk.clock.id() }, { referral: id }, (it) => ({
      happenings: it.state === 'sent' ? [{ type: 'referral_silent', referral: id, request }] : [],
    })),
  )
  return due.length
}
