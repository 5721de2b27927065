/** Small parts that several pages share: times, due dates, kinds, what was said in one line, hidden fields. */
import type { JSX } from 'preact'
import type { Priority } from '../../core/request.ts'
import type { Body, Row } from '../view.ts'
import { length, type Words } from '../words.ts'
import { Icon } from './icon.tsx'

const soon = 4 * 60 * 60_000

type DueRow = Pick<Row, 'state' | 'dueAt' | 'snoozedUntil'>

/** How a due time stands: late, soon (four hours) or fine; only an open request waits for staff. */
export function dueState(row: DueRow, now: Date): 'late' | 'soon' | 'fine' | 'done' {
  if (row.state !== 'open') return 'done'
  // Its due time stands, but nobody is late with what was put aside.
  if (row.snoozedUntil && row.snoozedUntil > now) return 'fine'
  const left = row.dueAt.getTime() - now.getTime()
  if (left < 0) return 'late'
  return left < soon ? 'soon' : 'fine'
}

/** The due time in colour and in words. */
export function Due({ words, row }: { words: Words; row: DueRow }): JSX.Element | null {
  const state = dueState(row, words.now)
  if (state === 'done') return null
  return (
    <time class={`due due-${state}`} dateTime={row.dueAt.toISOString()} title={words.exact(row.dueAt)}>
      <Icon name={state === 'late' ? 'late' : 'clock'} />
      {words.t(row.dueAt < words.now && state === 'fine' ? 'lists.due_was' : `due.${state}`, {
        span: words.span(row.dueAt),
      })}
    </time>
  )
}

/** Until when it is put aside; nothing for what is not. */
export function Snoozed({ words, row }: { words: Words; row: DueRow }): JSX.Element | null {
  const { snoozedUntil: until } = row
  if (!until || until <= words.now) return null
  return (
    <time class="chip chip-snoozed" dateTime={until.toISOString()} title={words.exact(until)}>
      <Icon name="moon" />
      {words.t('lists.snoozed_for', { span: words.span(until) })}
    </time>
  )
}

/** "il y a 12 min", with the exact time behind it. */
export function Ago({ words, at }: { words: Words; at: Date }): JSX.Element {
  return (
    <time dateTime={at.toISOString()} title={words.exact(at)}>
      {words.t('time.ago', { span: words.span(at) })}
    </time>
  )
}

/** What kind of matter it is, with the category of a need. */
export function kindName(words: Words, row: Pick<Row, 'kind' | 'category'>): string {
  const kind = words.any(`taxonomy.${row.kind}`)
  return row.category ? `${kind} · ${words.t(`need.${row.category}`)}` : kind
}

/** What was said, in one line of a list. */
export function firstWords(words: Words, body: Body | undefined): string {
  if (!body) return words.t('body.nothing')
  switch (body.kind) {
    case 'text':
      return body.text.length > 140 ? `${body.text.slice(0, 139)}…` : body.text
    case 'file':
      return body.text ? body.text : fileName(words, body)
    case 'location':
      return words.t('body.location')
    case 'contact':
      return words.t('body.contact')
    case 'unsupported':
      return words.t('body.unsupported')
    case 'erased':
    case 'shut':
    case 'deleted':
      return words.t(`body.${body.kind}`)
    default:
      return body satisfies never
  }
}

/** "voice note 0:18", "photo". */
export function fileName(words: Words, file: Extract<Body, { kind: 'file' }>): string {
  const name = words.t(`body.${file.as}`)
  return file.seconds === undefined ? name : `${name} ${length(file.seconds)}`
}

/** Danger and critical are said; normal is not worth a word. */
export function PriorityChip({ words, priority }: { words: Words; priority: Priority }): JSX.Element | null {
  if (priority > 2) return null
  return (
    <span class={`chip chip-p${priority}`}>
      <Icon name="flag" />
      {words.t(`priority.${priority}`)}
    </span>
  )
}

/** Restricted and sealed matters carry a lock and the word. */
export function Lock({ words, row }: { words: Words; row: Pick<Row, 'visibility'> }): JSX.Element | null {
  if (row.visibility === 'open') return null
  return (
    <span class="chip chip-lock">
      <Icon name="lock" />
      {words.t(`visibility.${row.visibility}`)}
    </span>
  )
}

/** The fields every form of ours carries. */
export function Hidden({ fields }: { fields: Readonly<Record<string, string | number>> }): JSX.Element {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={String(value)} />
      ))}
    </>
  )
}

/** The end of an id, which is chance: enough to tell the parts of one page apart, and it does not weigh. */
export function tail(id: string): string {
  return id.slice(-12)
}

/** Where one thing said or done stands in a conversation. */
export function anchor(id: string): string {
  return `item-${tail(id)}`
}
