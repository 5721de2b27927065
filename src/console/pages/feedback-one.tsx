/** One piece of feedback: what was said, what staff make of it, and what was done with it so far. */
import type { ComponentChildren, JSX } from 'preact'
import { longestOrganisation } from '../../core/feedback.ts'
import { showReference } from '../../core/reference.ts'
import { feedbackKinds } from '../../core/request.ts'
import { describe } from '../describe.ts'
import type { FeedbackView } from '../feedback-load.ts'
import type { PlaceName } from '../place-names.ts'
import type { Rail } from '../view.ts'
import { Ago, Hidden } from './bits.tsx'
import { FeedbackFacts, saidIn } from './feedback-bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'
import { KindChoice } from './sort-form.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly view: FeedbackView
  readonly place?: PlaceName | undefined
  readonly fault?: string | undefined
  readonly newKey: () => string
}

export function FeedbackOnePage(props: Props): JSX.Element {
  const { page, rail, view, place, fault } = props
  const { words } = page
  const { line, person, reference, history, decisions } = view
  return (
    <Sheet page={page} rail={rail} title={words.t('feedback.one')} icon="chat" {...(fault ? { fault } : {})}>
      <p>
        <a href="/console/feedback">{words.t('feedback.back')}</a>
        {person ? (
          <>
            {' · '}
            <a href={`/console/people/${person}`}>{words.t('feedback.to_person')}</a>
          </>
        ) : null}
        {reference ? (
          <>
            {' · '}
            <a href={`/console/requests/${showReference(reference)}`}>
              {words.t('feedback.to_request', { reference: showReference(reference) })}
            </a>
          </>
        ) : null}
        {page.staff.roles.includes('officer') ? (
          <>
            {' · '}
            <a href={`/console/decisions?feedback=${line.id}`}>{words.t('decision.note')}</a>
          </>
        ) : null}
      </p>
      <section class="card feedback-said">
        <p dir="auto">{saidIn(words, line)}</p>
        <FeedbackFacts words={words} line={line} place={place} />
      </section>
      <div class="columns">
        <section class="card stack">
          <h2>{words.t('feedback.sort')}</h2>
          <Sorting {...props} />
        </section>
        <section class="card stack">
          <h2>{words.t('feedback.history')}</h2>
          <ul class="plain ledger">
            {history.map(({ id, at, by, happening }) => (
              <li key={id}>
                <span>{describe(happening, words, { by, names: {} })}</span>
                <small>
                  <Ago words={words} at={at} />
                </small>
              </li>
            ))}
          </ul>
          {decisions.length === 0 ? null : <h2>{words.t('decision.noted')}</h2>}
          <ul class="plain decisions">
            {decisions.map(({ id, text, day }) => (
              <li key={id}>
                <p dir="auto">{text}</p>
                <small>{words.day(day)}</small>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Sheet>
  )
}

function Sorting(props: Props): JSX.Element {
  const { page, view } = props
  const { words } = page
  const { kind, organisation, request } = view.line
  return (
    <>
      <Form {...props} act="kind" button={words.t('feedback.keep')}>
        <label>
          {words.t('feedback.kind')}
          <select name="kind">
            {feedbackKinds.map((one) => (
              <option key={one} value={one} selected={one === kind}>
                {words.t(`feedback.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </Form>
      <Form {...props} act="elsewhere" button={words.t('feedback.keep')}>
        <label>
          {words.t('feedback.organisation')}
          <input name="organisation" maxLength={longestOrganisation} value={organisation ?? ''} />
          <small>{words.t('feedback.organisation_help')}</small>
        </label>
      </Form>
      {request ? null : (
        <Form {...props} act="request" button={words.t('feedback.raise')}>
          <KindChoice
            words={words}
            label={words.t('feedback.raise_as')}
            help={words.t('feedback.raise_help')}
          />
        </Form>
      )}
    </>
  )
}

type FormProps = Props & {
  readonly act: string
  readonly button: string
  readonly children: ComponentChildren
}

function Form({ page, view, newKey, act, button, children }: FormProps): JSX.Element {
  return (
    <form method="post" action={`/console/feedback/${view.line.id}/${act}`} class="stack">
      <Hidden fields={{ _csrf: page.token, once: newKey() }} />
      {children}
      <button type="submit" class="button button-small">
        {button}
      </button>
    </form>
  )
}
