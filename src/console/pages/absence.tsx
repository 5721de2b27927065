/** Who is away, and the form to say so: for oneself, or for whom one supervises. */
import type { JSX } from 'preact'
import type { Absence } from '../../store/absence.ts'
import type { Colleague, Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

type AbsenceProps = {
  readonly page: Page
  readonly rail: Rail
  readonly absences: readonly (Absence & { readonly name: string })[]
  readonly colleagues: readonly Colleague[]
  readonly fault?: string
}

export function AbsencePage({ page, rail, absences, colleagues, fault }: AbsenceProps): JSX.Element {
  const { words, token, staff } = page
  return (
    <Frame
      page={page}
      title={words.t('lists.absences')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'clock', text: words.t('lists.absences') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('lists.absences')}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        <p class="quiet">{words.t('lists.absence_help')}</p>
        <div class="columns">
          <section class="card">
            <h2>{words.t('lists.absence_list')}</h2>
            {absences.length === 0 ? <p class="quiet">{words.t('lists.absence_none')}</p> : null}
            <ul class="plain">
              {absences.map((one) => (
                <li key={one.id} class="removable">
                  <span>
                    <strong>{one.name}</strong>{' '}
                    {one.from <= words.now ? <span class="chip">{words.t('lists.now_away')}</span> : null}
                    <small>
                      <time dateTime={one.from.toISOString()}>{words.exact(one.from)}</time> →{' '}
                      <time dateTime={one.until.toISOString()}>{words.exact(one.until)}</time>
                    </small>
                    {one.by === one.name ? null : (
                      <small>{words.t('lists.absence_by', { name: one.by })}</small>
                    )}
                  </span>
                  <form method="post" action="/console/absences/end">
                    <Hidden fields={{ _csrf: token, absence: one.id }} />
                    <button type="submit" class="button button-quiet">
                      {words.t(one.from <= words.now ? 'lists.absence_back' : 'lists.absence_cancel')}
                      <span class="hidden"> : {one.name}</span>
                    </button>
                  </form>
                </li>
              ))}
            </ul>
          </section>
          <section class="card">
            <h2>{words.t('lists.absence_say')}</h2>
            <form class="admin-form" method="post" action="/console/absences">
              <Hidden fields={{ _csrf: token, ...(colleagues.length > 1 ? {} : { staff: staff.id }) }} />
              {colleagues.length > 1 ? (
                <label>
                  {words.t('lists.who')}
                  <select name="staff" required>
                    {colleagues.map(({ id, name }) => (
                      <option key={id} value={id} selected={id === staff.id}>
                        {name}
                      </option>
                    ))}
                  </select>
                </label>
              ) : null}
              <label>
                {words.t('lists.from')}
                <input type="datetime-local" name="from" required />
              </label>
              <label>
                {words.t('lists.to')}
                <input type="datetime-local" name="until" required />
              </label>
              <button type="submit" class="button button-main">
                {words.t('lists.absence_record')}
              </button>
            </form>
          </section>
        </div>
      </div>
    </Frame>
  )
}
