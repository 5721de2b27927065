/** One person: what is known, where they are reached, consents, their requests and the whole conversation. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { PersonView, Rail } from '../view.ts'
import { Ago } from './bits.tsx'
import { Consents, PersonList } from './facts.tsx'
import { Frame, type Page } from './frame.tsx'
import { RowLink } from './list.tsx'
import { ThreadPart } from './thread.tsx'

export function PersonPage({ page, rail, view }: { page: Page; rail: Rail; view: PersonView }): JSX.Element {
  const { words } = page
  const first = view.requests[0]
  const title = view.person.name ?? (first ? showReference(first.reference) : words.t('person.unnamed'))
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
      <div id="content" class="sheet" tabIndex={-1}>
        <h1 dir="auto">{title}</h1>
        <div class="columns">
          <section class="card">
            <h2>{words.t('person.facts')}</h2>
            <PersonList words={words} person={view.person} />
            <h3>{words.t('person.reached')}</h3>
            <ul class="plain">
              {view.addresses.map((address) => (
                <li key={address.id}>
                  {words.t(`channel.${address.channelKind}`)}
                  {address.state === 'live' ? '' : ` · ${words.t(`address.${address.state}`)}`}
                  {address.stopped === 'no' ? '' : ` · ${words.t(`address.stopped_${address.stopped}`)}`}
                  {address.shared ? ` · ${words.t('address.shared')}` : ''}{' '}
                  <small>
                    <Ago words={words} at={address.since} />
                  </small>
                </li>
              ))}
            </ul>
            <h3>{words.t('facts.consents')}</h3>
            {view.consents.length === 0 ? <p class="quiet">{words.t('person.no_consent')}</p> : null}
            <Consents words={words} consents={view.consents} />
          </section>
          <section class="card">
            <h2>{words.t('person.requests')}</h2>
            {view.requests.length === 0 ? <p class="quiet">{words.t('person.no_request')}</p> : null}
            <ul class="rows">
              {view.requests.map((row) => (
                <li key={row.id}>
                  <RowLink words={words} row={row} current={false} />
                </li>
              ))}
            </ul>
          </section>
        </div>
        <section class="card">
          <h2>{words.t('person.timeline')}</h2>
          <ThreadPart
            words={words}
            thread={view.thread}
            from={`/console/people/${view.person.id}/thread`}
            hints={[`person-${view.person.id}`]}
          />
        </section>
      </div>
    </Frame>
  )
}
