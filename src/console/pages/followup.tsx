/** The follow-ups of one request on a page of their own: what stands, the times that are free, who asked for what. */
import type { JSX } from 'preact'
import { type FollowUpKind, followUpKinds, longestMinutes } from '../../core/followup.ts'
import { isOver } from '../../core/followup-rules.ts'
import { showReference } from '../../core/reference.ts'
import { describe } from '../describe.ts'
import type { Facts, FollowUpView, Happened, Rail } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Ago, Hidden, kindName } from './bits.tsx'
import { FollowUpLine } from './followup-part.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

/** Which times are asked for. */
export type SlotQuery = {
  readonly staff: string
  readonly kind: FollowUpKind
  readonly minutes: number
  readonly from: Date
}

/** What the times of a page were looked for, in one word; from which day says nothing of the time that is chosen. */
export function wishOf({ kind, minutes, staff }: Omit<SlotQuery, 'from'>): string {
  return [kind, minutes, staff].join(' ')
}

type Named = { readonly id: string; readonly name: string }

export type FollowUpsView = {
  readonly facts: Facts
  readonly followUps: readonly FollowUpView[]
  readonly history: readonly Happened[]
  /** Whose calendar it may stand in. */
  readonly people: readonly Named[]
  readonly offices: readonly Named[]
  readonly slots: readonly Date[]
  readonly asked: SlotQuery
  /** Whether the person is asked in the chat. */
  readonly tells: boolean
  readonly safeHours?: string
}

type FollowUpProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: FollowUpsView
  readonly newKey: () => string
  readonly fault?: string
  readonly done?: string
}

export function FollowUpPage(props: FollowUpProps): JSX.Element {
  const { page, rail, view, fault, done } = props
  const { words } = page
  const { row } = view.facts
  const request = `/console/requests/${showReference(row.reference)}`
  return (
    <Sheet
      {...{ page, rail, title: words.t('calendar.plan'), icon: 'clock' }}
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      <p>
        <a href={request}>
          <strong dir="auto">{row.who ?? showReference(row.reference)}</strong>
        </a>{' '}
        · {kindName(words, row)}
      </p>
      {view.followUps.length > 0 ? <Standing {...props} /> : null}
      {row.state === 'closed' ? <p class="mind">{words.t('calendar.closed')}</p> : <Times {...props} />}
      {view.history.length > 0 ? <History words={words} history={view.history} /> : null}
    </Sheet>
  )
}

function actionOf({ view }: FollowUpProps, name = ''): string {
  return `/console/requests/${showReference(view.facts.row.reference)}/follow-up${name}`
}

function Standing(props: FollowUpProps): JSX.Element {
  const { page, view } = props
  return (
    <section class="card">
      <h2>{page.words.t('people.followups')}</h2>
      <ul class="plain">
        {view.followUps.map((it) => (
          <li key={it.id} class="followup">
            <p>
              <FollowUpLine words={page.words} it={it} />
            </p>
            <Deeds {...props} it={it} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What can be noted of one: before its hour that the person agrees or that it is off, afterwards how it went. */
function Deeds({ it, ...props }: FollowUpProps & { it: FollowUpView }): JSX.Element | null {
  const { words, token } = props.page
  if (isOver(it.state) || !it.at) return null
  const past = it.at <= words.now
  const deeds = [
    ...(it.state === 'proposed' && !past ? ['agree'] : []),
    ...(past ? ['done', 'missed'] : []),
    'cancel',
  ] as const
  return (
    <div class="followup-deeds">
      {deeds.map((deed) => (
        <form key={deed} method="post" action={actionOf(props, `/${deed}`)}>
          <Hidden fields={{ _csrf: token, once: props.newKey(), followUp: it.id }} />
          <button type="submit" class="button">
            {words.t(`calendar.deed.${deed}`)}
          </button>
        </form>
      ))}
    </div>
  )
}

function Times(props: FollowUpProps): JSX.Element {
  const { page, view } = props
  const { words } = page
  const { asked } = view
  const moves = view.followUps.some((it) => it.at && !isOver(it.state))
  return (
    <section class="card">
      <h2>{words.t(moves ? 'calendar.move' : 'calendar.propose')}</h2>
      {view.safeHours ? (
        <p class="mind">
          {words.t('calendar.safe_hours')} <span dir="auto">{view.safeHours}</span>
        </p>
      ) : null}
      <form method="post" action={actionOf(props, '/propose')}>
        <Hidden fields={{ _csrf: page.token, once: props.newKey(), searched: wishOf(asked) }} />
        <Search {...props} />
        {view.slots.length === 0 ? <p>{words.t('calendar.none_free')}</p> : <Slots {...props} />}
      </form>
    </section>
  )
}

/** Of the same form as the times that were found: what was changed since goes along, and is looked for first. */
function Search(props: FollowUpProps): JSX.Element {
  const { page, view } = props
  const { words } = page
  const { asked } = view
  return (
    <div class="followup-search" data-search="">
      <label>
        {words.t('calendar.what')}
        <select name="kind">
          {followUpKinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === asked.kind}>
              {words.t(`calendar.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.t('calendar.whose')}
        <select name="staff">
          {view.people.map(({ id, name }) => (
            <option key={id} value={id} selected={id === asked.staff}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.t('calendar.minutes')}
        <input type="number" name="minutes" min={5} max={longestMinutes} step={5} value={asked.minutes} />
      </label>
      <label>
        {words.t('calendar.from')}
        <input type="date" name="from" value={dayOf(asked.from)} />
      </label>
      <button type="submit" class="button" formaction={actionOf(props, '/search')} formnovalidate>
        {words.t('calendar.search')}
      </button>
    </div>
  )
}

function Slots({ page, view }: FollowUpProps): JSX.Element {
  const { words } = page
  const { asked } = view
  const days = [...new Set(view.slots.map(dayOf))]
  return (
    <>
      {days.map((day) => (
        <fieldset key={day} class="slots">
          <legend>{words.day(new Date(day))}</legend>
          {view.slots
            .filter((at) => dayOf(at) === day)
            .map((at) => (
              <label key={at.toISOString()} class="slot">
                <input type="radio" name="at" value={at.toISOString().slice(0, 16)} required />
                {words.clock(at)}
              </label>
            ))}
        </fieldset>
      ))}
      <div class="stack">
        {asked.kind === 'meeting' && view.offices.length > 0 ? (
          <label>
            {words.t('calendar.where')}
            <select name="office">
              <option value="">{words.t('calendar.nowhere')}</option>
              {view.offices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <label class="option">
          <input type="checkbox" name="agreed" checked={!view.tells} /> {words.t('calendar.agreed')}
        </label>
        <p class="quiet">{words.t(view.tells ? 'calendar.tells' : 'calendar.tells_not')}</p>
        <button type="submit" class="button button-main">
          {words.t('calendar.send', { kind: words.t(`calendar.kind.${asked.kind}`), n: asked.minutes })}
        </button>
      </div>
    </>
  )
}

function History({ words, history }: { words: Words; history: readonly Happened[] }): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('calendar.history')}</h2>
      <ul class="plain">
        {history.map(({ id, at, happening, by, names }) => (
          <li key={id}>
            {describe(happening, words, { names, ...(by === undefined ? {} : { by }) })}{' '}
            <small>
              <Ago words={words} at={at} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
