/** The partners: what each does and where, whom one calls there, and the form that adds or changes one. */
import type { JSX } from 'preact'
import { type Partner, services } from '../../core/partner.ts'
import type { PlaceName } from '../place-names.ts'
import type { Rail } from '../view.ts'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type PartnersProps = {
  readonly page: Page
  readonly rail: Rail
  readonly partners: readonly Partner[]
  readonly place?: PlaceName | undefined
  readonly fault?: string
  readonly done?: string
}

export function PartnersPage(props: PartnersProps): JSX.Element {
  const { page, rail, partners, fault, done } = props
  const { words } = page
  return (
    <Sheet
      {...{ page, rail, title: words.t('referral.partners'), icon: 'hand' }}
      {...(fault ? { fault } : {})}
      {...(done ? { done } : {})}
    >
      <p class="quiet">{words.t('referral.partners_help')}</p>
      {partners.length === 0 ? <p>{words.t('referral.no_partner')}</p> : null}
      <ul class="plain people">
        {partners.map((it) => (
          <PartnerLine key={it.id} {...props} it={it} />
        ))}
      </ul>
      <section class="card">
        <h2>{words.t('referral.add_partner')}</h2>
        <PartnerForm {...props} />
      </section>
    </Sheet>
  )
}

function PartnerLine({ it, ...props }: PartnersProps & { it: Partner }): JSX.Element {
  const { page, place } = props
  const { words } = page
  const where =
    it.regions.length === 0
      ? words.t('referral.everywhere')
      : it.regions.map((id) => place?.(id) ?? id).join(', ')
  return (
    <li>
      <span>
        <strong dir="auto">{it.name}</strong>
        {it.active ? '' : ` · ${words.t('referral.inactive')}`}
      </span>
      <span>{it.services.map((service) => words.t(`referral.service.${service}`)).join(', ')}</span>
      <span>{where}</span>
      <span dir="auto">{[it.contact, it.email].filter(Boolean).join(' · ')}</span>
      <details class="person-change">
        <summary>
          {words.t('referral.change_partner')} <span class="hidden">{it.name}</span>
        </summary>
        <PartnerForm {...props} it={it} />
      </details>
    </li>
  )
}

function PartnerForm({ page, place, it }: PartnersProps & { it?: Partner }): JSX.Element {
  const { words, token } = page
  return (
    <form method="post" action="/console/partners" class="stack">
      <Hidden fields={{ _csrf: token, ...(it ? { partner: it.id } : {}) }} />
      <label>
        {words.t('referral.name')}
        <input name="name" required minLength={2} maxLength={120} value={it?.name ?? ''} />
      </label>
      <fieldset class="slots">
        <legend>{words.t('referral.services')}</legend>
        {services.map((service) => (
          <label key={service} class="slot">
            <input
              type="checkbox"
              name="services"
              value={service}
              checked={it?.services.includes(service) ?? false}
            />
            {words.t(`referral.service.${service}`)}
          </label>
        ))}
      </fieldset>
      <fieldset class="slots">
        <legend>
          {words.t('referral.regions')} <small>{words.t('referral.regions_help')}</small>
        </legend>
        {(place?.regions ?? []).map(({ id, name }) => (
          <label key={id} class="slot">
            <input type="checkbox" name="regions" value={id} checked={it?.regions.includes(id) ?? false} />
            {name}
          </label>
        ))}
      </fieldset>
      <label>
        {words.t('referral.contact')}
        <input name="contact" maxLength={200} value={it?.contact ?? ''} />
      </label>
      <label>
        {words.t('referral.email')}
        <input type="email" name="email" maxLength={254} value={it?.email ?? ''} />
        <small>{words.t('referral.email_help')}</small>
      </label>
      <label>
        {words.t('referral.reads')}
        <select name="language">
          {(['fr', 'en'] as const).map((language) => (
            <option key={language} value={language} selected={language === it?.language}>
              {words.t(`language.${language}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="option">
        <input type="checkbox" name="active" checked={it?.active ?? true} />
        {words.t('referral.active')}
      </label>
      <button type="submit" class="button button-main">
        {words.t(it ? 'referral.save' : 'referral.add_partner')}
      </button>
    </form>
  )
}
