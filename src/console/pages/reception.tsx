/** The desk at the door: who is there, and what they want. */
import type { JSX } from 'preact'
import { type Language, languages } from '../../core/language.ts'
import { needCategories, urgencies } from '../../core/need.ts'
import type { RequestKind } from '../../core/request.ts'
import type { PersonFacts } from '../../store/person.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

/** How it reached us. */
export const hows = ['came', 'called', 'box', 'relative'] as const

const families = {
  requests: [
    ...(['request.followup', 'request.need', 'request.info', 'request.person'] as const),
    ...(['request.contact_change', 'request.data'] as const),
  ],
  complaints: [
    ...(['complaint.service', 'complaint.eligibility', 'complaint.staff_conduct'] as const),
    ...(['complaint.fraud', 'complaint.sea', 'complaint.data_breach'] as const),
  ],
  protection: [
    ...(['protection.gbv', 'protection.trafficking', 'protection.child'] as const),
    ...(['protection.suicide', 'security.threat'] as const),
  ],
} as const satisfies Record<string, readonly RequestKind[]>

/** What may be opened at the door. */
export const receptionKinds = [...families.requests, ...families.complaints, ...families.protection] as const

type Form = {
  /** What was typed in a form that could not be taken. */
  readonly filled: Readonly<Record<string, string>>
  readonly person?: PersonFacts
  /** The notice, sentence by sentence, to be read out. */
  readonly notice: readonly Readonly<Record<string, string>>[]
  readonly once: string
  /** Known people with the phone that was typed. */
  readonly same: readonly PersonFacts[]
}

type Props = { page: Page; rail: Rail; form: Form; fault?: string }

export function ReceptionPage({ page, rail, form, fault }: Props): JSX.Element {
  const { words } = page
  const { filled, person } = form
  return (
    <Frame
      page={page}
      title={words.t('reception.title')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'hand', text: words.t('reception.title') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('reception.title')}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {form.same.length > 0 ? (
          <ul class="plain">
            {form.same.map((one) => (
              <li key={one.id}>
                <a href={`/console/reception?person=${one.id}`} dir="auto">
                  {one.name ?? words.t('person.unnamed')}
                  {one.caseNumber ? ` · ${one.caseNumber}` : ''}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
        <form method="post" action="/console/reception">
          <Hidden
            fields={{
              ...{ _csrf: page.token, once: form.once },
              ...(person ? { person: person.id } : {}),
              ...(form.same.length > 0 ? { other: 'yes' } : {}),
            }}
          />
          <div class="columns">
            <section class="card stack">
              <h2>{words.t('reception.who')}</h2>
              {person ? (
                <p dir="auto">
                  <strong>{person.name ?? words.t('person.unnamed')}</strong>{' '}
                  <a href="/console/reception">{words.t('reception.somebody_else')}</a>
                </p>
              ) : (
                <WhoFields words={words} filled={filled} />
              )}
              <Consent words={words} form={form} />
            </section>
            <section class="card stack">
              <h2>{words.t('reception.what')}</h2>
              <WhatFields words={words} filled={filled} />
              <button type="submit" class="button button-main">
                {words.t('reception.open')}
              </button>
            </section>
          </div>
        </form>
      </div>
    </Frame>
  )
}

type FieldProps = { words: Words; filled: Form['filled'] }

function WhoFields({ words, filled }: FieldProps): JSX.Element {
  return (
    <>
      <p class="quiet">{words.t('reception.find_first')}</p>
      {(['name', 'phone', 'place'] as const).map((field) => (
        <label key={field}>
          {words.t(`reception.${field}`)}
          <input
            name={field}
            maxLength={200}
            autocomplete="off"
            value={filled[field] ?? ''}
            {...(field === 'phone' ? { inputMode: 'tel' as const } : { dir: 'auto' as const })}
          />
        </label>
      ))}
    </>
  )
}

/** The notice is read out in their language; what they answer is recorded with who heard it. */
function Consent({ words, form }: { words: Words; form: Form }): JSX.Element {
  const { filled, person, notice } = form
  const chosen = filled['consent'] ?? (person ? 'known' : '')
  const answers = person ? (['known', 'given', 'refused'] as const) : (['given', 'refused'] as const)
  return (
    <>
      <Choice
        words={words}
        name="language"
        label="reception.language"
        values={languages}
        text={(language) => words.t(`language.${language}`)}
        chosen={filled['language'] ?? person?.language ?? 'bm'}
      />
      <details>
        <summary>{words.t('reception.read_out')}</summary>
        {languages.map((language: Language) => (
          <p key={language} lang={language}>
            {notice.map((sentence) => sentence[language]).join(' ')}
          </p>
        ))}
      </details>
      <fieldset>
        <legend>{words.t('reception.consent')}</legend>
        {answers.map((answer) => (
          <label key={answer} class="radio">
            <input type="radio" name="consent" value={answer} required checked={chosen === answer} />
            {words.t(`reception.consent_${answer}`)}
          </label>
        ))}
      </fieldset>
    </>
  )
}

function WhatFields({ words, filled }: FieldProps): JSX.Element {
  return (
    <>
      <Choice
        words={words}
        name="how"
        label="reception.how_title"
        values={hows}
        text={(how) => words.t(`reception.how.${how}`)}
        chosen={filled['how']}
      />
      <label>
        {words.t('reception.kind')}
        <select name="kind">
          {Object.entries(families).map(([family, kinds]) => (
            <optgroup key={family} label={words.t(`reception.${family}`)}>
              {kinds.map((kind) => (
                <option key={kind} value={kind} selected={filled['kind'] === kind}>
                  {words.any(`taxonomy.${kind}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <small>{words.t('reception.kind_help')}</small>
      </label>
      <Choice
        words={words}
        name="category"
        label="reception.category"
        values={needCategories}
        text={(category) => words.t(`need.${category}`)}
        chosen={filled['category']}
        none="reception.no_need"
      />
      <Choice
        words={words}
        name="urgency"
        label="reception.urgency"
        values={urgencies}
        text={(urgency) => words.t(`urgency.${urgency}`)}
        chosen={filled['urgency']}
        none="reception.not_said"
      />
      <label>
        {words.t('reception.text')}
        <textarea name="text" rows={5} required dir="auto">
          {filled['text'] ?? ''}
        </textarea>
        <small>{words.t('reception.text_help')}</small>
      </label>
    </>
  )
}

type ChoiceProps<T extends string> = {
  words: Words
  name: string
  label: string
  values: readonly T[]
  text: (value: T) => string
  chosen: string | undefined
  none?: string
}

function Choice<T extends string>({
  words,
  name,
  label,
  values,
  text,
  chosen,
  none,
}: ChoiceProps<T>): JSX.Element {
  return (
    <label>
      {words.t(label)}
      <select name={name}>
        {none ? <option value="">{words.t(none)}</option> : null}
        {values.map((value) => (
          <option key={value} value={value} selected={chosen === value}>
            {text(value)}
          </option>
        ))}
      </select>
    </label>
  )
}
