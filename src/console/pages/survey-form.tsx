/** A survey as it is filled in with somebody: a question, its answers in a row, by keyboard and on a phone. */
import type { JSX } from 'preact'
import { languages } from '../../core/language.ts'
import { type SurveyDefinition, type SurveyItem, silentAnswers, surveyText } from '../../core/survey.ts'
import type { Rail } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type FormProps = {
  readonly page: Page
  readonly rail: Rail
  readonly person: { readonly id: string; readonly name?: string }
  readonly definition: SurveyDefinition
  /** What was given before it was refused. */
  readonly given: Readonly<Record<string, string>>
  readonly once: string
  readonly fault?: string
}

/** The name of the field of a question. */
export const fieldOf = (code: string) => `a-${code}`

export function SurveyFormPage({
  page,
  rail,
  person,
  definition,
  given,
  once,
  fault,
}: FormProps): JSX.Element {
  const { words, token } = page
  return (
    <Sheet
      {...{ page, rail, title: words.t('survey.title'), icon: 'pen' as const }}
      {...(fault ? { fault } : {})}
    >
      <p class="sentence">{surveyText(definition.title, words.language)}</p>
      <p>
        <a href={`/console/people/${person.id}`} dir="auto">
          {person.name ?? words.t('person.unnamed')}
        </a>
      </p>
      {definition.official ? null : <p class="mind">{words.t('survey.not_official')}</p>}
      <form method="post" action={`/console/people/${person.id}/survey/${definition.survey}`}>
        <Hidden fields={{ _csrf: token, once, version: definition.version }} />
        <section class="card choice">
          <label>
            {words.t('survey.day')}
            <input
              type="date"
              name="day"
              required
              max={dayOf(words.now)}
              value={given['day'] ?? dayOf(words.now)}
            />
          </label>
          <label>
            {words.t('survey.mode')}
            <select name="mode">
              {(['interview', 'phone'] as const).map((mode) => (
                <option key={mode} value={mode} selected={given['mode'] === mode}>
                  {words.t(`survey.modes.${mode}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.t('survey.language')}
            <select name="language">
              {languages.map((language) => (
                <option key={language} value={language} selected={given['language'] === language}>
                  {words.t(`language.${language}`)}
                </option>
              ))}
            </select>
          </label>
        </section>
        {definition.dimensions.map(({ code, text }) => (
          <section key={code} class="card survey">
            <h2>{surveyText(text, words.language)}</h2>
            {definition.items
              .filter(({ dimension }) => dimension === code)
              .map((item) => (
                <Question key={item.code} words={words} item={item} given={given[fieldOf(item.code)]} />
              ))}
          </section>
        ))}
        <p>
          <button type="submit" class="button button-main">
            {words.t('survey.save')}
          </button>
        </p>
      </form>
    </Sheet>
  )
}

function Question({
  words,
  item,
  given,
}: {
  words: Words
  item: SurveyItem
  given: string | undefined
}): JSX.Element {
  const answers = [
    ...item.options.map(({ code, text }) => ({ code, text: surveyText(text, words.language) })),
    ...silentAnswers.map((code) => ({ code, text: words.t(`survey.${code}`) })),
  ]
  return (
    <fieldset class="survey-question">
      <legend>{surveyText(item.text, words.language)}</legend>
      <div class="survey-answers">
        {answers.map(({ code, text }) => (
          <label key={code}>
            <input type="radio" name={fieldOf(item.code)} value={code} checked={given === code} /> {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
