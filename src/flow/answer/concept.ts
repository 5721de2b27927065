/** The ideas that words stand for: a need, a line of the menu, a word that a choice names. */
import { type Language, languages } from '../../core/language.ts'
import type { Concept, Understanding } from './files.ts'
import { keysOf, makePhrases, type Phrases, phraseAt, tighten } from './phrases.ts'
import type { Said } from './said.ts'

export type Concepts = {
  /** The concepts whose word the whole message is, those of the given language first; control words and replies too. */
  whole(said: Said, language: Language): readonly string[]
  /** The same in the first language that knows the message as a word. */
  spoken(said: Said, language: Language): readonly string[]
  /** Menu lines and needs named inside a sentence, widened, each once; the given language, then the others. */
  inside(said: Said, language: Language): readonly string[]
  /** A concept and the wider one it counts as. */
  chain(concept: string): readonly string[]
  /** `said` for control words, replies and thanks, which a choice may name like any concept. */
  group(concept: string): Concept['group'] | 'said'
  /** Every wording of the concepts that count as one of these. */
  wordings(wanted: readonly string[]): readonly string[]
}

/** Shorter words are particles in one of the languages. */
const shortestInside = 4

export function makeConcepts(understanding: Understanding): Concepts {
  const concepts = allConcepts(understanding)
  const entries = Object.entries(concepts)
  const exact = byLanguage((language) => exactIndex(entries, language))
  const loose = byLanguage((language) => looseIndex(entries, language))
  const chains = new Map(entries.map(([id, { means }]) => [id, means === undefined ? [id] : [id, means]]))
  return {
    whole: (said, language) => {
      const found: string[] = []
      for (const each of order[language]) {
        const ids = exact[each].get(each === 'bm' ? said.squash : said.tight)
        if (ids !== undefined) found.push(...ids)
      }
      return found
    },
    spoken: (said, language) => {
      for (const each of order[language]) {
        const ids = exact[each].get(each === 'bm' ? said.squash : said.tight)
        if (ids !== undefined) return ids
      }
      return []
    },
    inside: (said, language) => {
      for (const each of order[language]) {
        const found = search(loose[each], said)
        if (found.length > 0) return [...new Set(found.map((id) => concepts[id]?.means ?? id))]
      }
      return []
    },
    chain: (id) => chains.get(id) ?? [id],
    group: (id) => concepts[id]?.group,
    wordings: (wanted) =>
      entries
        .filter(([id]) => chains.get(id)?.some((one) => wanted.includes(one)))
        .flatMap(([, { fr, en, bm, typed }]) => [...fr, ...en, ...bm, ...typed]),
  }
}

type Entries = readonly (readonly [id: string, concept: AnyConcept])[]

/** The concepts of every word of a language, by its key as a whole message. */
function exactIndex(entries: Entries, language: Language): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const [id, concept] of entries) {
    const own = language === 'bm' ? keysOf(concept).squash : concept[language].map(tighten)
    for (const key of own) index.set(key, [...(index.get(key) ?? []), id])
  }
  return index
}

/** The words of the menu and of needs that are looked for inside a sentence. */
function looseIndex(entries: Entries, language: Language): Phrases<string> {
  return makePhrases(
    entries
      .filter(([, { group }]) => group === 'menu' || group === 'need')
      .map(([id, concept]) => {
        const own = language === 'bm' ? [...concept.bm, ...concept.typed] : concept[language]
        return [id, own.filter((wording) => wording.length >= shortestInside)] as const
      }),
  )
}

/** Everything that the `words` of a choice may name. */
export function allConcepts(understanding: Understanding): Readonly<Record<string, AnyConcept>> {
  const { commands, replies, courtesy, concepts } = understanding
  const said = { ...commands, ...replies, thanks: courtesy.thanks }
  const wider: Readonly<Record<string, string>> = { agree: 'yes', refuse: 'no' }
  return {
    ...Object.fromEntries(
      Object.entries(said).map(([id, saying]) => [
        id,
        { ...saying, group: 'said' as const, means: wider[id] },
      ]),
    ),
    ...concepts,
  }
}

type AnyConcept = Omit<Concept, 'group'> & { readonly group?: Concept['group'] | 'said' }

/** The language spoken first, then the others. */
const order = byLanguage((first) => [first, ...languages.filter((language) => language !== first)])

function byLanguage<T>(make: (language: Language) => T): Readonly<Record<Language, T>> {
  return { fr: make('fr'), bm: make('bm'), en: make('en') }
}

function search(phrases: Phrases<string>, { folded }: Said): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < folded.length; at++) {
    const hit = phraseAt(phrases, folded, at)
    if (hit === undefined) continue
    found.push(hit.value)
    at = hit.to - 1
  }
  return found
}
