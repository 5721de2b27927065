/** A quiet line on every page while an account cannot speak: what is written there goes out later. */
import type { JSX } from 'preact'
import type { HeldBack } from '../../store/held-back.ts'
import type { Words } from '../words.ts'
import { Icon } from './icon.tsx'

type HeldBackProps = { readonly words: Words; readonly accounts: readonly HeldBack[] }

/** Fetched again when an account fares otherwise. */
export function HeldBackLine({ words, accounts }: HeldBackProps): JSX.Element {
  return (
    <aside
      id="held-back"
      class="held-back"
      aria-label={words.t('phone.line')}
      hidden={accounts.length === 0}
      hx-get="/console/channels/held-back"
      hx-trigger="channels from:main, missed from:main"
      hx-swap="outerMorph"
    >
      {accounts.map(({ kind, why, waiting }) => (
        <p key={kind}>
          <Icon name="late" />
          {words.t(`phone.held.${why}`, { channel: words.t(`channel.${kind}`) })}{' '}
          {waiting > 0 ? words.t('phone.waiting', { count: waiting }) : words.t('phone.kept')}
        </p>
      ))}
    </aside>
  )
}
