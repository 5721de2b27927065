/**
 * What staff do to hand a need to a partner, under the request that it belongs to: proposed, the person's word written
 * down, sent, what came of it, taken back. Nothing leaves without a record of the person's yes (core/referral-rules.ts).
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { isAnsweredFor } from '../core/guardian.ts'
import { homeCountry } from '../core/night.ts'
import { type ReferralResult, type Sharable, sharedOf } from '../core/referral.ts'
import type { Said } from '../core/referral-happening.ts'
import * as rules from '../core/referral-rules.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { findPartner } from '../store/partner.ts'
import { readAddress, readPerson } from '../store/person.ts'
import { makeLink, type ReferralRow, referralsOfRequest } from '../store/referral.ts'
import { type SaidAge, saidAgeOf } from '../store/said-age.ts'
import type { Locales } from '../text/locale.ts'
import { type Desk, perform } from './act.ts'
import { guardianAnswer } from './act-guardian.ts'
import type { Act, Deed, Found } from './act-load.ts'

/** Longer is a story, and a story stays here. */
export const longestReason = 300

export type ProposedReferral = Omit<rules.ReferralWish, 'partner'> & { readonly partner: string }

/** Fails with `partner:not_found`, and as the rule does. */
export async function proposeReferral(desk: Desk, act: Act, it: ProposedReferral): Promise<void> {
  const partner = await findPartner(desk.prisma, it.partner)
  if (!partner) throw new Failure('partner:not_found')
  await perform(desk, act, async (found) => {
    const whom = await askableOf(desk, found, await childhoodOf(desk, act.staff, found))
    return {
      happenings: rules.proposeReferral(found.request, desk.clock.id(), { ...it, partner }, whom),
      // The person hears of it as soon as their conversation is idle.
      ...(it.ask ? { sends: true } : {}),
    }
  })
}

/** Whether the person is a child by their file or by what they said in the chat, and whether whoever acts may know it. */
export type Childhood = SaidAge['is']

export async function childhoodOf(
  { prisma }: Pick<Desk, 'prisma'>,
  staff: Staff,
  { person }: Pick<Found, 'person'>,
): Promise<Childhood> {
  if (!person) return 'none'
  return person.minor ? 'seen' : (await saidAgeOf(prisma, staff, person.id)).is
}

/** Whether and where the person can be asked in the chat; nobody who may be a child is. */
export async function askableOf(
  desk: Pick<Desk, 'prisma' | 'keys'>,
  { address, person }: Pick<Found, 'address' | 'person'>,
  childhood: Childhood,
): Promise<rules.Askable> {
  const reached = address && (await readAddress(desk, address.id, person?.id))
  const country = (reached?.phone && parsePhoneNumberFromString(reached.phone)?.country) ?? homeCountry
  return {
    ...(address ? { address: address.id } : {}),
    live: address?.state === 'live' && address.stopped !== 'all',
    minor: childhood !== 'none',
    country,
  }
}

type Named = { readonly referral: string }

/** The person said yes or no to a member of staff, who writes it down. */
export async function hearReferral(
  desk: Desk,
  act: Act,
  it: Named & { readonly yes: boolean },
  locales: Locales,
): Promise<void> {
  await change(desk, act, it, async (one, found) => {
    if (it.yes) await mustBeAnsweredFor(desk, act.staff, found)
    return {
      happenings: rules.hearPerson(one, it.yes, saidToStaff(desk, found, 'referral.consent', locales)),
    }
  })
}

/** For whom, in which way, and what they will open. */
export type SentReferral = {
  readonly token: string
  readonly partner: { readonly id: string; readonly name: string }
}

/**
 * Makes the link of the partner, which is known here and nowhere else; the one before opens nothing any more. Undefined
 * when this form was pressed before: its link cannot be shown again. `nameOf` gives the name of a region or cercle.
 */
export async function sendReferral(
  desk: Desk,
  act: Act,
  it: Named & { readonly how: 'mail' | 'copy' },
  nameOf: (id: string) => string,
): Promise<SentReferral | undefined> {
  let sent: SentReferral | undefined
  await change(desk, act, it, async (one, found) => {
    sent = undefined
    const { person } = found
    const happenings = rules.sendReferral(one, it.how)
    await mustBeAnsweredFor(desk, act.staff, found)
    if (!person) throw new Failure('referral:nobody')
    const link = makeLink()
    const shared = sharedOf(one.items, await sharableOf(desk, person.id, one, nameOf), desk.clock.now())
    sent = { token: link.token, partner: one.partner }
    return {
      happenings,
      changes: [
        {
          ...{ update: 'referral', id: one.id, plain: { token_hash: link.hash } },
          ...{ secret: { shared_enc: JSON.stringify(shared) }, key: one.key },
        },
      ],
    }
  })
  return sent
}

/**
 * Of a child nothing is passed on unless a grown-up answers for them: fails with `referral:no_guardian`, and with
 * `referral:held` for whoever may not know that they said to be one.
 */
async function mustBeAnsweredFor(desk: Desk, staff: Staff, found: Found): Promise<void> {
  const childhood = await childhoodOf(desk, staff, found)
  if (!found.person || childhood === 'none') return
  if (isAnsweredFor(true, await guardianAnswer(desk.prisma, found.person.id))) return
  throw new Failure(childhood === 'seen' ? 'referral:no_guardian' : 'referral:held')
}

/** All that could be handed over; the rule takes what was agreed. */
async function sharableOf(
  desk: Desk,
  person: string,
  { reason, urgency, note }: ReferralRow,
  nameOf: (id: string) => string,
): Promise<Sharable> {
  const known = await readPerson(desk, person)
  const area = [known?.cercle, known?.region].flatMap((id) => (id === undefined ? [] : nameOf(id))).join(', ')
  return {
    values: {
      name: known?.name,
      phone: known?.phone ?? (await phoneOf(desk, person)),
      sex: known?.sex,
      birthYear: known?.birthYear?.toString(),
      place: known?.place,
      language: known?.language,
    },
    area,
    ...(known?.safeContact ? { safe: known.safeContact } : {}),
    need: { reason, urgency, ...(note === undefined ? {} : { note }) },
  }
}

/** The number under which they write, where they told no other. */
async function phoneOf(desk: Desk, person: string): Promise<string | undefined> {
  const link = await desk.prisma.personAddress.findFirst({
    where: { personId: person, until: null },
    orderBy: { since: 'desc' },
    select: { addressId: true },
  })
  return link ? (await readAddress(desk, link.addressId, person))?.phone : undefined
}

/** What came of it, as staff heard it. */
export async function endReferral(
  desk: Desk,
  act: Act,
  it: Named & { readonly result: ReferralResult },
): Promise<void> {
  await change(desk, act, it, (one) => ({ happenings: rules.endReferral(one, it.result) }))
}

/** The person takes it back, and tells a member of staff; or staff do it for them. */
export async function withdrawReferral(desk: Desk, act: Act, it: Named, locales: Locales): Promise<void> {
  await change(desk, act, it, (one, found) => ({
    happenings: rules.withdrawReferral(one, saidToStaff(desk, found, 'referral.taken_back', locales)),
  }))
}

/** What was said to a member of staff: by the person, or for a child by whoever cares for them. */
function saidToStaff(
  desk: Desk,
  { language, person }: Pick<Found, 'language' | 'person'>,
  text: string,
  locales: Locales,
): Said {
  const guardian = person?.minor ? ({ guardian: true } as const) : {}
  const wording = locales.wording(language, text)
  return { consent: desk.clock.id(), text, wording, language, medium: 'staff', ...guardian }
}

/** One of the referrals of a request, judged by a rule; fails with `form:stale` for one that is not among them. */
export async function change(
  desk: Desk,
  act: Parameters<typeof perform>[1],
  { referral }: Named,
  rule: (it: ReferralRow, found: Found) => Deed | Promise<Deed>,
): Promise<void> {
  await perform(desk, act, async (found) => {
    const referrals = await referralsOfRequest(desk, act.request)
    const it = referrals.find(({ id }) => id === referral)
    if (!it) throw new Failure('form:stale')
    return { ...(await rule(it, found)), referrals }
  })
}
