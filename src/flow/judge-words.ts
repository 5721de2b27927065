/** What somebody worded, held to what every sentence to people is held to. Says the first fault, or nothing. */
import type { Language } from '../core/language.ts'
import { numberIn, promiseIn, saysCall, sentenceLength } from './wording.ts'

export type WordFault = {
  readonly fault: 'empty' | 'long' | 'label' | 'signs' | 'fields' | 'promise' | 'call' | 'number'
  readonly what?: string
}

/** A button shows so much of a choice, its number included. */
export const labelLength = 36

/**
 * `shipped` is the same sentence as it ships: its fields are filled in by the machine, no more and no fewer; and only what
 * ships behind a question for the duty list may say that somebody calls.
 */
export function judgeWords(
  language: Language,
  text: string,
  shipped: { readonly text: string; readonly saysCall: boolean; readonly isLabel: boolean },
): WordFault | undefined {
  if (text === '') return { fault: 'empty' }
  if (text.length > sentenceLength) return { fault: 'long', what: String(text.length) }
  if (shipped.isLabel && [...text].length > labelLength) return { fault: 'label', what: String(labelLength) }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u0009\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text))
    return { fault: 'signs' }
  const [ours, theirs] = [fieldsOf(text), fieldsOf(shipped.text)]
  const wrong = [
    ...ours.filter((one) => !theirs.includes(one)),
    ...theirs.filter((one) => !ours.includes(one)),
  ]
  if (wrong.length > 0 || /[{}]/.test(text.replace(/\{\w+\}/g, ''))) {
    return { fault: 'fields', what: theirs.map((one) => `{${one}}`).join(' ') || '∅' }
  }
  const promise = promiseIn(language, text)
  if (promise !== undefined) return { fault: 'promise', what: promise }
  if (saysCall(language, text) && !shipped.saysCall) return { fault: 'call' }
  const number = numberIn(text)
  return number === undefined ? undefined : { fault: 'number', what: number }
}

export function fieldsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort()
}
