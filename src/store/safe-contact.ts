/** How a person is reached without harm, as staff wrote it down (core/safe-contact.ts). */
import type { SafeContact } from '../core/safe-contact.ts'
import type { Database } from './database.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseSafeContact } from './safe-contact-shape.ts'

/** Of a person that the caller has found under the reader's access. */
export async function readSafeContact(
  { prisma, keys }: Pick<Database, 'prisma' | 'keys'>,
  person: string,
): Promise<SafeContact | undefined> {
  const row = await prisma.person.findUnique({
    where: { id: person },
    select: { id: true, keyId: true, safeContactEnc: true },
  })
  if (!row) return undefined
  await keys.load([row.keyId])
  return safeContactOf(row, keys)
}

/** Of a row whose key is loaded. */
export function safeContactOf(
  row: { readonly id: string; readonly keyId: string; readonly safeContactEnc: Uint8Array | null },
  keys: Keys,
): SafeContact | undefined {
  const text = keys.read(row.keyId, placeOf('person', 'safe_contact_enc', row.id), row.safeContactEnc)
  return text === undefined ? undefined : parseSafeContact(text)
}
