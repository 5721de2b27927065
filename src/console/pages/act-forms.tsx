/** The acts of staff as small forms in a row of buttons; each opens in place, works with scripts off, and says its verb. */
import type { JSX } from 'preact'
import { needResults } from '../../core/need.ts'
import { type QueueKey, queueKeys, queueOf } from '../../core/queue.ts'
import { showReference } from '../../core/reference.ts'
import { outcomes, type Priority, type RequestKind } from '../../core/request.ts'
import { isGuarded } from '../allowed.ts'
import { longestNote } from '../form.ts'
import type { RequestView } from '../view.ts'
import type { Words } from '../words.ts'
import { ActForm, Fold, type FormProps } from './fold.tsx'
import { Icon } from './icon.tsx'
import { colleagueName } from './sharing-fields.tsx'
import { AssignForm, MergeForms, SnoozeForms } from './sharing-forms.tsx'
import { SortForm } from './sort-form.tsx'

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
      <AssignForm {...props} />
      {allowed.handOver ? <HandOver {...props} /> : null}
      <SnoozeForms {...props} />
      <MergeForms {...props} />
      {allowed.close ? <Close {...props} /> : null}
      {allowed.attempt ? <Attempt {...props} /> : null}
      {allowed.note ? <NoteForm {...props} /> : null}
      {allowed.priority ? <PriorityForm {...props} /> : null}
      <MatchLink {...props} />
      {allowed.falseAlarm ? <FalseAlarm {...props} /> : null}
      {allowed.sort ? <SortForm {...props} /> : null}
    </section>
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

/** A sealed matter goes to nobody but those who guard such matters. */
function mayGo(row: RequestView['facts']['row'], queue: QueueKey): boolean {
  return row.visibility !== 'sealed' || queueOf(queue).guards === true
}

function HandOver(props: FormProps): JSX.Element {
  const { words, view } = props
  return (
    <Fold {...props} act="hand-over" icon="hand" label={words.t('acts.hand_over')}>
      <label>
        {words.t('acts.to')}
        <select name="to" required>
          <option value="">{words.t('acts.choose')}</option>
          <optgroup label={words.t('acts.queues')}>
            {queueKeys
              .filter((queue) => queue !== view.facts.row.queue && mayGo(view.facts.row, queue))
              .map((queue) => (
                <option key={queue} value={`queue:${queue}`}>
                  {words.t(`queue.${queue}`)}
                </option>
              ))}
          </optgroup>
          {view.colleagues.length > 0 ? (
            <optgroup label={words.t('acts.colleagues')}>
              {view.colleagues.map((colleague) => (
                <option key={colleague.id} value={`staff:${colleague.id}`}>
                  {colleagueName(words, colleague)}
                </option>
              ))}
            </optgroup>
          ) : null}
        </select>
      </label>
      <Reason words={words} label={words.t('acts.reason')} required={true} />
      <button type="submit" class="button button-main">
        {words.t('acts.hand_over')}
      </button>
    </Fold>
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

function Attempt(props: FormProps): JSX.Element {
  const { words } = props
  return (
    <Fold {...props} act="attempt" icon="phone" label={words.t('acts.attempt')}>
      <fieldset>
        <legend>{words.t('acts.way')}</legend>
        {(['call', 'visit', 'message'] as const).map((way) => (
          <label key={way} class="option">
            <input type="radio" name="way" value={way} required />
            {words.t(`way.${way}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.t('acts.result')}</legend>
        <label class="option">
          <input type="radio" name="reached" value="yes" required />
          {words.t('attempt.reached')}
        </label>
        <label class="option">
          <input type="radio" name="reached" value="no" />
          {words.t('attempt.missed')}
        </label>
      </fieldset>
      <Reason words={words} label={words.t('acts.note')} required={false} />
      <button type="submit" class="button button-main">
        {words.t('acts.record')}
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

function PriorityForm(props: FormProps): JSX.Element {
  const { words, view } = props
  const { row } = view.facts
  const all: readonly Priority[] = [0, 1, 2, 3, 4]
  // A protection matter is not lowered: it is handed back as a false alarm or not at all.
  const priorities = isGuarded(row.kind) ? all.filter((priority) => priority <= row.priority) : all
  return (
    <Fold {...props} act="priority" icon="flag" label={words.t('acts.priority')}>
      <fieldset>
        <legend>{words.t('acts.priority_of')}</legend>
        {priorities.map((priority) => (
          <label key={priority} class="option">
            <input
              type="radio"
              name="priority"
              value={String(priority)}
              checked={priority === row.priority}
            />
            {words.t(`priority.${priority}`)}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button button-main">
        {words.t('acts.change')}
      </button>
    </Fold>
  )
}

function FalseAlarm(props: FormProps): JSX.Element {
  const { words } = props
  return (
    <Fold {...props} act="false-alarm" icon="shield" label={words.t('acts.false_alarm')}>
      <p>{words.t('acts.false_alarm_help')}</p>
      <label>
        {words.t('acts.kind')}
        <select name="kind" required>
          {harmlessKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.any(`taxonomy.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-main">
        {words.t('acts.hand_back')}
      </button>
    </Fold>
  )
}

/** What a false alarm may turn out to be. */
export const harmlessKinds = [
  'request.person',
  'request.need',
  'request.followup',
  'request.info',
  'complaint.service',
] as const satisfies readonly RequestKind[]

function Reason({ words, label, required }: { words: Words; label: string; required: boolean }): JSX.Element {
  return (
    <label>
      {label}
      <textarea name="note" rows={2} maxLength={longestNote} required={required} />
      <small>{words.t('acts.only_staff')}</small>
    </label>
  )
}
