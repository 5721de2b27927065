/** The page of the web chat, purely: what stands in the thread and around it. Words come through `t`, never from here. */
import { renderToString } from 'preact-render-to-string'
import type { Language } from '../core/language.ts'
import type { ChatLine } from './web-chat.ts'

/** A word or sentence of the page by its key in `web_chat.json`. */
export type Word = (key: string, vars?: Readonly<Record<string, string | number>>) => string

export type ChatPage = {
  readonly language: Language
  readonly t: Word
  readonly lines: readonly ChatLine[]
  /** One-time names of the next message of each form, so that a nervous second press sends once. */
  readonly keys: { readonly say: string; readonly choose: string }
  /** What went wrong with the last message, and the words that were in it. */
  readonly trouble?: { readonly word: string; readonly text: string }
  readonly assets: { readonly css: string; readonly js: string }
  /** Longest text, and what a voice note may last in seconds. */
  readonly longest: number
}

/** The office's zone: people and staff speak of the same hour. */
const times = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Africa/Bamako', timeStyle: 'short' })
const days = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Africa/Bamako', dateStyle: 'short' })

export function chatPage(page: ChatPage): string {
  return `<!doctype html>${renderToString(<Page {...page} />)}`
}

/** The lines alone, as the page fetches them again; the same lines always give the same text. */
export function chatThread(lines: readonly ChatLine[], t: Word): string {
  return renderToString(<Lines lines={lines} t={t} />)
}

function Page(page: ChatPage) {
  const { t, language, assets } = page
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{t('title')}</title>
        {/* None is shown, and none is fetched on a slow line. */}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.css} />
        <script src={assets.js} defer />
      </head>
      <body>
        <header>
          <Mark />
          <div>
            <h1>{t('title')}</h1>
            <p>{t('about')}</p>
          </div>
        </header>
        <main>
          <div role="log" aria-label={t('messages')}>
            <ol id="thread">
              <Lines lines={page.lines} t={t} />
            </ol>
          </div>
          <p id="end" class="refresh">
            {/* Another address each time: a browser that stands on /chat#end already would only scroll. */}
            <a href={`/chat?again=${page.keys.say.slice(-8)}#end`}>{t('refresh')}</a>
          </p>
        </main>
        <footer>
          <Composer {...page} />
        </footer>
        <form id="choose" method="post" action="/chat">
          <input type="hidden" name="key" value={page.keys.choose} />
        </form>
      </body>
    </html>
  )
}

function Lines({ lines, t }: { readonly lines: readonly ChatLine[]; readonly t: Word }) {
  if (lines.length === 0) return <li class="empty">{t('empty')}</li>
  return lines.map((line, index) => {
    const day = days.format(line.at)
    const before = lines[index - 1]
    return (
      <>
        {before && days.format(before.at) === day ? undefined : <li class="day">{day}</li>}
        <Line line={line} t={t} last={index === lines.length - 1} />
      </>
    )
  })
}

type LineProps = { readonly line: ChatLine; readonly t: Word; readonly last: boolean }

function Line({ line, t, last }: LineProps) {
  return (
    <li class={line.from}>
      <div class="bubble">
        <span class="unseen">{t(line.from === 'us' ? 'we' : 'you')} </span>
        {line.file ? <File file={line.file} t={t} /> : undefined}
        {line.text === '' ? undefined : <p>{line.text}</p>}
        <time dateTime={line.at.toISOString()}>{times.format(line.at)}</time>
      </div>
      {line.buttons && line.buttons.length > 0 ? (
        <div class={last ? 'choices open' : 'choices'}>
          {line.buttons.map((it) => (
            <button type="submit" form="choose" name="choice" value={`${it.list}:${it.number}`}>
              {it.label}
            </button>
          ))}
        </div>
      ) : undefined}
    </li>
  )
}

type FileProps = { readonly file: NonNullable<ChatLine['file']>; readonly t: Word }

/** Heard, seen or opened where it is there; else only said that it came. */
function File({ file, t }: FileProps) {
  const word = fileWord(file, t)
  if (file.media === undefined) return <p class="file">{word}</p>
  const href = `/chat/media/${file.media}`
  switch (file.kind) {
    case 'voice':
    case 'audio':
      return (
        <p class="file">
          {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a voice note says. */}
          <audio controls preload="none" src={href} aria-label={word} />
        </p>
      )
    case 'photo':
      return (
        <p class="file">
          <a href={href}>
            <img src={href} alt={word} loading="lazy" width={240} height={180} />
          </a>
        </p>
      )
    case 'video':
    case 'document':
      return (
        <p class="file">
          <a href={href} download>
            {file.name ?? word}
          </a>
        </p>
      )
  }
}

function fileWord(file: NonNullable<ChatLine['file']>, t: Word): string {
  switch (file.kind) {
    case 'voice':
    case 'audio': {
      const word = t('voice_note')
      if (file.seconds === undefined) return word
      const whole = Math.round(file.seconds)
      return `${word} ${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
    }
    case 'photo':
      return t('photo')
    case 'video':
      return t('video')
    case 'document':
      return t('document')
  }
}

function Composer({ t, keys, trouble, longest }: ChatPage) {
  return (
    <form id="say" method="post" action="/chat" enctype="multipart/form-data">
      <input type="hidden" name="key" value={keys.say} />
      <p id="note" role="alert" hidden={trouble === undefined}>
        {trouble ? t(trouble.word) : ''}
      </p>
      <p id="recording" hidden>
        <span class="dot" /> <span id="elapsed">0:00</span>
        <button type="button" id="cancel">
          {t('throw_away')}
        </button>
        <button type="button" id="finish">
          {t('send_voice')}
        </button>
      </p>
      <div class="row">
        <label class="attach">
          <Clip />
          <span class="unseen">{t('attach')}</span>
          <input type="file" name="file" accept="image/*,audio/*,video/mp4,application/pdf" />
        </label>
        <label class="words">
          <span class="unseen">{t('write')}</span>
          <textarea name="text" rows={1} maxLength={longest} placeholder={t('write')} autocomplete="off">
            {trouble?.text ?? ''}
          </textarea>
        </label>
        <button type="button" id="speak" aria-label={t('speak')} title={t('speak')} hidden>
          <Microphone />
        </button>
        <button type="submit" id="send" aria-label={t('send')} title={t('send')}>
          <Arrow />
        </button>
      </div>
      <template
        id="words"
        data-sending={t('sending')}
        data-lost={t('not_sent')}
        data-silent={t('no_microphone')}
      />
    </form>
  )
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
      <circle cx="20" cy="20" r="20" />
      <path d="M11 13h18v11H19l-6 5v-5h-2z" />
    </svg>
  )
}

function Clip() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M20 11.5 12 19.4a5 5 0 0 1-7.1-7L13.3 4a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.3a1.7 1.7 0 0 1-2.5-2.4l7.5-7.4" />
    </svg>
  )
}

function Microphone() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3.5" />
    </svg>
  )
}

function Arrow() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M4.5 12h14M13 6.5l5.5 5.5-5.5 5.5" />
    </svg>
  )
}
