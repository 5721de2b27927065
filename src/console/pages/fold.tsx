/** What the forms of acts are made of: a form with the token and the key of its own, and a button that opens it in place. */
import type { ComponentChildren, JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { longestNote } from '../form.ts'
import { lookQuery } from '../look.ts'
import type { Look, RequestView } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon, type IconName } from './icon.tsx'

export type FormProps = {
  readonly words: Words
  readonly view: RequestView
  readonly token: string
  /** Makes a key of its own for each form shown: the same form sent twice acts once. */
  readonly newKey: () => string
  /** From where the reader came, so that they go back there. */
  readonly look: Look
}

type ActFormProps = FormProps & { readonly act: string; readonly children: ComponentChildren }

export function ActForm({ view, token, newKey, look, act, children }: ActFormProps): JSX.Element {
  return (
    <form
      method="post"
      action={`/console/requests/${showReference(view.facts.row.reference)}/${act}${lookQuery(look)}`}
    >
      <Hidden fields={{ _csrf: token, once: newKey() }} />
      {children}
    </form>
  )
}

type FoldProps = ActFormProps & { readonly icon: IconName; readonly label: string }

/** A button that opens its form below it; one of them is open at a time. */
export function Fold({ icon, label, children, ...form }: FoldProps): JSX.Element {
  return (
    <details class="fold" name="acts">
      <summary class="button">
        <Icon name={icon} />
        {label}
      </summary>
      <div class="fold-body">
        <ActForm {...form}>{children}</ActForm>
      </div>
    </details>
  )
}

/** What only colleagues read. */
export function Reason({
  words,
  label,
  required,
}: {
  words: Words
  label: string
  required: boolean
}): JSX.Element {
  return (
    <label>
      {label}
      <textarea name="note" rows={2} maxLength={longestNote} required={required} />
      <small>{words.t('acts.only_staff')}</small>
    </label>
  )
}
