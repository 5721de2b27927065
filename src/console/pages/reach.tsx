/** Reaching one person: where they can be written to and why not, tries so far, the card that invites them. */
import type { JSX } from 'preact'
import { firstWordKinds, triesBeforeClosing, type WriteBar } from '../../core/reach-rules.ts'
import type { AddressFacts, PersonFacts } from '../../store/person.ts'
import type { AttemptFacts } from '../../store/reach.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'
import { SafeNote } from './safe-contact.tsx'
import { WhenField } from './sharing-fields.tsx'

export type ReachView = {
  readonly person: PersonFacts
  readonly doors: readonly (AddressFacts & { readonly bar?: WriteBar })[]
  readonly attempts: readonly (Omit<AttemptFacts, 'staff'> & { readonly by: string })[]
  /** Days on which somebody tried in vain since they were last reached. */
  readonly vain: number
}

type Props = {
  page: Page
  rail: Rail
  view: ReachView
  newKey: () => string
  fault?: string
  draft?: string
}

export function ReachPage({ page, rail, view, newKey, fault, draft }: Props): JSX.Element {
  const { words } = page
  const { person } = view
  const title = person.name ?? words.t('person.unnamed')
  const here = `/console/people/${person.id}`
  const hidden = () => <Hidden fields={{ _csrf: page.token, once: newKey() }} />
  return (
    <Frame
      page={page}
      title={title}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: here, icon: 'card', text: words.t('place.facts') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1 dir="auto">{words.t('reach.title', { name: title })}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        <p>
          <a href={here}>{words.t('reach.back')}</a>
          {person.phone ? <span class="figure"> · {person.phone}</span> : null}
        </p>
        <div class="columns">
          <section class="card stack">
            <h2>{words.t('reach.write')}</h2>
            <SafeNote words={words} safe={person.safeContact} />
            <WriteForm words={words} view={view} here={here} hidden={hidden()} draft={draft} />
          </section>
          <section class="card stack">
            <h2>{words.t('reach.tries')}</h2>
            <Tries words={words} view={view} />
            <AttemptForm words={words} here={here} hidden={hidden()} />
          </section>
          <section class="card stack">
            <h2>{words.t('reach.invite')}</h2>
            <p>{words.t('reach.invite_help')}</p>
            <form method="post" action={`${here}/card`}>
              {hidden()}
              <button type="submit" class="button">
                {words.t('reach.make_card')}
              </button>
            </form>
            <p>
              <a href="/console/cards">{words.t('reach.all_cards')}</a>
            </p>
            <h2>{words.t('reach.came')}</h2>
            <p>
              <a class="button" href={`/console/reception?person=${person.id}`}>
                {words.t('reach.open_request')}
              </a>
            </p>
          </section>
        </div>
      </div>
    </Frame>
  )
}

type WriteProps = { words: Words; view: ReachView; here: string; hidden: JSX.Element; draft?: string }

/** One form for all addresses; those that may not be written to say why. */
function WriteForm({ words, view, here, hidden, draft }: WriteProps): JSX.Element {
  const open = view.doors.filter(({ bar }) => bar === undefined)
  const shared = open.some((door) => door.shared)
  return (
    <>
      {view.doors.length === 0 ? <p class="quiet">{words.t('reach.no_address')}</p> : null}
      <ul class="plain">
        {view.doors
          .filter(({ bar }) => bar !== undefined)
          .map((door) => (
            <li key={door.id}>
              {words.t(`channel.${door.channelKind}`)} · {words.t(`reach.bar.${door.bar}`)}
            </li>
          ))}
      </ul>
      {open.length > 0 ? (
        <form method="post" action={`${here}/reach/word`} class="stack">
          {hidden}
          <label>
            {words.t('reach.where')}
            <select name="address">
              {open.map((door) => (
                <option key={door.id} value={door.id}>
                  {words.t(`channel.${door.channelKind}`)}
                  {door.shared ? ` (${words.t('address.shared')})` : ''}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.t('reach.about')}
            <select name="kind">
              {firstWordKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {words.any(`taxonomy.${kind}`)}
                </option>
              ))}
            </select>
          </label>
          {shared ? <p class="mind">{words.t('reach.shared_mind')}</p> : null}
          <label>
            {words.t('reach.text')}
            <textarea name="text" rows={4} required dir="auto">
              {draft ?? ''}
            </textarea>
          </label>
          <button type="submit" class="button button-main">
            {words.t('reach.send')}
          </button>
        </form>
      ) : null}
    </>
  )
}

/** What was tried, and how far the office is from what closing a case without contact needs. */
function Tries({ words, view }: { words: Words; view: ReachView }): JSX.Element {
  const { attempts, vain } = view
  return (
    <>
      {attempts.length === 0 ? <p class="quiet">{words.t('reach.no_try')}</p> : null}
      {vain > 0 ? (
        <p class={vain >= triesBeforeClosing ? 'mind' : 'quiet'}>
          {words.t(vain >= triesBeforeClosing ? 'reach.vain_enough' : 'reach.vain', {
            n: vain,
            count: vain,
            most: triesBeforeClosing,
          })}
        </p>
      ) : null}
      <ul class="plain ledger">
        {attempts.map((attempt) => (
          <li key={attempt.id}>
            <span>
              {words.t(`way.${attempt.way}`)} ·{' '}
              {words.t(attempt.reached ? 'attempt.reached' : 'attempt.missed')} · {attempt.by}
            </span>
            <small>
              <Ago words={words} at={attempt.at} />
            </small>
            {attempt.note ? <q dir="auto">{attempt.note}</q> : null}
          </li>
        ))}
      </ul>
    </>
  )
}

function AttemptForm({
  words,
  here,
  hidden,
}: {
  words: Words
  here: string
  hidden: JSX.Element
}): JSX.Element {
  return (
    <form method="post" action={`${here}/reach/attempt`} class="stack">
      {hidden}
      <label>
        {words.t('reach.way')}
        <select name="way">
          {(['call', 'visit', 'message'] as const).map((way) => (
            <option key={way} value={way}>
              {words.t(`way.${way}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.t('reach.result')}
        <select name="reached">
          <option value="no">{words.t('attempt.missed')}</option>
          <option value="yes">{words.t('attempt.reached')}</option>
        </select>
      </label>
      <WhenField words={words} />
      <label>
        {words.t('reach.note')}
        <input name="note" maxLength={1000} dir="auto" />
      </label>
      <button type="submit" class="button">
        {words.t('reach.record')}
      </button>
    </form>
  )
}
