/** What was said, either way, as a page can show it. */
import { digestOfClip } from '../core/clip.ts'
import type { Content, SpokenFile } from '../core/message.ts'
import { isCampaignFile } from './campaign-file.ts'
import type { Database } from './database.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseBody, parseSpoken } from './message-body.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type SaidBody =
  | {
      readonly kind: 'text'
      readonly text: string
      /** Staff wrote it on the paired phone; what it was besides words, if anything. */
      readonly typed?: { readonly sign?: string }
      /** Its recording went before it. */
      readonly aloud?: Extract<SaidBody, { kind: 'file' }>
    }
  | {
      readonly kind: 'file'
      readonly media: string
      readonly as: 'voice' | 'audio' | 'photo' | 'video' | 'document'
      readonly state: 'waiting' | 'stored' | 'infected' | 'gone' | 'lost' | 'too_large'
      readonly seconds?: number
      readonly bytes?: number
      /** How loud it is from beginning to end (core/loudness.ts). */
      readonly loudness?: Uint8Array
      /** No picture can be made of it. */
      readonly broken?: boolean
      /** As whoever sent it calls it. */
      readonly name?: string
      /** A recorded sentence of the product's own; nobody's file. */
      readonly clip?: true
      /** What staff wrote down of what a voice note says. */
      readonly transcript?: string
      readonly text?: string
    }
  | {
      readonly kind: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly text?: string
    }
  | { readonly kind: 'contact'; readonly phone: string; readonly name?: string }
  | { readonly kind: 'unsupported' }
  /**
   * The person took it back, or takes something back with it: nobody is shown what it said, but those who hold a sealed
   * matter (`kept`), for a call for help is deleted to hide it from whoever looks at the phone.
   */
  | { readonly kind: 'deleted'; readonly kept?: SaidBody }
  /** Its key was erased. */
  | { readonly kind: 'erased' }
  /** It is boxed to the holders of a sealed matter, and the reader was not let in yet. */
  | { readonly kind: 'shut' }

/** The columns that a body is read from; the key is loaded. */
export type SaidRow = {
  readonly id: string
  readonly direction: string
  readonly keyId: string
  readonly bodyEnc: Uint8Array
  readonly deletedAt: Date | null
  readonly media: readonly {
    readonly id: string
    readonly kind: string
    readonly state: string
    readonly seconds: number | null
    readonly bytes: number | null
    readonly loudness: Uint8Array | null
    readonly broken: boolean
    readonly keyId: string
    readonly transcriptEnc: Uint8Array | null
  }[]
}

/** The body of a row of either direction. */
export function saidBody(row: SaidRow, keys: Keys): SaidBody {
  if (row.deletedAt) return { kind: 'deleted' }
  const text = keys.read(row.keyId, placeOf('message', 'body_enc', row.id), row.bodyEnc)
  if (text === undefined) return { kind: keys.isShut(row.keyId) ? 'shut' : 'erased' }
  if (row.direction === 'in') return contentBody(parseBody(text).content, row, keys)
  const spoken = parseSpoken(text)
  // The files of a campaign are everybody's, and shown on its own page.
  if (!spoken.file || isCampaignFile(spoken.file.media)) {
    const { text, typed, before } = spoken
    const aloud = before && digestOfClip(before.media) !== undefined ? { aloud: clipBody(before) } : {}
    return { kind: 'text', text, ...(typed ? { typed } : {}), ...aloud }
  }
  if (digestOfClip(spoken.file.media) !== undefined) return clipBody(spoken.file)
  return fileBody(row, keys, { name: spoken.file.name, text: spoken.text === '' ? undefined : spoken.text })
}

/** The first thing said in each of these requests that the person said anything in. */
export async function firstSaid(
  { prisma, keys }: Part,
  requests: readonly string[],
): Promise<ReadonlyMap<string, SaidBody>> {
  if (requests.length === 0) return new Map()
  const rows = await prisma.message.findMany({
    where: { requestId: { in: [...requests] }, direction: 'in' },
    orderBy: [{ requestId: 'asc' }, { position: 'asc' }],
    distinct: ['requestId'],
    include: { media: true },
  })
  await keys.load(rows.flatMap(keysOfSaid))
  return new Map(
    rows.flatMap((row) => (row.requestId ? [[row.requestId, saidBody(row, keys)] as const] : [])),
  )
}

/** The keys that a row is read with. */
export function keysOfSaid({ keyId, media }: Pick<SaidRow, 'keyId' | 'media'>): readonly string[] {
  return [keyId, ...media.map((file) => file.keyId)]
}

function contentBody(content: Content, row: SaidRow, keys: Keys): SaidBody {
  switch (content.kind) {
    case 'text':
      return content
    case 'choice':
      return { kind: 'text', text: String(content.number) }
    case 'file':
      return fileBody(row, keys, { name: content.file.name, text: content.text })
    case 'location':
      return content
    case 'contact':
      return { kind: 'contact', phone: content.phone, name: content.name }
    case 'unsupported':
      return { kind: content.theirs === 'revoke' ? 'deleted' : 'unsupported' }
  }
}

function fileBody(
  { media: [file] }: SaidRow,
  keys: Keys,
  words: { readonly name?: string; readonly text?: string },
): SaidBody {
  if (!file) return { kind: 'unsupported' }
  return {
    kind: 'file',
    media: file.id,
    // Written from the unions of FileHandle and SpokenFile, and by media.ts.
    as: file.kind as FileBody['as'],
    state: file.state as FileBody['state'],
    seconds: file.seconds ?? undefined,
    bytes: file.bytes ?? undefined,
    loudness: file.loudness ?? undefined,
    broken: file.broken,
    transcript: keys.read(file.keyId, placeOf('media', 'transcript_enc', file.id), file.transcriptEnc),
    ...words,
  }
}

function clipBody({ media, seconds, bytes }: SpokenFile): FileBody {
  return { kind: 'file', media, as: 'voice', state: 'stored', seconds, bytes, clip: true }
}

type FileBody = Extract<SaidBody, { kind: 'file' }>
