/** What people say of the programme's work: how much of each kind, what narrows the list, and each piece. */
import type { JSX } from 'preact'
import { exportFormats } from '../../core/data-export.ts'
import { languages } from '../../core/language.ts'
import { type FeedbackKind, feedbackKinds } from '../../core/request.ts'
import { readsFeedback } from '../../store/access-feedback.ts'
import type { listFeedback } from '../../store/feedback.ts'
import { type FeedbackLook, feedbackQuery } from '../feedback-look.ts'
import type { PlaceName } from '../place-names.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import { FeedbackFacts, saidIn } from './feedback-bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly look: FeedbackLook
  /** Where this page of the list begins. */
  readonly after?: string | undefined
  readonly counts: Readonly<Record<FeedbackKind, number>>
  readonly found: Awaited<ReturnType<typeof listFeedback>>
  readonly place?: PlaceName | undefined
  /** The request that was just made of one. */
  readonly raised?: string | undefined
}

export function FeedbackPage(props: Props): JSX.Element {
  const { page, rail, look, found, raised } = props
  const { words, staff } = page
  const done = raised && words.t('feedback.raised', { reference: raised })
  return (
    <Sheet page={page} rail={rail} title={words.t('feedback.title')} icon="chat" {...(done ? { done } : {})}>
      <p class="quiet">{words.t('feedback.help')}</p>
      {staff.roles.includes('officer') ? (
        <p>
          <a href="/console/rumours">{words.t('rumour.title')}</a>
        </p>
      ) : null}
      <Kinds {...props} />
      <Narrow {...props} />
      <Lines {...props} />
      {found.next ? (
        <p>
          <a class="button" href={`/console/feedback${feedbackQuery(look, found.next)}`}>
            {words.t('feedback.older')}
          </a>
        </p>
      ) : null}
      <TakeOut {...props} />
    </Sheet>
  )
}

/** How much of each kind there is; pressing one narrows the list to it. */
function Kinds({ page: { words }, look, counts }: Props): JSX.Element {
  return (
    <nav class="feedback-kinds" aria-label={words.t('feedback.kinds')}>
      {feedbackKinds.map((kind) => {
        const on = look.kind === kind
        return (
          <a
            key={kind}
            href={`/console/feedback${feedbackQuery({ ...look, kind: on ? '' : kind })}`}
            class={on ? 'chip chip-on' : 'chip'}
            aria-current={on ? 'true' : undefined}
          >
            {words.t(`feedback.${kind}`)} <strong>{counts[kind]}</strong>
          </a>
        )
      })}
    </nav>
  )
}

function Narrow({ page: { words, staff }, look, place }: Props): JSX.Element {
  const regions = (place?.regions ?? []).map(({ id, name }) => [id, name] as const)
  const choices = [
    ['region', regions],
    ['language', languages.map((one) => [one, words.t(`language.${one}`)] as const)],
  ] as const
  return (
    <details
      class="card feedback-narrow"
      open={Object.entries(look).some(([name, on]) => name !== 'kind' && on !== '')}
    >
      <summary>{words.t('feedback.narrow')}</summary>
      <form method="get" action="/console/feedback">
        {look.kind ? <Hidden fields={{ kind: look.kind }} /> : null}
        {choices.map(([name, options]) => (
          <label key={name}>
            {words.t(`feedback.by.${name}`)}
            <select name={name}>
              <option value="">{words.t('feedback.any')}</option>
              {options.map(([value, text]) => (
                <option key={value} value={value} selected={look[name] === value}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        ))}
        {(['from', 'until'] as const).map((name) => (
          <label key={name}>
            {words.t(`feedback.by.${name}`)}
            <input type="date" name={name} value={look[name]} />
          </label>
        ))}
        {readsFeedback(staff) ? (
          <label>
            {words.t('feedback.by.q')}
            <input type="search" name="q" maxLength={100} value={look.q} />
          </label>
        ) : null}
        <label class="option">
          <input type="checkbox" name="elsewhere" value="yes" checked={look.elsewhere === 'yes'} />
          {words.t('feedback.about_others')}
        </label>
        <span class="feedback-buttons">
          <button type="submit" class="button">
            {words.t('feedback.narrow')}
          </button>
          <a href="/console/feedback">{words.t('feedback.all')}</a>
        </span>
      </form>
    </details>
  )
}

function Lines({ page: { words }, look, after, found, place }: Props): JSX.Element {
  return (
    <div
      id="feedback"
      hx-get={`/console/feedback${feedbackQuery(look, after)}`}
      hx-trigger="feedback from:main, missed from:main"
      hx-select="#feedback"
      hx-swap="outerMorph"
    >
      {found.lines.length === 0 ? <p class="card">{words.t('feedback.none')}</p> : null}
      {found.lines.some(({ readable }) => !readable) ? (
        <p class="quiet">{words.t('feedback.unread')}</p>
      ) : null}
      <ul class="plain feedback-lines">
        {found.lines.map((line) => (
          <li key={line.id} class="card">
            {line.readable ? (
              <a href={`/console/feedback/${line.id}`} dir="auto">
                {saidIn(words, line)}
              </a>
            ) : null}
            <FeedbackFacts words={words} line={line} place={place} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The lines of this look as a table. */
function TakeOut({ page: { words, token }, look }: Props): JSX.Element {
  return (
    <form method="post" action="/console/feedback/export" class="feedback-export">
      <Hidden fields={{ _csrf: token, ...look }} />
      <label>
        {words.t('feedback.take_out')}
        <select name="format">
          {exportFormats.map((format) => (
            <option key={format} value={format}>
              {words.t(`export.format_${format}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-small">
        {words.t('export.take')}
      </button>
    </form>
  )
}
