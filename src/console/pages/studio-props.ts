/** What the page of a sentence is made of. */
import type { Language } from '../../core/language.ts'
import type { Sentence } from '../studio.ts'
import type { Rail } from '../view.ts'
import type { Page } from './frame.tsx'

/** What somebody was writing when it was not taken. */
export type Draft = {
  readonly language: Language
  readonly form: string
  readonly text: string
  readonly certainty: string
  readonly reviewed?: 'yes'
}

export type SentenceProps = {
  readonly page: Page
  readonly rail: Rail
  readonly sentence: Sentence
  /** The language in hand. */
  readonly language: Language
  readonly may: { readonly word: boolean; readonly record: boolean; readonly review: boolean }
  readonly newKey: () => string
  readonly done: boolean
  readonly fault?: string
  readonly draft?: Draft
}
