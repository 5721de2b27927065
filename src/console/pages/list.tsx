/** The list of requests of one look: who, first words, kind, language, waiting time, due. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { hasContent } from '../../store/access.ts'
import type { BulkView } from '../load-bulk.ts'
import { lookQuery } from '../look.ts'
import type { Look, Rail, Row, Rows } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Due, firstWords, kindName, Lock, PriorityChip, Snoozed, tail } from './bits.tsx'
import { type BarProps, BulkBar, BulkResult } from './bulk-bar.tsx'
import { Filters } from './filters.tsx'
import { Frame, lookName, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'

type ListProps = {
  readonly words: Words
  readonly look: Look
  readonly rows: Rows
  /** Where this page of the list begins; absent for the first. */
  readonly after?: string
  /** The request that is open beside the list. */
  readonly current?: string
}

type PageProps = Omit<ListProps, 'words' | 'current'> &
  Pick<BarProps, 'choices' | 'newKey'> & {
    readonly page: Page
    readonly rail: Rail
    readonly bulk?: BulkView
    /** Requests back in the pool because whoever had them is away. */
    readonly returned: number
    /** What did not work, told above the list. */
    readonly fault?: string
    /** What became of the request that they came from. */
    readonly done?: string
  }

/** A page that is a list: what narrows it, what can be done to several rows, the rows. */
export function ListPage({
  page,
  rail,
  bulk,
  returned,
  fault,
  done,
  choices,
  newKey,
  ...list
}: PageProps): JSX.Element {
  const { words, token } = page
  const { look } = list
  return (
    <Frame
      page={page}
      title={lookName(words, look)}
      rail={rail}
      look={look}
      layout="list"
      places={[{ href: '#content', icon: 'list', text: words.t('place.list') }]}
    >
      <div id="content" class="list-place" tabIndex={-1}>
        <header class="list-head">
          <h1 id="list-title">{lookName(words, look)}</h1>
          <Filters words={words} token={token} look={look} saved={rail.saved} regions={choices.regions} />
          {hasContent(page.staff) ? (
            <a class="list-export" href={`/console/export${lookQuery(look)}`}>
              {words.t('export.list')}
            </a>
          ) : null}
        </header>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {done ? (
          <p class="done" role="status">
            {done}
          </p>
        ) : null}
        {bulk ? <BulkResult words={words} token={token} look={look} bulk={bulk} newKey={newKey} /> : null}
        {page.staff.roles.includes('supervisor') ? <Returned words={words} n={returned} /> : null}
        {list.rows.rows.length > 0 ? (
          <BulkBar words={words} token={token} look={look} choices={choices} newKey={newKey} />
        ) : null}
        <List words={words} {...list} />
      </div>
    </Frame>
  )
}

/** What somebody absent had is everybody's: a live line for supervisors until somebody has taken it. */
export function Returned({ words, n }: { words: Words; n: number }): JSX.Element {
  return (
    <div
      id="returned"
      hx-get="/console/returned"
      hx-trigger="list from:main, missed from:main"
      hx-swap="outerMorph"
    >
      {n > 0 ? (
        <p class="list-mind">
          <Icon name="late" />
          <span>
            {words.t('lists.returned', { n })}{' '}
            <a href="/console/requests?view=queues&returned=yes">{words.t('lists.see')}</a>
          </span>
        </p>
      ) : null}
    </div>
  )
}

/** The list itself: a live part. Beside an open request it has a title of its own and nothing to choose. */
export function List({ words, look, rows, after, current }: ListProps): JSX.Element {
  const query = lookQuery(look) + (after ? `&after=${after}` : '') + (current ? `&current=${current}` : '')
  const beside = current !== undefined
  return (
    <section
      id="list"
      class="list"
      aria-labelledby={beside ? 'list-title' : undefined}
      aria-label={beside ? undefined : words.t('place.list')}
      hx-get={`/console/list${query}`}
      hx-trigger="list from:main, missed from:main"
      hx-swap="outerMorph"
    >
      {beside ? <h1 id="list-title">{lookName(words, look)}</h1> : null}
      {rows.rows.length === 0 ? (
        <p class="empty">{words.t(emptyKey(look))}</p>
      ) : (
        <ul class="rows">
          {rows.rows.map((row) => (
            <li key={row.id} id={`row-${tail(row.id)}`} class={beside ? undefined : 'pickable'}>
              {beside ? null : <Pick words={words} row={row} />}
              <RowLink words={words} row={row} look={look} current={row.id === current} />
            </li>
          ))}
        </ul>
      )}
      <p class="pages">
        {after ? <a href={`/console/requests${lookQuery(look)}`}>{words.t('list.first')}</a> : null}
        {rows.next ? (
          <a href={`/console/requests${lookQuery(look)}&after=${rows.next}`}>{words.t('list.more')}</a>
        ) : null}
      </p>
    </section>
  )
}

/** What an empty place says: what will come here, or that the filters leave nothing. */
function emptyKey(look: Look): string {
  if (look.filter) return 'lists.empty_filtered'
  if ('queue' in look) return 'empty.queue'
  return look.view === 'waiting' || look.view === 'snoozed'
    ? `lists.empty_${look.view}`
    : `empty.${look.view}`
}

/** The box that chooses a row for the form of acts above the list. */
function Pick({ words, row }: { words: Words; row: Row }): JSX.Element {
  return (
    <label class="pick">
      <input type="checkbox" name="request" value={row.id} form="bulk" />
      <span class="hidden">{words.t('lists.pick', { who: row.who ?? showReference(row.reference) })}</span>
    </label>
  )
}

type RowProps = { words: Words; row: Row; look?: Look; current: boolean }

/** One request as a link, in the order of the house: who, first words, kind, language, waiting time, due. */
export function RowLink({ words, row, look, current }: RowProps): JSX.Element {
  const content = (
    <>
      <span class="row-head">
        <strong class="row-who" dir="auto">
          {row.who ?? showReference(row.reference)}
        </strong>
        <Waiting words={words} row={row} />
      </span>
      <span class={row.first?.kind === 'text' ? 'row-first' : 'row-first row-sign'} dir="auto">
        {firstWords(words, row.first)}
      </span>
      <span class="row-foot">
        <span class="chip">{kindName(words, row)}</span>
        {row.language ? <span class="chip">{words.t(`language.${row.language}`)}</span> : null}
        {row.owner ? (
          <span class="chip">
            <Icon name="person" />
            {row.owner.name}
          </span>
        ) : null}
        <Lock words={words} row={row} />
        <PriorityChip words={words} priority={row.priority} />
        <Snoozed words={words} row={row} />
        <Due words={words} row={row} />
      </span>
    </>
  )
  const href = `/console/requests/${showReference(row.reference)}${lookQuery(look)}`
  return current ? (
    <a class="row" href={href} aria-current="true">
      {content}
    </a>
  ) : (
    <a class="row" href={href}>
      {content}
    </a>
  )
}

function Waiting({ words, row }: { words: Words; row: Row }): JSX.Element {
  return (
    <span class="row-time">
      <Ago words={words} at={row.closedAt ?? row.lastHeardAt} />
    </span>
  )
}
