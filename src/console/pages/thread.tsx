/** The conversation: the person left, staff right in the accent's tint, the machine right and outlined, events between. */
import type { JSX } from 'preact'
import type { DeliveryState } from '../../core/message.ts'
import { describe } from '../describe.ts'
import type { Body, Happened, Item, Said, Thread } from '../view.ts'
import { dayOf, failureKey, type Words } from '../words.ts'
import { fileName } from './bits.tsx'
import { Icon, type IconName } from './icon.tsx'

type ThreadProps = {
  readonly words: Words
  readonly thread: Thread
  /** Where this part is fetched again from, and the hints that say when. */
  readonly from: string
  readonly hints: readonly string[]
}

/** A part that scrolls must be reached by keyboard (WCAG 2.1.1). */
const keyboardScroll = { tabIndex: 0 }

/** What says that something was said or has come further in a request. */
export function threadHints(request: string): readonly string[] {
  return [`request-${request}`, `thread-${request}`]
}

/** The live part of a request page. */
export function ThreadPart({ words, thread, from, hints }: ThreadProps): JSX.Element {
  return (
    <section
      id="thread"
      class="thread"
      aria-label={words.t('thread.title')}
      {...keyboardScroll}
      hx-get={from}
      hx-trigger={[...hints, 'missed'].map((hint) => `${hint} from:main`).join(', ')}
      hx-swap="outerMorph"
    >
      {thread.earlier ? <p class="line">{words.t('thread.earlier')}</p> : null}
      {thread.items.length === 0 ? <p class="empty">{words.t('thread.empty')}</p> : null}
      <ol class="items" aria-live="polite" aria-relevant="additions">
        {thread.items.map((item, n) => (
          <Entry key={item.id} words={words} item={item} before={thread.items[n - 1]} />
        ))}
      </ol>
    </section>
  )
}

function Entry({
  words,
  item,
  before,
}: {
  words: Words
  item: Item
  before: Item | undefined
}): JSX.Element | null {
  const newDay = !before || dayOf(before.at) !== dayOf(item.at)
  const note = item.type === 'happened' && item.happening.type === 'note_written' ? item.happening : undefined
  const sentence = item.type === 'happened' ? describe(item.happening, words, item) : undefined
  if (item.type === 'happened' && !sentence && !note) return null
  return (
    <>
      {newDay ? (
        <li class="line day" id={`day-${item.id}`}>
          <span>{words.day(item.at)}</span>
        </li>
      ) : null}
      {item.type === 'said' ? <Bubble words={words} said={item} /> : null}
      {item.type === 'happened' && note ? <Note words={words} item={item} text={note.secret?.note} /> : null}
      {item.type === 'happened' && !note ? <EventLine words={words} item={item} /> : null}
    </>
  )
}

function EventLine({ words, item }: { words: Words; item: Happened }): JSX.Element {
  return (
    <li class="line" id={`item-${item.id}`}>
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
    <li class="said said-note" id={`item-${item.id}`}>
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

function Bubble({ words, said }: { words: Words; said: Said }): JSX.Element {
  const { from } = said
  return (
    <li class={`said said-${from}`} id={`item-${said.id}`}>
      <p class="said-by">
        {from === 'person' ? <span class="hidden">{words.t('thread.person')}</span> : null}
        {from === 'staff' ? <span>{said.name ?? words.t('thread.colleague')}</span> : null}
        {from === 'machine' ? <span>{words.t('thread.automatic')}</span> : null}
        {said.visibility === 'open' ? null : (
          <span class="said-lock" title={words.t(`visibility.${said.visibility}`)}>
            <Icon name="lock" />
            <span class="hidden">{words.t(`visibility.${said.visibility}`)}</span>
          </span>
        )}
      </p>
      <BodyPart words={words} body={said.body} language={said.language} />
      <p class="said-foot">
        <time dateTime={said.at.toISOString()} title={words.exact(said.at)}>
          {words.clock(said.at)}
        </time>
        {said.delivery ? <Delivery words={words} state={said.delivery} failure={said.failure} /> : null}
      </p>
    </li>
  )
}

const signs: Record<DeliveryState, IconName> = {
  queued: 'clock',
  sending: 'sending',
  unknown: 'unknown',
  failed: 'late',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
}

function Delivery(props: { words: Words; state: DeliveryState; failure: string | undefined }): JSX.Element {
  const { words, state, failure } = props
  const text = words.t(`delivery.${state}`)
  const title = failure ? `${text}: ${words.any(failureKey(failure))}` : text
  const loud = state === 'failed' || state === 'unknown'
  return (
    <span class={`delivery delivery-${state}`} title={title}>
      <Icon name={signs[state]} />
      <span class={loud ? '' : 'hidden'}>{loud ? title : text}</span>
    </span>
  )
}

type BodyProps = { words: Words; body: Body; language: string | undefined }

/** What was said. Text stays text; files are played, shown or offered from the media door. */
function BodyPart({ words, body, language }: BodyProps): JSX.Element {
  switch (body.kind) {
    case 'text':
      return <Text text={body.text} language={language} />
    case 'file':
      return (
        <div class="said-file">
          <FilePart words={words} file={body} />
          {body.text ? <Text text={body.text} language={language} /> : null}
        </div>
      )
    case 'location':
      return (
        <p class="said-text">
          {words.t('body.location')}{' '}
          <span class="figure">{`${body.latitude.toFixed(5)}, ${body.longitude.toFixed(5)}`}</span>
          {body.text ? ` ${body.text}` : ''}
        </p>
      )
    case 'contact':
      return (
        <p class="said-text">
          {words.t('body.contact')}{' '}
          <span class="figure">{[body.name, body.phone].filter(Boolean).join(' ')}</span>
        </p>
      )
    case 'unsupported':
    case 'erased':
      return <p class="said-text said-sign">{words.t(`body.${body.kind}`)}</p>
    default:
      return body satisfies never
  }
}

function Text({ text, language }: { text: string; language: string | undefined }): JSX.Element {
  return language ? (
    <p class="said-text" lang={language} dir="auto">
      {text}
    </p>
  ) : (
    <p class="said-text" dir="auto">
      {text}
    </p>
  )
}

function FilePart({ words, file }: { words: Words; file: Extract<Body, { kind: 'file' }> }): JSX.Element {
  const name = fileName(words, file)
  if (file.state !== 'stored') {
    return (
      <p class="said-sign">
        {name}: {words.t(`media.${file.state}`)}
      </p>
    )
  }
  const href = `/console/media/${file.media}`
  switch (file.as) {
    case 'voice':
    case 'audio':
      return (
        <figure class="voice">
          {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a voice note says. */}
          <audio controls preload="none" src={href} aria-label={name} hx-morph-skip="true" />
          <figcaption>{name}</figcaption>
        </figure>
      )
    case 'photo':
      return (
        <a class="photo" href={href}>
          <img src={href} alt={words.t('media.photo_alt')} loading="lazy" />
        </a>
      )
    case 'video':
    case 'document':
      return <a href={href}>{words.t('media.open', { name })}</a>
    default:
      return file.as satisfies never
  }
}
