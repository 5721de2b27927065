/**
 * Answers that were begun and not sent, each of one member of staff in one request, encrypted with the key of its
 * subject. Whoever calls has found the request under the access of the reader.
 */
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>

/** Whose draft, in which request (ids). */
export type DraftPlace = { readonly staff: string; readonly request: string }

export type KeptDraft = { readonly text: string; readonly at: Date }

/** What nobody touched for so long is not going to be sent. */
const kept = 30 * 24 * 60 * 60_000

/** Keeps what was written so far; an empty text is no draft. Gives false when there is no key to keep it with. */
export async function saveDraft(part: Part, place: DraftPlace, text: string, at: Date): Promise<boolean> {
  if (text.trim() === '') {
    await dropDraft(part.prisma, place)
    return true
  }
  const key = await keyOf(part.prisma, place.request)
  if (key === undefined) return false
  await part.keys.load([key])
  if (part.keys.isErased(key)) return false
  const secret = part.keys.encrypt(key, fieldOf(place), text)
  await part.pool.query(
    `insert into draft (staff_id, request_id, key_id, text_enc, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (staff_id, request_id) do update
       set key_id = excluded.key_id, text_enc = excluded.text_enc, updated_at = excluded.updated_at`,
    [place.staff, place.request, key, secret, at],
  )
  await part.prisma.draft.deleteMany({ where: { updatedAt: { lt: new Date(at.getTime() - kept) } } })
  return true
}

/** What was begun; undefined when nothing was, or its subject was erased. */
export async function readDraft(
  { prisma, keys }: Pick<Part, 'prisma' | 'keys'>,
  place: DraftPlace,
): Promise<KeptDraft | undefined> {
  const row = await prisma.draft.findUnique({ where: { staffId_requestId: idsOf(place) } })
  if (!row) return undefined
  await keys.load([row.keyId])
  const text = keys.read(row.keyId, fieldOf(place), row.textEnc)
  return text === undefined ? undefined : { text, at: row.updatedAt }
}

/** It was sent, or is not wanted any more. */
export async function dropDraft(prisma: Part['prisma'], place: DraftPlace): Promise<void> {
  await prisma.draft.deleteMany({ where: idsOf(place) })
}

/** The key with which the words of a request are kept. */
async function keyOf(prisma: Part['prisma'], id: string): Promise<string | undefined> {
  const row = await prisma.request.findUnique({
    where: { id },
    select: { keyId: true, person: { select: { keyId: true } }, address: { select: { keyId: true } } },
  })
  return row?.keyId ?? row?.person?.keyId ?? row?.address?.keyId
}

function idsOf({ staff, request }: DraftPlace): { readonly staffId: string; readonly requestId: string } {
  return { staffId: staff, requestId: request }
}

function fieldOf({ staff, request }: DraftPlace): string {
  return placeOf('draft', 'text_enc', `${request}/${staff}`)
}
