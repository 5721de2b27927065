/** One act that somebody opened: its form in the menu of acts, or on a page of its own where no script fetches it. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { lookQuery } from '../look.ts'
import type { Rail } from '../view.ts'
import { kindName } from './bits.tsx'
import { ActForm, type FormProps } from './fold.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { openedActs } from './opened-acts.tsx'
import { Sheet } from './sheet.tsx'

type OpenedProps = FormProps & { readonly act: string }

/** The form, under its verb, with a way back to the others. */
export function OpenedForm(props: OpenedProps): JSX.Element {
  const { words, act } = props
  return (
    <>
      <p class="act-open">
        <strong>{words.t(openedActs[act]?.label ?? '')}</strong>
        <button type="button" class="button button-small" data-act-back>
          <Icon name="back" />
          {words.t('act.others')}
        </button>
      </p>
      <Fields {...props} />
    </>
  )
}

type PageProps = OpenedProps & { readonly page: Page; readonly rail: Rail }

export function ActPage({ page, rail, ...props }: PageProps): JSX.Element {
  const { words, view, look, act } = props
  const { row } = view.facts
  return (
    <Sheet page={page} rail={rail} title={words.t(openedActs[act]?.label ?? '')} icon="pen">
      <section class="card act-page">
        <p>
          <strong dir="auto">{row.who ?? showReference(row.reference)}</strong> · {kindName(words, row)}
        </p>
        <Fields {...props} />
        <p>
          <a href={`/console/requests/${showReference(row.reference)}${lookQuery(look)}`}>
            {words.t('act.back')}
          </a>
        </p>
      </section>
    </Sheet>
  )
}

function Fields(props: OpenedProps): JSX.Element | null {
  const { words, act } = props
  const opened = openedActs[act]
  if (!opened) return null
  return (
    <ActForm {...props}>
      <opened.Fields {...props} />
      <button type="submit" class="button button-main">
        {words.t(opened.send ?? opened.label)}
      </button>
    </ActForm>
  )
}
