/**
 * Files that came with messages. Bytes lie encrypted in the media folder under the row's id; the row tells what they are.
 * A file is first waiting, then stored, or gone at the provider, or too large.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileHandle } from '../core/message.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { parseBody } from './message-body.ts'
import { isId } from './request.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type WaitingMedia = {
  readonly id: string
  readonly channel: string
  readonly file: FileHandle
  readonly attempts: number
}

/** Files that wait to be fetched, oldest first, tried fewer than `tries` times. */
export async function waitingMedia(
  { prisma, keys }: Part,
  options: { readonly limit: number; readonly tries: number },
): Promise<readonly WaitingMedia[]> {
  const rows = await prisma.media.findMany({
    where: { state: 'waiting', attempts: { lt: options.tries } },
    orderBy: { createdAt: 'asc' },
    take: options.limit,
    include: { message: { include: { address: { select: { channelId: true } } } } },
  })
  await keys.load(rows.map((row) => row.message.keyId))
  return rows.flatMap(({ id, attempts, message }) => {
    const text = keys.read(message.keyId, placeOf('message', 'body_enc', message.id), message.bodyEnc)
    const content = text === undefined ? undefined : parseBody(text).content
    return content?.kind === 'file'
      ? [{ id, attempts, channel: message.address.channelId, file: content.file }]
      : []
  })
}

/** Keeps the bytes of a file: on disk, encrypted and synced, before the row says so. */
export async function storeMedia(
  { prisma, keys }: Part,
  folder: string,
  id: string,
  content: { readonly bytes: Buffer; readonly mime?: string },
): Promise<void> {
  const row = await prisma.media.findUniqueOrThrow({ where: { id } })
  await keys.load([row.keyId])
  await writeWhole(fileOf(folder, id), keys.encrypt(row.keyId, placeOf('media', 'file', id), content.bytes))
  await prisma.media.update({
    where: { id },
    data: {
      state: 'stored',
      bytes: content.bytes.length,
      sha256: new Uint8Array(createHash('sha256').update(content.bytes).digest()),
      ...(content.mime === undefined ? {} : { mime: content.mime }),
    },
  })
}

/** Counts a try that did not bring the file. */
export async function countMediaTry(prisma: Part['prisma'], id: string): Promise<void> {
  await prisma.media.updateMany({ where: { id }, data: { attempts: { increment: 1 } } })
}

/** The file will never come. */
export async function giveUpMedia(
  prisma: Part['prisma'],
  id: string,
  why: 'gone' | 'too_large',
): Promise<void> {
  await prisma.media.updateMany({ where: { id, state: 'waiting' }, data: { state: why } })
}

export type StoredMedia = { readonly kind: string; readonly mime?: string; readonly bytes: Buffer }

/**
 * A file for a member of staff who may see its message: it belongs to a request that they see, or was said openly on the
 * address of one. Fails with `message:not_found` for all others, `media:gone` when it is not there, `key:erased`.
 */
export async function loadMedia(
  { prisma, keys }: Part,
  staff: Staff,
  folder: string,
  id: string,
): Promise<StoredMedia> {
  const row = isId(id) ? await prisma.media.findUnique({ where: { id }, include: { message: true } }) : null
  const message = row?.message
  const beside = message && {
    OR: [
      ...(message.requestId === null ? [] : [{ id: message.requestId }]),
      ...(message.visibility === 'open'
        ? [{ addressId: message.addressId, ...ofPerson(message.personId) }]
        : []),
    ],
  }
  const seen =
    beside &&
    (await prisma.request.findFirst({
      where: { AND: [beside, requestsSeenBy(staff)] },
      select: { id: true },
    }))
  if (!row || !seen) throw new Failure('message:not_found', { media: id })
  if (row.state !== 'stored') throw new Failure('media:gone', { media: id, state: row.state })
  await keys.load([row.keyId])
  const file = await readFile(fileOf(folder, id)).catch((cause) => {
    throw new Failure('media:gone', { media: id }, { cause })
  })
  const bytes = keys.decrypt(row.keyId, placeOf('media', 'file', id), file)
  return { kind: row.kind, mime: row.mime ?? undefined, bytes }
}

/** Removes the bytes of a file from disk; its row stays as gone. */
export async function dropMedia(prisma: Part['prisma'], folder: string, id: string): Promise<void> {
  await rm(fileOf(folder, id), { force: true })
  await prisma.media.updateMany({ where: { id }, data: { state: 'gone' } })
}

/** On a shared phone, a request of one person does not open the files of another. */
function ofPerson(person: string | null): { OR?: { personId: string | null }[] } {
  return person === null ? {} : { OR: [{ personId: person }, { personId: null }] }
}

/** The last digits of an id are random: files spread over 256 folders. */
function fileOf(folder: string, id: string): string {
  return join(folder, id.slice(-2), id)
}

/** Either the whole file is there or none, also after a crash. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}
