/** What a request may be sorted as: first what is hidden at once, then what is ordinary. */
import type { JSX } from 'preact'
import { kindOf, type RequestKind } from '../../core/request.ts'
import type { Words } from '../words.ts'
import type { FormProps } from './fold.tsx'

export const sortedKinds = [
  'complaint.sea',
  'protection.gbv',
  'protection.trafficking',
  'protection.child',
  'protection.suicide',
  'security.threat',
  'complaint.fraud',
  'complaint.staff_conduct',
  'complaint.data_breach',
  'request.followup',
  'request.need',
  'request.info',
  'request.person',
  'request.contact_change',
  'complaint.service',
  'complaint.eligibility',
  'out_of_scope',
] as const satisfies readonly RequestKind[]

export function SortFields(props: FormProps): JSX.Element {
  const { words, view } = props
  return (
    <>
      <p>{words.t('acts.sort_help')}</p>
      <KindChoice words={words} label={words.t('acts.kind')} but={view.facts.row.kind} />
    </>
  )
}

type KindProps = {
  readonly words: Words
  readonly label: string
  /** The one that it has already. */
  readonly but?: RequestKind
  readonly help?: string
}

/** What is hidden at once stands first and apart from what is ordinary. */
export function KindChoice({ words, label, but, help }: KindProps): JSX.Element {
  const kinds = sortedKinds.filter((kind) => kind !== but)
  const group = (label: string, open: boolean) => (
    <optgroup label={words.t(label)}>
      {kinds
        .filter((kind) => (kindOf(kind).visibility === 'open') === open)
        .map((kind) => (
          <option key={kind} value={kind}>
            {words.any(`taxonomy.${kind}`)}
          </option>
        ))}
    </optgroup>
  )
  return (
    <label>
      {label}
      <select name="kind" required>
        <option value="">{words.t('acts.choose')}</option>
        {group('acts.sort_hidden', false)}
        {group('acts.sort_plain', true)}
      </select>
      {help ? <small>{help}</small> : null}
    </label>
  )
}
