/**
 * Staff write down what whoever answers for a child said to them, and when it was taken back: nothing that went to a partner
 * stays there then, whatever it belongs to and whoever may see that.
 */
import type { ConsentAnswer } from '../core/consent.ts'
import { type GuardianWord, isNewWord } from '../core/guardian.ts'
import { withdrawReferral } from '../core/referral-rules.ts'
import type { Database } from '../store/database.ts'
import { joinedFiles } from '../store/erasure.ts'
import { consentsOf } from '../store/person.ts'
import { openReferralsOf } from '../store/referral.ts'
import { saidAgeOf } from '../store/said-age.ts'
import type { Locales } from '../text/locale.ts'
import type { Desk } from './act.ts'
import { loadForAct } from './act-load.ts'
import { untilItStands } from './aloud.ts'
import { type ByStaff, doneBefore, enact, loadSubject } from './beside.ts'

/** The sentence that asks them, recorded with its wording; the notice is read out before it. */
const readOut = 'notice.ask'
export const readToGuardian = ['notice.what', readOut] as const
/** What is on record with every referral that is taken back. */
const takenBack = 'referral.taken_back'

/** Fails with `person:not_found`, and as the rule does. The same answer twice is one record. */
export async function hearGuardian(
  desk: Desk,
  act: ByStaff & { readonly person: string },
  it: GuardianWord & { readonly answer: ConsentAnswer },
  locales: Locales,
): Promise<void> {
  await untilItStands(async () => {
    const subject = await loadSubject(desk, act.staff, act.person)
    if (await doneBefore(desk, act)) return
    const { is } = await saidAgeOf(desk.prisma, act.staff, act.person)
    const minor = subject.person?.minor || is === 'seen'
    const last = await guardianAnswer(desk.prisma, act.person)
    if (!isNewWord(minor, last, it.answer)) return
    const { language } = subject
    const heard = { text: readOut, wording: locales.wording(language, readOut), language }
    const { referrals, matters } = it.answer === 'given' ? nothing : await given(desk, act.person, minor)
    const said = { text: takenBack, wording: locales.wording(language, takenBack), language }
    await enact(desk, act, {
      ...{ subject, referrals, matters },
      happenings: (world) => [
        { type: 'guardian_heard', ...it, ...heard },
        ...referrals.flatMap((one) =>
          withdrawReferral(one, { consent: world.id(), ...said, medium: 'staff', guardian: true }),
        ),
      ],
    })
  })
}

const nothing = { referrals: [], matters: [] }

/** What went to partners, or was to go, for the child; of somebody who has grown up only what was agreed for them. */
async function given({ prisma }: Desk, person: string, minor: boolean) {
  const all = await openReferralsOf(prisma, await joinedFiles(prisma, person))
  const referrals = all.filter(({ byGuardian }) => minor || byGuardian)
  const requests = [...new Set(referrals.map(({ request }) => request))]
  const found = await Promise.all(requests.map((request) => loadForAct(prisma, undefined, request)))
  return { referrals, matters: found.map(({ request, needs }) => ({ ...request, needs })) }
}

/** What whoever answers for this child said last. */
export async function guardianAnswer(
  prisma: Database['prisma'],
  person: string,
): Promise<ConsentAnswer | undefined> {
  return (await consentsOf(prisma, { person })).find(({ item }) => item === 'guardian')?.answer
}
