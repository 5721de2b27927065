/** What a text may turn out to be, and what a question expects. The matching order is that of domain notes 6.3. */
import type { Language } from '../../core/language.ts'
import type { Ask } from '../definition.ts'
import type { Answer } from '../session.ts'

/** Words that work in every step of every flow and lose nothing; they count as the whole message only. */
export const universals = [
  'menu',
  'back',
  'repeat',
  'change',
  'language',
  'help',
  /** "au secours", "n dɛmɛ", "help me": first asks whether there is danger. */
  'help_me',
  'person',
  'stop',
  'start',
  /** "je ne sais pas lire": sentences are said aloud from here on, where they were recorded. */
  'by_voice',
  'text_only',
  /** 00: quick exit. */
  'leave',
] as const
export type Universal = (typeof universals)[number]

/** What a question wants to hear, freed of the flow file. */
export type Expected = {
  readonly ask: Ask['ask']
  /** In the order shown; `label` in every language, so that a word of the label also means the choice. */
  readonly choices?: readonly {
    readonly value: string
    readonly words?: readonly string[]
    readonly labels: Readonly<Partial<Record<Language, string>>>
  }[]
  /** Only "1" or a clear yes means yes. */
  readonly strict: boolean
  readonly optional: boolean
}

export type Heard =
  /** `named`: the concept of the language that was named. */
  | { readonly is: 'universal'; readonly word: Universal; readonly named?: string }
  | { readonly is: 'answer'; readonly answer: Answer }
  /**
   * A fuzzy match: to be asked back, never taken. `text` is the word it looks like: heard in its place, it gives the
   * answer surely. `value` is the code of the choice, the id of the place, or the concept when nothing was expected.
   */
  | { readonly is: 'doubt'; readonly value: string; readonly text: string }
  | { readonly is: 'greeting'; readonly greeting: 'morning' | 'midday' | 'afternoon' | 'evening' | 'any' }
  /** `praise`: more was said than thanks. */
  | { readonly is: 'thanks'; readonly praise?: true }
  /** Yes, no, "ok" or a sign of them, and nothing else, where nothing that is open takes it. */
  | { readonly is: 'nod' }
  /** A word of the menu or of a need, outside what was expected: `followup`, `need`, `problem`, `health`, ... */
  | { readonly is: 'concept'; readonly concept: string }
  | { readonly is: 'nothing' }
