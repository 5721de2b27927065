/** The accounts on which people write: how each stands, what came, what is missing, what waits to go out. */
import type { JSX } from 'preact'
import { tierOf } from '../../core/daily-tier.ts'
import type { ChannelFacts } from '../../store/channel-facts.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Sheet } from './sheet.tsx'

export type ChannelView = ChannelFacts & {
  /** Of the WhatsApp Cloud API. */
  readonly number?: { readonly own: boolean; readonly limit: string | undefined }
}

type ChannelsProps = {
  readonly page: Page
  readonly rail: Rail
  readonly channels: readonly ChannelView[]
  /** Whether the reader adds and changes numbers. */
  readonly keeps: boolean
  readonly fault?: string
  readonly done?: string
}

export function ChannelsPage({ page, rail, channels, keeps, ...told }: ChannelsProps): JSX.Element {
  const { words, token } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('channels.title')} icon="sending" {...told}>
      <p class="quiet">{words.t('channels.about')}</p>
      <p>
        <a class="button" href="/console/channels">
          <Icon name="again" />
          {words.t('channels.look_again')}
        </a>
      </p>
      <div hx-get="/console/channels/list" hx-trigger="every 30s" hx-swap="innerMorph">
        <ChannelList words={words} channels={channels} />
      </div>
      {keeps ? <Numbers words={words} token={token} channels={channels} /> : null}
    </Sheet>
  )
}

export function ChannelList({
  words,
  channels,
}: {
  words: Words
  channels: readonly ChannelView[]
}): JSX.Element {
  if (channels.length === 0) return <p class="card">{words.t('channels.none')}</p>
  return (
    <>
      {channels.map((it) => (
        <Channel key={it.id} words={words} it={it} />
      ))}
    </>
  )
}

const signs: Readonly<Record<string, IconName>> = { up: 'check', down: 'late', unauthorized: 'lock' }

function Channel({ words, it }: { words: Words; it: ChannelView }): JSX.Element {
  const missing = it.missed + it.stuck
  const tier = tierOf(it.number?.limit)
  const state = signs[it.state] ? it.state : 'unknown'
  return (
    <section class="card" id={`channel-${it.id}`}>
      <div class="channel-head">
        <h2>{nameOf(words, it)}</h2>
        <span
          class={
            it.state === 'down' || it.state === 'unauthorized' ? 'mind' : `channel-state channel-${state}`
          }
        >
          <Icon name={signs[it.state] ?? 'clock'} />
          {words.t(`channels.state.${state}`)}
          {it.stateAt ? ` (${words.t('channels.since', { span: words.span(it.stateAt) })})` : ''}
        </span>
        <Limit words={words} tier={tier} />
      </div>
      <dl class="channel-figures">
        <Figure words={words} name="received" figure={it.received} />
        <Figure words={words} name="handled" figure={it.handled} />
        <Figure words={words} name="missing" figure={missing} />
        <Figure words={words} name="waiting" figure={it.waiting} />
        <Figure words={words} name="held" figure={it.held} />
        {it.lost > 0 ? <Figure words={words} name="lost" figure={it.lost} /> : null}
      </dl>
      <p class="quiet">
        {it.lastReceivedAt ? (
          <>
            {words.t('channels.last')} <Ago words={words} at={it.lastReceivedAt} />.{' '}
          </>
        ) : (
          `${words.t('channels.silent')} `
        )}
        {it.waitingSince ? `${words.t('channels.lag', { span: words.span(it.waitingSince) })} ` : ''}
        {compared(words, it)}
      </p>
      {tier === undefined ? null : <p class="quiet">{words.t('channels.limit_help')}</p>}
      {missing > 0 ? (
        <p class="mind">
          <Icon name="late" />
          {it.stuck > 0
            ? words.t('channels.stuck', { n: it.stuck })
            : words.t('channels.missed', { n: it.missed })}
        </p>
      ) : null}
      {it.lost > 0 ? (
        <p class="mind">
          <Icon name="late" />
          {words.t('channels.lost', { n: it.lost })}
        </p>
      ) : null}
    </section>
  )
}

/** To how many people one may write first in a day; the rest of a campaign waits for the next. */
function Limit({ words, tier }: { words: Words; tier: number | undefined }): JSX.Element | null {
  if (tier === undefined) return null
  if (tier === Number.POSITIVE_INFINITY) return <span class="chip">{words.t('channels.no_limit')}</span>
  return <span class="chip">{words.t('channels.limit', { n: tier.toLocaleString(words.language) })}</span>
}

/** What was compared, or why nothing can be. */
function compared(words: Words, { kind, comparedAt }: ChannelView): string {
  if (comparedAt) return words.t('channels.compared', { span: words.span(comparedAt) })
  return kind === 'whatsapp_cloud' ? words.t('channels.redelivered') : ''
}

function Figure(props: {
  words: Words
  name: 'received' | 'handled' | 'missing' | 'waiting' | 'held' | 'lost'
  figure: number
}): JSX.Element {
  const { words, name, figure } = props
  return (
    <div>
      <dt class="quiet">{words.t(`channels.figure.${name}`)}</dt>
      <dd>{figure.toLocaleString(words.language)}</dd>
    </div>
  )
}

function nameOf(words: Words, { kind, name, number, account }: ChannelView): string {
  const channel = words.t(`channel.${kind}`)
  if (name) return `${channel} · ${name}`
  return number ? `${channel} · ${account}` : channel
}

type NumbersProps = { words: Words; token: string; channels: readonly ChannelView[] }

function Numbers({ words, token, channels }: NumbersProps): JSX.Element {
  const numbers = channels.filter(({ number }) => number)
  return (
    <section class="card">
      <h2>{words.t('channels.numbers')}</h2>
      <p class="quiet">{words.t('channels.numbers_help')}</p>
      {numbers.map((it) => (
        <details class="admin-form" key={it.id}>
          <summary>{nameOf(words, it)}</summary>
          <form method="post" action={`/console/channels/numbers/${it.id}`}>
            <Hidden fields={{ _csrf: token }} />
            <Fields words={words} name={it.name ?? ''} kept={true} />
            <button type="submit" class="button">
              {words.t('channels.save')}
            </button>
          </form>
        </details>
      ))}
      <details class="admin-form">
        <summary>{words.t('channels.add')}</summary>
        <form method="post" action="/console/channels/numbers">
          <Hidden fields={{ _csrf: token }} />
          <label>
            {words.t('channels.phone_id')}
            <input name="phone_id" required pattern="\d{1,30}" inputMode="numeric" autocomplete="off" />
          </label>
          <Fields words={words} name="" kept={false} />
          <button type="submit" class="button button-main">
            {words.t('channels.add')}
          </button>
        </form>
      </details>
    </section>
  )
}

/** A secret is never shown again: an empty field leaves it as it is. */
function Fields({ words, name, kept }: { words: Words; name: string; kept: boolean }): JSX.Element {
  return (
    <div class="columns channel-fields">
      <label>
        {words.t('channels.name')}
        <input name="name" required maxLength={60} value={name} />
      </label>
      <label>
        {words.t('channels.token')}
        <input name="token" type="password" required={!kept} maxLength={600} autocomplete="off" />
        {kept ? <small>{words.t('channels.kept')}</small> : null}
      </label>
      <label>
        {words.t('channels.app_secret')}
        <input name="app_secret" type="password" maxLength={600} autocomplete="off" />
        <small>{words.t('channels.shared')}</small>
      </label>
      <label>
        {words.t('channels.verify_token')}
        <input name="verify_token" type="password" maxLength={600} autocomplete="off" />
        <small>{words.t('channels.shared')}</small>
      </label>
    </div>
  )
}
