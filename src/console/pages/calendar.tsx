/** The calendar, week by week: days side by side on a wide page, one below the other on a phone. */
import type { JSX } from 'preact'
import { weekLength } from '../../core/duty-week.ts'
import { showReference } from '../../core/reference.ts'
import type { CalendarEntry } from '../../store/calendar.ts'
import type { Colleague, Rail } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

export type CalendarWeek = {
  readonly monday: Date
  readonly entries: readonly CalendarEntry[]
  /** Whose calendars the reader may open, and whose these are. */
  readonly people: readonly Colleague[]
  readonly whose: string
  readonly holidays: ReadonlySet<string>
  readonly away: readonly { readonly from: Date; readonly until: Date; readonly staff: string }[]
}

type CalendarProps = {
  readonly page: Page
  readonly rail: Rail
  readonly week: CalendarWeek
  readonly feed: { readonly on: boolean; readonly address?: string }
  readonly fault?: string
}

const dayLength = 24 * 60 * 60_000
/** Everybody of the office together. */
export const everybody = 'all'

export function CalendarPage({ page, rail, week, feed, fault }: CalendarProps): JSX.Element {
  const { words } = page
  return (
    <Sheet {...{ page, rail, title: words.t('calendar.title'), icon: 'clock' }} {...(fault ? { fault } : {})}>
      <Weeks words={words} week={week} />
      {week.people.length > 1 ? <Whose words={words} week={week} /> : null}
      <ol class="calendar">
        {Array.from({ length: 7 }, (_, n) => new Date(week.monday.getTime() + n * dayLength)).map((day) => (
          <Day key={day.toISOString()} words={words} week={week} day={day} />
        ))}
      </ol>
      <div class="columns">
        <Add page={page} />
        <Feed page={page} feed={feed} />
      </div>
    </Sheet>
  )
}

function Weeks({ words, week }: { words: Words; week: CalendarWeek }): JSX.Element {
  const to = (weeks: number) =>
    `/console/calendar?week=${dayOf(new Date(week.monday.getTime() + weeks * weekLength))}&staff=${week.whose}`
  return (
    <nav class="duty-weeks" aria-label={words.t('duty.weeks')}>
      <a class="button button-quiet" href={to(-1)}>
        {words.t('duty.before')}
      </a>
      <h2>{words.t('duty.week', { day: words.day(week.monday) })}</h2>
      <a class="button button-quiet" href={to(1)}>
        {words.t('duty.after')}
      </a>
    </nav>
  )
}

function Whose({ words, week }: { words: Words; week: CalendarWeek }): JSX.Element {
  return (
    <form method="get" action="/console/calendar" class="followup-search">
      <Hidden fields={{ week: dayOf(week.monday) }} />
      <label>
        {words.t('calendar.whose')}
        <select name="staff">
          <option value={everybody} selected={week.whose === everybody}>
            {words.t('calendar.office')}
          </option>
          {week.people.map(({ id, name }) => (
            <option key={id} value={id} selected={id === week.whose}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">
        {words.t('calendar.show')}
      </button>
    </form>
  )
}

type DayProps = { readonly words: Words; readonly week: CalendarWeek; readonly day: Date }

function Day({ words, week, day }: DayProps): JSX.Element {
  const end = new Date(day.getTime() + dayLength)
  const own = week.entries.filter(({ at }) => day <= at && at < end)
  const away = week.away.filter((span) => span.from < end && span.until > day)
  const name = (id: string) => week.people.find((one) => one.id === id)?.name ?? ''
  return (
    <li class={dayOf(day) === dayOf(words.now) ? 'calendar-day calendar-today' : 'calendar-day'}>
      <h3>
        <time dateTime={dayOf(day)}>{words.day(day).replace(/ \d{4}$/, '')}</time>
      </h3>
      {week.holidays.has(dayOf(day)) ? <p class="chip">{words.t('calendar.holiday')}</p> : null}
      {away.map((span) => (
        <p key={span.staff + span.from.toISOString()} class="quiet">
          {words.t('calendar.away', { name: name(span.staff) })}
        </p>
      ))}
      {own.length === 0 ? <p class="quiet calendar-free">{words.t('calendar.nothing')}</p> : null}
      <ul class="plain">
        {own.map((it) => (
          <li key={it.id} class={`calendar-entry calendar-${it.seen?.state ?? 'busy'}`}>
            <Entry words={words} it={it} />
            {week.whose === everybody ? <small>{name(it.staff)}</small> : null}
          </li>
        ))}
      </ul>
    </li>
  )
}

function Entry({ words, it }: { words: Words; it: CalendarEntry }): JSX.Element {
  const end = new Date(it.at.getTime() + it.minutes * 60_000)
  const time = (
    <time dateTime={it.at.toISOString()}>
      {words.clock(it.at)}–{words.clock(end)}
    </time>
  )
  if (!it.seen) {
    return (
      <span>
        {time} {words.t('calendar.busy')}
      </span>
    )
  }
  const { name, reference, kind, state } = it.seen
  return (
    <a href={`/console/requests/${showReference(reference)}/follow-up`}>
      {time} <strong dir="auto">{name ?? showReference(reference)}</strong>
      <small>
        {words.t(`calendar.kind.${kind}`)} · {words.t(`people.followup_state.${state}`)}
      </small>
    </a>
  )
}

/** A follow-up belongs to a request: its reference leads to the times that are free. */
function Add({ page }: { page: Page }): JSX.Element {
  const { words } = page
  return (
    <section class="card">
      <h2>{words.t('calendar.plan')}</h2>
      <form method="get" action="/console/calendar/add" class="followup-search">
        <label>
          {words.t('facts.reference')}
          <input
            type="text"
            name="reference"
            inputMode="numeric"
            required
            maxLength={20}
            autocomplete="off"
          />
        </label>
        <button type="submit" class="button">
          {words.t('calendar.search')}
        </button>
      </form>
    </section>
  )
}

function Feed({ page, feed }: { page: Page; feed: CalendarProps['feed'] }): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('calendar.feed')}</h2>
      <p class="quiet">{words.t('calendar.feed_help')}</p>
      {feed.address ? (
        <>
          <p role="status">{words.t('calendar.feed_once')}</p>
          <p class="calendar-address">
            <code>{feed.address}</code>
          </p>
        </>
      ) : null}
      <div class="followup-deeds">
        <form method="post" action="/console/calendar/feed">
          <Hidden fields={{ _csrf: token }} />
          <button type="submit" class="button">
            {words.t(feed.on ? 'calendar.feed_renew' : 'calendar.feed_make')}
          </button>
        </form>
        {feed.on ? (
          <form method="post" action="/console/calendar/feed/end">
            <Hidden fields={{ _csrf: token }} />
            <button type="submit" class="button button-quiet">
              {words.t('calendar.feed_end')}
            </button>
          </form>
        ) : null}
      </div>
    </section>
  )
}
