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
  /**
   * The sentence with its variables filled in; fails the build, not the person: a missing one falls back to French. What
   * `dress` does to a wording is done before names and other people's words go into it.
   */
  t(
    language: Language,
    key: string,
    vars?: Readonly<Record<string, string | number>>,
    dress?: (wording: string) => string,
  ): string
  has(language: Language, key: string): boolean
  /** Every key of every subject. */
  keys(): readonly string[]
  certainty(language: Language, key: string): Certainty | undefined
  reviewer(language: Language, key: string): string | undefined
  /** Short hash of the wording, kept with consents and clips. */
  wording(language: Language, key: string): string
  /** The forms of a sentence with their whole keys: one, or one for each number it distinguishes. */
  forms(language: Language, key: string): readonly Form[]
}

/** One sentence as its file gives it, or as the office worded it; `reviewed` is the day on which it was. */
export type Sentence = {
  readonly text: string
  readonly certainty?: Certainty
  readonly reviewer?: string
  readonly reviewed?: string
}
export type Form = Sentence & { readonly key: string }

/** Sentences that the office worded anew: language, then whole key. */
export type Rewording = ReadonlyMap<Language, ReadonlyMap<string, Sentence>>

/** Language, then `subject.path.of.sentence`. */
type Sentences = Readonly<Record<Language, ReadonlyMap<string, Sentence>>>

/** The language in which every sentence exists. */
const base: Language = 'fr'

/**
 * Reads the locale files: language, subject, tree of sentences. Fails with a plain Error on a tree that is no locale
 * file; afterwards nothing fails, and a key that no language has is shown as itself.
 */
export function makeLocales(
  files: Record<Language, Record<string, unknown>>,
  rewording: Rewording = new Map(),
): Locales {
  const sentences = Object.fromEntries(
    languages.map((language) => {
      const ours = rewording.get(language) ?? new Map<string, Sentence>()
      return [language, new Map<string, Sentence>([...sentencesOf(files[language]), ...ours])] as const
    }),
  ) as unknown as Sentences
  const templates = templatesOf(sentences)
  const keys = [...new Set(languages.flatMap((language) => [...sentences[language].keys()].map(stem)))].sort()
  const find = (language: Language, key: string) =>
    sentences[language].get(key) ?? sentences[language].get(`${key}_other`)
  return {
    t: (language, key, vars, dress) => {
      const wording = templates(language, key, countOf(vars))
      const text = dress ? dress(wording) : wording
      return vars === undefined || !text.includes('{') ? text : fill(text, vars)
    },
    has: (language, key) => find(language, key) !== undefined,
    keys: () => keys,
    certainty: (language, key) => find(language, key)?.certainty,
    reviewer: (language, key) => find(language, key)?.reviewer,
    wording: (language, key) => hashOfWords((find(language, key) ?? find(base, key))?.text ?? key),
    forms: (language, key) =>
      ['', '_one', '_other'].flatMap((form) => {
        const sentence = sentences[language].get(`${key}${form}`)
        return sentence ? [{ ...sentence, key: `${key}${form}` }] : []
      }),
  }
}

export type LiveLocales = Locales & {
  /** The sentences as they ship. */
  readonly shipped: Locales
  /** From here on these are said instead of those that ship; whatever was worded before and is not among them ships again. */
  reword(rewording: Rewording): void
}

/** Locales whose sentences change while the program runs; whoever holds them says the new ones at once. */
export function makeLiveLocales(files: Record<Language, Record<string, unknown>>): LiveLocales {
  const shipped = makeLocales(files)
  let now = shipped
  return {
    shipped,
    reword(rewording) {
      now = [...rewording.values()].some(({ size }) => size > 0) ? makeLocales(files, rewording) : shipped
    },
    t: (language, key, vars, dress) => now.t(language, key, vars, dress),
    has: (language, key) => now.has(language, key),
    keys: () => now.keys(),
    certainty: (language, key) => now.certainty(language, key),
    reviewer: (language, key) => now.reviewer(language, key),
    wording: (language, key) => now.wording(language, key),
    forms: (language, key) => now.forms(language, key),
  }
}

/**
 * Finds the wording by i18next: the language, else the French; the plural form of the count. Each is looked up once,
 * because a look-up costs i18next more than the whole rest of a sentence.
 */
function templatesOf(sentences: Sentences): (language: Language, key: string, count: number) => string {
  const i18next = dressed(sentences)
  const found = new Map<string, string>()
  const isCounted = new Set(
    languages.flatMap((each) => [...sentences[each].keys()].filter((key) => plural.test(key)).map(stem)),
  )
  return (language, key, count) => {
    const place = isCounted.has(key) ? `${language} ${key} ${Math.min(count, most)}` : `${language} ${key}`
    const known = found.get(place)
    if (known !== undefined) return known
    const text = i18next.t(key, { lng: language, count, skipInterpolation: true })
    // Keys that nobody wrote are not remembered, or a fault elsewhere would fill the memory.
    if (i18next.exists(key, { lng: language, count })) found.set(place, text)
    return text
  }
}

/** Above this all counts take the same form in the languages we speak. */
const most = 100

/** The number that chooses the plural form: {count}, or the {n} days of a request. */
function countOf(vars: Readonly<Record<string, string | number>> | undefined): number {
  const count = Number(vars?.['count'] ?? vars?.['n'] ?? most)
  return Number.isInteger(count) && count >= 0 ? count : most
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

/** A key that ends so is one form of a sentence; no other key may. */
const plural = /_(?:one|other)$/

function stem(key: string): string {
  return key.replace(plural, '')
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

/** By which a wording is known again. */
export function hashOfWords(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
