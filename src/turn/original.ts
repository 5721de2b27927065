/** The message that an edit changes: whoever may see the one may see the other, and nobody else. */
import type pg from 'pg'
import { type Incoming, isRevoke } from '../core/message.ts'
import type { Visibility } from '../core/visibility.ts'
import type { Keys } from '../store/encryption.ts'
import { arrivalHash } from '../store/message-body.ts'

export type Original = {
  readonly id?: string
  readonly visibility: Visibility
  readonly request?: string
  /** Of a message that is taken back: what corrected it before, which goes with it. */
  readonly corrections?: readonly string[]
}

/** Looks up the message as it was first sent; undefined when the arrival is no edit, or of a message never heard. */
export function makeOriginals(
  pool: Pick<pg.Pool, 'query'>,
  keys: Keys,
): (address: string, incoming: Incoming) => Promise<Original | undefined> {
  return async (address, incoming) => {
    if (incoming.edit === 0) return undefined
    const { rows } = await pool.query<{ id: string; visibility: Visibility; request_id: string | null }>({
      name: 'original_message',
      text: 'select id, visibility, request_id from message where address_id = $1 and external_hash = $2',
      values: [address, arrivalHash(keys, { ...incoming, edit: 0 })],
    })
    const [row] = rows
    if (!row) return undefined
    const original = { id: row.id, visibility: row.visibility, request: row.request_id ?? undefined }
    if (!isRevoke(incoming)) return original
    const later = await pool.query<{ id: string }>({
      name: 'corrections',
      text: 'select id from message where address_id = $1 and original_id = $2',
      values: [address, row.id],
    })
    return { ...original, corrections: later.rows.map(({ id }) => id) }
  }
}
