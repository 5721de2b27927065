/**
 * Files that came or went with messages. Bytes lie encrypted in the media folder under the row's id; the row tells what
 * they are. What comes is first waiting, then stored, or infected, gone at the provider, too large, lost (core/late-file.ts);
 * what goes out is stored before its message is a row.
 */
import { createHash } from 'node:crypto'
import { loudnessOf } from '../core/loudness.ts'
import type { FileHandle } from '../core/message.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { listAt, type MediaPlace, nameOfFile, readAt, removeAt, writeAt } from './media-place.ts'
import { parseBody, parseSpoken } from './message-body.ts'
import { isId } from './request.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type WaitingMedia = {
  readonly id: string
  readonly channel: string
  readonly file: FileHandle
  readonly attempts: number
}

/** Files that wait to be fetched and may be tried at this moment, oldest first. */
export async function waitingMedia(
  { prisma, keys }: Part,
  { limit, now }: { readonly limit: number; readonly now: Date },
): Promise<readonly WaitingMedia[]> {
  const rows = await prisma.media.findMany({
    where: { state: 'waiting', OR: [{ nextTryAt: null }, { nextTryAt: { lte: now } }] },
    orderBy: { createdAt: 'asc' },
    take: limit,
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

/**
 * Keeps the bytes of a file: on disk, encrypted and synced, before the row says so. What was kept for the same subject
 * before (a note sent twice, forwarded to oneself) is not kept again.
 */
export async function storeMedia(
  { prisma, keys }: Part,
  folder: MediaPlace,
  id: string,
  content: { readonly bytes: Buffer; readonly mime?: string; readonly infected?: boolean },
): Promise<void> {
  const row = await prisma.media.findUniqueOrThrow({ where: { id } })
  await keys.load([row.keyId])
  const sha256 = digestOf(content.bytes)
  const twin = content.infected
    ? null
    : await prisma.media.findFirst({
        where: { keyId: row.keyId, sha256, state: 'stored', fileId: null, id: { not: id } },
        select: { id: true },
      })
  if (!twin) await writeMedia(keys, folder, { id, key: row.keyId, bytes: content.bytes })
  await prisma.media.update({
    where: { id },
    data: {
      // What a scanner found something in is kept and never opened.
      state: content.infected ? 'infected' : 'stored',
      bytes: content.bytes.length,
      sha256,
      fileId: twin?.id ?? null,
      ...(isHeard(row.kind) ? { loudness: loudnessOf(content.bytes) } : {}),
      ...(content.mime === undefined ? {} : { mime: content.mime }),
    },
  })
}

const isHeard = (kind: string) => kind === 'voice' || kind === 'audio'

/** Keeps how loud a note is that was stored before anybody measured it. */
export async function measureMedia(
  prisma: Part['prisma'],
  id: string,
  { kind, bytes, measured }: StoredMedia,
): Promise<void> {
  if (measured || !isHeard(kind)) return
  await prisma.media.updateMany({ where: { id }, data: { loudness: loudnessOf(bytes) } })
}

/** Writes the bytes of a file under an id whose row says so afterwards; the key is loaded. */
export async function writeMedia(
  keys: Part['keys'],
  folder: MediaPlace,
  file: { readonly id: string; readonly key: string; readonly bytes: Uint8Array },
): Promise<void> {
  const { id, key, bytes } = file
  await writeAt(folder, nameOfFile(id), keys.encrypt(key, placeOf('media', 'file', id), bytes))
}

/** By which damaged bytes are told from whole ones. */
export function digestOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/** Takes the bytes of those of these files away that became no row: their message was not written after all. */
export async function dropUnclaimed(
  prisma: Part['prisma'],
  folder: MediaPlace,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = await prisma.media.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })
  const claimed = new Set(rows.map((row) => row.id))
  for (const id of ids) if (!claimed.has(id)) await dropBytes(folder, id)
}

/** A try did not bring the file: the next one is not before `at`. */
export async function putOffMedia(prisma: Part['prisma'], id: string, at: Date): Promise<void> {
  const data = { attempts: { increment: 1 }, nextTryAt: at }
  await prisma.media.updateMany({ where: { id, state: 'waiting' }, data })
}

/** The file will not come by itself any more. */
export async function giveUpMedia(
  prisma: Part['prisma'],
  id: string,
  why: 'gone' | 'too_large' | 'lost',
): Promise<void> {
  await prisma.media.updateMany({ where: { id, state: 'waiting' }, data: { state: why } })
}

export type OpenedMedia = { readonly kind: string; readonly mime?: string; readonly bytes: Buffer }

/**
 * The bytes of a file, for whoever has the right to it from elsewhere: the channel that sends it, the person whose
 * conversation it is in. Fails with `media:gone`, `key:erased`, and `database:unreachable` while its row cannot be read.
 */
export async function openMedia(
  { prisma, keys }: Part,
  folder: MediaPlace,
  id: string,
): Promise<OpenedMedia> {
  const row = await prisma.media
    .findUnique({ where: { id } })
    .then(async (found) => {
      if (found) await keys.load([found.keyId])
      return found
    })
    .catch((cause) => {
      throw new Failure('database:unreachable', { media: id }, { cause })
    })
  if (row?.state !== 'stored') throw new Failure('media:gone', { media: id, state: row?.state })
  return { kind: row.kind, mime: row.mime ?? undefined, bytes: await readBytes(keys, folder, row) }
}

export type StoredMedia = OpenedMedia & { readonly name?: string; readonly measured: boolean }

/** A file for a member of staff who may see its message. Fails as findMedia does, and with `key:erased`. */
export async function loadMedia(
  part: Part,
  staff: Staff,
  folder: MediaPlace,
  id: string,
): Promise<StoredMedia> {
  const { keys } = part
  const { message, ...row } = await findMedia(part, staff, id)
  await keys.load([row.keyId, message.keyId])
  const bytes = await readBytes(keys, folder, row)
  const measured = row.loudness !== null
  return { kind: row.kind, mime: row.mime ?? undefined, name: nameIn(message, keys), bytes, measured }
}

/**
 * The row of a file whose message this member of staff may see: it belongs to a request that they see, or was said openly
 * on the address of one. Fails with `message:not_found` for all others, `media:gone` when it is not there.
 */
export async function findMedia({ prisma }: Pick<Part, 'prisma'>, staff: Staff, id: string) {
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
  // Whoever takes something back is not listened to or looked at any more, but by those who hold a sealed matter.
  if (message.deletedAt && message.visibility !== 'sealed')
    throw new Failure('media:gone', { media: id, state: 'deleted' })
  if (row.state === 'infected') throw new Failure('media:infected', { media: id })
  if (row.state !== 'stored') throw new Failure('media:gone', { media: id, state: row.state })
  return row
}

/** The bytes of a row as they are kept; its key is loaded. Fails with `media:gone`, `key:erased` and `key:shut`. */
export async function readBytes(
  keys: Part['keys'],
  folder: MediaPlace,
  { id, keyId, fileId }: { readonly id: string; readonly keyId: string; readonly fileId: string | null },
): Promise<Buffer> {
  const kept = fileId ?? id
  const file = await readAt(folder, nameOfFile(kept, keys.isSealed(keyId) ? sealedSize : undefined))
  if (!file) throw new Failure('media:gone', { media: id })
  return keys.decrypt(keyId, placeOf('media', 'file', kept), file)
}

/** What the file of a message is called by whoever sent it. */
function nameIn(
  message: {
    readonly id: string
    readonly keyId: string
    readonly bodyEnc: Uint8Array
    readonly direction: string
  },
  keys: Part['keys'],
): string | undefined {
  const text = keys.read(message.keyId, placeOf('message', 'body_enc', message.id), message.bodyEnc)
  if (text === undefined) return undefined
  if (message.direction === 'out') return parseSpoken(text).file?.name
  const { content } = parseBody(text)
  return content.kind === 'file' ? content.file.name : undefined
}

/** Removes the bytes of a file from disk, unless another message holds the same; its row stays as gone. */
export async function dropMedia(prisma: Part['prisma'], folder: MediaPlace, id: string): Promise<void> {
  const row = await prisma.media.findUnique({ where: { id }, select: { fileId: true } })
  const kept = row?.fileId ?? id
  const others = await prisma.media.count({
    where: { state: 'stored', id: { not: id }, OR: [{ id: kept }, { fileId: kept }] },
  })
  if (others === 0) await dropBytes(folder, kept)
  // What was made of the picture for this message alone.
  if (kept !== id) await dropBytes(folder, id)
  await prisma.media.updateMany({ where: { id }, data: { state: 'gone' } })
}

/** What lies beside a photo (picture.ts), and where the bytes lie once they are boxed (seal-media.ts). */
export const sealedSize = 'sealed'
const sizes = [undefined, 'preview', 'whole', sealedSize] as const

async function dropBytes(folder: MediaPlace, id: string): Promise<void> {
  for (const size of sizes) await removeAt(folder, nameOfFile(id, size))
}

/**
 * Takes away what was written before this time and has no row: a process died between the bytes and the message that was
 * to carry them. Gives how many files.
 */
export async function sweepMedia(prisma: Part['prisma'], folder: MediaPlace, before: Date): Promise<number> {
  let swept = 0
  for await (const some of listAt(folder)) {
    const ours = some.filter(({ name }) => isId(idIn(name)))
    const rows = await prisma.media.findMany({
      where: { id: { in: [...new Set(ours.map(({ name }) => idIn(name)))] } },
      select: { id: true },
    })
    const known = new Set(rows.map(({ id }) => id))
    for (const { name, at } of ours) {
      if (known.has(idIn(name)) || at >= before) continue
      await removeAt(folder, name)
      swept += 1
    }
  }
  return swept
}

const idIn = (name: string) => name.split('/').at(-1)?.split('.')[0] ?? ''

/** On a shared phone, a request of one person does not open the files of another. */
function ofPerson(person: string | null): { OR?: { personId: string | null }[] } {
  return person === null ? {} : { OR: [{ personId: person }, { personId: null }] }
}
