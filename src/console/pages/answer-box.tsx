/** Where staff answer: first what will happen on sending, in one line, then the words, then the button. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Reach } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import type { FormProps } from './fold.tsx'
import { lookQuery } from './frame.tsx'
import { Icon } from './icon.tsx'

/** How long an answer may be; the shortest channel takes 4096 characters. */
export const longestAnswer = 4000

export type Draft = {
  readonly text: string
  /** Why the answer did not go: shown beside the box, the text kept. */
  readonly fault?: string
}

/** The answer box, or one sentence why there is none. */
export function AnswerBox(props: FormProps & { readonly draft?: Draft | undefined }): JSX.Element | null {
  const { words, view, token, newKey, look, draft } = props
  const { allowed, facts } = view
  // What somebody wrote is never taken away, also when a colleague was faster.
  if (!allowed.answer && !draft) {
    return (
      <p class="answer-off" id="answer">
        {words.t(whyNot(facts.row.state === 'closed', facts.reach))}
      </p>
    )
  }
  const once = newKey()
  const action = `/console/requests/${showReference(facts.row.reference)}/answer${lookQuery(look)}`
  return (
    <form
      id="answer"
      class="answer"
      method="post"
      action={action}
      hx-post={action}
      hx-target="#exchange"
      hx-swap="outerMorph"
      {...{ 'hx-status:422': 'swap:outerMorph' }}
      hx-disable="find button"
    >
      <Hidden fields={{ _csrf: token, once }} />
      <p class="answer-how" id="answer-how">
        {facts.reach ? <How words={words} reach={facts.reach} /> : null}
      </p>
      {draft?.fault ? (
        <p class="fault" id="answer-fault" role="alert">
          {draft.fault}
        </p>
      ) : null}
      <div class="answer-row">
        <label class="hidden" for={`text-${once}`}>
          {words.t('answer.label')}
        </label>
        <textarea
          id={`text-${once}`}
          name="text"
          rows={3}
          required
          dir="auto"
          placeholder={words.t('answer.placeholder')}
          aria-describedby={draft?.fault ? 'answer-how answer-fault' : 'answer-how'}
          aria-invalid={draft?.fault ? 'true' : 'false'}
        >
          {draft?.text ?? ''}
        </textarea>
        <button type="submit" class="button button-main">
          <Icon name="sending" />
          {words.t('answer.send')}
        </button>
      </div>
    </form>
  )
}

function whyNot(closed: boolean, reach: Reach | undefined): string {
  if (closed) return 'answer.closed'
  if (!reach) return 'answer.nowhere'
  if (reach.state === 'blocked') return 'answer.blocked'
  if (reach.stopped === 'all') return 'answer.stopped'
  return reach.state === 'closed' ? 'answer.nowhere' : 'answer.not_yours'
}

/** "Telegram · Bambara · texte", and what to mind: night, a shared phone. */
function How({ words, reach }: { words: Words; reach: Reach }): JSX.Element {
  const language = reach.language ? words.t(`language.${reach.language}`) : words.t('answer.language_unknown')
  return (
    <>
      <span>{words.t('answer.how', { channel: words.t(`channel.${reach.channelKind}`), language })}</span>
      {reach.shared ? (
        <span class="mind">
          <Icon name="late" />
          {words.t('answer.shared')}
        </span>
      ) : null}
      {reach.night ? (
        <span class="mind">
          <Icon name="moon" />
          {words.t('answer.night')}
        </span>
      ) : null}
    </>
  )
}
