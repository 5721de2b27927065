/** What several people said alike, to be put together under a name; and what was put together before. */
import type { JSX } from 'preact'
import { longestRumour } from '../../turn/act-rumour.ts'
import type { PlaceName } from '../place-names.ts'
import { type Rumours, type Suggestion, windows } from '../rumour-load.ts'
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
  readonly found: Rumours
  readonly place?: PlaceName | undefined
  readonly fault?: string | undefined
  readonly newKey: () => string
}

export function RumoursPage(props: Props): JSX.Element {
  const { page, rail, found, fault } = props
  const { words } = page
  const { suggestions, later, rumours, days } = found
  return (
    <Sheet page={page} rail={rail} title={words.t('rumour.title')} icon="chat" {...(fault ? { fault } : {})}>
      <p class="quiet">{words.t('rumour.help')}</p>
      <p>
        <a href="/console/feedback">{words.t('feedback.back')}</a>
      </p>
      <nav class="feedback-kinds" aria-label={words.t('rumour.window')}>
        {windows.map((one) => (
          <a
            key={one}
            href={`/console/rumours?days=${one}`}
            class={one === days ? 'chip chip-on' : 'chip'}
            aria-current={one === days ? 'true' : undefined}
          >
            {words.t('rumour.days', { n: one })}
          </a>
        ))}
      </nav>
      <h2>{words.t('rumour.suggested')}</h2>
      {suggestions.length === 0 ? <p class="card">{words.t('rumour.none')}</p> : null}
      {suggestions.map((one) => (
        <Suggested key={one.lines[0]?.id} {...props} one={one} />
      ))}
      {later > 0 ? <p class="quiet">{words.t('rumour.later', { count: later })}</p> : null}
      {rumours.length === 0 ? null : (
        <section class="card">
          <h2>{words.t('rumour.kept')}</h2>
          <ul class="plain campaign-lines">
            {rumours.map(({ id, name, at, told, answers }) => (
              <li key={id}>
                <a href={`/console/rumours/${id}`} dir="auto">
                  {name}
                </a>
                {answers.slice(-1).map((answer) => (
                  <StateChip key={answer.id} words={words} state={answer.state} />
                ))}
                <small>
                  {words.t('rumour.told', { count: told })} · <Ago words={words} at={at} />
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Sheet>
  )
}

/** What stands together can be unticked before it is put together. */
function Suggested({ page, place, newKey, one }: Props & { readonly one: Suggestion }): JSX.Element {
  const { words, token } = page
  const { lines, more, tellers, shared, rumour } = one
  return (
    <form
      method="post"
      action={rumour ? `/console/rumours/${rumour.id}/gather` : '/console/rumours'}
      class="card stack rumour"
    >
      <Hidden fields={{ _csrf: token, once: newKey() }} />
      <h3>
        {words.t('rumour.tellers', { count: tellers })} <span class="quiet">{shared.join(' · ')}</span>
      </h3>
      {rumour ? <p class="mind">{words.t('rumour.more_of', { name: rumour.name })}</p> : null}
      <ul class="plain rumour-said">
        {lines.map((line) => (
          <li key={line.id}>
            <label class="option">
              <input type="checkbox" name="feedback" value={line.id} checked />
              <span dir="auto">{saidIn(words, line)}</span>
            </label>
            <FeedbackFacts words={words} line={line} place={place} />
          </li>
        ))}
      </ul>
      {more > 0 ? <p class="quiet">{words.t('rumour.more_lines', { count: more })}</p> : null}
      {rumour ? null : (
        <label>
          {words.t('rumour.name')}
          <input name="name" required maxLength={longestRumour} />
          <small>{words.t('rumour.name_help')}</small>
        </label>
      )}
      <button type="submit" class="button button-main">
        <Icon name="checks" />
        {words.t(rumour ? 'rumour.add' : 'rumour.gather')}
      </button>
    </form>
  )
}
