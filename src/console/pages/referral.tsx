/** Referring from one request: what stands with each partner, what can be done, and the form that proposes another. */
import type { ComponentChildren, JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { referralResults } from '../../core/referral.ts'
import { isOpen } from '../../core/referral-rules.ts'
import { describe } from '../describe.ts'
import type { ReferralsView, ReferralView } from '../referral-load.ts'
import type { Rail } from '../view.ts'
import { Ago, Hidden, kindName } from './bits.tsx'
import type { Page } from './frame.tsx'
import { ReferralForm } from './referral-form.tsx'
import { ReferralName } from './referral-part.tsx'
import { Sheet } from './sheet.tsx'

export type ReferralProps = {
  readonly page: Page
  readonly rail: Rail
  readonly view: ReferralsView
  readonly newKey: () => string
  readonly fault?: string
  readonly done?: string
  /** A link that was just made: shown this once. */
  readonly link?: string
}

export function ReferralPage(props: ReferralProps): JSX.Element {
  const { page, rail, view, fault, done, link } = props
  const { words } = page
  const { row } = view.facts
  return (
    <Sheet
      {...{ page, rail, title: words.t('referral.title'), icon: 'hand' }}
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      <p>
        <a href={`/console/requests/${showReference(row.reference)}`}>
          <strong dir="auto">{row.who ?? showReference(row.reference)}</strong>
        </a>{' '}
        · {kindName(words, row)}
      </p>
      {link ? (
        <section class="card done" role="status">
          <p>{words.t('referral.link_once')}</p>
          <p class="calendar-address">
            <code>{link}</code>
          </p>
        </section>
      ) : null}
      {view.referrals.map((it) => (
        <Standing key={it.id} {...props} it={it} />
      ))}
      <Proposing {...props} />
      {view.history.length > 0 ? <History {...props} /> : null}
    </Sheet>
  )
}

function Proposing(props: ReferralProps): JSX.Element {
  const { page, view } = props
  const { words } = page
  const { row, person } = view.facts
  const why =
    row.state === 'closed'
      ? 'referral.closed'
      : person === undefined
        ? 'referral.nobody'
        : view.partners.length === 0
          ? 'referral.no_partner'
          : undefined
  if (why) return <p class="mind">{words.t(why)}</p>
  return (
    <section class="card stack">
      <h2>{words.t('referral.propose')}</h2>
      <ReferralForm {...props} />
    </section>
  )
}

type StandingProps = ReferralProps & { readonly it: ReferralView }

function Standing(props: StandingProps): JSX.Element {
  const { it, page } = props
  const { words } = page
  return (
    <section class="card referral">
      <h2>
        <ReferralName words={words} it={it} />
      </h2>
      <p>
        {words.t(it.sentAt ? 'referral.shared' : 'referral.shares', {
          items: it.items.map((item) => words.t(`referral.item.${item}`)).join(', '),
        })}
      </p>
      {it.note ? <p dir="auto">{words.quote(it.note)}</p> : null}
      <p class="quiet">{standingOf(props)}</p>
      <Acts {...props} />
    </section>
  )
}

/** What is waited for, in one line. */
function standingOf({ it, page: { words } }: StandingProps): string {
  if (it.state === 'asked') {
    return words.t(it.prompt === 'consent' ? 'referral.waits_chat' : 'referral.waits_staff')
  }
  if (it.state === 'agreed') return words.t('referral.waits_sending')
  if (it.state === 'refused') return words.t('referral.refused_help')
  const told = [
    ...(it.sentAt ? [words.t('referral.sent_on', { day: words.day(it.sentAt) })] : []),
    words.t('referral.opened', { n: it.opened }),
    ...(it.declineReason
      ? [words.t('referral.declined_for', { reason: words.t(`referral.decline.${it.declineReason}`) })]
      : []),
    ...(it.came === undefined ? [] : [words.t(it.came ? 'referral.came' : 'referral.came_not')]),
    ...(it.state === 'withdrawn' && it.sentAt
      ? [words.t(it.removedAt ? 'referral.removed' : 'referral.removal_asked')]
      : []),
  ]
  return told.join(' ')
}

function Acts(props: StandingProps): JSX.Element | null {
  const { it, page } = props
  const { words } = page
  const sends = it.state === 'agreed' || it.state === 'sent' || it.state === 'accepted'
  const results = referralResults.filter((result) => result !== it.state)
  const ends = it.sentAt !== undefined && isOpen(it.state) && it.state !== 'declined'
  return (
    <div class="followup-deeds">
      {it.state === 'asked' || it.state === 'refused' ? (
        <>
          <Act {...props} act="hear" fields={{ answer: 'yes' }} text={words.t('referral.said_yes')} />
          {it.state === 'asked' ? (
            <Act {...props} act="hear" fields={{ answer: 'no' }} text={words.t('referral.said_no')} />
          ) : null}
        </>
      ) : null}
      {sends && it.mail ? (
        <Act {...props} act="send" fields={{ how: 'mail' }} text={words.t('referral.by_mail')} main={true} />
      ) : null}
      {sends ? (
        <Act
          {...props}
          act="send"
          fields={{ how: 'copy' }}
          text={words.t(it.state === 'agreed' ? 'referral.make_link' : 'referral.renew_link')}
          main={!it.mail && it.state === 'agreed'}
        />
      ) : null}
      {ends ? (
        <Act {...props} act="end" text={words.t('referral.note_result')}>
          <label>
            {words.t('referral.result')}
            <select name="result">
              {results.map((result) => (
                <option key={result} value={result}>
                  {words.t(`referral.state.${result}`)}
                </option>
              ))}
            </select>
          </label>
        </Act>
      ) : null}
      {isOpen(it.state) ? <Act {...props} act="withdraw" text={words.t('referral.take_back')} /> : null}
    </div>
  )
}

type ActProps = StandingProps & {
  readonly act: string
  readonly text: string
  readonly fields?: Readonly<Record<string, string>>
  readonly main?: boolean
  readonly children?: ComponentChildren
}

function Act({ it, page, view, newKey, act, text, fields, main, children }: ActProps): JSX.Element {
  const action = `/console/requests/${showReference(view.facts.row.reference)}/referral/${act}`
  return (
    <form method="post" action={action} class={children ? 'followup-search' : ''}>
      <Hidden fields={{ _csrf: page.token, once: newKey(), referral: it.id, ...fields }} />
      {children}
      <button type="submit" class={main ? 'button button-main' : 'button'}>
        {text}
      </button>
    </form>
  )
}

function History({ page: { words }, view }: ReferralProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('calendar.history')}</h2>
      <ul class="plain ledger">
        {view.history.map(({ id, at, happening, by, names }) => (
          <li key={id}>
            <span>{describe(happening, words, { names, ...(by === undefined ? {} : { by }) })}</span>{' '}
            <small>
              <Ago words={words} at={at} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
