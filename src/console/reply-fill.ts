/** What is known of a request for the fields of canned replies; what is not is left out, and stands as a hole. */
import type { Language } from '../core/language.ts'
import { showReference } from '../core/reference.ts'
import type { ReplyField } from '../core/reply.ts'
import type { Staff } from '../core/staff.ts'
import type { Console } from './asked.ts'
import { loadFacts } from './load.ts'
import type { Offer } from './replies.ts'
import { listReplies, offerOf, searchReplies } from './replies.ts'
import { staffZone, type Words } from './words.ts'

/** What fits what the writer looks for, filled in for the request, in the language of its person. */
export async function loadOffers(
  console: Console,
  staff: Staff,
  words: Words,
  request: string,
  sought: string,
): Promise<{ readonly offers: readonly Offer[]; readonly language: Language }> {
  const [facts, all, office] = await Promise.all([
    loadFacts(console, staff, request),
    listReplies(console, words.language),
    officeOf(console, staff, request),
  ])
  const language = facts.reach?.language ?? facts.person?.language ?? facts.row.language ?? 'fr'
  const role = staff.roles[0]
  const known: Partial<Record<ReplyField, string>> = {
    reference: showReference(facts.row.reference),
    date: new Intl.DateTimeFormat('fr-FR', { timeZone: staffZone }).format(words.now),
    ...(facts.person?.name ? { name: facts.person.name } : {}),
    ...(office ? { office: office.name } : {}),
    ...(office?.place ? { place: office.place } : {}),
    ...(role ? { role: console.locales.t(language, `console.role.${role}`) } : {}),
  }
  const called = (field: ReplyField) => words.t(`replies.field_${field}`)
  const offers = searchReplies(all, sought, facts.row.queue).flatMap(
    (reply) => offerOf(reply, language, known, called) ?? [],
  )
  return { offers, language }
}

/** The office of the request, else of the writer. */
async function officeOf({ database }: Console, staff: Staff, request: string) {
  const row = await database.prisma.request.findUnique({ where: { id: request }, select: { officeId: true } })
  const id = row?.officeId ?? staff.office
  if (id === undefined) return undefined
  return database.prisma.office.findUnique({ where: { id }, select: { name: true, place: true } })
}
