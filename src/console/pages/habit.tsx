/** The help sheet of the keys, and the page on which they and the signals are switched. */
import type { JSX } from 'preact'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

/** Each key with what it does; assets/keys.js does it. */
const keys: readonly (readonly [key: string, does: string])[] = [
  ['j', 'next'],
  ['k', 'previous'],
  ['u', 'back'],
  ['t', 'take'],
  ['r', 'answer'],
  ['n', 'note'],
  ['h', 'hand_over'],
  ['c', 'close'],
  ['z', 'snooze'],
  ['/', 'search'],
  ['m', 'for_me'],
  ['?', 'help'],
]
/** Keys that work while one types as well; they cannot be switched off and need not be. */
const typing: readonly (readonly [key: string, does: string])[] = [
  ['Ctrl + Enter', 'send'],
  ['/', 'reply'],
  ['@', 'mention'],
  ['Esc', 'leave'],
]

/** What the question mark opens. */
export function KeySheet({ words }: { readonly words: Words }): JSX.Element {
  return (
    <div id="key-sheet" class="key-sheet">
      <KeyList words={words} title="keys.while_reading" keys={keys} />
      <KeyList words={words} title="keys.while_typing" keys={typing} />
      <p>
        <a href="/console/keys">{words.t('keys.change')}</a>
      </p>
    </div>
  )
}

type KeyListProps = { words: Words; title: string; keys: typeof typing }

function KeyList({ words, title, keys: shown }: KeyListProps): JSX.Element {
  return (
    <section>
      <h2>{words.t(title)}</h2>
      <dl>
        {shown.map(([key, does]) => (
          <div key={does}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words.t(`keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function HabitPage({ page, rail }: { readonly page: Page; readonly rail: Rail }): JSX.Element {
  const { words, token, staff } = page
  const { shortcuts = true, signals = false } = staff.habits ?? {}
  return (
    <Frame
      page={page}
      title={words.t('keys.title')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'gear', text: words.t('keys.title') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('keys.title')}</h1>
        <div class="columns">
          <section class="card">
            <KeyList words={words} title="keys.while_reading" keys={keys} />
            <KeyList words={words} title="keys.while_typing" keys={typing} />
            <Switch words={words} token={token} habit="shortcuts" on={shortcuts} />
          </section>
          <section class="card">
            <h2>{words.t('keys.signals')}</h2>
            <p>{words.t('keys.signals_about')}</p>
            <Switch words={words} token={token} habit="signals" on={signals} />
            {signals ? (
              <p id="signal-try" hidden>
                <button type="button" class="button button-small" data-try="sound">
                  {words.t('keys.try')}
                </button>{' '}
                <button type="button" class="button button-small" data-try="notice">
                  {words.t('keys.allow')}
                </button>
                <span
                  role="status"
                  data-granted={words.t('keys.allowed')}
                  data-denied={words.t('keys.denied')}
                />
              </p>
            ) : null}
          </section>
        </div>
      </div>
    </Frame>
  )
}

type SwitchProps = { words: Words; token: string; habit: 'shortcuts' | 'signals'; on: boolean }

function Switch({ words, token, habit, on }: SwitchProps): JSX.Element {
  return (
    <form method="post" action="/console/keys" class="switch">
      <Hidden fields={{ _csrf: token, [habit]: on ? 'no' : 'yes' }} />
      <span>{words.t(`keys.${habit}_${on ? 'on' : 'off'}`)}</span>
      <button type="submit" class="button">
        {words.t(`keys.${habit}_turn_${on ? 'off' : 'on'}`)}
      </button>
    </form>
  )
}
