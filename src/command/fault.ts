/** A failure told at the keyboard: its sentence in English, and the facts that help to mend it. */
import type { Failure } from '../failure.ts'
import { readShelf } from '../shelf.ts'
import { makeLocales } from '../text/locale.ts'

export function failureSentence(failure: Failure): string {
  const sentence = makeLocales(readShelf().locales).t('en', `failure.${failure.code.replace(':', '.')}`)
  const facts = Object.entries(failure.facts).map(([name, value]) => `  ${name}: ${String(value)}`)
  return [sentence, ...facts].join('\n')
}
