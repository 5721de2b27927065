/** Staff write down what whoever answers for a child said to them, and when it was taken back. */
import type { ConsentAnswer } from '../core/consent.ts'
import { type GuardianWord, isNewWord } from '../core/guardian.ts'
import type { Database } from '../store/database.ts'
import { consentsOf } from '../store/person.ts'
import type { Locales } from '../text/locale.ts'
import type { Desk } from './act.ts'
import { type ByStaff, doneBefore, enact, loadSubject } from './beside.ts'

/** The sentence that asks them, recorded with its wording; the notice is read out before it. */
const readOut = 'notice.ask'
export const readToGuardian = ['notice.what', readOut] as const

/** Fails with `person:not_found`, and as the rule does. The same answer twice is one record. */
export async function hearGuardian(
  desk: Desk,
  act: ByStaff & { readonly person: string },
  it: GuardianWord & { readonly answer: ConsentAnswer },
  locales: Locales,
): Promise<void> {
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) return
  const last = await guardianAnswer(desk.prisma, act.person)
  if (!isNewWord(subject.person?.minor ?? false, last, it.answer)) return
  const { language } = subject
  const heard = { text: readOut, wording: locales.wording(language, readOut), language }
  await enact(desk, act, {
    subject,
    happenings: () => [{ type: 'guardian_heard', ...it, ...heard }],
  })
}

/** What whoever answers for this child said last. */
export async function guardianAnswer(
  prisma: Database['prisma'],
  person: string,
): Promise<ConsentAnswer | undefined> {
  return (await consentsOf(prisma, { person })).find(({ item }) => item === 'guardian')?.answer
}
