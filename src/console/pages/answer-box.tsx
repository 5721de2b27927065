/** Where staff answer: first what will happen on sending, then the words, then tools and the button. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { lookQuery } from '../look.ts'
import type { Reach, RequestView, Said } from '../view.ts'
import type { Words } from '../words.ts'
import { AnswerHow } from './answer-how.tsx'
import { AnswerMinds } from './answer-minds.tsx'
import { AttachTools } from './attach.tsx'
import { firstWords, Hidden } from './bits.tsx'
import type { FormProps } from './fold.tsx'
import { Icon } from './icon.tsx'

/** How long an answer may be; the shortest channel takes 4096 characters. */
export const longestAnswer = 4000

/** What was written and could not go, handed back. */
export type Draft = {
  readonly text: string
  /** Why the answer did not go: shown beside the box, the text kept. */
  readonly fault?: string
  /** A colleague answered since: the last message of staff that the writer had seen. */
  readonly heldSince?: string
  /** Promises that the text makes: the writer is told, and may send it all the same. */
  readonly promises?: readonly string[]
}

type BoxProps = FormProps & { readonly draft?: Draft | undefined }

/** The answer box, or one sentence why there is none. */
export function AnswerBox(props: BoxProps): JSX.Element {
  const { words, view, draft } = props
  const { allowed, facts } = view
  // What somebody wrote is never taken away, also when a colleague was faster.
  if (allowed.answer || draft) {
    return (
      <>
        <Box {...props} />
        {draft?.heldSince === undefined ? null : <Drop {...props} />}
      </>
    )
  }
  return (
    <div class="answer-off" id="answer">
      <p>{words.t(whyNot(facts.row.state === 'closed', facts.reach))}</p>
      {view.draft ? (
        <>
          <p>{words.t('box.left_draft')}</p>
          <blockquote class="quote" dir="auto">
            {view.draft.text}
          </blockquote>
        </>
      ) : null}
    </div>
  )
}

function Box(props: BoxProps): JSX.Element {
  const { words, view, token, newKey, look, draft } = props
  const { facts } = view
  const once = newKey()
  const request = `/console/requests/${showReference(facts.row.reference)}`
  const action = `${request}/answer${lookQuery(look)}`
  const seen = lastOfStaff(view)
  const held = draft?.heldSince === undefined ? [] : saidSince(view, draft.heldSince)
  const despite = held.at(-1)?.id
  return (
    <form
      id="answer"
      class="answer"
      method="post"
      action={action}
      hx-post={action}
      encType="multipart/form-data"
      hx-config='{"timeout": 180000}'
      hx-target="#exchange"
      hx-swap="outerMorph"
      {...{ 'hx-status:422': 'swap:outerMorph' }}
      hx-disable="find .button-main"
      data-draft={`${request}/draft`}
    >
      <Hidden fields={{ _csrf: token, once, seen: seen ?? 'none', ...(despite ? { despite } : {}) }} />
      <AnswerHow words={words} view={view} />
      {draft?.fault ? (
        <p class="fault" id="answer-fault" role="alert">
          {draft.fault}
        </p>
      ) : null}
      {held.length > 0 ? <Held words={words} said={held} /> : null}
      <label class="hidden" for={`text-${once}`}>
        {words.t('answer.label')}
      </label>
      <textarea
        id={`text-${once}`}
        class="answer-text"
        name="text"
        rows={3}
        dir="auto"
        placeholder={words.t('answer.placeholder')}
        aria-describedby={draft?.fault ? 'answer-how answer-fault' : 'answer-how answer-minds'}
        aria-invalid={draft?.fault ? 'true' : 'false'}
      >
        {draft?.text ?? view.draft?.text ?? ''}
      </textarea>
      <AnswerMinds words={words} promises={draft?.promises ?? []} />
      {facts.reach?.leaves?.insists ? (
        <label class="option answer-insist">
          <input type="checkbox" name="insists" value="yes" />
          {words.t('box.insist')}
        </label>
      ) : null}
      <AttachTools words={words} carries={facts.reach?.carries} once={once} />
      <div class="answer-tools">
        <a id="reply-open" class="button button-small" href={`${request}/replies${lookQuery(look)}`}>
          <Icon name="list" />
          {words.t('replies.open')}
        </a>
        <p class="draft-state" data-waits={words.t('box.draft_waits')} data-long={words.t('box.draft_long')}>
          {view.draft && !draft ? words.t('box.draft_kept', { clock: words.clock(view.draft.at) }) : ''}
        </p>
        <button type="submit" class="button button-main">
          <Icon name="sending" />
          {words.t(held.length > 0 ? 'box.send_anyway' : 'answer.send')}
        </button>
      </div>
    </form>
  )
}

/** The form behind the button "do not send"; it stands apart, because a form in a form is none. */
function Drop({ view, token, look }: BoxProps): JSX.Element {
  const action = `/console/requests/${showReference(view.facts.row.reference)}/draft/drop${lookQuery(look)}`
  return (
    <form id="answer-drop" method="post" action={action}>
      <Hidden fields={{ _csrf: token }} />
    </form>
  )
}

/** What a colleague said meanwhile, and the choice: send all the same with the button below, or let it be. */
function Held({ words, said }: { words: Words; said: readonly Said[] }): JSX.Element {
  return (
    <div class="held">
      <ul class="plain">
        {said.map((one) => (
          <li key={one.id}>
            <strong>{one.name ?? words.t('thread.colleague')}</strong> <small>{words.clock(one.at)}</small>
            <blockquote class="quote" dir="auto">
              {firstWords(words, one.body)}
            </blockquote>
          </li>
        ))}
      </ul>
      <button type="submit" class="button button-small" form="answer-drop">
        <Icon name="cross" />
        {words.t('box.drop')}
      </button>
    </div>
  )
}

const ofStaff = (view: RequestView): readonly Said[] =>
  view.thread.items.flatMap((item) => (item.type === 'said' && item.from === 'staff' ? [item] : []))

/** The last thing that staff said, as the page shows it; ids grow with time. */
function lastOfStaff(view: RequestView): string | undefined {
  return ofStaff(view)
    .map(({ id }) => id)
    .sort()
    .at(-1)
}

function saidSince(view: RequestView, seen: string): readonly Said[] {
  return ofStaff(view)
    .filter(({ id }) => id > seen)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

function whyNot(closed: boolean, reach: Reach | undefined): string {
  if (closed) return 'answer.closed'
  if (!reach) return 'answer.nowhere'
  if (reach.state === 'blocked') return 'answer.blocked'
  if (reach.stopped === 'all') return 'answer.stopped'
  return reach.state === 'closed' ? 'answer.nowhere' : 'answer.not_yours'
}
