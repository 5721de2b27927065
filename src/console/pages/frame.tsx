/** What is round every page: head, skip link, rail, places of the phone, and the line on which hints arrive. */
import type { ComponentChildren, JSX } from 'preact'
import type { QueueKey } from '../../core/queue.ts'
import type { Staff } from '../../core/staff.ts'
import type { Asset } from '../assets.ts'
import { lookQuery } from '../look.ts'
import type { Look, Rail, View } from '../view.ts'
import { views } from '../view.ts'
import type { Words } from '../words.ts'
import { AlertBanner } from './alert-banner.tsx'
import { HeldBackLine } from './held-back.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Count, RailLink } from './rail-link.tsx'
import { RailPlaces } from './rail-places.tsx'
import { SavedLinks } from './saved-views.tsx'

/** What every page of a signed-in reader needs. */
export type Page = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  readonly staff: Staff
  readonly token: string
  /** Path of this page, to come back to after the language was changed. */
  readonly here: string
}

/** A place of the phone's bar; `#id` shows that part of this page. */
export type Place = { readonly href: string; readonly icon: IconName; readonly text: string }

type DocumentProps = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  readonly title: string
  /** The page listens to hints. */
  readonly live: boolean
  readonly children: ComponentChildren
}

/**
 * A refused request leaves the page as it was; a form that somebody opened stays open when its part is fetched again.
 */
const htmxConfig = JSON.stringify({
  noSwap: [204, 304, '4xx', '5xx'],
  history: false,
  includeIndicatorCSS: false,
  morphIgnore: ['data-htmx-powered', 'open'],
})

/** The whole document; script and style are files, as the content policy demands. */
export function Document({ words, asset, title, live, children }: DocumentProps): JSX.Element {
  return (
    <html lang={words.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} · Baro`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={asset('console.css')} />
        {live ? <script src={asset('console.js')} defer /> : null}
      </head>
      {children}
    </html>
  )
}

type FrameProps = {
  readonly page: Page
  readonly title: string
  readonly rail: Rail
  readonly look?: Look
  readonly places: readonly Place[]
  /** Which layout the parts of the page take. */
  readonly layout: 'list' | 'request' | 'sheet'
  readonly children: ComponentChildren
}

/** A page of the console with its rail; `children` are the parts beside the rail, one of them `id="content"`. */
export function Frame({ page, title, rail, look, places, layout, children }: FrameProps): JSX.Element {
  const { words } = page
  return (
    <Document words={words} asset={page.asset} title={countedTitle(title, rail)} live={true}>
      <body>
        <a class="skip" href="#content">
          {words.t('frame.skip')}
        </a>
        {layout === 'request' ? (
          <>
            <a class="skip" href="#answer">
              {words.t('keys.skip_answer')}
            </a>
            <a class="skip" href="#list">
              {words.t('keys.skip_list')}
            </a>
          </>
        ) : null}
        <AlertBanner words={words} token={page.token} alerts={rail.alerts} />
        <HeldBackLine words={words} accounts={rail.heldBack} />
        <main class={`desk desk-${layout}`} hx-sse:connect="/console/hints" {...habitsOf(page)}>
          <RailPanel page={page} rail={rail} {...(look ? { look } : {})} />
          {children}
        </main>
        <nav class="places" aria-label={words.t('frame.places')}>
          {[{ href: '#rail', icon: 'menu', text: words.t('place.menu') } as const, ...places].map((place) => (
            <a key={place.href} href={place.href}>
              <Icon name={place.icon} />
              <span>{place.text}</span>
            </a>
          ))}
        </nav>
        <div
          id="notice"
          role="status"
          aria-live="polite"
          data-lost={words.t('frame.lost')}
          data-refused={words.t('frame.refused')}
        />
      </body>
    </Document>
  )
}

/** The tab says how much is the reader's own; assets/signals.js keeps it true. */
function countedTitle(title: string, rail: Rail): string {
  return rail.views.mine > 0 ? `(${rail.views.mine}) ${title}` : title
}

/** What the scripts of the keys and of the signals read; a page that is to be heard goes on listening behind others. */
function habitsOf({ words, staff }: Page) {
  const { shortcuts = true, signals = false } = staff.habits ?? {}
  return {
    'data-keys': shortcuts ? 'on' : 'off',
    'data-close': words.t('keys.close_sheet'),
    ...(signals ? { 'data-signals': words.t('keys.news'), 'hx-config': 'sse.pauseOnBackground:false' } : {}),
  }
}

function RailPanel({ page, rail, look }: { page: Page; rail: Rail; look?: Look }): JSX.Element {
  const { words, staff } = page
  return (
    <header class="rail" id="rail">
      <a class="brand" href="/console">
        Baro
      </a>
      <form class="find" method="post" action="/console/find" aria-label={words.t('find.title')}>
        <input type="hidden" name="_csrf" value={page.token} />
        <label>
          <span class="hidden">{words.t('find.label')}</span>
          <input
            name="sought"
            required
            maxLength={120}
            autocomplete="off"
            dir="auto"
            placeholder={words.t('find.field')}
          />
        </label>
      </form>
      <RailCounts words={words} rail={rail} {...(look ? { look } : {})} />
      <div class="rail-foot">
        <p class="me">
          {staff.name}
          <small>{staff.roles.map((role) => words.t(`role.${role}`)).join(', ')}</small>
        </p>
        <RailPlaces words={words} staff={staff} here={page.here} />
        <form method="post" action="/console/language">
          <input type="hidden" name="_csrf" value={page.token} />
          <input type="hidden" name="here" value={page.here} />
          <button
            type="submit"
            class="rail-link"
            name="language"
            value={words.language === 'fr' ? 'en' : 'fr'}
          >
            <Icon name="chat" />
            <span lang={words.language === 'fr' ? 'en' : 'fr'}>
              {words.language === 'fr' ? 'English' : 'Français'}
            </span>
          </button>
        </form>
        <form method="post" action="/logout">
          <input type="hidden" name="_csrf" value={page.token} />
          <button type="submit" class="rail-link">
            <Icon name="leave" />
            {words.t('frame.leave')}
          </button>
        </form>
      </div>
    </header>
  )
}

const viewIcons: Record<View, IconName> = {
  mine: 'person',
  queues: 'inbox',
  unassigned: 'take',
  waiting: 'chat',
  overdue: 'late',
  snoozed: 'moon',
  closed: 'check',
}

/** Views and queues with their counts: a live part, refetched on every hint. */
export function RailCounts({ words, rail, look }: { words: Words; rail: Rail; look?: Look }): JSX.Element {
  const here = lookQuery(look)
  return (
    <nav
      id="counts"
      data-mine={rail.views.mine}
      aria-label={words.t('frame.views')}
      hx-get={`/console/counts${here}`}
      hx-trigger="list from:main, missed from:main"
      hx-swap="outerMorph"
    >
      <ul>
        {views.map((view) => (
          <li key={view}>
            <RailLink
              href={`/console/requests?view=${view}`}
              current={look !== undefined && 'view' in look && look.view === view && !look.filter}
            >
              <Icon name={viewIcons[view]} />
              <span class="rail-text">{words.t(viewKey(view))}</span>
              {view === 'closed' ? null : <Count n={rail.views[view]} late={view === 'overdue'} />}
            </RailLink>
          </li>
        ))}
        <li>
          <RailLink href="/console/for-me" current={false}>
            <Icon name="at" />
            <span class="rail-text">{words.t('for_me.title')}</span>
            {rail.mentions > 0 ? (
              <span class="count count-new">{rail.mentions}</span>
            ) : (
              <Count n={0} late={false} />
            )}
          </RailLink>
        </li>
      </ul>
      {rail.approvals > 0 ? (
        <RailLink href="/console/approvals" current={false}>
          <Icon name="shield" />
          <span class="rail-text">{words.t('account.approval.title')}</span>
          <Count n={rail.approvals} late={true} />
        </RailLink>
      ) : null}
      <h2 class="rail-title">{words.t('frame.queues')}</h2>
      {rail.queues.length === 0 ? <p class="rail-empty">{words.t('frame.no_queue')}</p> : null}
      <ul>
        {rail.queues.map(({ queue, open, late }) => (
          <li key={queue}>
            <RailLink
              href={`/console/requests?queue=${queue}`}
              current={look !== undefined && 'queue' in look && look.queue === queue}
            >
              <span class="rail-text">{words.t(`queue.${queue}`)}</span>
              {late > 0 ? (
                <span class="count count-late" title={words.t('frame.late', { n: late })}>
                  <Icon name="late" />
                  {late}
                </span>
              ) : null}
              <Count n={open} late={false} />
            </RailLink>
          </li>
        ))}
      </ul>
      <SavedLinks words={words} saved={rail.saved} look={look} />
    </nav>
  )
}

/** The name of a look, for headings. */
export function lookName(words: Words, look: Look): string {
  return words.t('view' in look ? viewKey(look.view) : `queue.${look.queue satisfies QueueKey}`)
}

/** Where the name of a view stands. */
function viewKey(view: View): string {
  return view === 'waiting' || view === 'snoozed' ? `lists.view_${view}` : `view.${view}`
}
