/** Erasing a person: what goes, what stays, from when on; and, once it is done, when that was. */
import type { JSX } from 'preact'
import { type ErasureReason, erasureReasons } from '../../core/erasure.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type ErasureView = {
  readonly person: string
  /** How many files are of this person. */
  readonly files: number
  /** Whether a number or a name is to be written again. */
  readonly asks: boolean
  /** When it would hold in backups too. */
  readonly effective: Date
  readonly erased?: { readonly at: Date; readonly reason: ErasureReason; readonly effective: Date }
  /** Key of the form. */
  readonly once: string
}

type ErasureProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: ErasureView
  readonly fault?: string
}

export function ErasurePage({ page, rail, view, fault }: ErasureProps): JSX.Element {
  const { words } = page
  const { erased, person } = view
  return (
    <Sheet page={page} rail={rail} title={words.t('erasure.title')} icon="person" fault={fault}>
      <p class="quiet">
        <a href={`/console/people/${person}`}>{words.t('account.reads.back')}</a>
      </p>
      {erased ? (
        <section class="card" role="status">
          <h2>{words.t('erasure.done')}</h2>
          <p>
            {words.t('erasure.done_at', {
              at: words.exact(erased.at),
              reason: words.t(`erasure.reason.${erased.reason}`),
            })}
          </p>
          <p>
            <strong>{words.t('erasure.effective', { day: words.day(erased.effective) })}</strong>
          </p>
        </section>
      ) : (
        <div class="columns">
          <Erase page={page} view={view} />
        </div>
      )}
    </Sheet>
  )
}

function Erase({ page, view }: Pick<ErasureProps, 'page' | 'view'>): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('erasure.for_good')}</h2>
      <ul>
        <li>{words.t('erasure.goes')}</li>
        <li>{words.t('erasure.stays')}</li>
        {view.files > 1 ? <li>{words.t('erasure.files', { n: view.files })}</li> : null}
        <li>{words.t('erasure.effective', { day: words.day(view.effective) })}</li>
      </ul>
      <form class="admin-form" method="post" action={`/console/people/${view.person}/erasure`}>
        <Hidden fields={{ _csrf: token, once: view.once }} />
        <label>
          {words.t('erasure.why')}
          <select name="reason" required>
            <option value="" />
            {erasureReasons.map((reason) => (
              <option key={reason} value={reason}>
                {words.t(`erasure.reason.${reason}`)}
              </option>
            ))}
          </select>
        </label>
        {view.asks ? (
          <label>
            {words.t('erasure.typed')}
            <input name="typed" required maxLength={200} autocomplete="off" spellcheck={false} dir="auto" />
          </label>
        ) : null}
        <button type="submit" class="button button-main">
          {words.t('erasure.erase')}
        </button>
      </form>
    </section>
  )
}
