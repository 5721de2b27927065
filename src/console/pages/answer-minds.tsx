/** What to mind in the words themselves: refetched with every save of a draft, while one writes. */
import type { JSX } from 'preact'
import type { Words } from '../words.ts'
import { Mind } from './answer-how.tsx'
import { Hidden } from './bits.tsx'

type MindsProps = {
  readonly words: Words
  readonly promises: readonly string[]
  /** What to say of the draft that was just kept. */
  readonly kept?: string
}

/** `promises` are the writer's own words; the form carries them, so that what was told once is not told again. */
export function AnswerMinds({ words, promises, kept }: MindsProps): JSX.Element {
  return (
    <p class="answer-how" id="answer-minds" aria-live="polite" data-kept={kept}>
      {promises.map((promise) => (
        <Mind key={promise} icon="late" text={words.t('box.promise', { promise })} />
      ))}
      <Hidden fields={{ minded: promises.join('\n') }} />
    </p>
  )
}
