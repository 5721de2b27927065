/** The acts of staff in one calm row: those of every day open in place, the others wait under one word. Each says its verb. */
import type { JSX } from 'preact'
import { needResults } from '../../core/need.ts'
import { showReference } from '../../core/reference.ts'
import { outcomes } from '../../core/request.ts'
import { lookQuery } from '../look.ts'
import { ActForm, Fold, type FormProps, Reason } from './fold.tsx'
import { Icon } from './icon.tsx'
import { offeredActs } from './opened-acts.tsx'
import { JoinedPart, WakeForm } from './sharing-forms.tsx'

/** Everything the reader may do with this request besides answering. */
export function ActForms(props: FormProps): JSX.Element {
  const { words, view } = props
  const { allowed } = view
  return (
    <section class="acts" aria-label={words.t('acts.title')}>
      {allowed.take ? (
        <ActForm {...props} act="take">
          <button type="submit" class="button button-main">
            <Icon name="take" />
            {words.t('acts.take')}
          </button>
        </ActForm>
      ) : null}
      {allowed.reopen ? (
        <ActForm {...props} act="reopen">
          <button type="submit" class="button button-main">
            <Icon name="again" />
            {words.t('acts.reopen')}
          </button>
        </ActForm>
      ) : null}
      <MatchLink {...props} />
      {allowed.close ? <Close {...props} /> : null}
      {allowed.note ? <NoteForm {...props} /> : null}
      <OtherActs {...props} />
      <WakeForm {...props} />
      <JoinedPart {...props} />
    </section>
  )
}

/** Links to forms that are fetched when somebody wants one; with scripts off each leads to a page of its own. */
function OtherActs({ words, view, look }: FormProps): JSX.Element | null {
  const offered = offeredActs(view)
  if (offered.length === 0) return null
  const base = `/console/requests/${showReference(view.facts.row.reference)}`
  return (
    <details class="fold" name="acts">
      <summary class="button">{words.t('act.others')}</summary>
      <div class="fold-body">
        <ul class="act-menu">
          {offered.map(([name, { icon, label }]) => {
            const href = `${base}/${name}${lookQuery(look)}`
            return (
              <li key={name}>
                <a href={href} hx-get={href} hx-target="#act">
                  <Icon name={icon} />
                  {words.t(label)}
                </a>
              </li>
            )
          })}
        </ul>
        <div id="act" hx-morph-skip="true" />
      </div>
    </details>
  )
}

/** Who somebody is, is decided on a page of its own. */
function MatchLink({ words, view }: FormProps): JSX.Element | null {
  const { kind, reference } = view.facts.row
  if (kind !== 'request.identity' && kind !== 'request.contact_change') return null
  return (
    <a class="button button-main" href={`/console/requests/${showReference(reference)}/identity`}>
      <Icon name="person" />
      {words.t(kind === 'request.identity' ? 'match.open' : 'match.open_change')}
    </a>
  )
}

function Close(props: FormProps): JSX.Element {
  const { words, view } = props
  const { row, needs } = view.facts
  const owesResult = row.kind === 'request.need' && (needs.length === 0 || needs.some((need) => !need.result))
  return (
    <Fold {...props} act="close" icon="close" label={words.t('acts.close')}>
      <label>
        {words.t('acts.outcome')}
        <select name="outcome" required>
          <option value="">{words.t('acts.choose')}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {words.t(`outcome.${outcome}`)}
            </option>
          ))}
        </select>
      </label>
      {owesResult ? (
        <label>
          {words.t('acts.need_result')}
          <select name="needResult" required>
            <option value="">{words.t('acts.choose')}</option>
            {needResults.map((result) => (
              <option key={result} value={result}>
                {words.t(`result.${result}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <Reason words={words} label={words.t('acts.note')} required={false} />
      <button type="submit" class="button button-main">
        {words.t('acts.close')}
      </button>
    </Fold>
  )
}

function NoteForm(props: FormProps): JSX.Element {
  const { words, view } = props
  return (
    <Fold {...props} act="note" icon="lock" label={words.t('acts.write_note')}>
      <div data-mention={`/console/requests/${showReference(view.facts.row.reference)}/colleagues`}>
        <Reason words={words} label={words.t('acts.note_text')} required={true} />
      </div>
      <p class="quiet">{words.t('for_me.how')}</p>
      <button type="submit" class="button button-main">
        {words.t('acts.record')}
      </button>
    </Fold>
  )
}
