/** What was said, either way, as it stands in a bubble. */
import type { JSX } from 'preact'
import type { Body } from '../view.ts'
import type { Words } from '../words.ts'
import { PlaceMap } from './place-map.tsx'
import { FilePart, type ThreadDesk } from './said-file.tsx'

type BodyProps = {
  readonly words: Words
  readonly body: Body
  readonly language: string | undefined
  readonly ours: boolean
  readonly desk: ThreadDesk | undefined
}

/** What was said. Text stays text; files are played, shown or offered from the media door. */
export function BodyPart({ words, body, language, ours, desk }: BodyProps): JSX.Element {
  switch (body.kind) {
    case 'text':
      return (
        <>
          {body.typed?.sign ? <p class="said-text said-sign">{words.t('phone.typed_sign')}</p> : null}
          {body.aloud ? (
            <div class="said-file">
              <FilePart words={words} file={body.aloud} ours={ours} desk={desk} />
            </div>
          ) : null}
          {body.text ? <Text text={body.text} language={language} /> : null}
        </>
      )
    case 'file':
      return (
        <div class="said-file">
          <FilePart words={words} file={body} ours={ours} desk={desk} />
          {body.text ? <Text text={body.text} language={language} /> : null}
        </div>
      )
    case 'location':
      return (
        <>
          <PlaceMap words={words} point={body} />
          <p class="said-text">
            {words.t('body.location')}{' '}
            <span class="figure">{`${body.latitude.toFixed(5)}, ${body.longitude.toFixed(5)}`}</span>
            {body.text ? ` ${body.text}` : ''}
          </p>
        </>
      )
    case 'contact':
      return (
        <p class="said-text">
          {words.t('body.contact')}{' '}
          <span class="figure">{[body.name, body.phone].filter(Boolean).join(' ')}</span>
        </p>
      )
    case 'deleted':
      return body.kept ? (
        <>
          <p class="said-text said-sign">{words.t('body.deleted_kept')}</p>
          <BodyPart words={words} body={body.kept} language={language} ours={ours} desk={desk} />
        </>
      ) : (
        <p class="said-text said-sign">{words.t('body.deleted')}</p>
      )
    case 'unsupported':
    case 'erased':
    case 'shut':
      return <p class="said-text said-sign">{words.t(`body.${body.kind}`)}</p>
    default:
      return body satisfies never
  }
}

function Text({ text, language }: { text: string; language: string | undefined }): JSX.Element {
  return (
    <p class="said-text" lang={language} dir="auto">
      {text}
    </p>
  )
}
