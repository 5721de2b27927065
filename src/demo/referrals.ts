/** Partners of the demo office, none of which exists, and how far some people were referred to them. */
import type { Partner, Service } from '../core/partner.ts'
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from '../store/access.ts'
import type { Database } from '../store/database.ts'
import { keepPartner } from '../store/partner.ts'
import { referralsOfRequest } from '../store/referral.ts'
import type { Locales } from '../text/locale.ts'
import type { Desk } from '../turn/act.ts'
import { hearReferral, proposeReferral, sendReferral, withdrawReferral } from '../turn/act-referral.ts'
import { actAsPartner, type PartnerAct, tellSilent } from '../turn/partner-act.ts'
import { makeReferences } from '../turn/references.ts'
import { makeWatch } from '../turn/surroundings.ts'
import { memberOf, storyClock } from './afterwards.ts'

const day = 86_400_000

const partners: readonly Omit<Partner, 'id' | 'active'>[] = [
  {
    ...{
      name: 'Centre de formation Yiriwa',
      services: ['training', 'job'],
      regions: ['ml-kayes', 'ml-bamako'],
    },
    ...{ contact: 'Fanta Keita, accueil', email: 'accueil@yiriwa.invalid', language: 'fr' },
  },
  {
    ...{ name: 'Clinique Kɛnɛya So', services: ['medical', 'mhpss'], regions: [] },
    ...{ contact: 'service social', email: 'social@keneya-so.invalid', language: 'fr' },
  },
  {
    ...{ name: 'Coopérative Jigiya', services: ['microbusiness', 'food'], regions: [], language: 'fr' },
    contact: 'Moussa Coulibaly',
  },
  {
    ...{ name: 'Safe Return Network', services: ['documents', 'tracing', 'housing'], regions: [] },
    ...{ contact: 'front desk', email: 'desk@safe-return.invalid', language: 'en' },
  },
]

type Told = {
  readonly to: number
  readonly service: Service
  readonly daysAgo: number
  readonly says?: 'yes' | 'no'
  readonly partner?: readonly PartnerAct[]
  readonly back?: true
}

/** Newest last; the first ones are long over. */
const told: readonly Told[] = [
  { to: 0, service: 'training', daysAgo: 40, says: 'yes', partner: [{ is: 'open' }, { is: 'accept' }] },
  {
    ...{ to: 1, service: 'medical', daysAgo: 25, says: 'yes' },
    partner: [{ is: 'open' }, { is: 'accept' }, { is: 'end', result: 'given' }],
  },
  {
    ...{ to: 2, service: 'microbusiness', daysAgo: 12, says: 'yes' },
    partner: [{ is: 'open' }, { is: 'decline', reason: 'full' }],
  },
  { to: 3, service: 'documents', daysAgo: 8, says: 'yes', partner: [] },
  { to: 0, service: 'job', daysAgo: 6, says: 'yes', partner: [{ is: 'open' }], back: true },
  { to: 1, service: 'mhpss', daysAgo: 3, says: 'no' },
  { to: 0, service: 'training', daysAgo: 1, says: 'yes' },
  { to: 2, service: 'food', daysAgo: 1 },
]

/** Everything in it lies before `now`. */
export async function fillReferrals(database: Database, locales: Locales, now: Date): Promise<void> {
  const clock = storyClock('referrals', new Date(now.getTime() - 60 * day))
  const { prisma, pool } = database
  const desk: Desk = {
    ...{ ...database, clock, watch: makeWatch(prisma, clock), references: makeReferences(pool) },
    passOn() {},
  }
  const ids = partners.map(() => clock.id())
  for (const [i, it] of partners.entries()) {
    await keepPartner(prisma, { ...it, id: ids[i] ?? '', active: true }, clock.now())
  }
  const worker = await memberOf(database, 'case_worker')
  const requests = await prisma.request.findMany({
    where: {
      AND: [requestsSeenBy(worker)],
      ...{ kind: 'request.need', visibility: 'open', state: { not: 'closed' } },
      ...{ personId: { not: null }, person: { minor: false }, addressId: { not: null } },
    },
    orderBy: { id: 'asc' },
    take: told.length,
    select: { id: true },
  })
  for (const [i, { id }] of requests.entries()) {
    const it = told[i]
    if (it)
      await refer({ desk, worker, locales }, id, { ...it, partner: it.partner ?? [] }, ids[it.to] ?? '', now)
  }
  clock.set(new Date(now.getTime() - 60_000))
  await tellSilent(desk)
}

type Office = { readonly desk: Desk; readonly worker: Staff; readonly locales: Locales }

async function refer(
  { desk, worker, locales }: Office,
  request: string,
  it: Told & { readonly partner: readonly PartnerAct[] },
  partner: string,
  now: Date,
): Promise<void> {
  const clock = desk.clock as ReturnType<typeof storyClock>
  clock.set(new Date(now.getTime() - it.daysAgo * day))
  const act = () => ({ staff: worker, request, form: clock.id() })
  const wish = {
    service: it.service,
    urgency: 'this_week',
    reason: 'other',
    items: ['name', 'phone', 'need'],
  } as const
  await proposeReferral(desk, act(), { ...wish, partner, ask: it.says === undefined })
  const [last] = await referralsOfRequest(desk, request)
  const referral = last?.id ?? ''
  if (it.says) await hearReferral(desk, act(), { referral, yes: it.says === 'yes' }, locales)
  if (it.says !== 'yes' || it.daysAgo < 2) return
  const sent = await sendReferral(desk, act(), { referral, how: 'copy' }, (id) => id)
  for (const one of it.partner) await actAsPartner(desk, sent?.token ?? '', one)
  if (it.back) await withdrawReferral(desk, act(), { referral }, locales)
}
