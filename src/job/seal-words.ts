/**
 * Puts the words of sealed matters under the keys of their holders, some seconds after they were said, and empties what was
 * said around complaints without a name (store/seal-away.ts).
 */
import type { Database } from '../store/database.ts'
import { dropMedia } from '../store/media.ts'
import type { MediaPlace } from '../store/media-place.ts'
import { emptyApart, sealAway, unsealedRequests } from '../store/seal-away.ts'
import { sealFiles } from '../store/seal-media.ts'
import type { Clock } from '../world.ts'
import { alone } from './alone.ts'

export type SealParts = Pick<Database, 'pool' | 'keys' | 'prisma'> & {
  readonly clock: Clock
  readonly mediaFolder: MediaPlace
}

const requestsAtOnce = 50
const filesAtOnce = 20
/** What a fault keeps from being put away must not keep the round going. */
const roundsAtMost = 40

/** Puts away all that is done with; gives how many values, or undefined when another process is at it. */
export async function sealWords(parts: SealParts): Promise<number | undefined> {
  return alone(parts.pool, 'seal-words', async () => {
    let count = 0
    for (let round = 0; round < roundsAtMost; round++) {
      const now = parts.clock.now()
      const requests = await unsealedRequests(parts, now, requestsAtOnce)
      for (const request of requests) count += await sealAway(parts, request, parts.clock.id(), now)
      if (requests.length < requestsAtOnce) break
    }
    for (const file of await emptyApart(parts, parts.clock)) {
      await dropMedia(parts.prisma, parts.mediaFolder, file)
    }
    for (let round = 0; round < roundsAtMost; round++) {
      const files = await sealFiles(parts, parts.mediaFolder, filesAtOnce)
      count += files
      if (files < filesAtOnce) break
    }
    return count
  })
}
