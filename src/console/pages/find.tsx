/** What was found: people, requests and messages on one page, at most a screenful of each. */
import type { ComponentChildren, JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Piece } from '../../flow/answer/search-words.ts'
import type { FoundMessage } from '../../store/find-messages.ts'
import type { FoundPerson } from '../../store/find-people.ts'
import { longestSought } from '../sought.ts'
import type { Rail, Row } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, anchor, Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { RowLink } from './list.tsx'

export type FoundText = Omit<FoundMessage, 'text'> & { readonly pieces: readonly Piece[] }

/** What a search came to. */
export type Finding = {
  readonly text: string
  readonly people: { readonly people: readonly FoundPerson[]; readonly more: boolean }
  readonly requests: readonly Row[]
  readonly messages: { readonly messages: readonly FoundText[]; readonly more: boolean }
}

type FindProps = { readonly page: Page; readonly rail: Rail; readonly finding?: Finding | undefined }

export function FindPage({ page, rail, finding }: FindProps): JSX.Element {
  const { words } = page
  return (
    <Frame
      page={page}
      title={words.t('find.title')}
      rail={rail}
      layout="sheet"
      places={[{ href: '#content', icon: 'find', text: words.t('find.title') }]}
    >
      <div id="content" class="sheet find-page" tabIndex={-1}>
        <h1>{words.t('find.title')}</h1>
        <FindForm page={page} text={finding?.text ?? ''} />
        {finding ? <Found words={words} finding={finding} /> : <p class="quiet">{words.t('find.help')}</p>}
      </div>
    </Frame>
  )
}

function FindForm({ page, text }: { page: Page; text: string }): JSX.Element {
  const { words } = page
  return (
    <form class="find-form" method="post" action="/console/find">
      <Hidden fields={{ _csrf: page.token }} />
      <label for="find-sought">{words.t('find.label')}</label>
      <div class="find-row">
        <input
          id="find-sought"
          name="sought"
          type="search"
          value={text}
          required
          maxLength={longestSought}
          autocomplete="off"
          dir="auto"
        />
        <button type="submit" class="button button-main">
          <Icon name="find" />
          {words.t('find.find')}
        </button>
      </div>
    </form>
  )
}

function Found({ words, finding }: { words: Words; finding: Finding }): JSX.Element {
  const { people, requests, messages } = finding
  if (people.people.length + requests.length + messages.messages.length === 0) {
    return (
      <div class="card" role="status">
        <p>
          {words.t('find.nothing')} <strong dir="auto">{finding.text}</strong>
        </p>
        <p class="quiet">{words.t('find.nothing_help')}</p>
      </div>
    )
  }
  return (
    <>
      <Part title={words.t('find.people')} empty={people.people.length === 0 && words.t('find.no_person')}>
        <ul class="found">
          {people.people.map((one) => (
            <li key={one.id}>
              <PersonLink words={words} person={one} />
            </li>
          ))}
        </ul>
        {people.more ? <p class="quiet">{words.t('find.more_people')}</p> : null}
      </Part>
      {requests.length > 0 ? (
        <Part title={words.t('find.requests')}>
          <ul class="rows">
            {requests.map((row) => (
              <li key={row.id}>
                <RowLink words={words} row={row} current={false} />
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      <Part
        title={words.t('find.messages')}
        empty={messages.messages.length === 0 && words.t('find.no_message')}
      >
        <ul class="found">
          {messages.messages.map((one) => (
            <li key={one.id}>
              <MessageLink words={words} message={one} />
            </li>
          ))}
        </ul>
        {messages.more ? <p class="quiet">{words.t('find.more_messages')}</p> : null}
      </Part>
    </>
  )
}

type PartProps = { title: string; empty?: string | false; children: ComponentChildren }

function Part({ title, empty = false, children }: PartProps): JSX.Element {
  return (
    <section class="card">
      <h2>{title}</h2>
      {empty ? <p class="quiet">{empty}</p> : children}
    </section>
  )
}

/** One person as a link: the name, then what tells them from others of the same name. */
export function PersonLink({ words, person }: { words: Words; person: FoundPerson }): JSX.Element {
  const place = [...new Set([person.cercle, person.region])].filter(Boolean).join(', ')
  return (
    <a class="found-link" href={`/console/people/${person.id}`}>
      <strong dir="auto">{person.name ?? words.t('person.unnamed')}</strong>
      <span class="found-facts">
        {person.caseNumber ? <span class="figure">{person.caseNumber}</span> : null}
        {place ? <span>{place}</span> : null}
        {person.birthYear ? <span>{words.t('find.born', { year: person.birthYear })}</span> : null}
        {person.stage ? <span class="chip">{words.t(`stage.${person.stage}`)}</span> : null}
        {person.nearly ? <span class="chip">{words.t('find.nearly')}</span> : null}
      </span>
    </a>
  )
}

function MessageLink({ words, message }: { words: Words; message: FoundText }): JSX.Element {
  const { request, person, id } = message
  const href = request
    ? `/console/requests/${showReference(request.reference)}#${anchor(id)}`
    : `/console/people/${person}?at=${id}#${anchor(id)}`
  return (
    <a class="found-link" href={href}>
      <span class="found-facts">
        <strong dir="auto">{message.who ?? (request ? showReference(request.reference) : '')}</strong>
        <span>{words.t(message.direction === 'in' ? 'find.said' : 'find.answered')}</span>
        <Ago words={words} at={message.at} />
      </span>
      <span class="found-text" dir="auto">
        {message.pieces.map((piece, n) => (piece.found ? <mark key={n}>{piece.text}</mark> : piece.text))}
      </span>
    </a>
  )
}
