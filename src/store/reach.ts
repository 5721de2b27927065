/** Tries to reach a person, as far as the reader may know of them. */
import type { Staff } from '../core/staff.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

export type AttemptFacts = {
  readonly id: string
  readonly way: 'call' | 'visit' | 'message'
  readonly reached: boolean
  readonly at: Date
  /** Id of who tried. */
  readonly staff: string
  readonly note?: string
}

/** The last tries for a person that one may see, oldest first; those of requests that one may not see are not among them. */
export async function attemptsOfPerson(
  { prisma, keys }: Pick<Database, 'prisma' | 'keys'>,
  staff: Staff,
  person: string,
): Promise<readonly AttemptFacts[]> {
  const rows = await prisma.contactAttempt.findMany({
    where: { personId: person, OR: [{ requestId: null }, { request: requestsSeenBy(staff) }] },
    orderBy: { at: 'desc' },
    take: 50,
  })
  await keys.load(rows.flatMap((row) => row.keyId ?? []))
  return rows.reverse().map((row) => ({
    ...{ id: row.id, reached: row.reached, at: row.at, staff: row.staffId },
    // Written by the program from the same union.
    way: row.way as AttemptFacts['way'],
    note: row.keyId
      ? keys.read(row.keyId, placeOf('contact_attempt', 'note_enc', row.id), row.noteEnc)
      : undefined,
  }))
}
