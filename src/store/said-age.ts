/** Ages that somebody said in the chat and nobody has looked at: until then they are treated as the child they may be. */
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { joinedFiles } from './erasure.ts'

/**
 * Whether somebody, by the column of their id, said so where it was said openly: what is written to adults does not go to
 * them. A mark in a hidden matter decides nothing that others could count.
 */
export function saidChildSql(person: string): string {
  return `exists (select from request c where c.person_id = ${person} and c.said_age is not null and c.visibility = 'open')`
}

/** `seen`: in a matter that this member of staff may see; of a `hidden` one nothing may be told to them. */
export type SaidAge = { readonly is: 'none' | 'hidden' } | { readonly is: 'seen'; readonly years: number }

/** What was said by a person whose file has no child. */
export async function saidAgeOf(prisma: Database['prisma'], staff: Staff, person: string): Promise<SaidAge> {
  const rows = await prisma.request.findMany({
    where: await saidBy(prisma, person),
    select: { id: true, saidAge: true },
    take: 20,
  })
  if (rows.length === 0) return { is: 'none' }
  const seen = await prisma.request.findFirst({
    where: { AND: [{ id: { in: rows.map(({ id }) => id) } }, requestsSeenBy(staff)] },
    orderBy: { id: 'desc' },
    select: { saidAge: true },
  })
  return seen?.saidAge == null ? { is: 'hidden' } : { is: 'seen', years: seen.saidAge }
}

/** The requests that still say so, whoever may see them. */
export async function requestsWithSaidAge(
  prisma: Database['prisma'],
  person: string,
): Promise<readonly string[]> {
  const rows = await prisma.request.findMany({ where: await saidBy(prisma, person), select: { id: true } })
  return rows.map(({ id }) => id)
}

async function saidBy(prisma: Database['prisma'], person: string) {
  return { personId: { in: [...(await joinedFiles(prisma, person))] }, saidAge: { not: null } }
}
