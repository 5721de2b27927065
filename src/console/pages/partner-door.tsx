/**
 * What a partner sees of a referral, behind its secret address: what was agreed, and three things to answer. Before it is
 * opened the page tells nothing at all, so that whatever follows links on its own learns nothing.
 */
import type { ComponentChildren, JSX } from 'preact'
import { declineReasons, referralItems, referralResults, type Shared } from '../../core/referral.ts'
import type { OpenedReferral } from '../../store/referral.ts'
import type { Asset } from '../assets.ts'
import type { Words } from '../words.ts'
import { Fault, Plain } from './plain.tsx'

export type DoorPage = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  /** Path of the secret address. */
  readonly here: string
}

export function ClosedDoor({ words, asset, here }: DoorPage): JSX.Element {
  return (
    <Plain words={words} asset={asset} title={words.t('partner.title')}>
      <h1>{words.t('partner.title')}</h1>
      <p>{words.t('partner.closed')}</p>
      <form method="post" action={`${here}/open`}>
        <button type="submit" class="button button-main">
          {words.t('partner.open')}
        </button>
      </form>
      <p class="quiet">
        <a
          href={`${here}?in=${words.language === 'fr' ? 'en' : 'fr'}`}
          lang={words.language === 'fr' ? 'en' : 'fr'}
        >
          {words.t('partner.other_language')}
        </a>
      </p>
    </Plain>
  )
}

type OpenProps = DoorPage & { readonly it: OpenedReferral; readonly fault?: string }

export function OpenDoor(props: OpenProps): JSX.Element {
  const { words, asset, it, fault } = props
  return (
    <Plain words={words} asset={asset} title={words.t('partner.title')}>
      <h1>{words.t('partner.title')}</h1>
      <Fault fault={fault} />
      {it.state === 'withdrawn' ? <Removal {...props} /> : <Told {...props} />}
    </Plain>
  )
}

function Removal(props: OpenProps): JSX.Element {
  const { words, it } = props
  if (it.removedAt) return <p>{words.t('partner.removed')}</p>
  return (
    <>
      <p>{words.t('partner.remove')}</p>
      <Form {...props} act="remove">
        <button type="submit" class="button button-main">
          {words.t('partner.have_removed')}
        </button>
      </Form>
    </>
  )
}

function Told(props: OpenProps): JSX.Element {
  const { words, it } = props
  return (
    <>
      <p>
        {it.office ? words.t('partner.from_office', { office: it.office }) : words.t('partner.from')}{' '}
        {words.t('partner.to', { partner: it.partner })}
      </p>
      <dl class="fact-list">
        <div>
          <dt>{words.t('referral.for')}</dt>
          <dd>{words.t(`referral.service.${it.service}`)}</dd>
        </div>
        {referralItems.flatMap((item) => {
          const shown = shownOf(words, it.shared, item)
          return shown === undefined ? [] : [<Item key={item} words={words} item={item} shown={shown} />]
        })}
      </dl>
      <p class="quiet">{words.t('partner.rules')}</p>
      <Answers {...props} />
    </>
  )
}

function Item({ words, item, shown }: { words: Words; item: string; shown: string }): JSX.Element {
  return (
    <div>
      <dt>{words.t(`referral.item.${item}`)}</dt>
      <dd dir="auto">{shown}</dd>
    </div>
  )
}

/** An item as it is read; undefined for what was not agreed. */
function shownOf(words: Words, shared: Shared, item: keyof Shared): string | undefined {
  const { need, safe_contact: safe } = shared
  switch (item) {
    case 'need':
      return (
        need &&
        [words.t(`need.${need.reason}`), words.t(`urgency.${need.urgency}`), need.note]
          .filter(Boolean)
          .join(' · ')
      )
    case 'safe_contact':
      return safe && [words.t(`box.way_${safe.way}`), safe.hours, safe.who].filter(Boolean).join(' · ')
    case 'sex':
      return shared.sex && words.t(`sex.${shared.sex}`)
    case 'age':
      return shared.age && words.t(`partner.age.${shared.age}`)
    case 'language':
      return shared.language && words.t(`language.${shared.language}`)
    default:
      return shared[item]
  }
}

function Answers(props: OpenProps): JSX.Element | null {
  const { words, it } = props
  const waits = it.state === 'sent'
  if (it.state === 'declined') return <p>{words.t('partner.declined')}</p>
  return (
    <>
      {waits ? (
        <Form {...props} act="accept">
          <button type="submit" class="button button-main">
            {words.t('partner.accept')}
          </button>
        </Form>
      ) : (
        <>
          <p role="status">{words.t(`partner.standing.${it.state}`)}</p>
          <Form {...props} act="end">
            <Choose name="result" label={words.t('partner.result')}>
              {referralResults
                .filter((result) => result !== it.state)
                .map((result) => (
                  <option key={result} value={result}>
                    {words.t(`referral.state.${result}`)}
                  </option>
                ))}
            </Choose>
            <button type="submit" class="button">
              {words.t('partner.tell')}
            </button>
          </Form>
        </>
      )}
      {waits || it.state === 'accepted' ? (
        <Form {...props} act="decline">
          <Choose name="reason" label={words.t('partner.decline_why')}>
            {declineReasons.map((reason) => (
              <option key={reason} value={reason}>
                {words.t(`referral.decline.${reason}`)}
              </option>
            ))}
          </Choose>
          <button type="submit" class="button">
            {words.t('partner.decline')}
          </button>
        </Form>
      ) : null}
    </>
  )
}

function Form({
  here,
  words,
  act,
  children,
}: OpenProps & { act: string; children: ComponentChildren }): JSX.Element {
  return (
    <form method="post" action={`${here}/${act}?in=${words.language}`}>
      {children}
    </form>
  )
}

function Choose(props: { name: string; label: string; children: ComponentChildren }): JSX.Element {
  return (
    <label>
      {props.label}
      <select name={props.name}>{props.children}</select>
    </label>
  )
}

/** The address opens nothing: wrong, too old, or replaced by another. */
export function NoDoor({ words, asset }: Omit<DoorPage, 'here'>): JSX.Element {
  return (
    <Plain words={words} asset={asset} title={words.t('partner.title')}>
      <h1>{words.t('partner.gone')}</h1>
      <p>{words.t('partner.gone_help')}</p>
    </Plain>
  )
}
