/** The phone that speaks through WhatsApp Web: how it fares, pairing it, pausing it, unlinking it. */
import type { JSX } from 'preact'
import type { PairedPhone } from '../../store/whatsapp-web.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Qr } from './qr.tsx'
import { Sheet } from './sheet.tsx'

export type PhoneView = PairedPhone & {
  /** The names behind the ids. */
  readonly names: ReadonlyMap<string, string>
  readonly sentToday: number
  /** Wait to go out on it. */
  readonly waiting: number
  /** The reader asked for the code and it is theirs to scan. */
  readonly showsCode: boolean
}

type PhoneProps = {
  readonly page: Page
  readonly rail: Rail
  readonly phone: PhoneView | undefined
  readonly fault?: string
  readonly done?: string
}

const base = '/console/channels/whatsapp'

export function PhonePage({ page, rail, phone, ...told }: PhoneProps): JSX.Element {
  const { words, token } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('phone.title')} icon="phone" {...told}>
      <p class="mind">
        <Icon name="late" />
        {words.t('phone.risk')}
      </p>
      {phone ? (
        <>
          <PhonePart words={words} token={token} phone={phone} />
          <Limits words={words} token={token} phone={phone} />
        </>
      ) : (
        <p class="card">{words.t('phone.off')}</p>
      )}
    </Sheet>
  )
}

type PartProps = { readonly words: Words; readonly token: string; readonly phone: PhoneView }

/** What changes while one looks: fetched again whenever the session moves. */
export function PhonePart({ words, token, phone }: PartProps): JSX.Element {
  return (
    <div
      id="phone"
      hx-get={`${base}/part`}
      hx-trigger="channels from:main, missed from:main, every 30s"
      hx-swap="outerMorph"
    >
      <State words={words} token={token} phone={phone} />
      {phone.state === 'unauthorized' ? <Pair words={words} token={token} phone={phone} /> : null}
      {phone.account !== undefined ? <Unlink words={words} token={token} phone={phone} /> : null}
    </div>
  )
}

const signs: Readonly<Record<string, IconName>> = { up: 'check', down: 'late', unauthorized: 'lock' }

function State({ words, token, phone }: PartProps): JSX.Element {
  const { state, stateAt, why, account, pairedAt, pairedBy, pausedAt, pausedBy, names } = phone
  return (
    <section class="card">
      <h2 class="phone-state">
        <Icon name={pausedAt ? 'moon' : (signs[state] ?? 'clock')} />
        {words.t(`phone.state.${signs[state] ? state : 'starting'}`)}
      </h2>
      {stateAt ? (
        <p class="quiet">
          <Ago words={words} at={stateAt} />
        </p>
      ) : null}
      {state === 'down' ? <p>{words.t(`phone.why.${whyKnown(why)}`)}</p> : null}
      {account && pairedAt ? (
        <p>
          {words.t('phone.paired', { number: `+${account}`, name: nameOf(words, names, pairedBy) })}{' '}
          <Ago words={words} at={pairedAt} />.
        </p>
      ) : null}
      <dl class="channel-figures">
        <Figure name={words.t('phone.sent_today')} figure={`${phone.sentToday} / ${phone.dailyCap}`} />
        <Figure name={words.t('channels.figure.waiting')} figure={String(phone.waiting)} />
        <Figure name={words.t('phone.found_late')} figure={String(phone.foundLate)} />
      </dl>
      {pausedAt ? (
        <p class="mind">
          <Icon name="moon" />
          {words.t('phone.paused', { name: nameOf(words, names, pausedBy), span: words.span(pausedAt) })}
        </p>
      ) : null}
      <form method="post" action={`${base}/pause`}>
        <Hidden fields={{ _csrf: token, pause: pausedAt ? 'off' : 'on' }} />
        <button type="submit" class="button">
          {words.t(pausedAt ? 'phone.resume' : 'phone.pause')}
        </button>
      </form>
    </section>
  )
}

const whys = ['browser_gone', 'page_crashed', 'silent', 'conflict', 'in_use', 'no_browser'] as const

/** The sentences that say more than that it went away. */
function whyKnown(why: string | undefined): string {
  return whys.find((one) => one === why) ?? 'other'
}

function nameOf(words: Words, names: ReadonlyMap<string, string>, id: string | undefined): string {
  return (id === undefined ? undefined : names.get(id)) ?? words.t('phone.somebody')
}

function Figure({ name, figure }: { name: string; figure: string }): JSX.Element {
  return (
    <div>
      <dt class="quiet">{name}</dt>
      <dd>{figure}</dd>
    </div>
  )
}

/** The code is shown to whoever asked for it: that is who paired the phone. */
function Pair({ words, token, phone }: PartProps): JSX.Element {
  const { code, showsCode } = phone
  return (
    <section class="card phone-pair">
      <h2>{words.t('phone.pair')}</h2>
      <ol>
        <li>{words.t('phone.step_open')}</li>
        <li>{words.t('phone.step_devices')}</li>
        <li>{words.t('phone.step_scan')}</li>
      </ol>
      {showsCode && code ? (
        <>
          <Qr text={code} name={words.t('phone.code')} />
          <p class="quiet">{words.t('phone.renewed')}</p>
        </>
      ) : null}
      {showsCode && !code ? <p class="quiet">{words.t('phone.coming')}</p> : null}
      {showsCode ? null : (
        <form method="post" action={`${base}/ask`}>
          <Hidden fields={{ _csrf: token }} />
          <button type="submit" class="button button-main">
            {words.t('phone.ask')}
          </button>
        </form>
      )}
    </section>
  )
}

function Unlink({ words, token, phone }: PartProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('phone.unlink_title')}</h2>
      <p class="quiet">{words.t('phone.unlink_help')}</p>
      {phone.unlinkAt ? (
        <p class="mind">{words.t('phone.unlinking')}</p>
      ) : (
        <details id="unlink">
          <summary>{words.t('phone.unlink')}</summary>
          <p>{words.t('phone.unlink_sure')}</p>
          <form method="post" action={`${base}/unlink`}>
            <Hidden fields={{ _csrf: token }} />
            <button type="submit" class="button">
              {words.t('phone.unlink_do')}
            </button>
          </form>
        </details>
      )}
    </section>
  )
}

function Limits({ words, token, phone }: PartProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('phone.limits')}</h2>
      <form class="admin-form" method="post" action={`${base}/limits`}>
        <Hidden fields={{ _csrf: token }} />
        <label>
          {words.t('phone.cap')}
          <input
            name="cap"
            type="number"
            min={1}
            max={2000}
            required
            value={phone.dailyCap}
            aria-describedby="cap-help"
          />
        </label>
        <p class="quiet" id="cap-help">
          {words.t('phone.cap_help')}
        </p>
        <label class="check">
          <input type="checkbox" name="campaigns" value="on" checked={phone.campaigns} />
          <span>{words.t('phone.campaigns')}</span>
        </label>
        <p class="mind">{words.t('phone.campaigns_risk')}</p>
        <button type="submit" class="button">
          {words.t('channels.save')}
        </button>
      </form>
    </section>
  )
}
