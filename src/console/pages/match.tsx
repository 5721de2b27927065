/** Who writes? Candidates with what speaks for and against each, and what must be checked before anything is joined. */
import type { ComponentChildren, JSX } from 'preact'
import { contactChecks, identityChecks, isIdentified, mayChangeContact } from '../../core/match.ts'
import { showReference } from '../../core/reference.ts'
import { longestNote } from '../form.ts'
import type { MatchView, ShownCandidate } from '../match-load.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Clues, Side } from './side.tsx'

export type MatchProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: MatchView
  readonly newKey: () => string
  readonly fault?: string | undefined
  /** The sentence that the old number gets. */
  readonly notice: string
}

export function MatchPage(props: MatchProps): JSX.Element {
  const { page, rail, view, fault } = props
  const { words } = page
  const { request, state, candidates } = view
  const change = request.kind === 'request.contact_change'
  const back = `/console/requests/${showReference(request.reference)}`
  const title = words.t(change ? 'match.change_title' : 'match.title')
  return (
    <Frame
      page={page}
      title={title}
      rail={rail}
      layout="sheet"
      places={[
        { href: back, icon: 'chat', text: words.t('place.thread') },
        { href: '#content', icon: 'card', text: words.t('place.facts') },
      ]}
    >
      <div id="content" class="sheet match-page" tabIndex={-1}>
        <p>
          <a href={back}>
            <Icon name="back" /> {words.t('match.back', { reference: showReference(request.reference) })}
          </a>
        </p>
        <h1>{title}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {state.disputed ? (
          <p class="fault" role="alert">
            {words.t('match.disputed')}
          </p>
        ) : null}
        {state.settled ? (
          <p class="mind">
            <Icon name="check" /> {words.t(`match.settled.${state.settled}`)}
          </p>
        ) : (
          <p class="quiet">{words.t(change ? 'match.change_help' : 'match.help')}</p>
        )}
        <section class="card">
          <h2>{words.t('match.claimant')}</h2>
          {view.claimant ? (
            <Side words={words} side={view.claimant} said={view.said} />
          ) : (
            <p class="quiet">{words.t('match.nobody')}</p>
          )}
        </section>
        {state.settled || request.state === 'closed' ? null : (
          <>
            <h2 class="match-count">{words.t('match.candidates', { n: candidates.length })}</h2>
            {candidates.map((candidate) => (
              <CandidateCard key={candidate.id} {...props} candidate={candidate} />
            ))}
            {change ? <Refuse {...props} /> : <SomebodyNew {...props} />}
          </>
        )}
      </div>
    </Frame>
  )
}

type CardProps = MatchProps & { readonly candidate: ShownCandidate }

function CandidateCard(props: CardProps): JSX.Element {
  const { page, view, candidate } = props
  const { words } = page
  return (
    <section class="card candidate" aria-label={candidate.values.name ?? words.t('person.unnamed')}>
      <div class="columns">
        <div>
          <h3 dir="auto">{candidate.values.name ?? words.t('person.unnamed')}</h3>
          <Clues words={words} match={candidate.match} />
          <Side words={words} side={{ ...candidate, values: { ...candidate.values, name: undefined } }} />
        </div>
        {view.request.kind === 'request.contact_change' ? (
          <ChangeSteps {...props} />
        ) : (
          <IdentitySteps {...props} />
        )}
      </div>
    </section>
  )
}

function IdentitySteps(props: CardProps): JSX.Element {
  const { page, view, candidate } = props
  const { words } = page
  const ticked = (view.state.checks.get(candidate.id) ?? []) as (typeof identityChecks)[number][]
  return (
    <div>
      <MatchForm {...props} act="checks">
        <fieldset>
          <legend>{words.t('match.checks')}</legend>
          {identityChecks.map((check) => (
            <Tick key={check} words={words} check={check} ticked={ticked.includes(check)} />
          ))}
        </fieldset>
        <button type="submit" class="button">
          {words.t('match.note_checks')}
        </button>
      </MatchForm>
      {isIdentified(ticked) ? (
        <MatchForm {...props} act="link">
          <button type="submit" class="button button-main">
            {words.t('match.link')}
          </button>
        </MatchForm>
      ) : (
        <p class="quiet">{words.t('match.link_when')}</p>
      )}
    </div>
  )
}

function ChangeSteps(props: CardProps): JSX.Element {
  const { page, view, candidate, notice } = props
  const { words } = page
  const { state } = view
  const ticked = (state.checks.get(candidate.id) ?? []) as (typeof contactChecks)[number][]
  const told = state.noticed.has(candidate.id)
  const ready = mayChangeContact({
    checks: ticked,
    noticed: told || !candidate.reachable,
    disputed: state.disputed,
  })
  return (
    <ol class="steps">
      <li>
        <strong>{words.t('match.step_notice')}</strong>
        {told ? <p class="consent-given">{words.t('match.told')}</p> : null}
        {!told && candidate.reachable ? (
          <MatchForm {...props} act="notice">
            <p class="quote">{notice}</p>
            <button type="submit" class="button">
              {words.t('match.send_notice')}
            </button>
          </MatchForm>
        ) : null}
        {!told && !candidate.reachable ? <p class="quiet">{words.t('match.unreachable')}</p> : null}
      </li>
      <li>
        <strong>{words.t(state.disputed ? 'match.step_checks_all' : 'match.step_checks')}</strong>
        <MatchForm {...props} act="checks">
          <fieldset>
            <legend class="hidden">{words.t('match.checks')}</legend>
            {contactChecks.map((check) => (
              <Tick key={check} words={words} check={check} ticked={ticked.includes(check)} />
            ))}
          </fieldset>
          <button type="submit" class="button">
            {words.t('match.note_checks')}
          </button>
        </MatchForm>
      </li>
      <li>
        <strong>{words.t('match.step_change')}</strong>
        {ready ? (
          <MatchForm {...props} act="change">
            <p class="quiet">{words.t('match.change_effect')}</p>
            <button type="submit" class="button button-main">
              {words.t('match.change')}
            </button>
          </MatchForm>
        ) : (
          <p class="quiet">{words.t('match.change_when')}</p>
        )}
      </li>
    </ol>
  )
}

function Tick({ words, check, ticked }: { words: Words; check: string; ticked: boolean }): JSX.Element {
  return (
    <label class="option">
      <input type="checkbox" name="check" value={check} checked={ticked} />
      {words.t(`match.check.${check}`)}
    </label>
  )
}

function SomebodyNew(props: MatchProps): JSX.Element {
  const { words } = props.page
  return (
    <section class="card">
      <h2>{words.t('match.none')}</h2>
      <p class="quiet">{words.t('match.none_help')}</p>
      <MatchForm {...props} act="new">
        <button type="submit" class="button">
          {words.t('match.new')}
        </button>
      </MatchForm>
    </section>
  )
}

function Refuse(props: MatchProps): JSX.Element {
  const { words } = props.page
  return (
    <section class="card">
      <h2>{words.t('match.refuse_title')}</h2>
      <MatchForm {...props} act="refuse">
        <label>
          {words.t('people.why')}
          <textarea name="note" rows={2} maxLength={longestNote} required />
          <small>{words.t('acts.only_staff')}</small>
        </label>
        <button type="submit" class="button">
          {words.t('match.refuse')}
        </button>
      </MatchForm>
    </section>
  )
}

type FormProps = MatchProps & {
  readonly act: string
  readonly candidate?: ShownCandidate
  readonly children: ComponentChildren
}

function MatchForm({ page, view, newKey, act, candidate, children }: FormProps): JSX.Element {
  const base = `/console/requests/${showReference(view.request.reference)}/identity`
  const fields = { _csrf: page.token, once: newKey(), ...(candidate ? { candidate: candidate.id } : {}) }
  return (
    <form class="match-form" method="post" action={`${base}/${act}`}>
      <Hidden fields={fields} />
      {children}
    </form>
  )
}
