/** Every version of a canned reply, with who wrote it and when, and the way back to an earlier one. */
import type { JSX } from 'preact'
import { languages } from '../../core/language.ts'
import type { Reply } from '../../core/reply.ts'
import type { ReplyVersion } from '../../store/reply.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'

type HistoryProps = {
  readonly page: Page
  readonly reply: Reply
  readonly history: readonly (ReplyVersion & { readonly by: string })[]
  /** As it ships, when it does. */
  readonly shipped?: Reply | undefined
  readonly edits: boolean
}

export function ReplyHistory({ page, reply, history, shipped, edits }: HistoryProps): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('replies.history')}</h2>
      <ol class="plain">
        {history.map((version) => (
          <li key={version.number}>
            <strong>{words.t('replies.version', { n: version.number })}</strong> · {version.by} ·{' '}
            <Ago words={words} at={version.at} />
            {version.retired ? ` · ${words.t('replies.retired')}` : ''}
            <Earlier words={words} token={token} reply={reply} version={version} edits={edits} />
          </li>
        ))}
        {shipped ? (
          <li>
            <strong>{words.t('replies.shipped')}</strong>
            <Earlier words={words} token={token} reply={reply} version={shipped} edits={edits} />
          </li>
        ) : null}
      </ol>
      {edits ? (
        <form method="post" action={`/console/replies/${reply.key}/retire`}>
          <Hidden fields={{ _csrf: token, number: reply.number, retired: reply.retired ? 'no' : 'yes' }} />
          <button type="submit" class="button button-small">
            {words.t(reply.retired ? 'replies.offer_again' : 'replies.retire')}
          </button>
        </form>
      ) : null}
    </section>
  )
}

type EarlierProps = { words: Words; token: string; reply: Reply; version: Reply; edits: boolean }

/** What an earlier version said, and the way back to it. */
function Earlier({ words, token, reply, version, edits }: EarlierProps): JSX.Element {
  return (
    <>
      <dl class="fact-list">
        {languages.flatMap((language) => {
          const text = version.texts[language]
          return text === undefined
            ? []
            : [
                <div class="fact" key={language}>
                  <dt>{words.t(`language.${language}`)}</dt>
                  <dd lang={language} dir="auto">
                    {text}
                  </dd>
                </div>,
              ]
        })}
      </dl>
      {edits && version.number !== reply.number ? (
        <form method="post" action={`/console/replies/${reply.key}/restore`}>
          <Hidden fields={{ _csrf: token, number: reply.number, version: version.number }} />
          <button type="submit" class="button button-small">
            {words.t('replies.restore')}
          </button>
        </form>
      ) : null}
    </>
  )
}
