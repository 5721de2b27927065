/** A file of the conversation: played, shown or offered from the media door, with what staff wrote down of it. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { digestOfText } from '../../core/transcript.ts'
import { lookQuery } from '../look.ts'
import type { Body, Look } from '../view.ts'
import { length, type Words } from '../words.ts'
import { fileName, Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import { Wave } from './wave.tsx'

type File = Extract<Body, { kind: 'file' }>

/** What acts on the conversation need; absent where it is only read. */
export type ThreadDesk = {
  /** Address of the request, acts hang below it. */
  readonly base: string
  readonly query: string
  readonly token: string
  readonly newKey: () => string
  /** The request whose page this is. */
  readonly request: string
  /** The reader may answer, so they may send again what did not arrive. */
  readonly answers: boolean
}

/** The desk of a thread beside a request. */
export function threadDesk(it: {
  readonly row: { readonly id: string; readonly reference: string }
  readonly answers: boolean
  readonly look: Look
  readonly token: string
  readonly newKey: () => string
}): ThreadDesk {
  const { row, answers, look, token, newKey } = it
  const base = `/console/requests/${showReference(row.reference)}`
  return { base, query: lookQuery(look), token, newKey, request: row.id, answers }
}

type FileProps = {
  readonly words: Words
  readonly file: File
  /** Ours, or the person's. */
  readonly ours: boolean
  readonly desk: ThreadDesk | undefined
}

export function FilePart({ words, file, ours, desk }: FileProps): JSX.Element {
  const name = fileName(words, file)
  if (file.state !== 'stored') {
    return (
      <>
        <p class="said-sign">
          {name}: {words.t(`media.${file.state}`)}
        </p>
        {file.state === 'lost' && desk ? (
          <AgainForm
            words={words}
            desk={desk}
            act="want-file"
            fields={{ media: file.media }}
            label="said.want_file"
          />
        ) : null}
      </>
    )
  }
  const href = file.clip ? `/console/studio/clips/${file.media}` : `/console/media/${file.media}`
  switch (file.as) {
    case 'voice':
    case 'audio':
      return (
        <>
          <figure class="voice" data-player hx-morph-skip="true">
            {file.loudness?.length ? <Wave loudness={file.loudness} /> : null}
            {/* biome-ignore lint/a11y/useMediaCaption: what it says is written below once somebody has listened. */}
            <audio controls preload="none" src={href} aria-label={name} data-seconds={file.seconds} />
            <figcaption>{name}</figcaption>
          </figure>
          {file.clip ? null : <Transcript words={words} file={file} desk={desk} />}
        </>
      )
    case 'photo':
      return (
        <figure class="photo">
          {file.broken ? (
            <p class="said-sign">{words.t('said.no_picture')}</p>
          ) : (
            <a href={`${href}?as=whole`} target="_blank" rel="noopener">
              {/* The frame is as large before it came as after: nothing jumps. */}
              <img
                src={`${href}?as=preview`}
                alt={words.t(ours ? 'said.photo_ours' : 'media.photo_alt')}
                width={240}
                height={180}
                loading="lazy"
              />
            </a>
          )}
          <figcaption>
            <a href={href} download={file.name ?? 'photo'}>
              <Icon name="take" />
              {words.t('said.download', {
                what: [file.name ?? words.t('body.photo'), size(words, file)].filter(Boolean).join(', '),
              })}
            </a>
          </figcaption>
        </figure>
      )
    case 'video':
    case 'document':
      return (
        <p class="document">
          <Icon name="file" />
          <a href={href} download={file.name ?? true}>
            {file.name ?? name}
          </a>
          <small>{size(words, file)}</small>
        </p>
      )
    default:
      return file.as satisfies never
  }
}

type AgainProps = {
  readonly words: Words
  readonly desk: ThreadDesk
  readonly act: 'resend' | 'want-file'
  /** What it is about, and the word on the button. */
  readonly fields: Readonly<Record<string, string>>
  readonly label: string
}

/** One press that tries again what did not arrive. */
export function AgainForm({ words, desk, act, fields, label }: AgainProps): JSX.Element {
  const action = `${desk.base}/${act}${desk.query}`
  return (
    <form
      class="resend"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="none"
      hx-disable="find button"
    >
      <Hidden fields={{ _csrf: desk.token, once: desk.newKey(), ...fields }} />
      <button type="submit" class="button button-small">
        <Icon name="again" />
        {words.t(label)}
      </button>
    </form>
  )
}

function size(words: Words, { bytes }: File): string {
  if (bytes === undefined) return ''
  if (bytes < 1024 * 1024) return words.t('said.kilobytes', { n: Math.max(1, Math.round(bytes / 1024)) })
  return words.t('said.megabytes', { n: words.number(bytes / (1024 * 1024)) })
}

/** What a voice note says, in the words of whoever listened; to be corrected by whoever listens again. */
function Transcript(props: { words: Words; file: File; desk: ThreadDesk | undefined }): JSX.Element | null {
  const { words, file, desk } = props
  const { transcript = '' } = file
  if (transcript === '' && !desk) return null
  return (
    <div class="transcript">
      {transcript === '' ? null : (
        <p class="transcript-text" dir="auto">
          <span class="hidden">{words.t('said.transcript_of', { length: length(file.seconds ?? 0) })} </span>
          {transcript}
        </p>
      )}
      {desk ? (
        <details class="transcript-fold">
          <summary>
            <Icon name="pen" />
            {words.t(transcript === '' ? 'said.transcript_write' : 'said.transcript_correct')}
          </summary>
          <TranscriptForm words={words} file={file} desk={desk} />
        </details>
      ) : null}
    </div>
  )
}

function TranscriptForm({ words, file, desk }: { words: Words; file: File; desk: ThreadDesk }): JSX.Element {
  const { transcript = '' } = file
  const action = `${desk.base}/transcript${desk.query}`
  const field = `transcript-${file.media}`
  return (
    <form method="post" action={action} hx-post={action} hx-swap="none" hx-disable="find button" data-folds>
      <Hidden
        fields={{
          ...{ _csrf: desk.token, once: desk.newKey(), media: file.media },
          had: digestOfText(transcript),
        }}
      />
      <label for={field}>{words.t('said.transcript_label')}</label>
      <textarea id={field} name="text" rows={3} dir="auto">
        {transcript}
      </textarea>
      <p class="hint">{words.t('said.transcript_hint')}</p>
      <button type="submit" class="button button-small">
        {words.t('said.transcript_save')}
      </button>
    </form>
  )
}
