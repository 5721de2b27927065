/**
 * Words as the indexes of messages and people hold them: seven bytes of a keyed hash behind the number of the key. Short,
 * because a million messages have ten million words; two words that share one are told apart when the text is read.
 */
import type { Keys } from './encryption.ts'

/** A word of a message; of a name by its three keys (core/name-key.ts); the last digits of a phone. */
export type WordKind = 'said' | 'name' | 'near_name' | 'same_name' | 'digits'

export function wordHash(keys: Pick<Keys, 'hash'>, kind: WordKind, word: string): bigint {
  return keys.hash('word', `${kind}|${word}`).readBigInt64BE(0)
}

/** Stands for a message that was looked at, whatever words it has; no hash begins with the number 0. */
export const lookedAt = 0n
