/** The partners of the programme. Whoever refers may choose among them; who keeps the list is decided by the page. */
import type { Partner, Service } from '../core/partner.ts'
import type { Database } from './database.ts'
import { isId } from './request.ts'

type Prisma = Database['prisma']

/** All of them, by name; those that nothing goes to any more come last. */
export async function listPartners(prisma: Prisma): Promise<readonly Partner[]> {
  const rows = await prisma.partner.findMany({ orderBy: [{ active: 'desc' }, { name: 'asc' }] })
  return rows.map(partnerOf)
}

export async function findPartner(prisma: Prisma, id: string): Promise<Partner | undefined> {
  const row = isId(id) ? await prisma.partner.findUnique({ where: { id } }) : null
  return row ? partnerOf(row) : undefined
}

/** Adds one, or changes the one that has this id. False when another has its name. */
export async function keepPartner(prisma: Prisma, { email, ...it }: Partner, at: Date): Promise<boolean> {
  const namesake = await prisma.partner.findFirst({
    where: { name: { equals: it.name, mode: 'insensitive' }, id: { not: it.id } },
    select: { id: true },
  })
  if (namesake) return false
  const row = { ...it, services: [...it.services], regions: [...it.regions], email: email ?? null }
  await prisma.partner.upsert({ where: { id: it.id }, create: { ...row, createdAt: at }, update: row })
  return true
}

type PartnerRow = NonNullable<Awaited<ReturnType<Prisma['partner']['findUnique']>>>

function partnerOf({ createdAt: _, email, ...row }: PartnerRow): Partner {
  return {
    ...row,
    // Codes were written by the program from the same unions.
    services: row.services as Service[],
    language: row.language as Partner['language'],
    ...(email === null ? {} : { email }),
  }
}
