/** What staff write to a person past the house, on the phone that is paired: it joins the conversation, as said by the office. */
import type { Language } from '../core/language.ts'
import type { Spoken, Typed } from '../core/message.ts'
import type { Visibility } from '../core/visibility.ts'
import type { Database } from '../store/database.ts'
import { placeOf } from '../store/encryption.ts'
import { sentHash } from '../store/message-body.ts'
import type { Standing } from '../store/road.ts'
import type { Clock } from '../world.ts'
import { findAddresses } from './news.ts'

type Parts = Pick<Database, 'pool' | 'prisma' | 'keys' | 'road'> & { readonly clock: Clock }

/**
 * Writes each of them as a message of ours that is sent already; one that is known, or went to somebody who never wrote,
 * is nothing. Gives the hints of what changed.
 */
export async function noteTyped(parts: Parts, said: readonly Typed[]): Promise<readonly string[]> {
  const hints: string[] = []
  for (const one of said) {
    const [address] = await findAddresses(parts.prisma, parts.keys, [{ channel: one.channel, from: one.to }])
    const [standing] = address === undefined ? [] : await parts.road.stand([address])
    if (standing) hints.push(...(await write(parts, one, standing)))
  }
  return hints
}

async function write(parts: Parts, one: Typed, standing: Standing): Promise<readonly string[]> {
  const { pool, keys, clock } = parts
  const { address, person } = standing
  const { request, visibility } = matterOf(standing)
  const language: Language = address.language ?? 'fr'
  const spoken: Spoken = { text: one.text ?? '', language, typed: one.sign ? { sign: one.sign } : {} }
  const id = clock.id()
  await keys.load([address.key])
  const body = keys.encrypt(address.key, placeOf('message', 'body_enc', id), JSON.stringify(spoken))
  const { rowCount } = await pool.query(
    `insert into message (id, address_id, person_id, request_id, direction, external_hash, kind, body_enc, key_id,
       language, state, priority, visibility, turn_id, sent_at, created_at, state_at)
     values ($1, $2, $3, $4, 'out', $5, 'text', $6, $7, $8, 'sent', 0, $9, $1, $10, $11, $11)
     on conflict (address_id, external_hash) do nothing`,
    [
      ...[
        id,
        address.id,
        person?.id,
        request,
        sentHash(keys, one.channel, one.externalId),
        body,
        address.key,
      ],
      ...[language, visibility, one.at, clock.now()],
    ],
  )
  if (rowCount !== 1) return []
  return [...(request ? [`thread-${request}`] : []), ...(person ? [`person-${person.id}`] : [])]
}

/** What it most likely is about: the matter in which they confide, else the one opened last; unclassed where there is none. */
function matterOf({ confided, requests }: Standing): { request?: string; visibility: Visibility } {
  if (confided) return { request: confided.id, visibility: confided.visibility }
  const last = requests.at(-1)
  return last ? { request: last.id, visibility: 'open' } : { visibility: 'restricted' }
}
