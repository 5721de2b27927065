/** The report of indicators, for the screen and for paper: what it comes to, one table, how people write, what is sealed. */
import type { JSX } from 'preact'
import { exportFormats } from '../../core/data-export.ts'
import { type Indicators, type Part, type Split, splits } from '../../core/indicators.ts'
import { fewest } from '../../core/small-numbers.ts'
import { fieldsOf, type IndicatorReport, type IndicatorWish, queryOf, usualPeriods } from '../indicators.ts'
import type { PlaceName } from '../place-names.ts'
import type { Rail } from '../view.ts'
import { type Words, withFirst } from '../words.ts'
import { Hidden } from './bits.tsx'
import { spanOf, Table } from './figures.tsx'
import type { Page } from './frame.tsx'
import { IndicatorChart, numberIn, TalkPart } from './indicator-cards.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly report: IndicatorReport
  readonly offices: readonly { readonly id: string; readonly name: string }[]
  readonly place?: PlaceName | undefined
  readonly fault?: string
}

const day = 86_400_000

/** Columns of the two tables, and of the file that is taken along. */
export const partColumns = {
  answers: ['opened', 'answered', 'inTimeShare', 'medianMinutes', 'closed'],
  loop: ['loopShare', 'yes', 'no', 'silent', 'satisfied', 'appealed', 'appealShare'],
} as const satisfies Record<Part, readonly (keyof Indicators)[]>
export const indicatorColumns = [...partColumns.answers, ...partColumns.loop] as const
const parts = ['answers', 'loop'] as const

export function IndicatorsPage({ page, rail, report, offices, place, fault }: Props): JSX.Element {
  const { words } = page
  const { wish, all, rows, talk, sealed } = report
  const office = offices.find(({ id }) => id === wish.office)?.name
  const last = new Date(wish.until.getTime() - day)
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('indicators.title')}
      icon="chart"
      {...(fault ? { fault } : {})}
    >
      <div class="report">
        <p class="sentence">
          {words.t('indicators.period', { from: longDay(words, wish.from), until: longDay(words, last) })}
          {office ? ` · ${office}` : ''}
        </p>
        <Choice words={words} wish={wish} offices={offices} />
        <p class="sentence">{sentenceOf(words, all)}</p>
        <div class="pictures">
          {rows.answers.some(({ it }) => it !== undefined) ? (
            <IndicatorChart words={words} wish={wish} />
          ) : null}
          {talk ? <TalkPart words={words} talk={talk} /> : null}
        </div>
        {parts.map((part) => (
          <section key={part} class="card report-groups">
            <Table
              caption={`${words.t(`indicators.part_${part}`)} · ${words.t(`indicators.by_${wish.by}`)}`}
              head={[
                words.t('indicators.name'),
                ...partColumns[part].map((one) => words.t(`indicators.${one}`)),
              ]}
              rows={[
                ...rows[part].map(({ name, it }) => ({
                  key: name,
                  name: rowName(words, wish.by, name, place),
                  cells: cellsOf(words, it, part),
                })),
                {
                  key: 'all',
                  name: <strong>{words.t('indicators.all')}</strong>,
                  cells: cellsOf(words, all, part),
                },
              ]}
            />
          </section>
        ))}
        <div class="columns">
          {talk && talk.feedback.length > 0 ? (
            <section class="card">
              <Table
                caption={words.t('indicators.feedback')}
                head={[words.t('indicators.name'), words.t('indicators.count')]}
                rows={talk.feedback.map(({ kind, n }) => ({
                  ...{ key: kind, name: words.t(`feedback.${kind}`), cells: [numberIn(words, n)] },
                }))}
              />
            </section>
          ) : null}
          {sealed && sealed.length > 0 ? (
            <section class="card">
              <Table
                caption={words.t('indicators.sealed')}
                head={[
                  words.t('indicators.quarter'),
                  ...['count', 'abuse', 'forwarded'].map((key) => words.t(`indicators.${key}`)),
                ]}
                rows={sealed.map(({ from, opened, abuse, forwarded }) => ({
                  key: from.toISOString(),
                  name: words.t('indicators.quarter_of', {
                    n: Math.floor(from.getUTCMonth() / 3) + 1,
                    year: from.getUTCFullYear(),
                  }),
                  cells: [opened, abuse, forwarded].map((n) => numberIn(words, n)),
                }))}
              />
            </section>
          ) : null}
        </div>
        <p class="quiet">{words.t('indicators.note', { fewest })}</p>
        <form method="post" action="/console/indicators/export" class="sheet-acts no-print">
          <Hidden fields={{ _csrf: page.token, ...fieldsOf(wish) }} />
          {exportFormats.map((format) => (
            <button key={format} type="submit" class="button" name="format" value={format}>
              {words.t(`campaign_report.take_${format}`)}
            </button>
          ))}
          <button type="button" class="button" data-print hidden>
            {words.t('card.print')}
          </button>
        </form>
      </div>
    </Sheet>
  )
}

/** "1er juillet 2026": a report is read years later. */
function longDay({ language }: Words, at: Date): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  return withFirst(language, at.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }))
}

/** What it comes to, as one would say it. */
function sentenceOf(words: Words, { opened, inTimeShare, loopShare, satisfied }: Indicators): string {
  const t = (key: string, vars: Readonly<Record<string, string | number>> = {}) =>
    words.t(`indicators.said_${key}`, vars)
  if (opened === 0) return t('nothing')
  return [
    t('opened', { n: numberIn(words, opened) }),
    ...(inTimeShare === undefined ? [] : [t('in_time', { share: inTimeShare })]),
    ...(loopShare === undefined ? [] : [t('loop', { share: loopShare })]),
    ...(satisfied === undefined ? [] : [t('satisfied', { share: satisfied })]),
  ].join(' ')
}

function cellsOf(words: Words, it: Indicators | undefined, part: Part): readonly string[] {
  return partColumns[part].map((column) => {
    if (!it) return words.t('indicators.hidden')
    const n = it[column]
    if (column === 'medianMinutes') return n === undefined ? '–' : spanOf(words, Number(n))
    const isShare = column.endsWith('Share') || column === 'satisfied'
    return isShare ? (n === undefined ? '–' : `${n} %`) : numberIn(words, n)
  })
}

function Choice({
  words,
  wish,
  offices,
}: {
  readonly words: Words
  readonly wish: IndicatorWish
  readonly offices: Props['offices']
}): JSX.Element {
  const iso = (at: Date) => at.toISOString().slice(0, 10)
  return (
    <>
      <p class="no-print">
        {usualPeriods(words.now).map(({ name, from, until }, index) => (
          <>
            {index > 0 ? ' · ' : null}
            <a href={`/console/indicators?${queryOf({ ...wish, from, until })}`}>
              {words.t(`indicators.${name}`)}
            </a>
          </>
        ))}
      </p>
      <form class="choice no-print" action="/console/indicators">
        <label>
          {words.t('indicators.from')}
          <input type="date" name="from" value={iso(wish.from)} />
        </label>
        <label>
          {words.t('indicators.until')}
          <input type="date" name="until" value={iso(new Date(wish.until.getTime() - day))} />
        </label>
        <label>
          {words.t('indicators.split')}
          <select name="by">
            {splits.map((one) => (
              <option key={one} value={one} selected={one === wish.by}>
                {words.t(`indicators.by_${one}`)}
              </option>
            ))}
          </select>
        </label>
        {offices.length > 1 ? (
          <label>
            {words.t('supervision.office')}
            <select name="office">
              <option value="">{words.t('supervision.everywhere')}</option>
              {offices.map(({ id, name }) => (
                <option key={id} value={id} selected={id === wish.office}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <button type="submit" class="button">
          {words.t('indicators.show')}
        </button>
      </form>
    </>
  )
}

/** What a row of a split is called. */
export function rowName(words: Words, by: Split, name: string, place: PlaceName | undefined): string {
  if (name === '') return words.t('indicators.unknown')
  switch (by) {
    case 'kind':
      return words.any(`taxonomy.${name}`)
    case 'region':
      return place?.(name) ?? name
    case 'sex':
      return words.t(name === 'woman' ? 'indicators.woman' : 'indicators.man')
    case 'age':
      return words.t(`indicators.${name}`)
    case 'channel':
      return words.t(`channel.${name}`)
    case 'language':
      return words.t(`language.${name}`)
    default:
      return by satisfies never
  }
}
