/** What falls due for whoever reads: late, today, this week. A line says what, for whom and since when. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { longestDelay, whenOf } from '../../core/task.ts'
import type { TaskLine } from '../../store/task.ts'
import { taskName } from '../describe-task.ts'
import { longestNote } from '../form.ts'
import type { Rail } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type Forms = { readonly page: Page; readonly newKey: () => string }
type TasksProps = Forms & {
  readonly rail: Rail
  readonly lines: readonly TaskLine[]
  readonly count: number
  /** The reader looks over the tasks of others too. */
  readonly board: boolean
  readonly fault?: string
}

export function TasksPage({ page, rail, lines, count, board, newKey, fault }: TasksProps): JSX.Element {
  const { words } = page
  return (
    <Sheet
      {...{ page, rail, title: words.t('task.title'), icon: 'checks' as const }}
      {...(fault ? { fault } : {})}
    >
      <p class="quiet">{words.t('task.help')}</p>
      <p class="task-links">
        {board ? <a href="/console/tasks/board">{words.t('task.board')}</a> : null}
        <a href="/console/tasks/terms">{words.t('task.terms')}</a>
      </p>
      {lines.length === 0 ? <p class="card">{words.t('task.none')}</p> : null}
      {(['late', 'today', 'soon'] as const).map((when) => {
        const some = lines.filter((line) => whenOf(line, words.now) === when)
        return some.length === 0 ? null : (
          <section key={when} class="card">
            <h2>{words.t(`task.when.${when}`, { n: some.length })}</h2>
            <TaskList {...{ page, newKey, lines: some, back: 'own' }} />
          </section>
        )
      })}
      {count > lines.length ? <p class="quiet">{words.t('task.more', { n: count - lines.length })}</p> : null}
    </Sheet>
  )
}

type ListProps = Forms & {
  readonly lines: readonly TaskLine[]
  /** The page to go back to. */
  readonly back: 'own' | 'board' | 'person'
  /** Who has each, on a page of several. */
  readonly names?: ReadonlyMap<string, string>
}

export function TaskList({ lines, ...props }: ListProps): JSX.Element {
  return (
    <ul class="plain tasks">
      {lines.map((it) => (
        <TaskItem key={`${it.kind} ${it.of} ${it.step}`} {...props} it={it} />
      ))}
    </ul>
  )
}

function TaskItem({
  page,
  newKey,
  back,
  names,
  it,
}: Omit<ListProps, 'lines'> & { it: TaskLine }): JSX.Element {
  const { words } = page
  const name = taskName(words, { task: it.kind, step: it.step })
  const whom = it.name ?? it.caseNumber ?? words.t('person.unnamed')
  return (
    <li>
      <p class="task-what">
        <strong>
          {back === 'person' && it.reference === undefined && it.kind !== 'guardian' ? (
            name
          ) : (
            <a href={placeOf(it)}>
              {name}
              <span class="hidden"> {whom}</span>
            </a>
          )}
        </strong>
        <TaskDue words={words} it={it} />
      </p>
      <p class="found-facts">
        {back === 'person' ? null : (
          <a href={`/console/people/${it.person}`} dir="auto">
            {whom}
          </a>
        )}
        {back !== 'person' && it.name !== undefined && it.caseNumber ? (
          <span class="figure">{it.caseNumber}</span>
        ) : null}
        {names ? <span>{names.get(it.owner ?? '') ?? words.t('task.nobody')}</span> : null}
      </p>
      {it.kind === 'check_in' ? <AskByChat {...{ page, newKey, back, it }} about={whom} /> : null}
      <Settle {...{ page, newKey, back, it }} about={back === 'person' ? name : `${name}, ${whom}`} />
    </li>
  )
}

/** The person is asked in the chat, as soon as nothing else is being asked. */
function AskByChat({
  page,
  newKey,
  back,
  it,
  about,
}: Forms & { readonly back: ListProps['back']; readonly it: TaskLine; readonly about: string }) {
  return (
    <form method="post" action={`/console/people/${it.person}/task`}>
      <Hidden
        fields={{
          _csrf: page.token,
          once: newKey(),
          kind: it.kind,
          of: it.of,
          step: it.step,
          back,
          deed: 'ask',
        }}
      />
      <button type="submit" class="button button-small">
        <Icon name="chat" />
        {page.words.t('task.ask_by_chat')}
        <span class="hidden"> {about}</span>
      </button>
    </form>
  )
}

function TaskDue({ words, it }: { words: Words; it: TaskLine }): JSX.Element {
  const when = whenOf(it, words.now)
  return (
    <time
      class={when === 'soon' ? 'due due-fine' : `due due-${when === 'late' ? 'late' : 'soon'}`}
      dateTime={it.dueAt.toISOString()}
      title={words.day(it.dueAt)}
    >
      <Icon name={when === 'late' ? 'late' : 'clock'} />
      {words.t(`task.due.${when}`, { span: words.span(it.dueAt), day: words.shortDay(it.dueAt) })}
    </time>
  )
}

/** Where it is done. */
function placeOf({ kind, person, reference }: TaskLine): string {
  if (reference === undefined) return `/console/people/${person}${kind === 'guardian' ? '#guardian' : ''}`
  const request = `/console/requests/${showReference(reference)}`
  return kind === 'partner_silent' || kind === 'outcome' ? `${request}/referral` : request
}

function Settle({
  page,
  newKey,
  back,
  it,
  about,
}: Forms & { readonly back: ListProps['back']; readonly it: TaskLine; readonly about: string }) {
  const { words } = page
  const latest = new Date(words.now.getTime() + longestDelay * 86_400_000)
  return (
    <details class="person-change">
      <summary>
        {words.t('task.settle')}
        <span class="hidden"> {about}</span>
      </summary>
      <form method="post" action={`/console/people/${it.person}/task`} class="stack">
        <Hidden
          fields={{ _csrf: page.token, once: newKey(), kind: it.kind, of: it.of, step: it.step, back }}
        />
        <label>
          {words.t('task.why')}
          <textarea name="note" rows={2} required maxLength={longestNote} />
        </label>
        <label>
          {words.t('task.until')}
          <input type="date" name="until" min={dayOf(words.now)} max={dayOf(latest)} />
          <small>{words.t('task.until_help', { n: longestDelay })}</small>
        </label>
        <p class="task-links">
          <button type="submit" name="deed" value="done" class="button button-main">
            {words.t('task.done')}
          </button>
          <button type="submit" name="deed" value="later" class="button">
            {words.t('task.later')}
          </button>
        </p>
      </form>
    </details>
  )
}
