/**
 * The invitation card on A6 paper. Whoever finds it learns nothing of the programme: a number, how to send it, until when.
 * The code stands on this page and nowhere else.
 */
import type { JSX } from 'preact'
import { type CardDoor, cardLink, showCardCode } from '../../core/card.ts'
import type { Language } from '../../core/language.ts'
import type { CardLine } from '../../store/card.ts'
import type { Asset } from '../assets.ts'
import type { Rail } from '../view.ts'
import { dayOf, type Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import { Document, Frame, type Page } from './frame.tsx'
import { Qr } from './qr.tsx'

type CardProps = {
  words: Words
  asset: (name: Asset) => string
  card: { readonly code: string; readonly until: Date }
  doors: readonly CardDoor[]
  /** What to do with the number, in every language that we speak. */
  lines: readonly { readonly language: Language; readonly text: string }[]
  back: string
}

export function CardPage({ words, asset, card, doors, lines, back }: CardProps): JSX.Element {
  return (
    <Document words={words} asset={asset} title={words.t('card.title')} live={true}>
      <body class="slip-page">
        <main>
          <h1 class="screen-only">{words.t('card.title')}</h1>
          <section class="slip invitation">
            <p class="code">{showCardCode(card.code)}</p>
            {lines.map(({ language, text }) => (
              <p key={language} lang={language}>
                {text}
              </p>
            ))}
            <div class="doors">
              {doors.map((door) => (
                <figure key={door.kind}>
                  <Qr text={cardLink(door, card.code)} name={appNames[door.kind]} />
                  <figcaption>
                    {appNames[door.kind]}
                    <br />
                    {door.kind === 'telegram' ? `@${door.name}` : `+${door.name}`}
                  </figcaption>
                </figure>
              ))}
            </div>
            <p class="until">→ {dayInDigits(card.until)}</p>
          </section>
          <div class="screen-only">
            {doors.length === 0 ? <p class="mind">{words.t('card.no_door')}</p> : null}
            <p>{words.t('card.once')}</p>
            <p class="deeds">
              <button type="button" class="button button-main" data-print hidden>
                {words.t('card.print')}
              </button>{' '}
              <a class="button" href={back}>
                {words.t('card.done')}
              </a>
            </p>
          </div>
        </main>
      </body>
    </Document>
  )
}

/** Names that are the same in every language. */
const appNames = { telegram: 'Telegram', whatsapp: 'WhatsApp' } as const

/** `12/02/2026`, as it is written in Mali. */
export function dayInDigits(at: Date): string {
  return dayOf(at).split('-').reverse().join('/')
}

type CardsProps = {
  page: Page
  rail: Rail
  cards: readonly CardLine[]
  doors: readonly CardDoor[]
  maySet: boolean
  told: { readonly fault?: string; readonly done?: boolean }
}

/** The cards that one has made, and where they lead. */
export function CardsPage({ page, rail, cards, doors, maySet, told }: CardsProps): JSX.Element {
  const { words } = page
  const door = (kind: CardDoor['kind']) => doors.find((one) => one.kind === kind)?.name ?? ''
  return (
    <Frame
      page={page}
      title={words.t('card.list')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'card', text: words.t('card.list') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('card.list')}</h1>
        {told.fault ? (
          <p class="fault" role="alert">
            {told.fault}
          </p>
        ) : null}
        <section class="card">
          <p>{words.t('card.about')}</p>
          {cards.length === 0 ? <p class="quiet">{words.t('card.none')}</p> : null}
          <ul class="plain ledger">
            {cards.map((card) => (
              <li key={card.id}>
                <a href={`/console/people/${card.person}/reach`} dir="auto">
                  {card.name ?? words.t('person.unnamed')}
                </a>
                <span>{words.t(`card.state.${card.state}`)}</span>
                <small>
                  <Ago words={words} at={card.usedAt ?? card.madeAt} />
                </small>
              </li>
            ))}
          </ul>
        </section>
        {maySet ? (
          <section class="card">
            <h2>{words.t('card.doors')}</h2>
            <p>{words.t('card.doors_help')}</p>
            {told.done ? (
              <p class="done" role="status">
                {words.t('admin.saved')}
              </p>
            ) : null}
            <form method="post" action="/console/cards/doors" class="stack">
              <Hidden fields={{ _csrf: page.token }} />
              <label>
                {words.t('card.telegram')}
                <input name="telegram" maxLength={40} value={door('telegram')} spellcheck={false} />
              </label>
              <label>
                {words.t('card.whatsapp')}
                <input name="whatsapp" maxLength={24} inputMode="tel" value={door('whatsapp')} />
              </label>
              <button type="submit" class="button">
                {words.t('card.save')}
              </button>
            </form>
          </section>
        ) : null}
      </div>
    </Frame>
  )
}
