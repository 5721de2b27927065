/** What staff and partners do with referrals in a transcript. */

import { type Service, services } from '../src/core/partner.ts'
import { type DeclineReason, type ReferralItem, referralItems } from '../src/core/referral.ts'
import type { Staff } from '../src/core/staff.ts'
import { wakeSessions } from '../src/job/wake-sessions.ts'
import { keepPartner } from '../src/store/partner.ts'
import { referralsOfRequest } from '../src/store/referral.ts'
import { proposeReferral, sendReferral, withdrawReferral } from '../src/turn/act-referral.ts'
import { actAsPartner, type PartnerAct } from '../src/turn/partner-act.ts'
import type { Cast } from './transcript-stage.ts'

/** The link of the last referral that was sent, as its partner has it. */
const links = new WeakMap<Cast, string>()

/**
 * `refers to Centre X for training with name, phone, need`, `sends the referral`, `takes the referral back`; and what the
 * partner does with the link: `sees the partner open`, `… accept`, `… decline: full`, `… remove it`.
 */
export async function actOnReferral(
  cast: Cast,
  staff: Staff,
  request: string,
  deed: string,
): Promise<boolean> {
  const { office } = cast
  const act = { staff, request, form: office.clock.id() }
  const [, name, service, named = ''] = /^ refers to (.+) for (\w+) with (.+)$/.exec(deed) ?? []
  const [, partnerDoes, reason] =
    /^ sees the partner (open|accept|decline|remove it)(?:: (\w+))?$/.exec(deed) ?? []
  if (name !== undefined) {
    const items = referralItems.filter((item) => named.split(', ').includes(item))
    await propose(cast, act, name, services.find((one) => one === service) ?? 'other', items)
  } else if (partnerDoes) {
    await actAsPartner(
      office.desk,
      links.get(cast) ?? '',
      partnerActs[partnerDoes]?.(reason) ?? { is: 'open' },
    )
  } else if (/^ (sends the referral|takes the referral back)$/.test(deed)) {
    const [last] = await referralsOfRequest(office.database, request)
    const it = { referral: last?.id ?? '' }
    if (deed === ' sends the referral') {
      const sent = await sendReferral(office.desk, act, { ...it, how: 'copy' }, (id) => id)
      if (sent) links.set(cast, sent.token)
    } else await withdrawReferral(office.desk, act, it, office.talk.locales)
  } else return false
  await wakeSessions({ pool: office.database.pool, lanes: office.lanes, clock: office.clock })
  return true
}

const partnerActs: Readonly<Record<string, (reason: string | undefined) => PartnerAct>> = {
  open: () => ({ is: 'open' }),
  accept: () => ({ is: 'accept' }),
  decline: (reason) => ({ is: 'decline', reason: (reason ?? 'other') as DeclineReason }),
  'remove it': () => ({ is: 'remove' }),
}

async function propose(
  { office }: Cast,
  act: Parameters<typeof proposeReferral>[1],
  name: string,
  service: Service,
  items: readonly ReferralItem[],
): Promise<void> {
  const { prisma } = office.database
  const known = await prisma.partner.findUnique({ where: { name } })
  const id = known?.id ?? office.clock.id()
  if (!known) {
    const partner = { id, name, services, regions: [], contact: '', language: 'fr', active: true } as const
    await keepPartner(prisma, partner, office.clock.now())
  }
  await proposeReferral(office.desk, act, {
    ...{ partner: id, service, urgency: 'this_week', reason: 'other', items, ask: true },
  })
}
