/** What was said in a complaint without a name, and the box in which staff answer it: under its conversation, which is empty. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { lookQuery } from '../look.ts'
import { longestAnswer } from './answer-box.tsx'
import { Hidden } from './bits.tsx'
import type { FormProps } from './fold.tsx'

export function NamelessPart({ words, view, token, newKey, look }: FormProps): JSX.Element | null {
  const { nameless, row } = view.facts
  if (!nameless) return null
  return (
    <section class="nameless" aria-labelledby="nameless-title">
      <h2 id="nameless-title">{words.t('nameless.title')}</h2>
      <p class="quiet">{words.t('nameless.help')}</p>
      <ol class="plain">
        {nameless.map(({ id, by, name, text, at, readAt }) => (
          <li key={id} class={by === 'staff' ? 'nameless-ours' : 'nameless-theirs'}>
            <p class="quiet">
              {by === 'staff' ? (name ?? words.t('event.nobody')) : words.t('nameless.person')} ·{' '}
              {words.shortDay(at)}
            </p>
            <p class="said-text" dir="auto">
              {text ?? words.t('body.shut')}
            </p>
            {by === 'staff' ? (
              <p class="quiet">
                {readAt
                  ? words.t('nameless.read', { day: words.shortDay(readAt) })
                  : words.t('nameless.unread')}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
      {row.state === 'closed' ? null : (
        <form
          method="post"
          action={`/console/requests/${showReference(row.reference)}/answer-code${lookQuery(look)}`}
        >
          <Hidden fields={{ _csrf: token, once: newKey() }} />
          <label>
            {words.t('nameless.answer')}
            <textarea name="words" rows={3} required maxLength={longestAnswer} />
          </label>
          <button type="submit" class="button button-main">
            {words.t('nameless.send')}
          </button>
        </form>
      )}
    </section>
  )
}
