/** One request: the list beside it, the conversation with the acts and the answer box, the facts. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { lookQuery } from '../look.ts'
import { type Since, sinceQuery } from '../since.ts'
import type { Look, Rail, RequestView, Rows } from '../view.ts'
import { ActForms } from './act-forms.tsx'
import { AnswerBox, type Draft } from './answer-box.tsx'
import { Due, kindName, Lock, PriorityChip } from './bits.tsx'
import { FactsPart, panelForm } from './facts.tsx'
import type { FormProps } from './fold.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { List } from './list.tsx'
import { NamelessPart } from './nameless-part.tsx'
import { PresentPart } from './present.tsx'
import { threadDesk } from './said-file.tsx'
import { ThreadPart, threadHints } from './thread.tsx'

type RequestProps = {
  readonly page: Page
  readonly rail: Rail
  readonly look: Look
  readonly rows: Rows
  readonly view: RequestView
  readonly newKey: () => string
  readonly draft?: Draft
  /** When the reader last looked. */
  readonly since?: Since | undefined
  /** What did not work, told above the thread. */
  readonly fault?: string
}

export function RequestPage(props: RequestProps): JSX.Element {
  const { page, rail, look, rows, view, newKey, draft, fault, since } = props
  const { words } = page
  const { row } = view.facts
  const name = row.who ?? showReference(row.reference)
  return (
    <Frame
      page={page}
      title={name}
      rail={rail}
      look={look}
      layout="request"
      places={[
        { href: `/console/requests${lookQuery(look)}`, icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'chat', text: words.t('place.thread') },
        { href: '#facts', icon: 'card', text: words.t('place.facts') },
      ]}
    >
      <div class="list-place">
        <List words={words} look={look} rows={rows} current={row.id} />
      </div>
      <div id="content" class="middle" tabIndex={-1}>
        <header class="request-head">
          <a class="back" href={`/console/requests${lookQuery(look)}`}>
            <Icon name="back" />
            <span class="hidden">{words.t('request.back')}</span>
          </a>
          <div>
            <h1 dir="auto">{name}</h1>
            <p class="request-sub">
              {row.who ? <span class="figure">{showReference(row.reference)}</span> : null}
              <span>{kindName(words, row)}</span>
              <Due words={words} row={row} />
              <PriorityChip words={words} priority={row.priority} />
              <Lock words={words} row={row} />
            </p>
          </div>
        </header>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        <Exchange {...{ words, view, newKey, look, draft, since }} token={page.token} />
      </div>
      <FactsPart words={words} facts={view.facts} form={panelForm(page.token, newKey, look)} />
    </Frame>
  )
}

type ExchangeProps = FormProps & { readonly draft?: Draft | undefined; readonly since?: Since | undefined }

/** What an answer sent by script gets back: the acts, the thread and a fresh answer box. */
export function Exchange(props: ExchangeProps): JSX.Element {
  const { words, view, look, since } = props
  const { row } = view.facts
  return (
    <div id="exchange" class="exchange">
      <ActsPart {...props} />
      <ThreadPart
        words={words}
        thread={view.thread}
        from={`/console/requests/${showReference(row.reference)}/thread${lookQuery(look)}${sinceQuery(since)}`}
        since={since}
        hints={threadHints(row.id)}
        desk={threadDesk({ ...props, row, answers: view.allowed.answer })}
      />
      <PresentPart words={words} row={row} present={view.present} />
      {view.facts.nameless ? <NamelessPart {...props} /> : <AnswerBox {...props} />}
    </div>
  )
}

/** The row of acts: a live part, because what may be done changes with what others do. */
export function ActsPart(props: FormProps): JSX.Element {
  const { view, look } = props
  const { row } = view.facts
  return (
    <div
      id="acts"
      hx-get={`/console/requests/${showReference(row.reference)}/acts${lookQuery(look)}`}
      hx-trigger={`request-${row.id} from:main, missed from:main`}
      hx-swap="outerMorph"
    >
      <ActForms {...props} />
    </div>
  )
}
