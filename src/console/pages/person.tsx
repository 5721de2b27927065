/** One person: what is known, the case, where they are reached, what they asked for, and everything that happened. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { mayAudit } from '../../store/reads.ts'
import { mayErase } from '../../turn/act-erase.ts'
import { describe } from '../describe.ts'
import type { PersonView } from '../person-load.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago } from './bits.tsx'
import { CheckInsCard } from './check-ins.tsx'
import { Consents, Fact, PersonList } from './facts.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { RowLink } from './list.tsx'
import { CodeBox } from './person-code.tsx'
import { EditsCard } from './person-edits.tsx'
import { CaseForms, type PersonForms } from './person-forms.tsx'
import { GuardianBox } from './person-guardian.tsx'
import { NeedsCard } from './person-needs.tsx'
import { ProxyBox } from './person-proxy.tsx'
import { VoiceBox } from './person-voice.tsx'
import { SafeContactBox } from './safe-contact.tsx'
import { SurveysCard } from './survey-card.tsx'
import { TaskList } from './tasks.tsx'
import { TimelinePart } from './timeline.tsx'

type PersonProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: PersonView
  readonly newKey: () => string
  /** What did not work. */
  readonly fault?: string | undefined
}

export function PersonPage({ page, rail, view, newKey, fault }: PersonProps): JSX.Element {
  const { words } = page
  const title = titleOf(words, view)
  const forms = { page, view, newKey }
  return (
    <Frame
      page={page}
      title={title}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'card', text: words.t('place.facts') },
        { href: '#thread', icon: 'chat', text: words.t('place.thread') },
      ]}
    >
      <div id="content" class="sheet person-page" tabIndex={-1}>
        <PersonHead words={words} view={view} title={title} />
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        <div class="columns">
          <div>
            <FactsCard {...forms} />
            <ReachCard {...forms} />
          </div>
          <div>
            <CaseCard {...forms} />
            <TasksCard {...forms} />
            <CheckInsCard words={words} surveys={view.surveys} />
            <SurveysCard words={words} person={view.person.id} {...view.filled} />
            <RequestsCard words={words} view={view} />
            <NeedsCard {...forms} />
            {mayAudit(page.staff) ? (
              <p class="person-more no-print">
                <a href={`/console/people/${view.person.id}/reads`}>{words.t('account.reads.of_person')}</a>
              </p>
            ) : null}
            {mayErase(page.staff) ? (
              <p class="person-more no-print">
                <a href={`/console/people/${view.person.id}/copy`}>{words.t('own_copy.title')}</a> ·{' '}
                <a href={`/console/people/${view.person.id}/erasure`}>{words.t('erasure.title')}</a>
              </p>
            ) : null}
          </div>
        </div>
        {view.edits.length > 0 ? <EditsCard {...forms} /> : null}
        <TimelinePart words={words} view={view} />
      </div>
    </Frame>
  )
}

function TasksCard({ page, view, newKey }: PersonForms): JSX.Element | null {
  if (view.tasks.length === 0) return null
  return (
    <section class="card">
      <h2>{page.words.t('task.of_person')}</h2>
      <TaskList {...{ page, newKey, lines: view.tasks, back: 'person' }} />
    </section>
  )
}

function titleOf(words: Words, { person, requests }: PersonView): string {
  const [first] = requests
  return person.name ?? (first ? showReference(first.reference) : words.t('person.unnamed'))
}

function PersonHead({ words, view, title }: { words: Words; view: PersonView; title: string }): JSX.Element {
  const { person, file } = view
  return (
    <header class="person-head">
      <h1 dir="auto">{title}</h1>
      <p class="found-facts">
        {person.caseNumber ? <span class="figure">{person.caseNumber}</span> : null}
        {file ? <span class="chip">{words.t(`stage.${file.stage}`)}</span> : null}
        {file?.highRisk ? <span class="chip chip-p1">{words.t('task.risk.high')}</span> : null}
        {person.minor ? <strong class="chip chip-p1">{words.t('person.minor')}</strong> : null}
        {view.addresses.some(({ shared, until }) => shared && !until) ? (
          <span class="mind">{words.t('address.shared')}</span>
        ) : null}
      </p>
    </header>
  )
}

function FactsCard({ page, view }: PersonForms): JSX.Element {
  const { words } = page
  const { person } = view
  return (
    <section class="card">
      <div class="card-head">
        <h2>{words.t('person.facts')}</h2>
        <a class="button button-small" href={`/console/people/${person.id}/edit`}>
          {words.t('people.edit')}
        </a>
      </div>
      <PersonList words={words} person={{ ...person, stage: undefined }} />
      {view.twins.map((twin) => (
        <p key={twin.id} class="mind">
          <Icon name="person" />
          <a href={`/console/people/${person.id}/same`}>
            {words.t('twins.on_page', { name: twin.name ?? words.t('person.unnamed') })}
          </a>
        </p>
      ))}
      <p class="card-more no-print">
        <a href={`/console/people/${person.id}/same`}>{words.t('people.same')}</a>
      </p>
      {view.joined.length > 0 ? (
        <p class="quiet">{words.t('match.joined', { n: view.joined.length })}</p>
      ) : null}
    </section>
  )
}

function ReachCard({ page, view, newKey }: PersonForms): JSX.Element {
  const { words } = page
  const { id, version, safeContact, prefers } = view.person
  return (
    <section class="card">
      <h2>{words.t('person.reached')}</h2>
      <p class="no-print">
        <a class="button" href={`/console/people/${view.person.id}/reach`}>
          {words.t('reach.open')}
        </a>
      </p>
      <SafeContactBox
        words={words}
        safe={safeContact}
        prefers={prefers}
        action={`/console/people/${id}/safe-contact`}
        fields={{ _csrf: page.token, once: newKey(), version }}
      />
      {view.addresses.length === 0 ? <p class="quiet">{words.t('match.no_address')}</p> : null}
      <ul class="plain">
        {view.addresses.map((address) => (
          <li key={address.id} class={address.until ? 'ended' : ''}>
            {words.t(`channel.${address.channelKind}`)}
            {address.until || address.state === 'live' ? '' : ` · ${words.t(`address.${address.state}`)}`}
            {address.stopped === 'no' ? '' : ` · ${words.t(`address.stopped_${address.stopped}`)}`}
            {address.shared ? ` · ${words.t('address.shared')}` : ''}
            {address.verified && !address.until ? ` · ${words.t('people.verified')}` : ''}
            {address.endedBy ? ` · ${words.t(`people.ended.${address.endedBy}`)}` : ''}{' '}
            <small>
              <Ago words={words} at={address.until ?? address.since} />
            </small>
          </li>
        ))}
      </ul>
      <VoiceBox page={page} view={view} newKey={newKey} />
      <CodeBox page={page} view={view} newKey={newKey} />
      <ProxyBox page={page} view={view} newKey={newKey} />
      <GuardianBox page={page} view={view} newKey={newKey} />
      <h3>{words.t('facts.consents')}</h3>
      {view.consents.length === 0 ? <p class="quiet">{words.t('person.no_consent')}</p> : null}
      <Consents words={words} consents={view.consents} />
    </section>
  )
}

function CaseCard(props: PersonForms): JSX.Element {
  const { page, view } = props
  const { words } = page
  const { file } = view
  return (
    <section class="card">
      <h2>{words.t('people.case')}</h2>
      {file ? (
        <dl class="fact-list">
          <Fact label={words.t('people.stage')}>
            {words.t(`stage.${file.stage}`)}{' '}
            <small>
              <Ago words={words} at={file.stageSince} />
            </small>
          </Fact>
          <Fact label={words.t('people.owner')}>{file.owner?.name ?? words.t('people.nobody')}</Fact>
          <Fact label={words.t('people.office')}>{file.office?.name}</Fact>
          <Fact label={words.t('people.opened')}>
            <Ago words={words} at={file.openedAt} />
          </Fact>
          {file.closedAt ? (
            <Fact label={words.t('people.closed_on')}>
              <Ago words={words} at={file.closedAt} />
              {file.closureReason ? `, ${words.t(`people.closure.${file.closureReason}`)}` : ''}
            </Fact>
          ) : null}
        </dl>
      ) : (
        <p class="quiet">{words.t('people.no_case')}</p>
      )}
      <CaseForms {...props} />
      <StageHistory words={words} stages={view.stages} />
    </section>
  )
}

/** Who moved the case and why. */
function StageHistory({ words, stages }: { words: Words; stages: PersonView['stages'] }): JSX.Element | null {
  if (stages.length === 0) return null
  return (
    <details class="card-more">
      <summary>{words.t('people.stages', { n: stages.length })}</summary>
      <ul class="plain ledger">
        {stages.map(({ id, at, by, happening, names }) => (
          <li key={id}>
            <span dir="auto">
              {describe(happening, words, { names, ...(by === undefined ? {} : { by }) })}
            </span>{' '}
            <small>
              <Ago words={words} at={at} />
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}

function RequestsCard({ words, view }: { words: Words; view: PersonView }): JSX.Element {
  const open = view.requests.filter(({ state }) => state !== 'closed')
  const closed = view.requests.filter(({ state }) => state === 'closed')
  const rows = (some: PersonView['requests']) => (
    <ul class="rows">
      {some.map((row) => (
        <li key={row.id}>
          <RowLink words={words} row={row} current={false} />
        </li>
      ))}
    </ul>
  )
  return (
    <section class="card">
      <h2>{words.t('person.requests')}</h2>
      {view.requests.length === 0 ? <p class="quiet">{words.t('person.no_request')}</p> : null}
      {open.length > 0 ? rows(open) : null}
      {closed.length > 0 ? (
        <details class="card-more">
          <summary>{words.t('match.closed_requests', { n: closed.length })}</summary>
          {rows(closed)}
        </details>
      ) : null}
    </section>
  )
}
