/**
 * What nobody agreed that we keep is forgotten after three days (domain notes S3); the events stay as a count. Who read
 * what is forgotten after five years, the words of what was reported after a month.
 */

import { expireReads } from '../store/access-log.ts'
import type { Database } from '../store/database.ts'
import { forgettable, forgetWords } from '../store/forget.ts'
import { dropMedia, sweepMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import { readReportTerms } from '../store/setting.ts'
import { expireUnconsented } from '../store/unconsented.ts'
import type { Clock } from '../world.ts'

const keptMilliseconds = 72 * 60 * 60_000
/** A file that no message used was written by a process that died: after a day nobody comes back for it. */
const unusedMilliseconds = 24 * 60 * 60_000
const atOnce = 200

type ExpireParts = Pick<Database, 'pool' | 'prisma' | 'keys'> & {
  readonly mediaFolder: MediaPlace
  readonly clock: Clock
}

/** Forgets whatever is old enough, some hundred addresses at a time; gives how many. */
export async function expire(parts: ExpireParts): Promise<number> {
  const now = parts.clock.now()
  await expireReads(parts, now)
  await sweepMedia(parts.prisma, parts.mediaFolder, new Date(now.getTime() - unusedMilliseconds))
  await forgetReported(parts, now)
  let forgotten = 0
  for (;;) {
    const some = await expireSome(parts)
    forgotten += some
    if (some < atOnce) return forgotten
  }
}

/** The words of what others look into, so many days after it was reported to them. */
async function forgetReported(parts: ExpireParts, now: Date): Promise<void> {
  const { keptDays } = await readReportTerms(parts.prisma)
  const until = new Date(now.getTime() - keptDays * 24 * 60 * 60_000).toISOString().slice(0, 10)
  for (const request of await forgettable(parts.pool, until, atOnce)) {
    for (const file of await forgetWords(parts, request, parts.clock)) {
      await dropMedia(parts.prisma, parts.mediaFolder, file)
    }
  }
}

async function expireSome(parts: ExpireParts): Promise<number> {
  const now = parts.clock.now()
  const before = new Date(now.getTime() - keptMilliseconds)
  const { addresses, media, keys } = await expireUnconsented(parts.pool, before, atOnce)
  for (const id of media) await dropMedia(parts.prisma, parts.mediaFolder, id)
  for (const key of keys) await parts.keys.erase(key, now)
  return addresses
}
