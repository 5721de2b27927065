/**
 * The words by which a text is found again: folded, so that spelling and accents do not matter, of three letters and more.
 * An apostrophe is read both ways: "l'argent" is found by "argent", "n'yɛrɛ" by "nyere".
 */
import { apart, foldPlain, plain } from './fold.ts'

const shortest = 3
/** Enough for every message that somebody wrote; what is longer was pasted. */
const mostWords = 400
const longest = 20_000

/** All words by which this text is found, each once. */
export function wordsOf(text: string): readonly string[] {
  const typed = plain(text.slice(0, longest))
  const words = new Set([
    ...split(foldPlain(apart(typed))),
    ...(typed.includes("'") ? split(foldPlain(typed)) : []),
  ])
  return [...words].slice(0, mostWords)
}

/** The words that somebody looks for: all of them must be in a text that is found. */
export function wordsSought(text: string): readonly string[] {
  return [...new Set(split(foldPlain(apart(plain(text.slice(0, longest))))))]
}

/** A piece of a text, and whether it is one of the words that were sought. */
export type Piece = { readonly text: string; readonly found: boolean }

const leadLength = 60
const pieceLength = 240
const token = /[\p{L}\p{N}\p{M}'’ʼ]+/gu

/** The text round the first word that was found, in pieces; undefined when none of the words is in it. */
export function piecesOf(text: string, sought: readonly string[]): readonly Piece[] | undefined {
  const wanted = new Set(sought)
  const hits = [...text.slice(0, longest).matchAll(token)]
    .filter(([word]) => wordsOf(word).some((one) => wanted.has(one)))
    .map((hit) => ({ from: hit.index, to: hit.index + hit[0].length }))
  const [first] = hits
  if (!first) return undefined
  const from = first.from > leadLength ? text.lastIndexOf(' ', first.from - leadLength / 2) + 1 : 0
  const to = Math.max(first.to, Math.min(text.length, from + pieceLength))
  const pieces: Piece[] = from > 0 ? [{ text: '… ', found: false }] : []
  let at = from
  for (const hit of hits.filter((one) => one.from >= from && one.to <= to)) {
    if (hit.from > at) pieces.push({ text: text.slice(at, hit.from), found: false })
    pieces.push({ text: text.slice(hit.from, hit.to), found: true })
    at = hit.to
  }
  if (at < to) pieces.push({ text: text.slice(at, to), found: false })
  return to < text.length ? [...pieces, { text: ' …', found: false }] : pieces
}

function split(folded: string): readonly string[] {
  return folded.split(' ').filter((word) => word.length >= shortest)
}
