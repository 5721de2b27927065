/** What is late, by member of staff and kind; below, each of them, the longest waiting first. */
import type { JSX } from 'preact'
import { exportFormats } from '../../core/data-export.ts'
import { type TaskKind, taskKinds } from '../../core/task.ts'
import type { Board, BoardLook } from '../task-load.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Table } from './figures.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'
import { TaskList } from './tasks.tsx'

/** What an address names in the place of an office when it means all of them. */
export const everyOffice = 'all'

type BoardProps = {
  readonly page: Page
  readonly rail: Rail
  readonly look: BoardLook
  readonly offices: readonly { readonly id: string; readonly name: string }[]
  readonly board: Board
  readonly newKey: () => string
}

export function TaskBoardPage(props: BoardProps): JSX.Element {
  const { page, rail, look, board, newKey } = props
  const { words } = page
  return (
    <Sheet {...{ page, rail, title: words.t('task.board'), icon: 'checks' }}>
      <p class="quiet">{words.t('task.board_help')}</p>
      <section class="card">
        <Counts {...props} />
      </section>
      <Choice {...props} />
      <section class="card">
        <h2>{words.t('task.longest')}</h2>
        {board.lines.length === 0 ? <p>{words.t('task.none_here')}</p> : null}
        <TaskList {...{ page, newKey, lines: board.lines, back: 'board', names: board.names }} />
        <p class="task-links">
          {look.page > 1 ? (
            <a class="button" href={addressOf({ ...look, page: look.page - 1 })}>
              {words.t('task.before')}
            </a>
          ) : null}
          {board.more ? (
            <a class="button" href={addressOf({ ...look, page: look.page + 1 })}>
              {words.t('task.after')}
            </a>
          ) : null}
        </p>
      </section>
      <Take {...props} />
    </Sheet>
  )
}

/** Only what is late stands in the table, and in the last column all that is shown. */
function Counts({ page: { words }, look, board }: BoardProps): JSX.Element {
  const kinds = taskKinds.filter((kind) => board.counts.some((count) => count.kind === kind))
  const owners = [...new Set(board.counts.map(({ owner }) => owner))].sort((one, other) =>
    nameOf(words, board, one).localeCompare(nameOf(words, board, other), 'fr'),
  )
  const sum = (owner: string | undefined, what: 'late' | 'all', kind?: TaskKind) =>
    board.counts
      .filter((one) => one.owner === owner && (kind === undefined || one.kind === kind))
      .reduce((total, one) => total + one[what], 0)
  const number = (n: number) => words.number(n)
  return (
    <Table
      caption={words.t('task.late_by')}
      head={[
        words.t('supervision.member'),
        ...kinds.map((kind) => words.t(`task.short.${kind}`)),
        words.t('task.late_all'),
        words.t('task.all'),
      ]}
      rows={owners.map((owner) => ({
        key: owner ?? 'none',
        name: (
          <a href={addressOf({ ...look, owner: owner ?? 'none', page: 1 })}>{nameOf(words, board, owner)}</a>
        ),
        cells: [
          ...kinds.map((kind) => number(sum(owner, 'late', kind))),
          number(sum(owner, 'late')),
          number(sum(owner, 'all')),
        ],
      }))}
      empty={words.t('task.none_here')}
    />
  )
}

function nameOf(words: Words, { names }: Board, owner: string | undefined): string {
  return owner === undefined ? words.t('task.nobody') : (names.get(owner) ?? words.t('event.nobody'))
}

function Choice({ page: { words }, look, offices, board }: BoardProps): JSX.Element {
  const owners = [...board.names].sort(([, one], [, other]) => one.localeCompare(other, 'fr'))
  return (
    <form method="get" action="/console/tasks/board" class="choice">
      {offices.length > 1 ? (
        <label>
          {words.t('people.office')}
          <select name="office">
            {offices.map(({ id, name }) => (
              <option key={id} value={id} selected={id === look.office}>
                {name}
              </option>
            ))}
            <option value={everyOffice} selected={look.office === everyOffice}>
              {words.t('supervision.everywhere')}
            </option>
          </select>
        </label>
      ) : null}
      <label>
        {words.t('supervision.member')}
        <select name="owner">
          <option value="">{words.t('task.everybody')}</option>
          <option value="none" selected={look.owner === 'none'}>
            {words.t('task.nobody')}
          </option>
          {owners.map(([id, name]) => (
            <option key={id} value={id} selected={id === look.owner}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.t('task.what')}
        <select name="kind">
          <option value="">{words.t('task.every')}</option>
          {taskKinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === look.kind}>
              {words.t(`task.short.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">
        {words.t('calendar.show')}
      </button>
    </form>
  )
}

function Take({ page: { words, token }, look }: BoardProps): JSX.Element {
  const { page: _page, ...asked } = look
  return (
    <section class="card">
      <h2>{words.t('task.take')}</h2>
      <p class="quiet">{words.t('task.take_help')}</p>
      <form method="post" action="/console/tasks/export" class="choice">
        <Hidden fields={{ _csrf: token, ...asked }} />
        {exportFormats.map((format) => (
          <button key={format} type="submit" name="format" value={format} class="button">
            {format}
          </button>
        ))}
      </form>
    </section>
  )
}

function addressOf({ page, ...look }: BoardLook): string {
  const query = new URLSearchParams({ ...look, ...(page === 1 ? {} : { page: String(page) }) }).toString()
  return query === '' ? '/console/tasks/board' : `/console/tasks/board?${query}`
}
