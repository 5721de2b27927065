/** The surveys there are, in which versions; for administrators, the way to bring another one. */
import type { JSX } from 'preact'
import { exportFormats } from '../../core/data-export.ts'
import { type SurveyChange, type SurveyDefinition, surveyText } from '../../core/survey.ts'
import type { SurveyBook } from '../survey-load.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type SurveysProps = {
  readonly page: Page
  readonly rail: Rail
  readonly book: SurveyBook
  readonly names: ReadonlyMap<string, string>
  readonly brings: boolean
  readonly takes: boolean
  readonly fault?: string
  readonly done?: string
}

export function SurveysPage(props: SurveysProps): JSX.Element {
  const { page, rail, book, names, brings, takes, fault, done } = props
  const { words, token } = page
  return (
    <Sheet
      {...{ page, rail, title: words.t('survey.title'), icon: 'pen' as const }}
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      {book.current.map((it) => (
        <section key={it.survey} class="card">
          <h2>{surveyText(it.title, words.language)}</h2>
          <p>
            {words.t('survey.version', { n: it.version })} ·{' '}
            {words.t('survey.questions', { n: it.items.length })} ·{' '}
            {words.t(it.official ? 'survey.official' : 'survey.not_official')}
          </p>
          <ul class="plain">
            {book.brought
              .filter(({ definition }) => definition.survey === it.survey)
              .map(({ definition, staff, at }) => (
                <li key={definition.version}>
                  {words.t('survey.brought', {
                    ...{
                      n: definition.version,
                      by: names.get(staff) ?? words.t('event.nobody'),
                      at: words.exact(at),
                    },
                  })}
                </li>
              ))}
          </ul>
          {takes ? (
            <form method="post" action={`/console/surveys/${it.survey}/export`} class="choice">
              <Hidden fields={{ _csrf: token }} />
              <span>{words.t('survey.take')}</span>
              {exportFormats.map((format) => (
                <button key={format} type="submit" name="format" value={format} class="button button-small">
                  {format}
                  <span class="hidden"> {surveyText(it.title, words.language)}</span>
                </button>
              ))}
            </form>
          ) : null}
        </section>
      ))}
      {brings ? (
        <section class="card">
          <h2>{words.t('survey.bring')}</h2>
          <p class="quiet">{words.t('survey.bring_help')}</p>
          <form method="post" action="/console/surveys" encType="multipart/form-data" class="stack">
            <Hidden fields={{ _csrf: token }} />
            <label>
              {words.t('survey.file')}
              <input type="file" name="file" required accept=".json,application/json" />
            </label>
            <button type="submit" class="button button-main">
              {words.t('survey.compare')}
            </button>
          </form>
        </section>
      ) : null}
    </Sheet>
  )
}

type CompareProps = {
  readonly page: Page
  readonly rail: Rail
  readonly definition: SurveyDefinition
  readonly before?: SurveyDefinition
  readonly change?: SurveyChange
}

/** What differs, before anything is kept. */
export function SurveyComparePage({ page, rail, definition, before, change }: CompareProps): JSX.Element {
  const { words, token } = page
  const parts = (['added', 'removed', 'reworded', 'answers', 'weights'] as const).filter(
    (part) => (change?.[part].length ?? 0) > 0,
  )
  return (
    <Sheet {...{ page, rail, title: words.t('survey.compare'), icon: 'pen' }}>
      <section class="card">
        <h2>{surveyText(definition.title, words.language)}</h2>
        <p>
          {before
            ? words.t('survey.from_to', { from: before.version, to: definition.version })
            : words.t('survey.new')}{' '}
          · {words.t('survey.questions', { n: definition.items.length })}
        </p>
        <p class={definition.official ? 'mind' : 'quiet'}>
          {words.t(definition.official ? 'survey.official_help' : 'survey.not_official')}
        </p>
        <ul class="plain">
          {parts.map((part) => (
            <li key={part}>
              <strong>{words.t(`survey.differs.${part}`)}</strong> {change?.[part].join(', ')}
            </li>
          ))}
          {before && parts.length === 0 ? <li>{words.t('survey.same')}</li> : null}
        </ul>
        <form method="post" action="/console/surveys/keep" class="stack">
          <Hidden fields={{ _csrf: token, text: JSON.stringify(definition) }} />
          <label class="option">
            <input type="checkbox" name="sure" value="yes" required /> {words.t('survey.sure')}
          </label>
          <button type="submit" class="button button-main">
            {words.t('survey.keep')}
          </button>
        </form>
      </section>
    </Sheet>
  )
}
