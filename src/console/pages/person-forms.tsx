/** What staff do on the page of a person, as small forms that open in place and work with scripts off. */
import type { ComponentChildren, JSX } from 'preact'
import { chosenStages, closureReasons } from '../../core/case.ts'
import { mayReopenCase } from '../../core/case-rules.ts'
import { longestNote } from '../form.ts'
import type { PersonView } from '../person-load.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon, type IconName } from './icon.tsx'

/** What every form on the page of a person is made with. */
export type PersonForms = {
  readonly page: Page
  readonly view: PersonView
  /** Makes a key of its own for each form shown: the same form sent twice acts once. */
  readonly newKey: () => string
}

type FormProps = PersonForms & { readonly act: string; readonly children: ComponentChildren }

/** A form of this person: with the token, a key of its own, and the version of what the reader saw. */
export function PersonForm({ page, view, newKey, act, children }: FormProps): JSX.Element {
  const { id, version } = view.person
  return (
    <form method="post" action={`/console/people/${id}/${act}`}>
      <Hidden fields={{ _csrf: page.token, once: newKey(), version }} />
      {children}
    </form>
  )
}

type FoldProps = FormProps & { readonly icon: IconName; readonly label: string }

function PersonFold({ icon, label, children, ...form }: FoldProps): JSX.Element {
  return (
    <details class="fold sheet-fold" name="acts">
      <summary class="button button-small">
        <Icon name={icon} />
        {label}
      </summary>
      <PersonForm {...form}>{children}</PersonForm>
    </details>
  )
}

/** What may be done with the case. */
export function CaseForms(props: PersonForms): JSX.Element | null {
  const { view } = props
  if (!view.file) return null
  return (
    <div class="sheet-acts">
      {view.file.closedAt ? (
        <Reopen {...props} />
      ) : (
        <>
          <Stage {...props} />
          {view.mayAssign ? <AssignLink {...props} /> : null}
          <Risk {...props} />
          <CloseCase {...props} />
        </>
      )}
    </div>
  )
}

function Stage(props: PersonForms): JSX.Element {
  const { words } = props.page
  return (
    <PersonFold {...props} act="stage" icon="flag" label={words.t('people.change_stage')}>
      <label>
        {words.t('people.new_stage')}
        <select name="stage" required>
          <option value="">{words.t('acts.choose')}</option>
          {chosenStages
            .filter((stage) => stage !== props.view.file?.stage)
            .map((stage) => (
              <option key={stage} value={stage}>
                {words.t(`stage.${stage}`)}
              </option>
            ))}
        </select>
      </label>
      <p class="quiet">{words.t('people.stage_why')}</p>
      <Why {...props} required={false} />
      <Send text={words.t('people.change_stage')} />
    </PersonFold>
  )
}

function Risk(props: PersonForms): JSX.Element {
  const { words } = props.page
  const high = props.view.file?.highRisk === true
  const label = words.t(high ? 'task.risk.unset' : 'task.risk.set')
  return (
    <PersonFold {...props} act="risk" icon="bell" label={label}>
      <Hidden fields={{ high: high ? 'no' : 'yes' }} />
      <p class="quiet">{words.t('task.risk.help')}</p>
      <Why {...props} required={true} />
      <Send text={label} />
    </PersonFold>
  )
}

/** Leads to the form, which has the names of everybody who leads cases. */
function AssignLink({ page, view }: PersonForms): JSX.Element {
  return (
    <a class="button button-small" href={`/console/people/${view.person.id}/assign`}>
      <Icon name="person" />
      {page.words.t('people.assign')}
    </a>
  )
}

function CloseCase(props: PersonForms): JSX.Element {
  const { words } = props.page
  return (
    <PersonFold {...props} act="close" icon="close" label={words.t('people.close')}>
      <label>
        {words.t('people.closure_reason')}
        <select name="reason" required>
          <option value="">{words.t('acts.choose')}</option>
          {closureReasons.map((reason) => (
            <option key={reason} value={reason}>
              {words.t(`people.closure.${reason}`)}
            </option>
          ))}
        </select>
      </label>
      <Why {...props} required={false} />
      <Send text={words.t('people.close')} />
    </PersonFold>
  )
}

function Reopen(props: PersonForms): JSX.Element {
  const { words, staff } = props.page
  if (!mayReopenCase(staff)) return <p class="quiet">{words.t('people.reopen_asks')}</p>
  return (
    <PersonFold {...props} act="reopen" icon="again" label={words.t('people.reopen')}>
      <Why {...props} required={true} />
      <Send text={words.t('people.reopen')} />
    </PersonFold>
  )
}

type ChooseProps = {
  readonly label: string
  readonly name: string
  readonly empty: string
  readonly value: string | undefined
  readonly options: readonly { readonly id: string; readonly name: string }[]
}

/** A list of people or places, of which none may be chosen. */
export function Choose({ label, name, empty, value, options }: ChooseProps): JSX.Element {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">{empty}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id} selected={option.id === value}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The reason, for colleagues. */
export function Why({ page, required }: { page: Page; required: boolean }): JSX.Element {
  const { words } = page
  return (
    <label>
      {words.t(required ? 'people.why' : 'people.note')}
      <textarea name="note" rows={2} maxLength={longestNote} required={required} />
      <small>{words.t('acts.only_staff')}</small>
    </label>
  )
}

export function Send({ text }: { text: string }): JSX.Element {
  return (
    <button type="submit" class="button button-main">
      {text}
    </button>
  )
}
