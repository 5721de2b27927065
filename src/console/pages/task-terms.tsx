/** The terms that tasks follow from, in days, each with where its default comes from. */
import type { JSX } from 'preact'
import { type TaskTerms, termOrigins, usualTerms } from '../../core/task.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type TermsProps = {
  readonly page: Page
  readonly rail: Rail
  readonly terms: TaskTerms
  /** The reader may change them. */
  readonly sets: boolean
  readonly fault?: string
  readonly done?: string
}

const names = Object.keys(usualTerms) as (keyof TaskTerms)[]

export function TaskTermsPage({ page, rail, terms, sets, fault, done }: TermsProps): JSX.Element {
  const { words, token } = page
  const shown = (value: number | readonly number[]) => [value].flat().join(', ')
  return (
    <Sheet
      {...{ page, rail, title: words.t('task.terms'), icon: 'checks' as const }}
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      <p class="quiet">{words.t('task.terms_help')}</p>
      <form method="post" action="/console/tasks/terms" class="card stack">
        <Hidden fields={{ _csrf: token }} />
        {names.map((name) => (
          <label key={name}>
            {words.t(`task.term.${name}`)}
            <input
              name={name}
              required
              disabled={!sets}
              maxLength={80}
              inputMode={name === 'visits' ? 'text' : 'numeric'}
              value={shown(terms[name])}
            />
            <small>
              {words.t('task.usual', { days: shown(usualTerms[name]) })}{' '}
              {words.t(`task.origin.${termOrigins[name]}`)}
            </small>
          </label>
        ))}
        {sets ? (
          <button type="submit" class="button button-main">
            {words.t('task.save')}
          </button>
        ) : null}
      </form>
    </Sheet>
  )
}
