/** The sentences of the product in every language, behind one function. */
import type { Language } from '../core/language.ts'

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
