/**
 * Which language a text seems to be in, to offer a switch and never to switch. Known words decide first, quickly; only
 * when they do not, letter statistics are asked.
 */
import { francAll } from 'franc'
import { type Language, languages } from '../../core/language.ts'
import type { Understanding } from './files.ts'
import { fold, plain } from './fold.ts'
import type { Said } from './said.ts'
import { scriptOf } from './script.ts'

export type GuessLanguage = (text: string, said: Said) => Language | 'other' | undefined

/** ISO 639-3 of what people around write in Latin letters; Maninka and Jula are read as Bambara. */
const ours: Readonly<Record<string, Language>> = { bam: 'bm', emk: 'bm', dyu: 'bm', fra: 'fr', eng: 'en' }
const neighbours = [
  'snk',
  'fuv',
  'fuf',
  'wol',
  'hau',
  'mos',
  'bci',
  'tmh',
  'spa',
  'por',
  'ita',
  'deu',
  'arb',
  'tur',
]
const asked = [...Object.keys(ours), ...neighbours]

/** Letter statistics say nothing of shorter texts. */
const enoughLetters = 12
/** How far the second language must lie behind the first, of one. */
const clear = 0.12
const clearlyOther = 0.15

export function makeLanguageGuess(understanding: Understanding): GuessLanguage {
  const known = knownWords(understanding)
  return (text, said) => {
    const script = scriptOf(text)
    if (script === 'Zyyy') return undefined
    if (script !== 'Latn') return 'other'
    const hits = { fr: 0, bm: 0, en: 0 }
    for (let at = 0; at < said.words.length; at++) {
      const word = known.plain.get(said.words[at] ?? '') ?? known.folded.get(said.folded[at] ?? '')
      if (word !== undefined && word !== 'shared') hits[word]++
    }
    const [first, second] = languages.toSorted((a, b) => hits[b] - hits[a])
    if (first === undefined || second === undefined) return undefined
    const enough = Math.max(Math.min(said.words.length, 2), said.words.length / 4)
    if (hits[first] >= enough && hits[first] >= 3 * hits[second]) return first
    return text.length < enoughLetters ? undefined : byLetters(text, hits[first], said.words.length)
  }
}

function byLetters(text: string, hits: number, words: number): Language | 'other' | undefined {
  const ranked = francAll(text, { only: asked, minLength: enoughLetters })
  const [top, topScore = 0] = ranked[0] ?? []
  if (top === undefined || top === 'und') return undefined
  const language = ours[top]
  if (language !== undefined) {
    const rival = ranked.find(([code]) => ours[code] !== undefined && ours[code] !== language)?.[1] ?? 0
    return topScore - rival >= clear ? language : undefined
  }
  const nearest = ranked.find(([code]) => ours[code] !== undefined)?.[1] ?? 0
  return hits * 5 <= words && topScore - nearest >= clearlyOther ? 'other' : undefined
}

/** Words that stand for one language; `shared` are known in several and say nothing. */
function knownWords({ common_words, concepts }: Understanding): {
  readonly plain: ReadonlyMap<string, Language | 'shared'>
  readonly folded: ReadonlyMap<string, Language | 'shared'>
} {
  const exact = new Map<string, Language | 'shared'>()
  const folded = new Map<string, Language | 'shared'>()
  const put = (into: Map<string, Language | 'shared'>, word: string, language: Language) => {
    const before = into.get(word)
    into.set(word, before === undefined || before === language ? language : 'shared')
  }
  for (const language of ['fr', 'en'] as const) {
    for (const word of common_words[language]) put(exact, plain(word), language)
    for (const concept of Object.values(concepts)) {
      for (const wording of concept[language])
        if (!wording.includes(' ')) put(exact, plain(wording), language)
    }
  }
  for (const word of common_words.bm) put(folded, fold(word), 'bm')
  for (const concept of Object.values(concepts)) {
    for (const wording of concept.bm) {
      for (const word of wording.split(/[ ']/)) if (word.length > 2) put(folded, fold(word), 'bm')
    }
  }
  // A Bambara word that is spelt like a French or English one is known in both.
  for (const word of folded.keys()) if (exact.has(word)) exact.set(word, 'shared')
  return { plain: exact, folded }
}
