/** Voice clips and pictures of campaigns: kept once for everybody who gets them, encrypted with a key of their own. */
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

const prefix = 'campaign-file-'
/** So many are kept at hand while a campaign goes out: one for each language, and its picture. */
const atHand = 8

/** The name under which a file is opened. */
export function campaignFileMedia(id: string): string {
  return `${prefix}${id}`
}

export function isCampaignFile(media: string): boolean {
  return idOf(media) !== undefined
}

function idOf(media: string): string | undefined {
  return /^campaign-file-([0-9a-f-]{36})$/.exec(media)?.[1]
}

export type CampaignFile = {
  readonly id: string
  readonly campaign: string
  readonly kind: 'voice' | 'photo'
  readonly mime: string
  readonly bytes: Buffer
}

/** Keeps a file that was judged before; `key` is the id that its key gets. */
export async function keepCampaignFile(
  { prisma, keys }: Part,
  { id, campaign, kind, mime, bytes }: CampaignFile,
  by: { readonly key: string; readonly staff: string; readonly at: Date },
): Promise<void> {
  const { row } = keys.make('campaign', by.key, by.at)
  if (!('insert' in row)) throw new Error('a key is made by a row')
  const { subject, wrapped, wrap_id: wrapId } = row.plain
  const data = new Uint8Array(keys.encrypt(by.key, placeOf('campaign_file', 'data_enc', id), bytes))
  await prisma.$transaction([
    prisma.subjectKey.create({
      data: {
        ...{ id: by.key, subject: String(subject), createdAt: by.at, wrapId: Number(wrapId) },
        wrapped: new Uint8Array(wrapped as Uint8Array),
      },
    }),
    prisma.campaignFile.create({
      data: {
        ...{ id, campaignId: campaign, kind, mime, size: bytes.length, keyId: by.key, dataEnc: data },
        ...{ staffId: by.staff, at: by.at },
      },
    }),
  ])
}

/** A file by its name, or undefined when `media` names none. Fails with `media:gone`, and while the database is away. */
export async function openCampaignFile(
  { prisma, keys }: Part,
  media: string,
): Promise<{ readonly mime: string; readonly bytes: Buffer } | undefined> {
  const id = idOf(media)
  if (id === undefined) return undefined
  const row = await prisma.campaignFile.findUnique({ where: { id } }).catch((cause) => {
    throw new Failure('database:unreachable', { media }, { cause })
  })
  if (!row) throw new Failure('media:gone', { media })
  await keys.load([row.keyId])
  const bytes = keys.decrypt(row.keyId, placeOf('campaign_file', 'data_enc', id), row.dataEnc)
  return { mime: row.mime, bytes }
}

/** Opens files for a sender, which needs the same few again for each person. */
export function campaignFileOpener(part: Part): (media: string) => Promise<Buffer | undefined> {
  const known = new Map<string, Promise<Buffer | undefined>>()
  return (media) => {
    if (!isCampaignFile(media)) return Promise.resolve(undefined)
    const opened = known.get(media) ?? openCampaignFile(part, media).then((file) => file?.bytes)
    known.delete(media)
    known.set(media, opened)
    opened.catch(() => known.delete(media))
    const [oldest] = known.keys()
    if (known.size > atHand && oldest !== undefined) known.delete(oldest)
    return opened
  }
}
