/** Files as staff act on them: a voice note with what was written down of it, one that never came. */
import type { LateFile } from '../core/late-file.ts'
import type { Request } from '../core/request.ts'
import type { Heard } from '../core/transcript.ts'
import { messagesBeside } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { isId } from './request.ts'

/** A voice note beside a request that the caller has loaded under the reader's access; undefined for anything else. */
export async function findHeard(
  { prisma, keys }: Pick<Database, 'prisma' | 'keys'>,
  request: Pick<Request, 'id' | 'address' | 'person'>,
  media: string,
): Promise<(Heard & { readonly key: string }) | undefined> {
  if (!isId(media)) return undefined
  const row = await prisma.media.findFirst({
    where: { id: media, kind: { in: ['voice', 'audio'] }, message: messagesBeside(request) },
    include: { message: { select: { id: true, requestId: true } } },
  })
  if (!row) return undefined
  await keys.load([row.keyId])
  return {
    media: row.id,
    message: row.message.id,
    request: row.message.requestId ?? undefined,
    key: row.keyId,
    transcript: keys.read(row.keyId, placeOf('media', 'transcript_enc', row.id), row.transcriptEnc),
  }
}

/** A file that somebody sent beside such a request; undefined for anything else. */
export async function findLateFile(
  { prisma }: Pick<Database, 'prisma'>,
  request: Pick<Request, 'id' | 'address' | 'person'>,
  media: string,
): Promise<LateFile | undefined> {
  if (!isId(media)) return undefined
  const row = await prisma.media.findFirst({
    where: { id: media, message: { AND: [messagesBeside(request), { direction: 'in' }] } },
    select: { state: true, message: { select: { id: true, requestId: true } } },
  })
  if (!row) return undefined
  const { id: message, requestId } = row.message
  return { media, message, state: row.state, request: requestId ?? undefined }
}
