/** What was said, either way, as a page can show it. */
import type { Content } from '../core/message.ts'
import type { Database } from './database.ts'
import { type Keys, placeOf } from './encryption.ts'
import { parseBody, parseSpoken } from './message-body.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type SaidBody =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'file'
      readonly media: string
      readonly as: 'voice' | 'audio' | 'photo' | 'video' | 'document'
      readonly state: 'waiting' | 'stored' | 'gone' | 'too_large'
      readonly seconds?: number
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
  /** Its key was erased. */
  | { readonly kind: 'erased' }

/** The columns that a body is read from; the key is loaded. */
export type SaidRow = {
  readonly id: string
  readonly direction: string
  readonly keyId: string
  readonly bodyEnc: Uint8Array
  readonly media: readonly {
    readonly id: string
    readonly kind: string
    readonly state: string
    readonly seconds: number | null
  }[]
}

/** The body of a row of either direction. */
export function saidBody(row: SaidRow, keys: Keys): SaidBody {
  const text = keys.read(row.keyId, placeOf('message', 'body_enc', row.id), row.bodyEnc)
  if (text === undefined) return { kind: 'erased' }
  if (row.direction === 'out') return { kind: 'text', text: parseSpoken(text).text }
  return contentBody(parseBody(text).content, row)
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
  await keys.load(rows.map((row) => row.keyId))
  return new Map(
    rows.flatMap((row) => (row.requestId ? [[row.requestId, saidBody(row, keys)] as const] : [])),
  )
}

function contentBody(content: Content, row: SaidRow): SaidBody {
  switch (content.kind) {
    case 'text':
      return content
    case 'choice':
      return { kind: 'text', text: String(content.number) }
    case 'file': {
      const [media] = row.media
      if (!media) return { kind: 'unsupported' }
      return {
        kind: 'file',
        media: media.id,
        // Written from the union of FileHandle, and by media.ts.
        as: media.kind as Extract<SaidBody, { kind: 'file' }>['as'],
        state: media.state as Extract<SaidBody, { kind: 'file' }>['state'],
        seconds: media.seconds ?? undefined,
        text: content.text,
      }
    }
    case 'location':
      return content
    case 'contact':
      return { kind: 'contact', phone: content.phone, name: content.name }
    case 'unsupported':
      return { kind: 'unsupported' }
  }
}
