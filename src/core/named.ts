/** Whom of staff somebody names, by what the words they write or have written down sound like. */
import { type NameKeys, nameKeys, nameWords } from './name-key.ts'

export type StaffName = { readonly id: string; readonly words: readonly NameKeys[] }

/** What a name sounds like, word by word. */
export function staffName(id: string, name: string): StaffName {
  return { id, words: nameWords(name).map(keysOf) }
}

/** Shorter words of a sentence are no names: "le", "mon", "an". */
const shortest = 4
/** A complaint is no novel. */
const wordsAtMost = 600

/**
 * Who may be meant. Whoever is named by two words of their name is; otherwise everybody of whom one word is said, those
 * near first: it is better to keep a matter from one too many than from one too few.
 */
export function namedIn(
  said: string,
  staff: readonly StaffName[],
  near: (id: string) => boolean,
): readonly string[] {
  const spoken = said
    .split(/[^\p{L}\p{M}'’ʼ]+/u)
    .filter((word) => word.length >= shortest)
    .slice(0, wordsAtMost)
    .map(keysOf)
  const strong = new Set(spoken.map((keys) => keys.strong))
  const alias = new Set(spoken.flatMap((keys) => keys.alias ?? []))
  const heard = (word: NameKeys) =>
    strong.has(word.strong) || (word.alias !== undefined && alias.has(word.alias))
  const found = staff
    .map(({ id, words }) => ({ id, count: words.filter(heard).length }))
    .filter(({ count }) => count > 0)
  const surely = found.filter(({ count }) => count > 1)
  if (surely.length > 0) return surely.map(({ id }) => id)
  const close = found.filter(({ id }) => near(id))
  return (close.length > 0 ? close : found).map(({ id }) => id)
}

const known = new Map<string, NameKeys>()
const knownAtMost = 5_000

/** The same few words are said again and again. */
function keysOf(word: string): NameKeys {
  const before = known.get(word)
  if (before) return before
  const keys = nameKeys(word)
  if (known.size >= knownAtMost) known.clear()
  known.set(word, keys)
  return keys
}
