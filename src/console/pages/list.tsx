/** The list of requests of one look: who, first words, kind, language, waiting time, due. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Look, Rail, Row, Rows } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Due, firstWords, kindName, Lock, PriorityChip } from './bits.tsx'
import { Frame, lookName, lookQuery, type Page } from './frame.tsx'
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

/** A page that is a list; on a wide screen the place for the thread says what to do. */
export function ListPage(props: { page: Page; rail: Rail } & Omit<ListProps, 'words'>): JSX.Element {
  const { page, rail, ...list } = props
  const { words } = page
  return (
    <Frame
      page={page}
      title={lookName(words, list.look)}
      rail={rail}
      look={list.look}
      layout="list"
      places={[
        { href: '#rail', icon: 'inbox', text: words.t('place.views') },
        { href: '#content', icon: 'list', text: words.t('place.list') },
      ]}
    >
      <div id="content" class="list-place" tabIndex={-1}>
        <List words={words} {...list} />
      </div>
    </Frame>
  )
}

/** The list itself: a live part. */
export function List({ words, look, rows, after, current }: ListProps): JSX.Element {
  const query = lookQuery(look) + (after ? `&after=${after}` : '') + (current ? `&current=${current}` : '')
  return (
    <section
      id="list"
      class="list"
      aria-labelledby="list-title"
      hx-get={`/console/list${query}`}
      hx-trigger="list from:main, missed from:main"
      hx-swap="outerMorph"
    >
      <h1 id="list-title">{lookName(words, look)}</h1>
      {rows.rows.length === 0 ? (
        <p class="empty">{words.t('view' in look ? `empty.${look.view}` : 'empty.queue')}</p>
      ) : (
        <ul class="rows">
          {rows.rows.map((row) => (
            <li key={row.id} id={`row-${row.id}`}>
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
        <Due words={words} row={row} />
        <PriorityChip words={words} priority={row.priority} />
        <Lock words={words} row={row} />
        <span class="chip">{kindName(words, row)}</span>
        {row.language ? <span class="chip">{words.t(`language.${row.language}`)}</span> : null}
        {row.owner ? (
          <span class="chip">
            <Icon name="person" />
            {row.owner.name}
          </span>
        ) : null}
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
