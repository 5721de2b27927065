/** Recordings of sentences made in the studio: every one stays, and what was taken away is known to have been. */
import { readFile } from 'node:fs/promises'
import { clipMedia, digestOfClip, type Recording } from '../core/clip.ts'
import { type Language, languages } from '../core/language.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { digestOf } from './media.ts'

type Prisma = Database['prisma']

/** A recording as the studio shows it; `gone`: it was taken away. */
export type KeptClip = Recording & { readonly staff: string; readonly at: Date; readonly gone: boolean }

const withoutBytes = { data: true } as const

/** The last recording of each saying, bytes left where they are. */
export async function listClips(prisma: Prisma): Promise<readonly KeptClip[]> {
  const rows = await prisma.clip.findMany({
    distinct: ['language', 'saying'],
    orderBy: [{ language: 'asc' }, { saying: 'asc' }, { id: 'desc' }],
    omit: withoutBytes,
  })
  return rows.flatMap(keptOf)
}

/** Every recording of these sayings, the last first. */
export async function clipHistory(prisma: Prisma, sayings: readonly string[]): Promise<readonly KeptClip[]> {
  const rows = await prisma.clip.findMany({
    where: { saying: { in: [...sayings] } },
    orderBy: { id: 'desc' },
    omit: withoutBytes,
  })
  return rows.flatMap(keptOf)
}

type Made = {
  readonly id: string
  readonly language: Language
  readonly saying: string
  readonly wording: string
  readonly staff: string
  readonly at: Date
}

/** Keeps a recording, which was judged before. */
export async function writeClip(
  prisma: Prisma,
  { staff, ...made }: Made,
  { bytes, seconds }: { readonly bytes: Buffer; readonly seconds: number },
): Promise<void> {
  const sha256 = digestOf(bytes)
  const data = { ...made, sha256, seconds, size: bytes.length, data: new Uint8Array(bytes), staffId: staff }
  await prisma.clip.create({ data })
}

/** From here on the saying has no recording of ours, whichever shipped; those before stay in its history. */
export async function dropClip(prisma: Prisma, { staff, ...made }: Made): Promise<void> {
  const nothing = { sha256: new Uint8Array(), seconds: 0, size: 0, data: null }
  await prisma.clip.create({ data: { ...made, ...nothing, staffId: staff } })
}

/** A clip that ships, by the name of its bytes. */
export type ShippedFile = { readonly media: string; readonly file: string }

/**
 * The bytes of a clip; undefined when `media` names none. Fails with `media:gone`, and
 * with `database:unreachable` while it cannot be read.
 */
export async function openClip(
  prisma: Prisma,
  shipped: readonly ShippedFile[],
  media: string,
): Promise<Buffer | undefined> {
  const digest = digestOfClip(media)
  if (digest === undefined) return undefined
  const file = shipped.find((one) => one.media === media)?.file
  if (file !== undefined) {
    return readFile(file).catch((cause) => {
      throw new Failure('media:gone', { media }, { cause })
    })
  }
  const row = await prisma.clip
    .findFirst({
      where: { sha256: new Uint8Array(Buffer.from(digest, 'hex')), data: { not: null } },
      select: { data: true },
    })
    .catch((cause) => {
      throw new Failure('database:unreachable', { media }, { cause })
    })
  if (!row?.data) throw new Failure('media:gone', { media })
  return Buffer.from(row.data)
}

type Row = Omit<Awaited<ReturnType<Prisma['clip']['findMany']>>[number], 'data'>

function keptOf(row: Row): KeptClip[] {
  const language = languages.find((one) => one === row.language)
  if (!language) return []
  return [
    {
      language,
      saying: row.saying,
      wording: row.wording,
      media: clipMedia(Buffer.from(row.sha256).toString('hex')),
      bytes: row.size,
      seconds: row.seconds,
      staff: row.staffId,
      at: row.at,
      gone: row.size === 0,
    },
  ]
}
