/** Voice notes as somebody listens to them: the message, and what was written down of it. */
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
