/** Which list of choices a quoted message of ours showed. */
import type pg from 'pg'
import type { Incoming } from '../core/message.ts'
import { type Keys, placeOf } from '../store/encryption.ts'
import { parseSpoken, sentHash } from '../store/message-body.ts'

type QuoteRow = { readonly id: string; readonly key_id: string; readonly body_enc: Buffer }

/** Looks up the tag of the list; undefined when the message is not ours, not of this address, or had no list. */
export function makeQuotes(
  pool: Pick<pg.Pool, 'query'>,
  keys: Keys,
): (address: string, incoming: Incoming) => Promise<string | undefined> {
  return async (address, { channel, quotes }) => {
    if (quotes === undefined) return undefined
    const { rows } = await pool.query<QuoteRow>({
      name: 'quoted_message',
      text: `select id, key_id, body_enc from message
        where external_hash = $1 and direction = 'out' and external_hash is not null and address_id = $2`,
      values: [sentHash(keys, channel, quotes), address],
    })
    const [row] = rows
    if (!row) return undefined
    await keys.load([row.key_id])
    const body = keys.read(row.key_id, placeOf('message', 'body_enc', row.id), row.body_enc)
    return body === undefined ? undefined : parseSpoken(body).buttons?.[0]?.list
  }
}
