/**
 * What staff send besides words. The bytes are on disk, encrypted with the key of the address, before the message that
 * carries them is a row; what became no message after all is taken away again.
 */

import type { Language } from '../core/language.ts'
import { loudnessOf } from '../core/loudness.ts'
import type { SentKind, SpokenFile } from '../core/message.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Database } from '../store/database.ts'
import { digestOf, dropUnclaimed, writeMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import type { Change, NewMessage } from '../store/road.ts'
import type { Clock } from '../world.ts'
import { loadForAct } from './act-load.ts'

/** A file as it was handed in, its kind found by looking. */
export type Upload = {
  readonly kind: SentKind
  readonly mime: string
  readonly bytes: Buffer
  readonly seconds?: number
  readonly name?: string
}

/** One whose bytes are on disk. */
export type KeptFile = SpokenFile & {
  readonly key: string
  readonly sha256: Uint8Array
  readonly loudness: Uint8Array | null
  readonly at: Date
}

type Parts = Pick<Database, 'prisma' | 'keys'> & {
  readonly clock: Clock
  /** How many bytes of each kind an account can carry; undefined where that is not known here. */
  readonly carries?: (channel: string) => Readonly<Partial<Record<SentKind, number>>> | undefined
}

/**
 * Keeps the files on disk while `act` sends them, and takes away what it did not. Fails with `request:not_found`, with
 * `person:not_found` when the request has no address, with `channel:unsupported` before anything is kept, and as `act` does.
 */
export async function withKept(
  parts: Parts,
  folder: MediaPlace,
  whose: { readonly staff: Staff; readonly request: string },
  uploads: readonly Upload[],
  act: (files: readonly KeptFile[]) => Promise<void>,
): Promise<void> {
  const { prisma, keys, clock } = parts
  if (uploads.length === 0) return act([])
  const { address } = await loadForAct(prisma, whose.staff, whose.request)
  if (!address) throw new Failure('person:not_found', { request: whose.request })
  const carries = parts.carries?.(address.channel)
  for (const { kind, bytes } of uploads) {
    if (carries && bytes.length > (carries[kind] ?? 0)) throw new Failure('channel:unsupported', { kind })
  }
  await keys.load([address.key])
  const kept: KeptFile[] = []
  try {
    for (const { bytes, ...upload } of uploads) {
      const media = clock.id()
      const file = { ...upload, media, bytes: bytes.length, key: address.key, at: clock.now() }
      const loudness = upload.kind === 'voice' ? loudnessOf(bytes) : null
      kept.push({ ...file, sha256: digestOf(bytes), loudness })
      await writeMedia(keys, folder, { id: media, key: address.key, bytes })
    }
    await act(kept)
  } finally {
    await dropUnclaimed(
      prisma,
      folder,
      kept.map(({ media }) => media),
    )
  }
}

/** One message for each file, the words with the first of them, and the rows of the files. */
export function sayings(
  clock: Clock,
  said: {
    readonly text: string
    readonly language: Language
    readonly files: readonly KeptFile[]
    readonly insisted?: true
  },
  more: Omit<NewMessage, 'id' | 'spoken'>,
): { readonly messages: readonly NewMessage[]; readonly changes: readonly Change[] } {
  const { text, language, files, insisted } = said
  const told = { language, ...(insisted ? { insisted } : {}) }
  const id = () => clock.id()
  if (files.length === 0) return { messages: [{ ...more, id: id(), spoken: { text, ...told } }], changes: [] }
  const carried = files.map(
    ({ key: _key, sha256: _digest, loudness: _loudness, at: _at, ...file }, place) => ({
      ...more,
      id: id(),
      spoken: { text: place === 0 ? text : '', ...told, file },
    }),
  )
  return { messages: carried, changes: files.map((file, place) => rowOf(file, carried[place]?.id ?? '')) }
}

function rowOf(
  { media, key, kind, mime, bytes, seconds, sha256, loudness, at }: KeptFile,
  message: string,
): Change {
  return {
    insert: 'media',
    plain: {
      ...{
        id: media,
        message_id: message,
        key_id: key,
        kind,
        mime,
        bytes,
        sha256,
        loudness,
        state: 'stored',
      },
      seconds: seconds === undefined ? null : Math.round(seconds),
      created_at: at,
    },
  }
}
