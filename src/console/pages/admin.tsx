/** What the office sets: who works here, when it is open, closed days, the emergency number, who is on duty. */
import type { ComponentChildren, JSX } from 'preact'
import type { Hours } from '../../core/calendar.ts'
import type { ReportTerms } from '../../core/reported.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

export type OfficeView = {
  readonly hours: Hours
  /** Days as `2026-03-02`, ascending, from today on. */
  readonly holidays: readonly { readonly day: string; readonly name: string }[]
  readonly report: ReportTerms
  readonly emergency?: { readonly number: string; readonly verifiedOn?: string }
}

type AdminProps = {
  readonly page: Page
  readonly rail: Rail
  readonly office: OfficeView
  readonly fault?: string
  /** What was just done. */
  readonly done?: string
}

export function AdminPage({ page, rail, office, fault, done }: AdminProps): JSX.Element {
  const { words, token } = page
  return (
    <Frame
      page={page}
      title={words.t('admin.title')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'gear', text: words.t('frame.admin') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('admin.title')}</h1>
        <p>
          <a href="/console/admin/queues">{words.t('lists.queues')}</a> ·{' '}
          <a href="/console/tasks/terms">{words.t('task.terms')}</a>
        </p>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {done ? (
          <p class="done" role="status">
            {done}
          </p>
        ) : null}
        <div class="columns">
          <Emergency words={words} token={token} office={office} />
          <Holidays words={words} token={token} office={office} />
          <HoursForm words={words} token={token} office={office} />
          <ReportTermsForm words={words} token={token} office={office} />
        </div>
      </div>
    </Frame>
  )
}

type PartProps = { readonly words: Words; readonly token: string; readonly office: OfficeView }

function Emergency({ words, token, office }: PartProps): JSX.Element {
  const { emergency } = office
  return (
    <section class="card">
      <h2>{words.t('admin.emergency')}</h2>
      <p class="quiet">{words.t('admin.emergency_help')}</p>
      <p class={emergency?.verifiedOn ? 'quiet' : 'mind'}>
        {emergency?.verifiedOn
          ? words.t('admin.emergency_verified', { number: emergency.number, day: emergency.verifiedOn })
          : words.t('admin.emergency_none')}
      </p>
      <AdminForm token={token} action="emergency">
        <label>
          {words.t('admin.number')}
          <input name="number" inputMode="tel" maxLength={20} value={emergency?.number ?? ''} />
        </label>
        <label>
          {words.t('admin.verified_on')}
          <input type="date" name="verifiedOn" value={emergency?.verifiedOn ?? ''} />
        </label>
        <button type="submit" class="button">
          {words.t('admin.save')}
        </button>
      </AdminForm>
    </section>
  )
}

function Holidays({ words, token, office }: PartProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('admin.holidays')}</h2>
      <p class="quiet">{words.t('admin.holidays_help')}</p>
      {office.holidays.length === 0 ? <p class="mind">{words.t('admin.no_holiday')}</p> : null}
      <ul class="plain">
        {office.holidays.map(({ day, name }) => (
          <li key={day} class="removable">
            <span>
              <time dateTime={day}>{words.day(new Date(`${day}T12:00:00Z`))}</time> · {name}
            </span>
            <Remove
              words={words}
              token={token}
              action="holidays/remove"
              field="day"
              value={day}
              what={name}
            />
          </li>
        ))}
      </ul>
      <AdminForm token={token} action="holidays">
        <label>
          {words.t('admin.day')}
          <input type="date" name="day" required />
        </label>
        <label>
          {words.t('admin.name')}
          <input name="name" maxLength={80} required />
        </label>
        <button type="submit" class="button">
          {words.t('admin.add')}
        </button>
      </AdminForm>
    </section>
  )
}

function ReportTermsForm({ words, token, office }: PartProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('report.terms')}</h2>
      <p class="quiet">{words.t('report.terms_help')}</p>
      <AdminForm token={token} action="report-terms">
        <label>
          {words.t('report.hours')}
          <input name="hours" inputMode="numeric" required value={office.report.hours} />
        </label>
        <label>
          {words.t('report.kept_days')}
          <input name="keptDays" inputMode="numeric" required value={office.report.keptDays} />
        </label>
        <button type="submit" class="button">
          {words.t('admin.save')}
        </button>
      </AdminForm>
    </section>
  )
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

function HoursForm({ words, token, office }: PartProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('admin.hours')}</h2>
      <p class="quiet">{words.t('admin.hours_help')}</p>
      <AdminForm token={token} action="hours">
        {weekdays.map((weekday) => (
          <label key={weekday}>
            {words.t(`weekday.${weekday}`)}
            <input
              name={`day${weekday}`}
              placeholder={words.t('admin.closed')}
              value={(office.hours.week[weekday] ?? []).map(([from, to]) => `${from}-${to}`).join(', ')}
            />
          </label>
        ))}
        <button type="submit" class="button">
          {words.t('admin.save')}
        </button>
      </AdminForm>
    </section>
  )
}

type AdminFormProps = {
  readonly token: string
  readonly action: string
  readonly children: ComponentChildren
}

function AdminForm({ token, action, children }: AdminFormProps): JSX.Element {
  return (
    <form class="admin-form" method="post" action={`/console/admin/${action}`}>
      <Hidden fields={{ _csrf: token }} />
      {children}
    </form>
  )
}

type RemoveProps = {
  readonly words: Words
  readonly token: string
  readonly action: string
  readonly field: string
  readonly value: string
  readonly what: string
}

function Remove({ words, token, action, field, value, what }: RemoveProps): JSX.Element {
  return (
    <form method="post" action={`/console/admin/${action}`}>
      <Hidden fields={{ _csrf: token, [field]: value }} />
      <button type="submit" class="button button-small">
        {words.t('admin.remove')} <span class="hidden">{what}</span>
      </button>
    </form>
  )
}
