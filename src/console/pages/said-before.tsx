/** What was said before it was corrected, under the wording that stands. */
import type { JSX } from 'preact'
import type { Said } from '../view.ts'
import type { Words } from '../words.ts'
import { firstWords } from './bits.tsx'

export function Before({ words, said: { before } }: { words: Words; said: Said }): JSX.Element | null {
  if (!before) return null
  return (
    <p class="said-before" dir="auto">
      {words.t('listening.before')} <del>{firstWords(words, before)}</del>
    </p>
  )
}
