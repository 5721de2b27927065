/** Acts on the rows that are chosen in a list: one form whose boxes stand in the rows, and what came of it, with one undo. */
import type { ComponentChildren, JSX } from 'preact'
import { queueKeys } from '../../core/queue.ts'
import { showReference } from '../../core/reference.ts'
import { outcomes } from '../../core/request.ts'
import { longestNote } from '../form.ts'
import type { BulkView, Choices } from '../load-bulk.ts'
import { lookQuery } from '../look.ts'
import type { Look } from '../view.ts'
import { failureKey, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon, type IconName } from './icon.tsx'
import { ColleagueOptions, UntilFields } from './sharing-fields.tsx'

export type BarProps = {
  readonly words: Words
  readonly token: string
  readonly look: Look
  readonly choices: Choices
  readonly newKey: () => string
}

export function BulkBar({ words, token, look, choices, newKey }: BarProps): JSX.Element | null {
  const closed = 'view' in look && look.view === 'closed'
  if (closed) return null
  return (
    <form
      id="bulk"
      class="bulk"
      method="post"
      action={`/console/requests/bulk${lookQuery(look)}`}
      aria-label={words.t('lists.bulk')}
    >
      <Hidden fields={{ _csrf: token, once: newKey() }} />
      <p class="bulk-help">{words.t('lists.bulk_help')}</p>
      <button
        type="button"
        class="button button-small bulk-all"
        data-all={words.t('lists.pick_all')}
        data-none={words.t('lists.pick_none')}
        hidden
      >
        {words.t('lists.pick_all')}
      </button>
      <div class="bulk-acts">
        <span class="bulk-count" data-count={words.t('lists.chosen')} />
        <button type="submit" class="button" name="act" value="take">
          <Icon name="take" />
          {words.t('acts.take')}
        </button>
        <BulkFold words={words} act="assign" icon="person" label={words.t('lists.assign')}>
          <label>
            {words.t('lists.assign_to')}
            <select name="owner">
              <option value="">{words.t('acts.choose')}</option>
              <ColleagueOptions words={words} colleagues={choices.colleagues} />
            </select>
          </label>
          <Note words={words} act="assign" label={words.t('lists.assign_reason')} />
        </BulkFold>
        <BulkFold words={words} act="hand_over" icon="hand" label={words.t('acts.hand_over')}>
          <label>
            {words.t('lists.to_queue')}
            <select name="queue">
              <option value="">{words.t('acts.choose')}</option>
              {queueKeys.map((queue) => (
                <option key={queue} value={queue}>
                  {words.t(`queue.${queue}`)}
                </option>
              ))}
            </select>
          </label>
          <Note words={words} act="hand_over" label={words.t('acts.reason')} />
        </BulkFold>
        <BulkFold words={words} act="snooze" icon="moon" label={words.t('lists.snooze')}>
          <UntilFields words={words} />
        </BulkFold>
        <BulkFold words={words} act="close" icon="close" label={words.t('acts.close')}>
          <label>
            {words.t('acts.outcome')}
            <select name="outcome">
              <option value="">{words.t('acts.choose')}</option>
              {outcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {words.t(`outcome.${outcome}`)}
                </option>
              ))}
            </select>
          </label>
          <Note words={words} act="close" label={words.t('acts.note')} />
        </BulkFold>
        <BulkFold words={words} act="priority" icon="flag" label={words.t('acts.priority')}>
          <label>
            {words.t('acts.priority_of')}
            <select name="priority">
              <option value="">{words.t('acts.choose')}</option>
              {[0, 1, 2, 3, 4].map((priority) => (
                <option key={priority} value={priority}>
                  {words.t(`priority.${priority}`)}
                </option>
              ))}
            </select>
          </label>
        </BulkFold>
      </div>
    </form>
  )
}

type FoldProps = {
  words: Words
  act: string
  icon: IconName
  label: string
  children: ComponentChildren
}

function BulkFold({ act, icon, label, children }: FoldProps): JSX.Element {
  return (
    <details class="fold" name="list-acts">
      <summary class="button">
        <Icon name={icon} />
        {label}
      </summary>
      <div class="fold-body">
        {children}
        <button type="submit" class="button button-main" name="act" value={act}>
          {label}
        </button>
      </div>
    </details>
  )
}

function Note({ words, act, label }: { words: Words; act: string; label: string }): JSX.Element {
  return (
    <label>
      {label}
      <textarea name={`note_${act}`} rows={2} maxLength={longestNote} />
      <small>{words.t('acts.only_staff')}</small>
    </label>
  )
}

type ResultProps = Pick<BarProps, 'words' | 'token' | 'look' | 'newKey'> & { bulk: BulkView }

/** What came of it: how many went, which did not and why; one press takes it back for ten minutes. */
export function BulkResult({ words, token, look, bulk, newKey }: ResultProps): JSX.Element {
  const act = words.t(`lists.act.${bulk.act}`)
  const { undone } = bulk
  const refused = undone ? undone.refused : bulk.refused
  return (
    <div class="bulk-result" role="status">
      <p class="bulk-line">
        <Icon name={refused.length > 0 ? 'late' : 'check'} />
        {undone
          ? words.t('lists.undone', { act, n: undone.done })
          : words.t('lists.done', { act, n: bulk.done })}
      </p>
      {refused.length > 0 ? (
        <ul>
          {refused.map((item) => (
            <li key={item.request}>
              <a href={`/console/requests/${showReference(item.reference)}`}>
                {showReference(item.reference)}
              </a>{' '}
              {words.any(failureKey(typeof item.undone === 'string' ? item.undone : (item.failure ?? '')))}
            </li>
          ))}
        </ul>
      ) : null}
      {bulk.undoable > 0 ? (
        <form class="bulk-line" method="post" action={`/console/requests/bulk/undo${lookQuery(look)}`}>
          <Hidden fields={{ _csrf: token, once: newKey(), bulk: bulk.id }} />
          <button type="submit" class="button">
            <Icon name="again" />
            {words.t('lists.undo', { n: bulk.undoable })}
          </button>
          <small>{words.t('lists.undo_help')}</small>
        </form>
      ) : null}
    </div>
  )
}
