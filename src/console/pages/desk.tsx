/** Working in Telegram: linking a chat by a code, and what can and cannot be done there. */
import type { JSX } from 'preact'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type DeskProps = {
  readonly page: Page
  readonly rail: Rail
  /** Whether this office has such a bot at all. */
  readonly running: boolean
  /** As it is found in Telegram. */
  readonly bot?: string
  /** Until when the reader's chat is linked. */
  readonly until?: Date
  /** A code made just now. */
  readonly code?: string
}

export function DeskPage({ page, rail, running, bot, until, code }: DeskProps): JSX.Element {
  const { words, token } = page
  const title = words.t('chat.title')
  return (
    <Sheet page={page} rail={rail} title={title} icon="chat">
      <p>{words.t('chat.about')}</p>
      {running ? null : <p class="mind">{words.t('chat.none')}</p>}
      {running ? (
        <section class="card chat-link">
          <h2>{words.t(until ? 'chat.is_linked' : 'chat.link')}</h2>
          {until ? <p>{words.t('chat.lasts', { until: words.exact(until) })}</p> : null}
          {code ? <Code words={words} code={code} bot={bot} /> : null}
          <form method="post" action="/console/desk/code">
            <Hidden fields={{ _csrf: token }} />
            <button type="submit" class={code ? 'button button-quiet' : 'button'}>
              {words.t(code ? 'chat.another_code' : 'chat.make_code')}
            </button>
          </form>
          {until ? (
            <form method="post" action="/console/desk/end">
              <Hidden fields={{ _csrf: token }} />
              <button type="submit" class="button button-quiet">
                {words.t('chat.end')}
              </button>
            </form>
          ) : null}
        </section>
      ) : null}
      <section class="card">
        <h2>{words.t('chat.rules')}</h2>
        <ul class="chat-rules">
          {['notices', 'read_ten', 'confirm_first', 'never_hidden', 'lost_phone'].map((rule) => (
            <li key={rule}>{words.t(`chat.rule.${rule}`)}</li>
          ))}
        </ul>
      </section>
    </Sheet>
  )
}

function Code({ words, code, bot }: { words: Page['words']; code: string; bot?: string }): JSX.Element {
  return (
    <div class="chat-code" role="status">
      <p class="chat-code-letters">{code}</p>
      <p>{bot ? words.t('chat.send_to', { bot: `@${bot}` }) : words.t('chat.send')}</p>
      {bot ? (
        <p>
          <a href={`https://t.me/${bot}?start=${code.replace('-', '')}`} rel="noreferrer" target="_blank">
            {words.t('chat.open_bot')}
          </a>
        </p>
      ) : null}
    </div>
  )
}
