/** What somebody must see now, above every page. It says that something waits and since when, never what. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { AlertView } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'

type BannerProps = {
  readonly words: Words
  readonly token: string
  readonly alerts: readonly AlertView[]
}

/** The script sounds for those in `data-waiting`, which nobody has seen. */
export function AlertBanner({ words, token, alerts }: BannerProps): JSX.Element {
  const waiting = alerts.filter(({ acknowledged }) => acknowledged === undefined)
  return (
    <aside
      id="alerts"
      class={waiting.length > 0 ? 'alerts alerts-waiting' : 'alerts'}
      aria-label={words.t('alert.name')}
      hidden={alerts.length === 0}
      data-waiting={waiting.map(({ id }) => id).join(' ')}
      hx-get="/console/alerts"
      hx-trigger="alerts from:main, missed from:main"
      hx-swap="outerMorph"
    >
      {alerts.length === 0 ? null : (
        <>
          <p class="alerts-title" role="status">
            <Icon name="bell" />
            {waiting.length > 0
              ? words.t('alert.waiting', { count: waiting.length })
              : words.t('alert.untaken', { count: alerts.length })}
          </p>
          <ul>
            {alerts.map((alert) => (
              <li key={alert.id}>
                <Line words={words} token={token} alert={alert} />
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  )
}

function Line({ words, token, alert }: { words: Words; token: string; alert: AlertView }): JSX.Element {
  const { acknowledged, reference } = alert
  return (
    <>
      <span>
        {whatOf(words, alert)}
        {' · '}
        <time dateTime={alert.at.toISOString()} title={words.exact(alert.at)}>
          {words.t('time.ago', { span: words.span(alert.at) })}
        </time>
        {acknowledged ? <small> · {seenBy(words, acknowledged)}</small> : null}
      </span>
      {acknowledged && reference ? (
        <a class="button button-quiet" href={`/console/requests/${showReference(reference)}`}>
          {words.t('alert.open')}
        </a>
      ) : (
        <form method="post" action="/console/alerts/seen">
          <Hidden fields={{ _csrf: token, alert: alert.id }} />
          <button type="submit" class="button">
            {words.t(acknowledged ? 'alert.open' : 'alert.see')}
          </button>
        </form>
      )}
    </>
  )
}

/** Whoever may open it sees it there; whoever may not learns on which line nobody has answered. */
function whatOf(words: Words, { cause, line, reference, page }: AlertView): string {
  if (page) return words.t(`alert.${cause}`)
  if (reference || line === undefined) return words.t('alert.request')
  return words.t('alert.unanswered', { line: words.t(`duty.${line}`) })
}

function seenBy(words: Words, { name, mine }: NonNullable<AlertView['acknowledged']>): string {
  return mine ? words.t('alert.seen_by_you') : words.t('alert.seen_by', { name })
}
