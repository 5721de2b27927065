/** Who answers for a child: what they said, to whom and how, and the form that writes it down. */
import type { JSX } from 'preact'
import { type GuardianWord, guardianMedia, kins } from '../../core/guardian.ts'
import type { ConsentFacts } from '../../store/person.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PersonForms } from './person-forms.tsx'

/** Of grown-ups nothing is shown, unless somebody once answered for them. */
export function GuardianBox(props: PersonForms): JSX.Element | null {
  const { page, view } = props
  const { words } = page
  const said = view.consents.find(({ item }) => item === 'guardian')
  if (!view.person.minor && !view.saidChild && !said) return null
  return (
    <section id="guardian" class="safe" aria-labelledby="guardian-title">
      <h3 id="guardian-title">
        <Icon name="shield" />
        {words.t('guardian.title')}
      </h3>
      {said?.guardian ? (
        <Said words={words} said={said} word={said.guardian} by={view.guardianHeardBy} />
      ) : (
        <p class="quiet">{words.t('guardian.none')}</p>
      )}
      <Answer {...props} said={said} />
    </section>
  )
}

function Said({
  words,
  said,
  word,
  by,
}: {
  words: Words
  said: ConsentFacts
  word: GuardianWord
  by: string | undefined
}): JSX.Element {
  const answer = words.t(`consent.${said.answer}`)
  return (
    <>
      <p>
        {words.t('guardian.said', {
          ...{ kin: words.t(`guardian.kin.${word.kin}`), how: words.t(`guardian.${word.medium}`), answer },
        })}{' '}
        <small>
          {by === undefined ? '' : `${words.t('guardian.noted', { by })}, `}
          <Ago words={words} at={said.at} />
        </small>
      </p>
      <p class={said.answer === 'given' ? 'quiet' : 'mind'}>
        {words.t(said.answer === 'given' ? 'guardian.open' : 'guardian.shut')}
      </p>
    </>
  )
}

function Answer({
  page,
  view,
  newKey,
  said,
}: PersonForms & { said: ConsentFacts | undefined }): JSX.Element | null {
  const { words } = page
  const { id, version } = view.person
  const minor = view.person.minor || view.saidChild
  const given = said?.answer === 'given'
  const answers = [
    ...(minor && !given ? (['given', 'refused'] as const) : []),
    ...(given ? (['withdrawn'] as const) : []),
  ]
  if (answers.length === 0) return null
  return (
    <details class="safe-edit">
      <summary>{words.t(said ? 'guardian.again' : 'guardian.write')}</summary>
      <form method="post" action={`/console/people/${id}/guardian`}>
        <Hidden fields={{ _csrf: page.token, once: newKey(), version }} />
        {given ? null : (
          <p>
            {words.t('guardian.read')} <q lang={view.person.language ?? 'fr'}>{view.readToGuardian}</q>
          </p>
        )}
        <Choose
          words={words}
          label="guardian.who"
          name="kin"
          options={kins.map((kin) => [kin, `guardian.kin.${kin}`])}
        />
        <Choose
          words={words}
          label="guardian.how"
          name="medium"
          options={guardianMedia.map((it) => [it, `guardian.${it}`])}
        />
        <Choose
          words={words}
          label="guardian.answer"
          name="answer"
          options={answers.map((it) => [it, `guardian.${it}`])}
        />
        <button type="submit" class="button button-main">
          {words.t('acts.record')}
        </button>
      </form>
    </details>
  )
}

function Choose<T extends string>({
  words,
  name,
  label,
  options,
}: {
  words: Words
  name: string
  label: string
  options: readonly (readonly [T, string])[]
}): JSX.Element {
  return (
    <label>
      {words.t(label)}
      <select name={name} required>
        <option value="" />
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {words.t(text)}
          </option>
        ))}
      </select>
    </label>
  )
}
