/** What the policy of sending asks of a person and a phone (core/send-policy.ts), for one of them. */
import type { Reached } from '../core/send-policy.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { readSafeContact } from './safe-contact.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type ReachedFacts = Omit<Reached, 'country'> & { readonly phone?: string }

/** Of an address and a person that the caller has found under the reader's access. */
export async function readReached(
  { prisma, keys }: Part,
  id: string,
  person: string | undefined,
): Promise<ReachedFacts> {
  const address = await prisma.address.findUniqueOrThrow({ where: { id } })
  const [session, safe] = await Promise.all([
    prisma.session.findUniqueOrThrow({ where: { id: address.sessionId } }),
    person === undefined ? undefined : readSafeContact({ prisma, keys }, person),
  ])
  await keys.load([address.keyId])
  const phone = keys.read(address.keyId, placeOf('address', 'phone_enc', id), address.phoneEnc)
  return {
    shared: address.shared,
    present: person === undefined || session.personId === person,
    unsure: address.shared && session.doubted,
    coded: session.codeHash !== null,
    ...(phone ? { phone } : {}),
    ...(safe ? { safe } : {}),
    ...(address.lastHeardAt ? { heardAt: address.lastHeardAt } : {}),
    ...(session.openedAt ? { openedAt: session.openedAt } : {}),
    ...(session.alarmedAt ? { alarmedAt: session.alarmedAt } : {}),
  }
}

/** A code that somebody set on one of their phones; nothing tells whether there is one for help. */
export type CodeFacts = { readonly address: string; readonly session: string; readonly tries: number }

export async function codesOf(prisma: Part['prisma'], person: string): Promise<readonly CodeFacts[]> {
  const rows = await prisma.session.findMany({
    where: { personId: person, codeHash: { not: null } },
    select: { id: true, addressId: true, codeTries: true },
  })
  return rows.map(({ id, addressId, codeTries }) => ({ session: id, address: addressId, tries: codeTries }))
}
