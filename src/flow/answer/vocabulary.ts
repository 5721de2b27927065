/** The words people use, folded and indexed once at start. */
import type { Danger } from '../../core/danger.ts'
import type { Language } from '../../core/language.ts'
import type { Place } from '../../core/place.ts'
import type { Expected, Heard } from './heard.ts'

/** What understanding a text needs; pure and shared by all turns. */
export type Vocabulary = {
  /** Reads a text against an open question, or against nothing when none is open. Order: domain notes 6.3. */
  hear(text: string, expected: Expected | undefined, language: Language, now: Date): Heard
  /** The gravest danger phrase in a text, if any; whole words, exact after folding. */
  danger(text: string): Danger | undefined
  /** The language a text seems to be in; `other` for another script or none of the three, undefined when unsure. */
  guessLanguage(text: string): Language | 'other' | undefined
  /** ISO 15924 code of the script. */
  script(text: string): 'Latn' | 'Arab' | 'Nkoo' | 'Tfng' | 'Zyyy'
  /** The region and cercle that a text names, old names and misspellings included. */
  place(text: string): Place | undefined
}
