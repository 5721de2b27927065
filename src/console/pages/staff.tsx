/** Who works here, and the form by which an administrator invites a colleague. */
import type { JSX } from 'preact'
import type { AccountFacts } from '../../store/account.ts'
import type { Colleague, Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { AccountFields, NameField } from './account-fields.tsx'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type StaffProps = {
  readonly page: Page
  readonly rail: Rail
  readonly accounts: readonly AccountFacts[]
  readonly offices: readonly Colleague[]
  readonly fault?: string
  /** What was written in the form that was refused. */
  readonly body?: unknown
}

export function StaffPage({ page, rail, accounts, offices, fault, body }: StaffProps): JSX.Element {
  const { words } = page
  const mayChange = page.staff.roles.includes('admin')
  // Whoever only leads them has no account to change, but may ask what a colleague has read.
  const placeOf = (id: string) => (mayChange ? `/console/admin/staff/${id}` : `/console/reads/${id}`)
  const officeName = (id: string | undefined) => offices.find((one) => one.id === id)?.name
  return (
    <Sheet page={page} rail={rail} title={words.t('account.staff.title')} icon="person" fault={fault}>
      {mayChange ? (
        <details class="card fold" open={fault !== undefined}>
          <summary>{words.t('account.staff.invite')}</summary>
          <Invite page={page} accounts={accounts} offices={offices} body={body} />
        </details>
      ) : null}
      <section class="card">
        <h2>{words.t('admin.staff')}</h2>
        <ul class="people accounts">
          {accounts.map((one) => (
            <li key={one.id}>
              <a href={placeOf(one.id)}>
                <strong>{one.name}</strong>
              </a>
              <span>{one.email}</span>
              <span>{one.roles.map((role) => words.t(`role.${role}`)).join(', ')}</span>
              <span>{officeName(one.office) ?? ''}</span>
              <AccountState words={words} account={one} />
            </li>
          ))}
        </ul>
      </section>
    </Sheet>
  )
}

/** What one must know of an account at a glance; nothing of one that is in use. */
export function AccountState({
  words,
  account,
}: {
  words: Words
  account: AccountFacts
}): JSX.Element | null {
  const state = account.invited
    ? 'account.staff.invited'
    : !account.active
      ? 'admin.inactive'
      : account.suspended.length > 0
        ? 'account.staff.suspended'
        : undefined
  return state ? <span class="chip">{words.t(state)}</span> : null
}

type InviteProps = Pick<StaffProps, 'page' | 'accounts' | 'offices' | 'body'>

function Invite({ page, accounts, offices, body }: InviteProps): JSX.Element {
  const { words, token } = page
  const { name, email } = (body ?? {}) as { name?: unknown; email?: unknown }
  const kept = (value: unknown) => (typeof value === 'string' ? value.slice(0, 254) : undefined)
  return (
    <form class="admin-form" method="post" action="/console/admin/staff">
      <Hidden fields={{ _csrf: token }} />
      <p class="quiet">{words.t('account.staff.invite_help')}</p>
      <NameField words={words} name={kept(name)} />
      <label>
        {words.t('sign_in.email')}
        <input
          type="email"
          name="email"
          required
          maxLength={254}
          autocomplete="off"
          value={kept(email) ?? ''}
        />
      </label>
      <AccountFields
        words={words}
        given={{}}
        offices={offices}
        colleagues={accounts.filter((one) => one.active)}
      />
      <label>
        {words.t('account.staff.language')}
        <select name="language">
          {(['fr', 'en'] as const).map((language) => (
            <option key={language} value={language}>
              {words.t(`language.${language}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-main">
        {words.t('account.staff.make_link')}
      </button>
    </form>
  )
}
