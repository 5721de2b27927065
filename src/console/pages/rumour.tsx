/** One rumour: who said it in which words, its answers, and a new one. */
import type { JSX } from 'preact'
import { longestRumour } from '../../turn/act-rumour.ts'
import type { PlaceName } from '../place-names.ts'
import type { loadRumourView } from '../rumour-load.ts'
import type { Rail } from '../view.ts'
import { Ago, Hidden } from './bits.tsx'
import { StateChip } from './campaign-bits.tsx'
import { FeedbackFacts, saidIn } from './feedback-bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly view: Awaited<ReturnType<typeof loadRumourView>>
  readonly place?: PlaceName | undefined
  readonly fault?: string | undefined
  readonly newKey: () => string
}

export function RumourPage(props: Props): JSX.Element {
  const { page, rail, view, place, fault } = props
  const { words, token } = page
  const { rumour, lines } = view
  return (
    <Sheet
      page={page}
      rail={rail}
      title={rumour.name.slice(0, longestRumour)}
      icon="chat"
      {...(fault ? { fault } : {})}
    >
      <p>
        <a href="/console/rumours">{words.t('rumour.back')}</a> ·{' '}
        <a href={`/console/decisions?rumour=${rumour.id}`}>{words.t('decision.note')}</a>
      </p>
      <div class="columns">
        <section class="card">
          <h2>{words.t('rumour.told', { count: lines.length })}</h2>
          <ul class="plain rumour-said">
            {lines.map((line) => (
              <li key={line.id}>
                <a href={`/console/feedback/${line.id}`} dir="auto">
                  {saidIn(words, line)}
                </a>
                <FeedbackFacts words={words} line={line} place={place} />
                <form method="post" action={`/console/rumours/${rumour.id}/release`}>
                  <Hidden fields={{ _csrf: token, feedback: line.id }} />
                  <button type="submit" class="button button-small">
                    {words.t('rumour.release')}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
        <Answers {...props} />
      </div>
    </Sheet>
  )
}

function Answers({ page, view, place, newKey }: Props): JSX.Element {
  const { words, token } = page
  const { rumour } = view
  const { answers } = rumour
  const went = answers.some(({ releasedAt }) => releasedAt !== undefined)
  // One that is still written or waits for a colleague will go to everybody who said it by then.
  const waits = answers.some(({ state, releasedAt }) => !releasedAt && state !== 'cancelled')
  return (
    <section class="card stack">
      <h2>{words.t('rumour.answers')}</h2>
      {answers.length === 0 ? <p class="quiet">{words.t('rumour.no_answer')}</p> : null}
      <ul class="plain campaign-lines">
        {answers.map(({ id, name, state, releasedAt }) => (
          <li key={id}>
            <a href={`/console/campaigns/${id}`} dir="auto">
              {name}
            </a>
            <StateChip words={words} state={state} />
            {releasedAt ? (
              <small>
                <Ago words={words} at={releasedAt} />
              </small>
            ) : null}
          </li>
        ))}
      </ul>
      {waits ? null : (
        <form method="post" action={`/console/rumours/${rumour.id}/answer`} class="stack">
          <Hidden fields={{ _csrf: token, once: newKey() }} />
          <p class="quiet">{words.t(went ? 'rumour.again_help' : 'rumour.answer_help')}</p>
          <button type="submit" class="button button-main">
            <Icon name="pen" />
            {words.t(went ? 'rumour.answer_again' : 'rumour.answer')}
          </button>
        </form>
      )}
      {went ? (
        <form method="post" action={`/console/rumours/${rumour.id}/spread`} class="stack">
          <Hidden fields={{ _csrf: token, once: newKey() }} />
          <label>
            {words.t('rumour.region')}
            <select name="region" required>
              <option value="">{words.t('export.choose')}</option>
              {(place?.regions ?? []).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <small>{words.t('rumour.spread_help')}</small>
          </label>
          <button type="submit" class="button">
            <Icon name="horn" />
            {words.t('rumour.spread')}
          </button>
        </form>
      ) : null}
    </section>
  )
}
