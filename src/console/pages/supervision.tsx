/** Three questions at a glance: what waits, what is late, is it getting better. Then the weeks, the queues, the people. */
import type { ComponentChildren, JSX } from 'preact'
import { queueKeys } from '../../core/queue.ts'
import type { FigureScope } from '../../store/figures.ts'
import type { AnswersView, Shown, SupervisionView } from '../supervision.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Owners, Queues, shown, spanOf, Weeks } from './figures.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'

type Office = { readonly id: string; readonly name: string }

type SupervisionProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: SupervisionView
  readonly scope: FigureScope
  /** The offices that the reader may look at. */
  readonly offices: readonly Office[]
  /** Whose page it is: an office or a member of staff; neither: all offices. */
  readonly of: { readonly office?: string; readonly member?: string }
}

export function SupervisionPage({ page, rail, view, scope, offices, of }: SupervisionProps): JSX.Element {
  const { words } = page
  const title = of.member ?? of.office ?? words.t('supervision.everywhere')
  return (
    <Frame
      page={page}
      title={`${words.t('supervision.place')} · ${title}`}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'chart', text: words.t('supervision.place') },
      ]}
    >
      <div id="content" class="sheet supervision" tabIndex={-1}>
        {of.member === undefined ? null : (
          <p class="no-print">
            <a href="/console/supervision">{words.t('supervision.back')}</a>
          </p>
        )}
        <h1>
          {title}
          {scope.queue
            ? ` · ${words.t('supervision.of_queue', { queue: words.t(`queue.${scope.queue}`) })}`
            : ''}
        </h1>
        <p class="quiet">{words.t('supervision.as_of', { at: words.exact(words.now) })}</p>
        <p class="sentence">{sentenceOf(words, view)}</p>
        <Passings words={words} passings={view.passings} />
        <Answers words={words} view={view} />
        {of.member === undefined ? <Choice words={words} scope={scope} offices={offices} /> : null}
        <div class="pictures">
          <Weeks words={words} picture="flow" scope={scope} weeks={view.weeks} />
          <Weeks words={words} picture="time" scope={scope} weeks={view.weeks} />
        </div>
        {scope.queue ? null : <Queues words={words} scope={scope} queues={view.queues} />}
        {view.owners ? <Owners words={words} owners={view.owners} /> : null}
      </div>
    </Frame>
  )
}

/** What the page comes to, as one would say it. */
function sentenceOf(words: Words, { present, lately, before }: SupervisionView): string {
  const { owed, overdue } = present
  const parts = [
    owed === 0
      ? words.t('supervision.nothing_waits')
      : overdue === 0
        ? words.t('supervision.waits', { count: counted(owed), n: shown(words, owed) })
        : words.t('supervision.waits_late', {
            count: counted(owed),
            n: shown(words, owed),
            late: shown(words, overdue),
          }),
  ]
  const trend = trendOf(lately, before)
  if (trend) parts.push(words.t(`supervision.trend_${trend}`))
  return parts.join(' ')
}

/** Two points out of a hundred are chance. */
function trendOf(lately: AnswersView, before: AnswersView): 'better' | 'worse' | 'same' | undefined {
  if (lately.share === undefined || before.share === undefined) return undefined
  const change = lately.share - before.share
  return change > 2 ? 'better' : change < -2 ? 'worse' : 'same'
}

/** Queues at their limit: a line that stays for as long as it lasts, and a while after. */
function Passings({
  words,
  passings,
}: {
  readonly words: Words
  readonly passings: SupervisionView['passings']
}) {
  return passings.length === 0 ? null : (
    <ul class="plain passings">
      {passings.map(({ queue, what, most, since, until }) => (
        <li key={`${queue} ${what} ${since.toISOString()}`} class={until ? 'quiet' : 'mind'}>
          {until ? null : <Icon name="late" />}
          <span>
            {words.t(`supervision.passing_${what}`, {
              queue: words.t(`queue.${queue}`),
              most,
              since: words.exact(since),
            })}{' '}
            {until ? words.t('supervision.passing_over', { until: words.exact(until) }) : null}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Answers({ words, view }: { readonly words: Words; readonly view: SupervisionView }): JSX.Element {
  const { present, lately, before } = view
  const n = (value: Shown) => shown(words, value)
  return (
    <div class="questions">
      <Question title={words.t('supervision.what_waits')} figure={n(present.owed)} tone="wait">
        {words.t('supervision.waits_more', {
          open: n(present.open),
          due: n(present.due),
          unowned: n(present.unowned),
        })}
      </Question>
      <Question
        title={words.t('supervision.what_late')}
        figure={n(present.overdue)}
        tone={present.overdue === 0 ? 'good' : 'late'}
      >
        {present.overdue === 0 ? words.t('supervision.none_late') : words.t('supervision.late_more')}
      </Question>
      <Question
        title={words.t('supervision.is_better')}
        figure={lately.share === undefined ? '–' : `${lately.share} %`}
        tone="plain"
      >
        {lately.share === undefined
          ? words.t('supervision.no_share')
          : before.share === undefined
            ? words.t('supervision.share')
            : words.t('supervision.share_before', { before: before.share })}
        {lately.medianMinutes === undefined ? null : (
          <> {words.t('supervision.median', { span: spanOf(words, lately.medianMinutes) })}</>
        )}
      </Question>
    </div>
  )
}

type QuestionProps = {
  readonly title: string
  readonly figure: string
  readonly tone: 'wait' | 'late' | 'good' | 'plain'
  readonly children: ComponentChildren
}

function Question({ title, figure, tone, children }: QuestionProps): JSX.Element {
  return (
    <section class={`card question question-${tone}`}>
      <h2>{title}</h2>
      <p class="figure">{figure}</p>
      <p class="quiet">{children}</p>
    </section>
  )
}

/** Another office or queue; a form, so that it works without scripts. */
function Choice({
  words,
  scope,
  offices,
}: {
  readonly words: Words
  readonly scope: FigureScope
  readonly offices: readonly Office[]
}): JSX.Element {
  return (
    <form class="choice no-print" action="/console/supervision">
      {offices.length > 1 ? (
        <label>
          {words.t('supervision.office')}
          <select name="office">
            <option value="">{words.t('supervision.everywhere')}</option>
            {offices.map(({ id, name }) => (
              <option key={id} value={id} selected={id === scope.office}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label>
        {words.t('supervision.queue')}
        <select name="queue">
          <option value="">{words.t('supervision.all_queues')}</option>
          {queueKeys.map((key) => (
            <option key={key} value={key} selected={key === scope.queue}>
              {words.t(`queue.${key}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">
        {words.t('supervision.show')}
      </button>
    </form>
  )
}

function counted(value: Shown): number {
  return value === 'few' ? 2 : value
}
