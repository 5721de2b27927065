/** How the words of a message lie in its encrypted body, and the hashes by which a message is found again. */
import type { Incoming, Spoken } from '../core/message.ts'
import type { Keys } from './encryption.ts'

/** What an arrival's body holds; the rest of it is in columns. */
export type Body = Pick<Incoming, 'externalId' | 'edit' | 'content' | 'quotes' | 'displayName' | 'phone'>

/** The text to encrypt as the body of an arrival. */
export function bodyOf({ externalId, edit, content, quotes, displayName, phone }: Body): string {
  return JSON.stringify({ externalId, edit, content, quotes, displayName, phone })
}

/** An arrival's body again. */
export function parseBody(text: string): Body {
  // Written by bodyOf and bound to its row by the encryption.
  return JSON.parse(text) as Body
}

/** The body of a message of ours again. */
export function parseSpoken(text: string): Spoken {
  // Written by a commit and bound to its row by the encryption.
  return JSON.parse(text) as Spoken
}

/** Finds an arrival; an edit is an arrival of its own. */
export function arrivalHash(keys: Keys, { channel, externalId, edit }: Incoming): Buffer {
  return keys.hash('message', `in|${channel}|${externalId}|${edit}`)
}

/** Finds a message of ours by the id that the provider gave it. */
export function sentHash(keys: Keys, channel: string, externalId: string): Buffer {
  return keys.hash('message', `out|${channel}|${externalId}`)
}

/** The same for a message that may have no such id. */
export function sentHashOf(
  keys: Keys,
  { channel, externalId }: { readonly channel?: string; readonly externalId?: string },
): Buffer | null {
  return channel === undefined || externalId === undefined ? null : sentHash(keys, channel, externalId)
}
