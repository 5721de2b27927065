/** Who is on duty in a week: for each line who is called now, the hours, and in words when nobody is. */
import type { JSX } from 'preact'
import { type DutyLine, dutyRanks } from '../../core/duty.ts'
import { type Span, weekLength, within } from '../../core/duty-week.ts'
import type { Colleague, Rail } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type NamedSpan = Span & { readonly id: string; readonly name: string; readonly rank: number }

export type DutyWeek = {
  readonly monday: Date
  readonly lines: readonly {
    readonly line: DutyLine
    /** Names, in the order in which they are called. */
    readonly now: readonly string[]
    readonly spans: readonly NamedSpan[]
    readonly gaps: readonly Span[]
    /** Who may be put on it. */
    readonly people: readonly Colleague[]
  }[]
}

type DutyProps = {
  readonly page: Page
  readonly rail: Rail
  readonly week: DutyWeek
  /** Whether the reader keeps the list. */
  readonly mayKeep: boolean
  readonly fault?: string
  readonly done?: string
}

export function DutyPage({ page, rail, week, mayKeep, fault, done }: DutyProps): JSX.Element {
  const { words, token } = page
  const title = words.t('duty.title')
  return (
    <Sheet
      page={page}
      rail={rail}
      title={title}
      icon="bell"
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      <p class="quiet">{words.t('duty.help')}</p>
      <Weeks words={words} monday={week.monday} />
      {week.lines.map((line) => (
        <Line key={line.line} words={words} token={token} it={line} week={week} mayKeep={mayKeep} />
      ))}
    </Sheet>
  )
}

function Weeks({ words, monday }: { words: Words; monday: Date }): JSX.Element {
  const to = (weeks: number) => `/console/duty?week=${dayOf(new Date(monday.getTime() + weeks * weekLength))}`
  return (
    <nav class="duty-weeks" aria-label={words.t('duty.weeks')}>
      <a class="button button-quiet" href={to(-1)}>
        {words.t('duty.before')}
      </a>
      <h2>{words.t('duty.week', { day: words.day(monday) })}</h2>
      <a class="button button-quiet" href={to(1)}>
        {words.t('duty.after')}
      </a>
    </nav>
  )
}

type LineProps = {
  readonly words: Words
  readonly token: string
  readonly it: DutyWeek['lines'][number]
  readonly week: DutyWeek
  readonly mayKeep: boolean
}

function Line({ words, token, it, week, mayKeep }: LineProps): JSX.Element {
  const around = { from: week.monday, until: new Date(week.monday.getTime() + weekLength) }
  return (
    <section class="card duty-line" aria-labelledby={`duty-${it.line}`}>
      <h3 id={`duty-${it.line}`}>{words.t(`duty.${it.line}`)}</h3>
      <p>
        <Icon name={it.now.length > 0 ? 'phone' : 'late'} />{' '}
        {it.now.length > 0
          ? words.t('duty.now', { names: it.now.join(` ${words.t('duty.then')} `) })
          : words.t(promised.has(it.line) ? 'duty.nobody_promised' : 'duty.nobody')}
      </p>
      {it.spans.length > 0 ? <Strip spans={it.spans} around={around} now={words.now} /> : null}
      <ul class="duty-spans">
        {it.spans.map((span) => (
          <li key={span.id} class="removable">
            <span>
              <strong>{span.name}</strong> · {words.t(`duty.rank_${span.rank}`)}
              <small>
                <Moment words={words} at={span.from} /> → <Moment words={words} at={span.until} />
              </small>
            </span>
            {mayKeep && span.until > words.now ? (
              <form method="post" action="/console/duty/remove">
                <Hidden fields={{ _csrf: token, duty: span.id, week: dayOf(week.monday) }} />
                <button type="submit" class="button button-quiet">
                  {words.t('duty.remove')} <span class="hidden">{span.name}</span>
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      <Gaps words={words} it={it} />
      {mayKeep ? <Keep words={words} token={token} it={it} around={around} /> : null}
    </section>
  )
}

/** Lines whose emptiness changes what people are told. */
const promised: ReadonlySet<DutyLine> = new Set(['protection', 'psea'])

function Gaps({ words, it }: { words: Words; it: LineProps['it'] }): JSX.Element | null {
  if (it.gaps.length === 0) return <p class="quiet">{words.t('duty.no_gap')}</p>
  if (it.spans.length === 0) return <p class="mind">{words.t('duty.all_gap')}</p>
  return (
    <div class="mind duty-gaps">
      <p>{words.t('duty.gaps')}</p>
      <ul>
        {it.gaps.map((gap) => (
          <li key={gap.from.toISOString()}>
            <Moment words={words} at={gap.from} /> → <Moment words={words} at={gap.until} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The week as bars, a row for each rank: the list below says the same in words. */
function Strip({
  spans,
  around,
  now,
}: {
  spans: readonly NamedSpan[]
  around: Span
  now: Date
}): JSX.Element {
  const ranks = [...new Set(spans.map(({ rank }) => rank))].sort()
  const at = (moment: Date) => ((moment.getTime() - around.from.getTime()) / weekLength) * 700
  const height = ranks.length * 12
  return (
    <svg class="duty-strip" viewBox={`0 0 700 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {[1, 2, 3, 4, 5, 6].map((day) => (
        <line key={day} x1={day * 100} x2={day * 100} y1={0} y2={height} />
      ))}
      {spans.flatMap((span) => {
        const inside = within(span, around)
        if (!inside) return []
        const [x, end] = [at(inside.from), at(inside.until)]
        const y = ranks.indexOf(span.rank) * 12 + 2
        return <rect key={span.id} class={`rank-${span.rank}`} x={x} y={y} width={end - x} height={8} />
      })}
      {now > around.from && now < around.until ? (
        <line class="duty-now" x1={at(now)} x2={at(now)} y1={0} y2={height} />
      ) : null}
    </svg>
  )
}

function Moment({ words, at }: { words: Words; at: Date }): JSX.Element {
  return (
    <time dateTime={at.toISOString()}>
      {words.t('duty.moment', { day: words.day(at).replace(/ \d{4}$/, ''), clock: words.clock(at) })}
    </time>
  )
}

type KeepProps = Omit<LineProps, 'week' | 'mayKeep'> & { readonly around: Span }

function Keep({ words, token, it, around }: KeepProps): JSX.Element {
  const fields = { _csrf: token, line: it.line, week: dayOf(around.from) }
  const moment = (at: Date) => at.toISOString().slice(0, 16)
  if (it.people.length === 0) return <p class="quiet">{words.t('duty.nobody_fits')}</p>
  return (
    <details class="duty-keep">
      <summary>{words.t('duty.change', { line: words.t(`duty.${it.line}`) })}</summary>
      <form method="post" action="/console/duty/add" class="duty-form">
        <Hidden fields={fields} />
        <label>
          {words.t('duty.who')}
          <select name="staff" required>
            <option value="">{words.t('acts.choose')}</option>
            {it.people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('duty.as')}
          <select name="rank">
            {dutyRanks.map((rank) => (
              <option key={rank} value={rank}>
                {words.t(`duty.rank_${rank}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('duty.from')}
          <input type="datetime-local" name="from" required value={moment(around.from)} />
        </label>
        <label>
          {words.t('duty.until')}
          <input type="datetime-local" name="until" required value={moment(around.until)} />
        </label>
        <label class="option">
          <input type="checkbox" name="daily" /> {words.t('duty.daily')}
        </label>
        <button type="submit" class="button">
          {words.t('duty.add')}
        </button>
      </form>
      {it.spans.length > 0 ? (
        <form method="post" action="/console/duty/copy" class="duty-copy">
          <Hidden fields={fields} />
          <button type="submit" class="button button-quiet" name="weeks" value="1">
            {words.t('duty.copy_one')}
          </button>
          <button type="submit" class="button button-quiet" name="weeks" value="4">
            {words.t('duty.copy_four')}
          </button>
        </form>
      ) : null}
    </details>
  )
}
