/**
 * The files of a sealed matter under its key. Bytes are written anew beside the old ones before the row says so, and the
 * old ones are taken away afterwards: a crash leaves both, never none.
 */
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { readBytes, sealedSize } from './media.ts'
import { type MediaPlace, nameOfFile, removeAt, writeAt } from './media-place.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** Puts away the files of messages that are put away; gives how many. */
export async function sealFiles(part: Part, folder: MediaPlace, limit: number): Promise<number> {
  const rows = await part.prisma.$queryRaw<{ id: string; key: string }[]>`
    select f.id, m.key_id as key from request r join subject_key k on k.id = r.key_id and k.public is not null
    join message m on m.request_id = r.id and m.key_id = r.key_id join media f on f.message_id = m.id
    where r.visibility = 'sealed' and f.key_id <> m.key_id and f.state in ('stored', 'infected') limit ${limit}`
  for (const { id, key } of rows) await rewrite(part, folder, id, key)
  return rows.length
}

/**
 * Takes the files of a request, or of one message of it, out again for whoever is asking and can open them: under this key
 * from then on. Fails with `key:shut`.
 */
export async function unsealFiles(
  part: Part,
  folder: MediaPlace,
  of: { readonly request: string; readonly message?: string },
  key: string,
): Promise<void> {
  const rows = await part.prisma.media.findMany({
    where: {
      keyId: { not: key },
      state: { in: ['stored', 'infected'] },
      message: { requestId: of.request, ...(of.message === undefined ? {} : { id: of.message }) },
    },
    select: { id: true, keyId: true },
  })
  await part.keys.load([key, ...rows.map(({ keyId }) => keyId)])
  for (const { id, keyId } of rows) if (part.keys.isSealed(keyId)) await rewrite(part, folder, id, key)
}

async function rewrite({ prisma, keys }: Part, folder: MediaPlace, id: string, key: string): Promise<void> {
  const row = await prisma.media.findUniqueOrThrow({ where: { id } })
  await keys.load([row.keyId, key])
  const bytes = await readBytes(keys, folder, row)
  const place = placeOf('media', 'transcript_enc', id)
  const transcript = keys.read(row.keyId, place, row.transcriptEnc)
  await writeAt(
    folder,
    nameOfFile(id, sizeOf(keys, key)),
    keys.encrypt(key, placeOf('media', 'file', id), bytes),
  )
  const { count } = await prisma.media.updateMany({
    where: { id, keyId: row.keyId },
    data: {
      keyId: key,
      fileId: null,
      transcriptEnc: transcript === undefined ? null : new Uint8Array(keys.encrypt(key, place, transcript)),
    },
  })
  if (count === 1) await dropOld({ prisma, keys }, folder, { id, fileId: row.fileId, keyId: row.keyId })
}

/** Pictures made of it, and the bytes as they were, unless another message still shows the same. */
async function dropOld(
  { prisma, keys }: Part,
  folder: MediaPlace,
  old: { readonly id: string; readonly fileId: string | null; readonly keyId: string },
): Promise<void> {
  const kept = old.fileId ?? old.id
  const others = await prisma.media.count({
    where: { state: 'stored', id: { not: old.id }, OR: [{ id: kept }, { fileId: kept }] },
  })
  if (others === 0) await removeAt(folder, nameOfFile(kept, sizeOf(keys, old.keyId)))
  for (const size of ['preview', 'whole']) await removeAt(folder, nameOfFile(old.id, size))
}

function sizeOf(keys: Part['keys'], key: string): string | undefined {
  return keys.isSealed(key) ? sealedSize : undefined
}
