/** Beside a complaint about staff: who must not hear of it, and that it goes to those outside who look into it. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { longestReference } from '../acts/report.ts'
import type { Facts, ReportView } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PanelForm } from './safe-contact.tsx'

type ReportProps = { readonly words: Words; readonly facts: Facts; readonly form: PanelForm }

export function ReportPart(props: ReportProps): JSX.Element | null {
  const { words, facts } = props
  const { about } = facts
  if (!about) return null
  return (
    <section class="facts-group seal" aria-labelledby="about-title">
      <h3 id="about-title">
        <Icon name="shield" />
        {words.t('report.title')}
      </h3>
      {about.report ? <Reporting {...props} report={about.report} /> : null}
      <p>
        {about.out.length > 0
          ? words.t('report.out', { names: about.out.map(({ name }) => name).join(', ') })
          : words.t('report.nobody_out')}
      </p>
      {facts.row.state === 'closed' ? null : <ShutOut {...props} about={about} />}
    </section>
  )
}

type Report = NonNullable<ReportView['report']>

function Reporting({ words, facts, form, report }: ReportProps & { readonly report: Report }): JSX.Element {
  const { by, on, forgottenOn } = report
  const late = on === undefined && by < words.now
  return (
    <>
      <p class={late ? 'mind' : undefined}>
        {on && forgottenOn
          ? words.t('report.done', { day: words.day(on), gone: words.day(forgottenOn) })
          : words.t(late ? 'report.late' : 'report.by', { at: words.exact(by) })}
      </p>
      <p class="quiet">{words.t('report.never_look_into')}</p>
      <details>
        <summary class="button">{words.t(on ? 'report.correct' : 'report.write_down')}</summary>
        <form method="post" action={actionOf(facts, form, 'report')}>
          <Hidden fields={{ _csrf: form.token, once: form.newKey() }} />
          <label>
            {words.t('report.day')}
            <input
              type="date"
              name="on"
              required
              min={dayOf(facts.openedAt)}
              max={dayOf(words.now)}
              value={dayOf(on ?? words.now)}
            />
          </label>
          <label>
            {words.t('report.reference')}
            <input name="reference" required maxLength={longestReference} autoComplete="off" />
          </label>
          <button type="submit" class="button button-main">
            {words.t('report.keep')}
          </button>
        </form>
      </details>
    </>
  )
}

/** Somebody more is chosen on a form that is fetched for it; one by one they are let back, where a name was taken for another. */
function ShutOut({ words, facts, form, about }: ReportProps & { readonly about: ReportView }): JSX.Element {
  return (
    <>
      {about.out.length > 0 ? (
        <ul class="plain">
          {about.out.map(({ id, name }) => (
            <li key={id} class="removable">
              <span>{name}</span>
              <form method="post" action={actionOf(facts, form, 'let-back')}>
                <Hidden fields={{ _csrf: form.token, once: form.newKey(), colleague: id }} />
                <button type="submit" class="button button-small">
                  {words.t('report.let_back')} <span class="hidden">{name}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      ) : null}
      <a class="button" href={actionOf(facts, form, 'shut-out')}>
        {words.t('report.shut_out')}
      </a>
    </>
  )
}

function actionOf(facts: Facts, form: PanelForm, act: string): string {
  return `/console/requests/${showReference(facts.row.reference)}/${act}${form.lookQuery}`
}
