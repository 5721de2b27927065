/** "You said, we did": what was decided, by quarter, with what stands behind it; and a new decision. */
import type { JSX } from 'preact'
import { longestDecision, quarterOf } from '../../core/decision.ts'
import { languages } from '../../core/language.ts'
import { showReference } from '../../core/reference.ts'
import type { DecisionLine } from '../../store/decision.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

/** Of many sources a few are enough to look into. */
const linksShown = 5

/** What the form of a new one holds. */
export type DecisionDraft = {
  readonly text: string
  readonly day: string
  readonly language: string
  readonly references: string
  readonly feedback: readonly string[]
}

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly lines: readonly DecisionLine[]
  readonly names: ReadonlyMap<string, string>
  readonly draft: DecisionDraft
  readonly writes: boolean
  readonly kept: boolean
  readonly fault?: string | undefined
  readonly newKey: () => string
}

export function DecisionsPage(props: Props): JSX.Element {
  const { page, rail, lines, writes, kept, fault } = props
  const { words } = page
  const quarters = [...new Set(lines.map(({ day }) => quarterOf(day)))]
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('decision.title')}
      icon="checks"
      {...(fault ? { fault } : {})}
      {...(kept ? { done: words.t('decision.kept') } : {})}
    >
      <p class="quiet">{words.t('decision.help')}</p>
      {writes ? <NewDecision {...props} /> : null}
      {lines.length === 0 ? <p class="card">{words.t('decision.none')}</p> : null}
      <div
        id="decisions"
        hx-get="/console/decisions"
        hx-trigger="decisions from:main, missed from:main"
        hx-select="#decisions"
        hx-swap="outerMorph"
      >
        {quarters.map((quarter) => {
          const [year = '', n = ''] = quarter.split('-')
          const some = lines.filter(({ day }) => quarterOf(day) === quarter)
          return (
            <section key={quarter} class="card">
              <h2>
                {words.t('decision.quarter', { n, year })} ·{' '}
                <span class="quiet">{words.t('decision.count', { count: some.length })}</span>
              </h2>
              <ul class="plain decisions">
                {some.map((line) => (
                  <Line key={line.id} {...props} line={line} />
                ))}
              </ul>
            </section>
          )
        })}
      </div>
    </Sheet>
  )
}

function Line({ page, names, writes, newKey, line }: Props & { readonly line: DecisionLine }): JSX.Element {
  const { words, token } = page
  const { requests, feedback, behind, campaign } = line
  return (
    <li>
      <p dir="auto">{line.text}</p>
      <p class="feedback-facts">
        <span>
          {words.day(line.day)} · {names.get(line.staff) ?? words.t('event.nobody')} ·{' '}
          {words.t('decision.behind', { count: behind })}
        </span>
        {requests.slice(0, linksShown).map((reference) => (
          <a key={reference} href={`/console/requests/${showReference(reference)}`}>
            {showReference(reference)}
          </a>
        ))}
        {feedback.slice(0, linksShown).map((id, index) => (
          <a key={id} href={`/console/feedback/${id}`}>
            {words.t('decision.feedback', { n: index + 1 })}
          </a>
        ))}
      </p>
      {campaign ? (
        <a href={`/console/campaigns/${campaign}`}>{words.t('decision.to_campaign')}</a>
      ) : writes ? (
        <form method="post" action={`/console/decisions/${line.id}/campaign`}>
          <Hidden fields={{ _csrf: token, once: newKey() }} />
          <button type="submit" class="button button-small">
            <Icon name="horn" />
            {words.t('decision.tell')}
          </button>
        </form>
      ) : null}
    </li>
  )
}

function NewDecision({ page, draft, newKey }: Props): JSX.Element {
  const { words, token } = page
  const { text, day, language, references, feedback } = draft
  return (
    <details class="card" open={feedback.length > 0 || text !== '' || references !== ''}>
      <summary>{words.t('decision.new')}</summary>
      <form method="post" action="/console/decisions" class="stack">
        <Hidden fields={{ _csrf: token, once: newKey() }} />
        {feedback.map((id) => (
          <input key={id} type="hidden" name="feedback" value={id} />
        ))}
        <label>
          {words.t('decision.text')}
          <textarea name="text" rows={3} required maxLength={longestDecision} dir="auto">
            {text}
          </textarea>
          <small>{words.t('decision.text_help')}</small>
        </label>
        <label>
          {words.t('decision.language')}
          <select name="language">
            {languages.map((one) => (
              <option key={one} value={one} selected={one === language}>
                {words.t(`language.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('decision.day')}
          <input type="date" name="day" required value={day} />
        </label>
        {feedback.length === 0 ? null : (
          <p>{words.t('decision.with_feedback', { count: feedback.length })}</p>
        )}
        <label>
          {words.t('decision.references')}
          <input name="references" maxLength={4000} value={references} />
          <small>{words.t('decision.references_help')}</small>
        </label>
        <button type="submit" class="button button-main">
          {words.t('decision.keep')}
        </button>
      </form>
    </details>
  )
}
