/** One matter to listen to: the notes, the question that was asked, and what was said as buttons. */
import type { JSX } from 'preact'
import { guardedKinds } from '../../core/listening.ts'
import { showReference } from '../../core/reference.ts'
import type { ListeningLine } from '../../store/listening.ts'
import type { ListeningView, Told } from '../load-listening.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Due, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { FilePart } from './said-file.tsx'
import { Sheet } from './sheet.tsx'
import { playerWords } from './thread.tsx'

type ListeningProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: ListeningView | undefined
  /** How many matters wait, this one with them. */
  readonly waiting: number
  readonly newKey: () => string
  readonly fault?: string
  readonly done?: string
  /** What was written in a form that was refused. */
  readonly written?: string
}

export function ListeningPage(props: ListeningProps): JSX.Element {
  const { page, rail, view, waiting, fault, done } = props
  const { words } = page
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('listening.title')}
      icon="microphone"
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      {view ? <Matter {...props} view={view} /> : <WaitingPart words={words} waiting={waiting} />}
    </Sheet>
  )
}

type WaitingProps = { words: Words; waiting: number; next?: ListeningLine | undefined }

/** While nothing waits: says so, and hears when something comes. */
export function WaitingPart({ words, waiting, next }: WaitingProps): JSX.Element {
  return (
    <section
      id="waiting"
      class="card"
      hx-get="/console/listening/waiting"
      hx-trigger="list from:main, missed from:main"
      hx-swap="outerHTML"
      aria-live="polite"
    >
      {next ? (
        <p>
          <a class="button button-main" href={`/console/listening/${showReference(next.reference)}`}>
            <Icon name="microphone" />
            {words.t('listening.go', { count: waiting })}
          </a>
        </p>
      ) : (
        <p class="quiet">{words.t('listening.none')}</p>
      )}
    </section>
  )
}

type MatterProps = ListeningProps & { readonly view: ListeningView }

function Matter(props: MatterProps): JSX.Element {
  const { page, view, waiting } = props
  const { words } = page
  const reference = showReference(view.reference)
  return (
    <>
      <p class="listening-head">
        <Due words={words} row={{ state: 'open', dueAt: view.dueAt }} />
        <span>{words.t(`language.${view.language}`)}</span>
        <a href={`/console/requests/${reference}`} class="figure">
          {reference}
        </a>
        {waiting > 1 ? (
          <a class="button button-small" href={`/console/listening?after=${reference}`}>
            {words.t('listening.skip', { count: waiting - 1 })}
          </a>
        ) : null}
      </p>
      <div class="listening" data-listening {...playerWords(words)}>
        <section class="card" aria-labelledby="listening-notes">
          <h2 id="listening-notes">{words.t('listening.notes', { count: view.notes.length })}</h2>
          <ol class="listening-notes">
            {view.notes.map(({ message, at, body }) => (
              <li key={message}>
                <p class="quiet">
                  <Ago words={words} at={at} />
                </p>
                {body.kind === 'file' ? (
                  <FilePart words={words} file={body} ours={false} desk={undefined} />
                ) : (
                  <p class="said-sign">{words.t('body.erased')}</p>
                )}
              </li>
            ))}
          </ol>
          <p class="hint listening-keys">{words.t('listening.keys')}</p>
        </section>
        <section class="card" aria-labelledby="listening-said">
          <h2 id="listening-said">{words.t('listening.said')}</h2>
          <Question {...props} />
          <Summary {...props} />
          <Unclear {...props} />
        </section>
      </div>
      <Guard {...props} />
    </>
  )
}

/** The question and its choices; once the person has gone on without it there is nothing to answer any more. */
function Question(props: MatterProps): JSX.Element {
  const { page, view, written } = props
  const { words } = page
  const { question } = view
  if (!question) return <p class="quiet">{words.t('listening.unasked')}</p>
  return (
    <>
      <p class="listening-question">
        <Both told={question} language={view.language} ours={words.language} />
      </p>
      {question.waits ? null : <p class="mind">{words.t('listening.gone_on')}</p>}
      {question.waits && question.choices.length > 0 ? (
        <Form {...props} made="choice">
          <div class="listening-choices">
            {question.choices.map((choice, place) => (
              <button
                key={choice.value}
                type="submit"
                class="button"
                name="value"
                value={choice.value}
                data-digit={(place + 1) % 10}
              >
                <b class="figure">{place + 1}</b>
                <span>
                  <Both told={choice} language={view.language} ours={words.language} />
                </span>
              </button>
            ))}
          </div>
        </Form>
      ) : null}
      {question.waits && question.choices.length === 0 ? (
        <Form {...props} made="words">
          <label for="listening-words">{words.t('listening.words')}</label>
          <input id="listening-words" name="text" maxLength={200} dir="auto" value={written} />
          <button type="submit" class="button button-main">
            {words.t('listening.send')}
          </button>
        </Form>
      ) : null}
    </>
  )
}

function Both({ told, language, ours }: { told: Told; language: string; ours: string }): JSX.Element {
  return (
    <>
      <span lang={language}>{told.theirs}</span>
      {language === ours ? null : <small lang={ours}>{told.ours}</small>}
    </>
  )
}

function Summary(props: MatterProps): JSX.Element {
  const { page, view, written } = props
  const { words } = page
  return (
    <Form {...props} made="summary">
      <label for="listening-summary">{words.t('listening.summary')}</label>
      <textarea id="listening-summary" name="text" rows={3} dir="auto">
        {view.question?.waits && view.question.choices.length === 0 ? '' : written}
      </textarea>
      <p class="hint">
        {words.t(view.question?.waits ? 'listening.summary_asks' : 'listening.summary_hint')}
      </p>
      <button type="submit" class="button">
        {words.t('listening.keep')}
      </button>
    </Form>
  )
}

function Unclear(props: MatterProps): JSX.Element {
  const { words } = props.page
  return (
    <Form {...props} made="unclear">
      <button type="submit" class="button">
        <Icon name="unknown" />
        {words.t('listening.unclear')}
      </button>
      <p class="hint">{words.t('listening.unclear_hint')}</p>
    </Form>
  )
}

/** One tap, and whoever tapped hears it no more. */
function Guard(props: MatterProps): JSX.Element {
  const { words } = props.page
  return (
    <section class="card listening-guard" aria-labelledby="listening-guard">
      <h2 id="listening-guard">
        <Icon name="lock" />
        {words.t('listening.guard')}
      </h2>
      <p class="quiet">{words.t('listening.guard_hint')}</p>
      <Form {...props} made="guarded">
        <div class="listening-kinds">
          {guardedKinds.map((kind) => (
            <button key={kind} type="submit" class="button" name="kind" value={kind}>
              {words.any(`taxonomy.${kind}`)}
            </button>
          ))}
        </div>
      </Form>
    </section>
  )
}

type FormProps = MatterProps & {
  readonly made: string
  readonly children: JSX.Element | (JSX.Element | null)[]
}

function Form({ page, view, newKey, made, children }: FormProps): JSX.Element {
  return (
    <form method="post" action={`/console/listening/${showReference(view.reference)}`} class="listening-form">
      <Hidden fields={{ _csrf: page.token, once: newKey(), last: view.last, made }} />
      {children}
    </form>
  )
}
