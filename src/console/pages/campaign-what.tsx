/** What a campaign says: three languages side by side, its one question, and the sentence that is always there. */
import type { JSX } from 'preact'
import { fewestChoices, longestText, mostChoices } from '../../core/campaign.ts'
import { type Language, languages } from '../../core/language.ts'
import { choiceField, type Fields, fieldOf } from '../campaign-form.ts'
import type { Words } from '../words.ts'
import { Icon } from './icon.tsx'

type Props = {
  readonly words: Words
  readonly fields: Fields
  readonly free: Readonly<Record<string, string>>
  readonly surveys: readonly { readonly flow: string; readonly name: string }[]
  readonly action: string
}

export function WhatStep({ words, fields, free, surveys, action }: Props): JSX.Element {
  const sensitive = fieldOf(fields, 'sensitive') !== ''
  const asks = fieldOf(fields, 'ask') !== ''
  return (
    <section class="card" aria-labelledby="step-what">
      <h2 id="step-what">{words.t('campaign.step.what')}</h2>
      <p class="quiet">{words.t('campaign.fields', { name: '{name}', office: '{office}' })}</p>
      <div class="campaign-texts">
        {languages.map((language) => (
          <Text key={language} {...{ words, fields, free, action, language }} />
        ))}
      </div>
      <p>
        <a href={`${action}/media`}>{words.t('campaign_media.link')}</a>
      </p>
      <label class="option">
        <input type="checkbox" name="guarded" checked={fieldOf(fields, 'guarded') !== ''} />
        {words.t('campaign.guarded')}
      </label>
      <label class="option">
        <input type="checkbox" name="sensitive" checked={sensitive} />
        {words.t('campaign.sensitive')}
      </label>
      <details class="campaign-more" open={sensitive}>
        <summary>{words.t('campaign.neutral')}</summary>
        <p class="quiet">{words.t('campaign.neutral_help')}</p>
        <div class="campaign-texts">
          {languages.map((language) => (
            <label key={language}>
              {words.t(`language.${language}`)}
              <textarea
                name={`neutral_${language}`}
                rows={3}
                lang={language}
                dir="auto"
                maxLength={longestText}
              >
                {fieldOf(fields, `neutral_${language}`)}
              </textarea>
            </label>
          ))}
        </div>
      </details>
      <label class="option">
        <input type="checkbox" name="ask" checked={asks} />
        {words.t('campaign.ask')}
      </label>
      <details class="campaign-more" open={asks}>
        <summary>{words.t('campaign.choices', { fewest: fewestChoices, most: mostChoices })}</summary>
        <p class="quiet">{words.t('campaign.choices_help')}</p>
        {Array.from({ length: mostChoices }, (_, index) => (
          <fieldset key={choiceField(index, 'fr')} class="campaign-texts">
            <legend>{words.t('campaign.choice', { n: index + 1 })}</legend>
            {languages.map((language) => (
              <label key={language}>
                {words.t(`language.${language}`)}
                <input
                  name={choiceField(index, language)}
                  maxLength={80}
                  lang={language}
                  dir="auto"
                  value={fieldOf(fields, choiceField(index, language))}
                />
              </label>
            ))}
          </fieldset>
        ))}
      </details>
      {surveys.length === 0 ? null : (
        <label>
          {words.t('campaign.survey')}
          <select name="survey">
            <option value="">{words.t('campaign.no_survey')}</option>
            {surveys.map(({ flow, name }) => (
              <option key={flow} value={flow} selected={flow === fieldOf(fields, 'survey')}>
                {name}
              </option>
            ))}
          </select>
          <small class="quiet">{words.t('campaign.survey_help')}</small>
        </label>
      )}
    </section>
  )
}

function Text({
  words,
  fields,
  free,
  action,
  language,
}: Omit<Props, 'surveys'> & { language: Language }): JSX.Element {
  const text = fieldOf(fields, `text_${language}`)
  const field = `text-${language}`
  return (
    <div class="campaign-text">
      <label for={field}>{words.t(`language.${language}`)}</label>
      <textarea
        id={field}
        name={`text_${language}`}
        rows={8}
        lang={language}
        dir="auto"
        aria-describedby={`${field}-length`}
        data-length={words.t('campaign.length', { n: '{n}', most: longestText, bytes: '{bytes}' })}
        data-most={longestText}
      >
        {text}
      </textarea>
      <small id={`${field}-length`}>
        {words.t('campaign.length', {
          n: text.length,
          most: longestText,
          bytes: sizeOf(text, free[language]),
        })}
      </small>
      <small class="campaign-free" lang={language}>
        {free[language]}
      </small>
      <button
        type="submit"
        class="button button-small"
        formAction={`${action}/try`}
        name="language"
        value={language}
      >
        <Icon name="sending" />
        {words.t('campaign.try')}
      </button>
    </div>
  )
}

/** What one message weighs on the way; letters of Bambara weigh two. */
function sizeOf(text: string, free = ''): number {
  return Buffer.byteLength(`${text}\n\n${free}`)
}
