/** Who worded and recorded a sentence, and when; and the way back to what was said before. */
import type { JSX } from 'preact'
import { length } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { SentenceProps } from './studio-props.ts'

export function SentenceHistory({
  page,
  sentence,
  language,
  may,
  newKey,
}: SentenceProps): JSX.Element | null {
  const { words, token } = page
  const wordings = sentence.wordings.filter((one) => one.language === language)
  const clips = sentence.clips.filter((one) => one.language === language)
  if (wordings.length + clips.length === 0) return null
  const side = sentence.sides.find((one) => one.language === language)
  const numberOf = (key: string) => side?.forms.find((one) => one.key === key)?.number ?? 0
  const restore = (form: string, version: number) =>
    may.word ? (
      <form method="post" action={`/console/studio/${sentence.key}/restore`}>
        <Hidden fields={{ _csrf: token, once: newKey(), language, form, number: numberOf(form), version }} />
        <button type="submit" class="button button-small">
          {words.t('studio.say_again')}
        </button>
      </form>
    ) : null
  return (
    <section class="card">
      <h2>{words.t('studio.history')}</h2>
      <ol class="plain studio-history">
        {wordings.map((one) => (
          <li key={`${one.key} ${one.number}`}>
            <span>
              <strong>{one.by}</strong> · <Ago words={words} at={one.at} />
              {one.reviewer ? ` · ${words.t('studio.reviewed_by', { name: one.reviewer, day: '' })}` : ''}
            </span>
            <q lang={language} dir="auto">
              {one.text ?? words.t('studio.what_ships')}
            </q>
            {one.number === numberOf(one.key) ? null : restore(one.key, one.number)}
          </li>
        ))}
        {(side?.forms ?? [])
          .filter((form) => form.shipped !== undefined)
          .map((form) => (
            <li key={`${form.key} shipped`}>
              <strong>{words.t('studio.what_ships')}</strong>
              <q lang={language} dir="auto">
                {form.shipped}
              </q>
              {restore(form.key, 0)}
            </li>
          ))}
        {clips.map((one) => (
          <li key={one.media + one.at.getTime()}>
            <span>
              <strong>{one.by}</strong> · <Ago words={words} at={one.at} /> ·{' '}
              {one.gone
                ? words.t('studio.was_silenced')
                : words.t('studio.was_recorded', { length: length(one.seconds) })}
            </span>
            {one.gone ? null : (
              <a href={`/console/studio/clips/${one.media}`} download={`${one.saying}.${language}.ogg`}>
                {words.t('studio.download')}
              </a>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
