/** One piece of feedback in a list: what it is, what was said, where and when. */
import type { JSX } from 'preact'
import type { FeedbackLine } from '../../store/feedback.ts'
import type { PlaceName } from '../place-names.ts'
import type { Words } from '../words.ts'
import { Ago } from './bits.tsx'

type Props = {
  readonly words: Words
  readonly line: FeedbackLine
  readonly place?: PlaceName | undefined
}

/** What was said, or why nothing stands there. */
export function saidIn(words: Words, line: FeedbackLine): string {
  return line.text ?? words.t(line.readable ? 'feedback.no_words' : 'feedback.unread')
}

/** Kind, place, language and time in one line. */
export function FeedbackFacts({ words, line, place }: Props): JSX.Element {
  const { kind, region, language, at, elsewhere, organisation, request } = line
  return (
    <p class="feedback-facts">
      <span class="chip">{words.t(`feedback.${kind}`)}</span>
      {elsewhere ? (
        <span class="chip" dir="auto">
          {organisation ? words.t('feedback.about', { organisation }) : words.t('feedback.about_others')}
        </span>
      ) : null}
      {request ? <span class="chip">{words.t('feedback.raised_chip')}</span> : null}
      <span>
        {region ? (place?.(region) ?? region) : words.t('feedback.no_region')}
        {language ? ` · ${words.t(`language.${language}`)}` : ''} · <Ago words={words} at={at} />
      </span>
    </p>
  )
}
