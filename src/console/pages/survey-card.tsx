/** What the surveys of a person came to, beside the first time; and the way to fill one in. */
import type { JSX } from 'preact'
import { type SurveyDefinition, surveyText } from '../../core/survey.ts'
import type { Reckoned } from '../../core/survey-score.ts'
import type { SurveyResult } from '../survey-load.ts'
import type { Words } from '../words.ts'
import { Table } from './figures.tsx'

type CardProps = {
  readonly words: Words
  readonly person: string
  readonly surveys: readonly SurveyDefinition[]
  readonly results: readonly SurveyResult[]
}

export function SurveysCard({ words, person, surveys, results }: CardProps): JSX.Element | null {
  if (surveys.length === 0) return null
  return (
    <section class="card">
      <h2>{words.t('survey.title')}</h2>
      {results.map((it) => (
        <Result key={it.definition.survey} words={words} it={it} />
      ))}
      {surveys.map(({ survey, title }) => (
        <p key={survey} class="no-print">
          <a class="button" href={`/console/people/${person}/survey/${survey}`}>
            {words.t('survey.fill', { title: surveyText(title, words.language) })}
          </a>
        </p>
      ))}
    </section>
  )
}

function Result({ words, it }: { words: Words; it: SurveyResult }): JSX.Element {
  const { definition, scored, baseline, day, rows } = it
  const name = (code: string | undefined) => {
    const text = definition.dimensions.find((one) => one.code === code)?.text
    return text ? surveyText(text, words.language) : words.t('survey.whole')
  }
  return (
    <>
      <Table
        caption={`${surveyText(definition.title, words.language)} · ${words.t(scored ? 'survey.score' : 'survey.indicative')}`}
        head={[
          words.t('survey.dimension'),
          ...(baseline ? [words.t('survey.first', { day: words.shortDay(baseline) })] : []),
          words.t('survey.last', { day: words.shortDay(day) }),
          ...(baseline ? [words.t('survey.change')] : []),
        ]}
        rows={rows.map(({ dimension, now, before }) => ({
          key: dimension ?? 'whole',
          name: name(dimension),
          cells: [
            ...(before ? [shown(words, before)] : []),
            shown(words, now),
            ...(before ? [changed(words, before, now)] : []),
          ],
        }))}
      />
      {scored ? null : <p class="quiet">{words.t('survey.no_weights')}</p>}
    </>
  )
}

/** Two digits behind the comma, as such means are written. */
function shown(words: Words, it: Reckoned): string {
  return it.is === 'score' ? decimal(words, it.value) : words.t(`survey.${it.is}`)
}

function changed(words: Words, before: Reckoned, now: Reckoned): string {
  if (before.is !== 'score' || now.is !== 'score') return '–'
  const change = now.value - before.value
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${decimal(words, Math.abs(change))}`
}

function decimal(words: Words, value: number): string {
  return value.toLocaleString(words.language === 'fr' ? 'fr-FR' : 'en-GB', {
    ...{ minimumFractionDigits: 2, maximumFractionDigits: 2 },
  })
}
