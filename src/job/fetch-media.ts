/** Fetches the files that came with messages from their providers and keeps them encrypted. */

import { fileTypeFromBuffer } from 'file-type'
import type { Channel } from '../channel/contract.ts'
import type { Scanner } from '../core/file.ts'
import { nextTry } from '../core/late-file.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { giveUpMedia, putOffMedia, storeMedia, type WaitingMedia, waitingMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import { pictureOf } from '../store/picture.ts'
import type { Clock } from '../world.ts'

export type MediaParts = Pick<Database, 'prisma' | 'keys'> & {
  /** The accounts that run in this process. */
  readonly channels: readonly Pick<Channel, 'id' | 'fetch' | 'holdsBack' | 'elsewhere'>[]
  readonly folder: MediaPlace
  readonly log: Log
  readonly clock: Clock
  readonly scanner?: Scanner
  /** The person hears that a file could not be taken, and pages that show it fetch again. */
  readonly refused?: (media: string, why: 'too_large' | 'infected' | 'lost') => Promise<void>
}

/** Telegram gives bots files of up to 20 MB (Bot API, getFile). */
const bytesAtMost = 20 * 1024 * 1024
const atOnce = 20

/** Fetches what waits, each file tried once; what fails is tried again by a later run. */
export async function fetchMedia(parts: MediaParts, signal: AbortSignal): Promise<void> {
  const tried = new Set<string>()
  while (!signal.aborted) {
    const waiting = await waitingMedia(parts, { limit: atOnce + tried.size, now: parts.clock.now() })
    const fresh = waiting.filter((one) => !tried.has(one.id))
    if (fresh.length === 0) return
    for (const one of fresh) {
      tried.add(one.id)
      if (!signal.aborted) await fetchOne(parts, one)
    }
  }
}

async function fetchOne(parts: MediaParts, { id, channel, file, attempts }: WaitingMedia): Promise<void> {
  const account = parts.channels.find((one) => one.id === channel)
  // Another process runs that account, or it has no line: no try is counted.
  const held = account?.holdsBack?.()
  if (!account || account.elsewhere || held === 'elsewhere' || held === 'down') return
  try {
    const bytes = await account.fetch(file, bytesAtMost)
    // What a file says it is decides how it is shown, not what its sender says.
    const mime = (await fileTypeFromBuffer(bytes))?.mime ?? file.mime
    const found = await parts.scanner?.scan(bytes)
    await storeMedia(parts, parts.folder, id, { bytes, mime, infected: found !== undefined })
    if (found !== undefined) {
      parts.log.warn('a file is kept aside', { media: id, found })
      await parts.refused?.(id, 'infected')
      return
    }
    // Looked at once, so that a page says at once what cannot be shown.
    if (file.kind === 'photo') await pictureOf(parts, parts.folder, id, 'preview').catch(() => {})
  } catch (error) {
    parts.log.error('a file was not fetched', error, { media: id })
    if (error instanceof Failure && error.code === 'media:gone') await giveUpMedia(parts.prisma, id, 'gone')
    else if (error instanceof Failure && error.code === 'media:too_large') {
      await giveUpMedia(parts.prisma, id, 'too_large')
      await parts.refused?.(id, 'too_large')
    } else if (error instanceof Failure && isPassingHere(error)) {
      // Ours to mend: it costs the file no try.
    } else await tryLater(parts, id, attempts + 1)
  }
}

async function tryLater({ prisma, clock, refused }: MediaParts, id: string, tries: number): Promise<void> {
  const at = nextTry(tries, clock.now())
  if (at) return putOffMedia(prisma, id, at)
  await giveUpMedia(prisma, id, 'lost')
  await refused?.(id, 'lost')
}

/** The scanner or the store of files is away. */
function isPassingHere({ code }: Failure): boolean {
  return code === 'media:unscanned' || code === 'media:unreachable'
}
