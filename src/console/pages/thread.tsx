/** The conversation: the person left, staff right in the accent's tint, the machine right and outlined, events between. */
import { Fragment, type JSX } from 'preact'
import type { DeliveryState } from '../../core/message.ts'
import { canResend } from '../../core/resend.ts'
import { describe } from '../describe.ts'
import { firstNew, type Since } from '../since.ts'
import type { Happened, Item, Said, Thread } from '../view.ts'
import { dayOf, failureKey, type Words } from '../words.ts'
import { anchor, tail } from './bits.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Before } from './said-before.tsx'
import { BodyPart } from './said-body.tsx'
import { AgainForm, type ThreadDesk } from './said-file.tsx'

type ThreadProps = {
  readonly words: Words
  readonly thread: Thread
  /** Where this part is fetched again from, and the hints that say when. */
  readonly from: string
  readonly hints: readonly string[]
  /** Present where the reader may act on what was said. */
  readonly desk?: ThreadDesk | undefined
  /** When the reader last looked. */
  readonly since?: Since | undefined
}

/** A part that scrolls must be reached by keyboard (WCAG 2.1.1). */
const keyboardScroll = { tabIndex: 0 }

/** What says that something was said or has come further in a request. */
export function threadHints(request: string): readonly string[] {
  return [`request-${request}`, `thread-${request}`]
}

/** The live part of a request page. */
export function ThreadPart({ words, thread, from, hints, desk, since }: ThreadProps): JSX.Element {
  const fresh = firstNew(thread.items, since)
  return (
    <section
      id="thread"
      class="thread"
      aria-label={words.t('thread.title')}
      {...keyboardScroll}
      {...playerWords(words)}
      hx-get={from}
      hx-trigger={[...hints, 'missed'].map((hint) => `${hint} from:main`).join(', ')}
      hx-swap="outerMorph"
    >
      {thread.earlier ? <p class="line">{words.t('thread.earlier')}</p> : null}
      {thread.items.length === 0 ? <p class="empty">{words.t('thread.empty')}</p> : null}
      <ol class="items" aria-live="polite" aria-relevant="additions">
        {thread.items.map((item, n) => (
          <Fragment key={item.id}>
            {item.id === fresh ? (
              <li class="line fresh" id="fresh">
                {words.t('act.new_since')}
              </li>
            ) : null}
            <Entry words={words} item={item} before={thread.items[n - 1]} desk={desk} />
          </Fragment>
        ))}
      </ol>
    </section>
  )
}

/** What the script that builds the player says. */
export function playerWords(words: Words): Readonly<Record<string, string>> {
  const all = ['play', 'pause', 'position', 'at', 'speed', 'unplayable']
  return Object.fromEntries(all.map((key) => [`data-${key}`, words.t(`said.${key}`)]))
}

type EntryProps = {
  readonly words: Words
  readonly item: Item
  readonly before: Item | undefined
  readonly desk?: ThreadDesk | undefined
}

/** One thing said or done, with the day before the first of it. */
export function Entry({ words, item, before, desk }: EntryProps): JSX.Element | null {
  const newDay = !before || dayOf(before.at) !== dayOf(item.at)
  const note = item.type === 'happened' && item.happening.type === 'note_written' ? item.happening : undefined
  const sentence = item.type === 'happened' ? describe(item.happening, words, item) : undefined
  if (item.type === 'happened' && !sentence && !note) return null
  return (
    <>
      {newDay ? (
        <li class="line day" id={`day-${tail(item.id)}`}>
          <span>{words.day(item.at)}</span>
        </li>
      ) : null}
      {item.type === 'said' ? <Bubble words={words} said={item} desk={desk} /> : null}
      {item.type === 'happened' && note ? <Note words={words} item={item} text={note.secret?.note} /> : null}
      {item.type === 'happened' && !note ? <EventLine words={words} item={item} /> : null}
    </>
  )
}

function EventLine({ words, item }: { words: Words; item: Happened }): JSX.Element {
  return (
    <li class="line" id={anchor(item.id)}>
      <time dateTime={item.at.toISOString()} title={words.exact(item.at)}>
        {words.clock(item.at)}
      </time>{' '}
      {describe(item.happening, words, item)}
    </li>
  )
}

/** Written for colleagues: ochre, with a lock and the word. Its text is gone once its key was erased. */
function Note({
  words,
  item,
  text,
}: {
  words: Words
  item: Happened
  text: string | undefined
}): JSX.Element {
  return (
    <li class="said said-note" id={anchor(item.id)}>
      <p class="said-by">
        <Icon name="lock" />
        <span>
          {words.t('event.note_title')} · {item.by ?? words.t('thread.colleague')}
        </span>
      </p>
      <p class="said-text" dir="auto">
        {text ?? words.t('body.erased')}
      </p>
      <p class="said-foot">
        <time dateTime={item.at.toISOString()} title={words.exact(item.at)}>
          {words.clock(item.at)}
        </time>
      </p>
    </li>
  )
}

type BubbleProps = { readonly words: Words; readonly said: Said; readonly desk: ThreadDesk | undefined }

function Bubble({ words, said, desk }: BubbleProps): JSX.Element {
  const { from } = said
  const typed = said.body.kind === 'text' && said.body.typed !== undefined
  return (
    <li class={`said said-${from}`} id={anchor(said.id)}>
      <p class="said-by">
        {from === 'person' ? <span class="hidden">{words.t('thread.person')}</span> : null}
        {from === 'staff' ? (
          <span>{said.name ?? words.t(typed ? 'phone.typed' : 'thread.colleague')}</span>
        ) : null}
        {from === 'machine' ? <span>{words.t('thread.automatic')}</span> : null}
        {said.visibility === 'open' ? null : (
          <span class="said-lock" title={words.t(`visibility.${said.visibility}`)}>
            <Icon name="lock" />
            <span class="hidden">{words.t(`visibility.${said.visibility}`)}</span>
          </span>
        )}
      </p>
      <BodyPart
        words={words}
        body={said.body}
        language={said.language}
        ours={from !== 'person'}
        desk={desk}
      />
      <Before words={words} said={said} />
      <p class="said-foot">
        <time dateTime={said.at.toISOString()} title={words.exact(said.at)}>
          {words.clock(said.at)}
        </time>
        {said.corrected ? <span>{words.t('listening.corrected')}</span> : null}
        {said.delivery ? <Delivery words={words} state={said.delivery} failure={said.failure} /> : null}
      </p>
      {desk?.answers && isLost(said, desk) ? (
        <AgainForm words={words} desk={desk} act="resend" fields={{ message: said.id }} label="said.resend" />
      ) : null}
    </li>
  )
}

/** An answer in this request that did not arrive, or of which nobody knows. */
function isLost({ from, request, delivery, failure }: Said, desk: ThreadDesk): boolean {
  if (from !== 'staff' || request !== desk.request || delivery === undefined) return false
  return canResend({ state: delivery, ...(failure === undefined ? {} : { failure }) })
}

const signs: Record<DeliveryState, IconName> = {
  queued: 'clock',
  sending: 'sending',
  held: 'clock',
  unknown: 'unknown',
  failed: 'late',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
}

function Delivery(props: { words: Words; state: DeliveryState; failure: string | undefined }): JSX.Element {
  const { words, state, failure } = props
  const text = words.t(`delivery.${state === 'held' ? heldAs(failure) : state}`)
  const why = failure === 'resent' ? words.t('delivery.resent') : failure && words.any(failureKey(failure))
  const title = why && state !== 'held' ? words.t('delivery.because', { state: text, why }) : text
  const loud = state === 'failed' || state === 'unknown' || state === 'held'
  return (
    <span class={`delivery delivery-${state}`} title={title}>
      <Icon name={signs[state]} />
      <span class={loud ? '' : 'hidden'}>{loud ? title : text}</span>
    </span>
  )
}

/** What is kept, and what it waits for. */
function heldAs(why: string | undefined): 'held' | 'locked' | 'not_now' {
  if (why === 'phone:locked') return 'locked'
  return why === 'person:not_now' ? 'not_now' : 'held'
}
