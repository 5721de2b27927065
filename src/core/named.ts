/** Whom of staff somebody names, or which of our offices, by what the words they write or have written down sound like. */
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
  const spoken = wordsIn(said)
    .filter((word) => word.length >= shortest)
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

/** What the name of an office sounds like, without "bureau de". */
export function officeName(id: string, name: string): StaffName {
  const words = nameWords(name).filter((word) => word.length > 2)
  return { id, words: words.map(keysOf).filter(({ strong }) => !deskWords.has(strong)) }
}

/** How many words may stand between "bureau" and the name of one: "le bureau de l'OIM à Kayes". */
const wordsBetween = 3

/**
 * Which offices are meant: a word for an office stands near all words of the name. A place alone names none, because most
 * people only tell where they live.
 */
export function officesIn(said: string, offices: readonly StaffName[]): readonly string[] {
  const spoken = wordsIn(said).map((word) => keysOf(word).strong)
  const desks = spoken.flatMap((word, at) => (deskWords.has(word) ? [at] : []))
  const near = (word: string) =>
    spoken.some((one, at) => one === word && desks.some((desk) => Math.abs(desk - at) <= wordsBetween + 1))
  return offices
    .filter(({ words }) => words.length > 0 && words.every(({ strong }) => near(strong)))
    .map(({ id }) => id)
}

/** Words for an office, in the languages and spellings of the domain notes (bambara-lexicon.json, "office"). */
const deskWords: ReadonlySet<string> = new Set(
  ['bureau', 'buro', 'biro', 'birou', 'office', 'antenne'].map((word) => nameKeys(word).strong),
)

function wordsIn(said: string): readonly string[] {
  return said
    .split(/[^\p{L}\p{M}'’ʼ]+/u)
    .filter((word) => word !== '')
    .slice(0, wordsAtMost)
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
