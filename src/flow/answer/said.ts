/** A message read once, in the shapes in which the words are looked up. */
import { apart, foldPlain, plain } from './fold.ts'

export type Said = {
  /** As it was typed, trimmed. */
  readonly raw: string
  /** Plain words; an apostrophe parts two words. */
  readonly words: readonly string[]
  /** The same words folded, one for one. */
  readonly folded: readonly string[]
  /** The plain words without gaps: for French and English, whole message. Empty for a long text. */
  readonly tight: string
  /** The folded words without gaps: for Bambara, whole message. Empty for a long text. */
  readonly squash: string
}

const none: readonly string[] = []

export function readSaid(text: string): Said {
  const parted = apart(plain(text))
  if (parted === '') return { raw: text.trim(), words: none, folded: none, tight: '', squash: '' }
  const words = parted.split(' ')
  return shape(text.trim(), words, foldPlain(parted).split(' '))
}

/** The words of a plain text alone, where nothing is looked up as a whole. */
export function readWords(plainText: string): Said {
  if (plainText === '') return { raw: '', words: none, folded: none, tight: '', squash: '' }
  return {
    raw: '',
    words: plainText.split(' '),
    folded: foldPlain(plainText).split(' '),
    tight: '',
    squash: '',
  }
}

/** The words from one place up to and not including another; the whole when that is all of them. */
export function partOf(said: Said, from: number, to: number): Said {
  if (from <= 0 && to >= said.words.length) return said
  const words = said.words.slice(from, to)
  return shape(words.join(' '), words, said.folded.slice(from, to))
}

/** Nothing that is looked up as a whole message has more words: a menu label, "I do not want any more messages". */
const longestWhole = 10

function shape(raw: string, words: readonly string[], folded: readonly string[]): Said {
  if (words.length > longestWhole) return { raw, words, folded, tight: '', squash: '' }
  if (words.length === 1) return { raw, words, folded, tight: words[0] ?? '', squash: folded[0] ?? '' }
  return { raw, words, folded, tight: words.join(''), squash: foldPlain(folded.join('')) }
}
