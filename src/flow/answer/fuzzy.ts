/** One letter off: a guess that is asked back, never taken. */
import { distance } from 'fastest-levenshtein'
import { squash } from './fold.ts'
import { tighten } from './phrases.ts'
import type { Said } from './said.ts'

/** Shorter words have too many neighbours. */
const shortest = 5

/** Whether two folded words differ by one letter and are long enough for that to be a slip. */
export function isSlip(word: string, known: string): boolean {
  return (
    word.length >= shortest &&
    known.length >= shortest &&
    Math.abs(word.length - known.length) <= 1 &&
    distance(word, known) === 1
  )
}

/** Known words by length, so that only possible neighbours are compared. */
export type Neighbours<T> = ReadonlyMap<number, readonly { readonly key: string; readonly value: T }[]>

export function makeNeighbours<T>(entries: Iterable<readonly [key: string, value: T]>): Neighbours<T> {
  const byLength = new Map<number, { readonly key: string; readonly value: T }[]>()
  for (const [key, value] of entries) {
    const those = byLength.get(key.length) ?? []
    those.push({ key, value })
    byLength.set(key.length, those)
  }
  return byLength
}

/** A wording in both shapes in which it may be slipped: French as it is written, Bambara folded. */
export function slipKeys(wording: string): readonly string[] {
  return [...new Set([squash(wording), tighten(wording)])]
}

/** What a message is one letter away from, folded or as it is written. */
export function slipsOf<T>(neighbours: Neighbours<T>, said: Said): readonly T[] {
  const found = neighboursOf(neighbours, said.squash)
  return found.length > 0 || said.tight === said.squash ? found : neighboursOf(neighbours, said.tight)
}

/** Everything that a folded word is one letter away from. */
export function neighboursOf<T>(neighbours: Neighbours<T>, word: string): readonly T[] {
  if (word.length < shortest) return []
  const found: T[] = []
  for (const length of [word.length - 1, word.length, word.length + 1]) {
    for (const { key, value } of neighbours.get(length) ?? []) if (isSlip(word, key)) found.push(value)
  }
  return found
}
