/** How the person is reached without harm: first on the facts panel, edited there, and above the answer box. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { type SafeContact, safeWays, type WorkerSex, workerSexes } from '../../core/safe-contact.ts'
import { longestSafeLine, longestSafeNote } from '../acts/safe-contact.ts'
import type { Facts } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'

/** What a form in a live panel is made with. */
export type PanelForm = { readonly token: string; readonly newKey: () => string; readonly lookQuery: string }

/** Beside a request; of nobody known there is none. */
export function SafeContactPart(props: { words: Words; facts: Facts; form: PanelForm }): JSX.Element | null {
  const { words, facts, form } = props
  if (!facts.person) return null
  return (
    <SafeContactBox
      words={words}
      safe={facts.person.safeContact}
      prefers={facts.person.prefers}
      action={`/console/requests/${showReference(facts.row.reference)}/safe-contact${form.lookQuery}`}
      fields={{ _csrf: form.token, once: form.newKey() }}
    />
  )
}

type BoxProps = {
  readonly words: Words
  readonly safe: SafeContact | undefined
  readonly prefers: WorkerSex | undefined
  readonly action: string
  readonly fields: Readonly<Record<string, string | number>>
}

/** What is known, and the form that changes it. */
export function SafeContactBox(props: BoxProps): JSX.Element {
  const { words, safe, prefers } = props
  return (
    <section class={safe || prefers ? 'safe safe-known' : 'safe'} aria-labelledby="safe-title">
      <h3 id="safe-title">
        <Icon name="shield" />
        {words.t('box.safe_title')}
      </h3>
      {safe ? <Known words={words} safe={safe} /> : <p class="quiet">{words.t('box.safe_none')}</p>}
      {prefers ? <p>{words.t('box.worker_is', { worker: words.t(`box.worker_${prefers}`) })}</p> : null}
      <Edit {...props} />
    </section>
  )
}

/** What is known, before somebody writes; nothing where nothing is. */
export function SafeNote({ words, safe }: Pick<BoxProps, 'words' | 'safe'>): JSX.Element | null {
  if (!safe) return null
  return (
    <section class="safe safe-known" aria-labelledby="safe-title">
      <h3 id="safe-title">
        <Icon name="shield" />
        {words.t('box.safe_title')}
      </h3>
      <Known words={words} safe={safe} />
    </section>
  )
}

function Known({ words, safe }: { words: Words; safe: SafeContact }): JSX.Element {
  return (
    <>
      <p>
        <strong>{words.t(`box.way_${safe.way}`)}</strong>
      </p>
      {safe.hours ? <p dir="auto">{words.t('box.safe_hours_are', { hours: safe.hours })}</p> : null}
      {safe.who ? <p dir="auto">{words.t('box.safe_who_is', { who: safe.who })}</p> : null}
      {safe.note ? (
        <p class="quote" dir="auto">
          {safe.note}
        </p>
      ) : null}
    </>
  )
}

function Edit({ words, safe, prefers, action, fields }: BoxProps): JSX.Element {
  return (
    <details class="safe-edit">
      <summary>{words.t(safe ? 'box.safe_change' : 'box.safe_write')}</summary>
      <form method="post" action={action}>
        <Hidden fields={fields} />
        <label>
          {words.t('box.safe_way')}
          <select name="way">
            {safeWays.map((way) => (
              <option key={way} value={way} selected={way === (safe?.way ?? 'any')}>
                {words.t(`box.way_${way}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('box.worker')}
          <select name="worker">
            <option value="">{words.t('box.worker_any')}</option>
            {workerSexes.map((sex) => (
              <option key={sex} value={sex} selected={sex === prefers}>
                {words.t(`box.worker_${sex}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('box.safe_hours')}
          <input name="hours" maxLength={longestSafeLine} value={safe?.hours ?? ''} />
        </label>
        <label>
          {words.t('box.safe_who')}
          <input name="who" maxLength={longestSafeLine} value={safe?.who ?? ''} />
        </label>
        <label>
          {words.t('box.safe_note')}
          <textarea name="note" rows={2} maxLength={longestSafeNote}>
            {safe?.note ?? ''}
          </textarea>
          <small>{words.t('box.safe_seen')}</small>
        </label>
        <button type="submit" class="button button-main">
          {words.t('acts.record')}
        </button>
      </form>
    </details>
  )
}

/** The same in one line, for whoever is about to write. */
export function safeLine(words: Words, safe: SafeContact): string {
  const parts = [
    safe.way === 'any' ? undefined : words.t(`box.way_${safe.way}`),
    safe.hours && words.t('box.safe_hours_are', { hours: safe.hours }),
    safe.who && words.t('box.safe_who_is', { who: safe.who }),
    safe.note,
  ]
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}
