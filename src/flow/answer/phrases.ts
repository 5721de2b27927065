/** Looks for known phrases in a run of words; gaps do not count, so that "ini ce" is "i ni ce". */

import type { Saying } from './files.ts'
import { apart, foldPlain, plain, squash } from './fold.ts'

/** A phrase found: the words from `from` up to and not including `to`. */
export type Found<T> = { readonly value: T; readonly from: number; readonly to: number }

/** Phrases by their letters without gaps, and in how many words they may be typed. */
export type Phrases<T> = {
  readonly known: ReadonlyMap<string, T>
  readonly longest: number
  /** The most words in which each may be typed: "nba" is not "n b'a". */
  readonly most: ReadonlyMap<string, number>
  /** Every beginning of a phrase, so that a search ends with the first letter that leads nowhere. */
  readonly beginnings: ReadonlySet<string>
}

/** French and English as typed, without gaps and apostrophes: how `Said.tight` is compared. */
export function tighten(phrase: string): string {
  return plain(phrase).replace(/[ ']/g, '')
}

/** The keys of a saying for whole messages: French and English tight, Bambara squashed. */
export function keysOf(saying: Saying): { readonly tight: string[]; readonly squash: string[] } {
  return {
    tight: [...saying.fr, ...saying.en].map(tighten),
    squash: [...saying.bm, ...saying.typed].map(squash),
  }
}

/** Phrases of all languages by their folded letters; the first to claim a key keeps it. */
export function makePhrases<T>(entries: Iterable<readonly [T, readonly string[]]>): Phrases<T> {
  const known = new Map<string, T>()
  const most = new Map<string, number>()
  let longest = 1
  for (const [value, phrases] of entries) {
    for (const phrase of phrases) {
      const words = foldPlain(apart(plain(phrase))).split(' ')
      const key = keyOf(words)
      if (key === '') continue
      if (!known.has(key)) known.set(key, value)
      most.set(key, Math.max(most.get(key) ?? 1, words.length))
      longest = Math.max(longest, words.length)
    }
  }
  return { known, longest, most, beginnings: new Set([...known.keys()].flatMap(beginningsOf)) }
}

function beginningsOf(key: string): string[] {
  return Array.from(key, (_, at) => key.slice(0, at + 1))
}

/** Every wording of a saying. */
export function wordings(saying: Saying): readonly string[] {
  return [...saying.fr, ...saying.en, ...saying.bm, ...saying.typed]
}

/** The longest phrase that begins at a word. */
export function phraseAt<T>(
  phrases: Phrases<T>,
  folded: readonly string[],
  from: number,
): Found<T> | undefined {
  let best: Found<T> | undefined
  let key = ''
  const end = Math.min(folded.length, from + phrases.longest)
  for (let to = from + 1; to <= end; to++) {
    key = joined(key, folded[to - 1] ?? '')
    if (!phrases.beginnings.has(key)) return best
    const value = phrases.known.get(key)
    if (value !== undefined && to - from <= (phrases.most.get(key) ?? 1)) best = { value, from, to }
  }
  return best
}

/** The phrases that make up the words from one place on without rest; undefined when something else is among them. */
export function onlyPhrases<T>(
  phrases: Phrases<T>,
  folded: readonly string[],
  from: number,
): readonly T[] | undefined {
  const values: T[] = []
  for (let at = from; at < folded.length; ) {
    const found = phraseAt(phrases, folded, at)
    if (found === undefined) return undefined
    values.push(found.value)
    at = found.to
  }
  return values
}

/** Folded words as one key. */
export function keyOf(folded: readonly string[]): string {
  return folded.length === 1 ? (folded[0] ?? '') : folded.reduce(joined, '')
}

/** A letter that meets itself counts once, as in folding. */
function joined(left: string, right: string): string {
  return left !== '' && left.at(-1) === right[0] && right >= 'a' ? left + right.slice(1) : left + right
}
