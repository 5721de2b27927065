/** What nobody agreed that we keep is forgotten after three days (domain notes S3); the events stay as a count. */

import type { Database } from '../store/database.ts'
import { dropMedia } from '../store/media.ts'
import { expireUnconsented } from '../store/unconsented.ts'
import type { Clock } from '../world.ts'

const keptMilliseconds = 72 * 60 * 60_000
const atOnce = 200

/** Forgets up to a few hundred addresses, oldest first; gives how many. */
export async function expire(
  parts: Pick<Database, 'pool' | 'prisma' | 'keys'> & { readonly mediaFolder: string; readonly clock: Clock },
): Promise<number> {
  const now = parts.clock.now()
  const before = new Date(now.getTime() - keptMilliseconds)
  const { addresses, media, keys } = await expireUnconsented(parts.pool, before, atOnce)
  for (const id of media) await dropMedia(parts.prisma, parts.mediaFolder, id)
  for (const key of keys) await parts.keys.erase(key, now)
  return addresses
}
