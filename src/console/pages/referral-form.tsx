/** The form that proposes a referral: to whom, for what, and item by item what they would be told. */
import type { ComponentChildren, JSX } from 'preact'
import { needCategories, urgencies } from '../../core/need.ts'
import { services } from '../../core/partner.ts'
import { showReference } from '../../core/reference.ts'
import { type ReferralItem, referralItems } from '../../core/referral.ts'
import { longestReason } from '../../turn/act-referral.ts'
import type { ReferralsView } from '../referral-load.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'

/** Without these nobody can be found; all else is for staff to choose. */
const usual: readonly ReferralItem[] = ['name', 'phone', 'need']

type FormProps = { readonly page: Page; readonly view: ReferralsView; readonly newKey: () => string }

export function ReferralForm({ page, view, newKey }: FormProps): JSX.Element {
  const { words, token } = page
  const { row } = view.facts
  const offered = services.filter((service) => view.partners.some((one) => one.services.includes(service)))
  return (
    <form
      method="post"
      action={`/console/requests/${showReference(row.reference)}/referral/propose`}
      class="stack"
    >
      <Hidden fields={{ _csrf: token, once: newKey() }} />
      <Choose label={words.t('referral.partner')} name="partner">
        <option value="">{words.t('acts.choose')}</option>
        {view.partners.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} ({one.services.map((service) => words.t(`referral.service.${service}`)).join(', ')})
            {one.near ? '' : ` · ${words.t('referral.elsewhere')}`}
          </option>
        ))}
      </Choose>
      <Choose label={words.t('referral.for')} name="service">
        <option value="">{words.t('acts.choose')}</option>
        {offered.map((service) => (
          <option key={service} value={service}>
            {words.t(`referral.service.${service}`)}
          </option>
        ))}
      </Choose>
      <Choose label={words.t('referral.reason')} name="reason">
        {needCategories.map((category) => (
          <option key={category} value={category} selected={category === (row.category ?? 'other')}>
            {words.t(`need.${category}`)}
          </option>
        ))}
      </Choose>
      <Choose label={words.t('referral.urgency')} name="urgency">
        {urgencies.map((urgency) => (
          <option key={urgency} value={urgency} selected={urgency === 'this_week'}>
            {words.t(`urgency.${urgency}`)}
          </option>
        ))}
      </Choose>
      <label>
        {words.t('referral.why')}
        <textarea name="why" rows={2} maxLength={longestReason} />
        <small>{words.t('referral.why_help')}</small>
      </label>
      <fieldset class="slots">
        <legend>{words.t('referral.items')}</legend>
        {referralItems.map((item) => (
          <label key={item} class="slot">
            <input type="checkbox" name="items" value={item} checked={usual.includes(item)} />
            {words.t(`referral.item.${item}`)}
          </label>
        ))}
      </fieldset>
      {view.asks ? (
        <label class="option">
          <input type="checkbox" name="ask" checked={true} /> {words.t('referral.ask')}
        </label>
      ) : (
        <p class="mind">{words.t(view.minor ? 'referral.asks_guardian' : 'referral.asks_not')}</p>
      )}
      <p class="quiet">{words.t('referral.help')}</p>
      <button type="submit" class="button button-main">
        {words.t('referral.propose')}
      </button>
    </form>
  )
}

function Choose({
  label,
  name,
  children,
}: {
  label: string
  name: string
  children: ComponentChildren
}): JSX.Element {
  return (
    <label>
      {label}
      <select name={name} required>
        {children}
      </select>
    </label>
  )
}
