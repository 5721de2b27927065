/**
 * The sentences of the product in every language, behind one function. A sentence is a plain text or an object with the
 * text and what a reviewer must know of it; plural forms are keys ending in `_one`, `_other`, chosen by {count}.
 */
import { createHash } from 'node:crypto'
import { createInstance, type i18n } from 'i18next'
import { type Language, languages } from '../core/language.ts'

/** A Bambara sentence's certainty: A seen in a source, B composed of attested words, C doubtful. None was reviewed. */
export type Certainty = 'A' | 'B' | 'C'

export type Locales = {
  /** The sentence with its variables filled in; fails the build, not the person: a missing one falls back to French. */
  t(language: Language, key: string, vars?: Readonly<Record<string, string | number>>): string
  has(language: Language, key: string): boolean
  /** Every key of every subject. */
  keys(): readonly string[]
  certainty(language: Language, key: string): Certainty | undefined
  reviewer(language: Language, key: string): string | undefined
  /** Short hash of the wording, kept with consents and clips. */
  wording(language: Language, key: string): string
}

/** One sentence as its file gives it. */
type Sentence = { readonly text: string; readonly certainty?: Certainty; readonly reviewer?: string }

/** Language, then `subject.path.of.sentence`. */
type Sentences = Readonly<Record<Language, ReadonlyMap<string, Sentence>>>

/** The language in which every sentence exists. */
const base: Language = 'fr'

/**
 * Reads the locale files: language, subject, tree of sentences. Fails with a plain Error on a tree that is no locale
 * file; afterwards nothing fails, and a key that no language has is shown as itself.
 */
export function makeLocales(files: Record<Language, Record<string, unknown>>): Locales {
  const sentences = Object.fromEntries(
    languages.map((language) => [language, sentencesOf(files[language])]),
  ) as Sentences
  const i18next = dressed(sentences)
  const fixed = {
    fr: i18next.getFixedT('fr'),
    bm: i18next.getFixedT('bm'),
    en: i18next.getFixedT('en'),
  } satisfies Record<Language, unknown>
  const plain = Object.fromEntries(
    languages.map((language) => [language, plainTexts(sentences, language)]),
  ) as Record<Language, ReadonlyMap<string, string>>
  const keys = [...new Set(languages.flatMap((language) => [...sentences[language].keys()].map(stem)))].sort()
  const find = (language: Language, key: string) =>
    sentences[language].get(key) ?? sentences[language].get(`${key}_other`)
  return {
    // Most sentences have no plural form: filling them here is ten times faster than asking i18next.
    t: (language, key, vars) => {
      const text = plain[language].get(key)
      if (text === undefined) return fixed[language](key, { ...vars })
      return vars === undefined || !text.includes('{') ? text : fill(text, vars)
    },
    has: (language, key) => find(language, key) !== undefined,
    keys: () => keys,
    certainty: (language, key) => find(language, key)?.certainty,
    reviewer: (language, key) => find(language, key)?.reviewer,
    wording: (language, key) => hash((find(language, key) ?? find(base, key))?.text ?? key),
  }
}

/** An instance of our own, so that no other user of the library shares our settings. */
function dressed(sentences: Sentences): i18n {
  const i18next = createInstance()
  i18next.init({
    lng: base,
    fallbackLng: base,
    supportedLngs: [...languages],
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    returnNull: false,
    returnEmptyString: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    resources: Object.fromEntries(
      languages.map((language) => [
        language,
        {
          translation: Object.fromEntries([...sentences[language]].map(([key, { text }]) => [key, text])),
        },
      ]),
    ),
  })
  return i18next
}

const plural = /_(?:zero|one|two|few|many|other)$/

function stem(key: string): string {
  return key.replace(plural, '')
}

/** The texts of a language that need no choice of form, the French where the language has none. */
function plainTexts(sentences: Sentences, language: Language): ReadonlyMap<string, string> {
  const counted = new Set(
    languages.flatMap((each) =>
      [...sentences[each].keys()].filter((key) => /_(?:one|other)$/.test(key)).map(stem),
    ),
  )
  const all = new Map([...sentences[base], ...sentences[language]])
  return new Map(
    [...all]
      .filter(([key, { text }]) => !counted.has(key) && !counted.has(stem(key)) && text !== '')
      .map(([key, { text }]) => [key, text]),
  )
}

/** Variables in braces; an unknown one stays as it is, so that nothing is lost silently. */
function fill(text: string, vars: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(vars[name] ?? whole))
}

function sentencesOf(subjects: Record<string, unknown>): ReadonlyMap<string, Sentence> {
  const found = new Map<string, Sentence>()
  for (const [subject, tree] of Object.entries(subjects)) gather(tree, subject, found)
  return found
}

function gather(tree: unknown, path: string, into: Map<string, Sentence>): void {
  if (typeof tree === 'string') into.set(path, { text: tree })
  else if (isSentence(tree)) into.set(path, tree)
  else if (typeof tree === 'object' && tree !== null && !Array.isArray(tree)) {
    for (const [name, branch] of Object.entries(tree)) {
      if (!name.startsWith('$')) gather(branch, `${path}.${name}`, into)
    }
  } else throw new Error(`locale file: ${path} is neither a sentence nor a group of sentences`)
}

/** A group may hold a sentence named "text" too; a graded sentence says its certainty. */
function isSentence(tree: unknown): tree is Sentence {
  return (
    typeof tree === 'object' &&
    tree !== null &&
    'text' in tree &&
    typeof tree.text === 'string' &&
    ('certainty' in tree || 'reviewer' in tree)
  )
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
