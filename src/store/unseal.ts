/** Takes the words of a sealed matter out again, for a holder who can open them: what a false alarm, or another try, needs. */
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import type { Change } from './road.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/**
 * The changes that put all words of these requests under an ordinary key. Nothing for what was never put away. Fails with
 * `key:shut` when whoever is asking cannot open them.
 */
export async function unsealed(
  { prisma, keys }: Part,
  requests: readonly string[],
  key: string,
): Promise<readonly Change[]> {
  const of = { requestId: { in: [...requests] } }
  const [own, messages, events, needs, attempts, feedback] = await Promise.all([
    prisma.request.findMany({
      where: { id: { in: [...requests] } },
      select: { id: true, keyId: true, textEnc: true },
    }),
    prisma.message.findMany({ where: of, select: { id: true, keyId: true, bodyEnc: true } }),
    prisma.event.findMany({ where: of, select: { id: true, keyId: true, secretEnc: true } }),
    prisma.need.findMany({ where: of, select: { id: true, keyId: true, textEnc: true } }),
    prisma.contactAttempt.findMany({ where: of, select: { id: true, keyId: true, noteEnc: true } }),
    prisma.feedback.findMany({ where: of, select: { id: true, keyId: true, textEnc: true } }),
  ])
  const values = [
    ...own.map((row) => ({ ...row, table: 'request', column: 'text_enc', value: row.textEnc }) as const),
    ...messages.map((row) => ({ ...row, table: 'message', column: 'body_enc', value: row.bodyEnc }) as const),
    ...events.map((row) => ({ ...row, table: 'event', column: 'secret_enc', value: row.secretEnc }) as const),
    ...needs.map((row) => ({ ...row, table: 'need', column: 'text_enc', value: row.textEnc }) as const),
    ...attempts.map(
      (row) => ({ ...row, table: 'contact_attempt', column: 'note_enc', value: row.noteEnc }) as const,
    ),
    ...feedback.map(
      (row) => ({ ...row, table: 'feedback', column: 'text_enc', value: row.textEnc }) as const,
    ),
  ]
  await keys.load([key, ...values.flatMap((one) => one.keyId ?? [])])
  return values.flatMap(({ id, keyId, table, column, value }): Change[] => {
    if (keyId === null || !keys.isSealed(keyId)) return []
    if (keys.isShut(keyId)) throw new Failure('key:shut', { key: keyId })
    const text = keys.read(keyId, placeOf(table, column, id), value)
    return [{ update: table, id, plain: { key_id: key }, secret: { [column]: text }, key }]
  })
}
