/** Figures of supervision: twelve weeks as a picture with its table behind it, the queues, the people. */
import type { ComponentChildren, JSX } from 'preact'
import type { FigureScope } from '../../store/figures.ts'
import type { Shown, SupervisionView, WeekView } from '../supervision.ts'
import type { Picture } from '../supervision-pictures.ts'
import type { Words } from '../words.ts'

type WeeksProps = {
  readonly words: Words
  readonly picture: Picture
  readonly scope: FigureScope
  readonly weeks: readonly WeekView[]
}

/** A picture of twelve weeks with its figures behind it. */
export function Weeks({ words, picture, scope, weeks }: WeeksProps): JSX.Element {
  const address = (size: 'wide' | 'narrow') =>
    `/console/supervision/picture?${queryOf(scope, { of: picture, size })}`
  const title = words.t(`supervision.picture_${picture}`)
  const last = weeks.at(-1)
  const alt =
    picture === 'flow'
      ? words.t('supervision.flow_alt', {
          opened: shown(words, last?.opened ?? 0),
          closed: shown(words, last?.closed ?? 0),
        })
      : words.t('supervision.time_alt', { share: last?.share ?? '–' })
  return (
    <figure class="card picture">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <picture>
        <source media="(max-width: 480px)" srcset={address('narrow')} width={320} height={240} />
        <img src={address('wide')} width={480} height={240} alt={alt} loading="lazy" decoding="async" />
      </picture>
      <details>
        <summary>{words.t('supervision.behind')}</summary>
        <WeekTable words={words} picture={picture} title={title} weeks={weeks} />
      </details>
    </figure>
  )
}

function WeekTable({
  words,
  picture,
  title,
  weeks,
}: Omit<WeeksProps, 'scope'> & { readonly title: string }): JSX.Element {
  const columns =
    picture === 'flow'
      ? (['opened', 'closed', 'reopened'] as const)
      : (['answered', 'in_time', 'late', 'median_short'] as const)
  const cell = (week: WeekView, column: (typeof columns)[number]) => {
    switch (column) {
      case 'in_time':
        return week.share === undefined ? '–' : `${week.share} %`
      case 'median_short':
        return week.medianMinutes === undefined ? '–' : spanOf(words, week.medianMinutes)
      default:
        return shown(words, week[column])
    }
  }
  return (
    <Table
      caption={title}
      head={[words.t('supervision.week_of'), ...columns.map((column) => words.t(`supervision.${column}`))]}
      rows={weeks.map((week) => ({
        key: week.from.toISOString(),
        name: words.shortDay(week.from),
        cells: columns.map((column) => cell(week, column)),
      }))}
    />
  )
}

export function Queues({
  words,
  scope,
  queues,
}: {
  readonly words: Words
  readonly scope: FigureScope
  readonly queues: SupervisionView['queues']
}): JSX.Element {
  const columns = ['open', 'owed', 'due', 'overdue', 'unowned'] as const
  return (
    <section class="card">
      <Table
        caption={words.t('supervision.by_queue')}
        head={[words.t('supervision.queue'), ...columns.map((column) => words.t(`supervision.${column}`))]}
        rows={queues.map((row) => ({
          key: row.queue,
          name: scope.owner ? (
            words.t(`queue.${row.queue}`)
          ) : (
            <a href={`/console/supervision?${queryOf({ ...scope, queue: row.queue })}`}>
              {words.t(`queue.${row.queue}`)}
            </a>
          ),
          cells: columns.map((column) => shown(words, row[column])),
        }))}
        empty={words.t('supervision.nothing_open')}
      />
    </section>
  )
}

export function Owners({
  words,
  owners,
}: {
  readonly words: Words
  readonly owners: NonNullable<SupervisionView['owners']>
}): JSX.Element {
  const columns = ['open', 'due', 'overdue'] as const
  return (
    <section class="card">
      <Table
        caption={words.t('supervision.by_member')}
        head={[
          words.t('supervision.member'),
          ...columns.map((column) => words.t(`supervision.${column}`)),
          words.t('supervision.in_time'),
          words.t('supervision.median_short'),
        ]}
        rows={owners.map(({ id, name, lately, ...row }) => ({
          key: id,
          name: <a href={`/console/supervision/staff/${id}`}>{name}</a>,
          cells: [
            ...columns.map((column) => shown(words, row[column])),
            lately.share === undefined ? '–' : `${lately.share} %`,
            lately.medianMinutes === undefined ? '–' : spanOf(words, lately.medianMinutes),
          ],
        }))}
        empty={words.t('supervision.no_member')}
      />
      <p class="quiet">{words.t('supervision.member_note')}</p>
    </section>
  )
}

type TableProps = {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly {
    readonly key: string
    readonly name: ComponentChildren
    readonly cells: readonly string[]
  }[]
  readonly empty?: string
}

/** Figures in columns; on a phone each row becomes a heading with its labels. */
export function Table({ caption, head, rows, empty }: TableProps): JSX.Element {
  return (
    <table class="figures">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && empty ? (
          <tr>
            <td colSpan={head.length}>{empty}</td>
          </tr>
        ) : null}
        {rows.map(({ key, name, cells }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {cells.map((cell, index) => (
              <td key={head[index + 1]} data-label={head[index + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function queryOf(scope: FigureScope, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({ ...scope, ...more }).toString()
}

/** A figure as it is written; small ones that are hidden as "under 5". */
export function shown(words: Words, value: Shown): string {
  return value === 'few'
    ? words.t('supervision.few')
    : value.toLocaleString(words.language === 'fr' ? 'fr-FR' : 'en-GB')
}

export function spanOf(words: Words, minutes: number): string {
  return words.span(new Date(words.now.getTime() - minutes * 60_000))
}
