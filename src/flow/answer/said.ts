/** A message read once, in the shapes in which the words are looked up. */
import { apart, foldPlain, plain } from './fold.ts'

export type Said = {
  /** As it was typed, trimmed. */
  readonly raw: string
  /** Plain words; an apostrophe parts two words. */
  readonly words: readonly string[]
  /** The same words folded, one for one. */
  readonly folded: readonly string[]
  /** The plain words without gaps: for French and English, whole message. */
  readonly tight: string
  /** The folded words without gaps: for Bambara, whole message. */
  readonly squash: string
}

const none: readonly string[] = []

export function readSaid(text: string): Said {
  const parted = apart(plain(text))
  if (parted === '') return { raw: text.trim(), words: none, folded: none, tight: '', squash: '' }
  const words = parted.split(' ')
  return shape(text.trim(), words, foldPlain(parted).split(' '))
}

/** The words from one place up to and not including another; the whole when that is all of them. */
export function partOf(said: Said, from: number, to: number): Said {
  if (from <= 0 && to >= said.words.length) return said
  const words = said.words.slice(from, to)
  return shape(words.join(' '), words, said.folded.slice(from, to))
}

/** The forms without gaps are made when they are first asked for: most long texts never need them. */
function shape(raw: string, words: readonly string[], folded: readonly string[]): Said {
  if (words.length === 1) return { raw, words, folded, tight: words[0] ?? '', squash: folded[0] ?? '' }
  let tight: string | undefined
  let squash: string | undefined
  return {
    raw,
    words,
    folded,
    get tight() {
      tight ??= words.join('')
      return tight
    },
    get squash() {
      squash ??= foldPlain(folded.join(''))
      return squash
    },
  }
}
