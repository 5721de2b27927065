/** Who works here; administrators give a new password and close or reopen an account. */
import type { JSX } from 'preact'
import { minimalPassword } from '../../core/password.ts'
import type { Role, Staff } from '../../core/staff.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'

export type StaffLine = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly office?: string
  readonly active: boolean
}

type ListProps = {
  readonly words: Words
  readonly token: string
  readonly staff: readonly StaffLine[]
  readonly reader: Staff
}

export function StaffList({ words, token, staff, reader }: ListProps): JSX.Element {
  const mayChange = reader.roles.includes('admin')
  return (
    <section class="card">
      <h2>{words.t('admin.staff')}</h2>
      <p class="quiet">{words.t('admin.staff_help')}</p>
      <ul class="people">
        {staff.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong>
            <span>{one.email}</span>
            <span>{one.roles.map((role) => words.t(`role.${role}`)).join(', ')}</span>
            <span>{one.office ?? ''}</span>
            {one.active ? null : <span class="chip">{words.t('admin.inactive')}</span>}
            {mayChange ? <Change words={words} token={token} one={one} self={one.id === reader.id} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

type ChangeProps = { words: Words; token: string; one: StaffLine; self: boolean }

function Change({ words, token, one, self }: ChangeProps): JSX.Element {
  return (
    <details class="person-change">
      <summary>
        {words.t('admin.change')} <span class="hidden">{one.name}</span>
      </summary>
      <form class="admin-form" method="post" action="/console/admin/staff/password">
        <Hidden fields={{ _csrf: token, staff: one.id }} />
        <label>
          {words.t('admin.new_password')}
          <input
            type="password"
            name="password"
            required
            autocomplete="new-password"
            minLength={minimalPassword}
            maxLength={256}
          />
          <small>{words.t('admin.password_help')}</small>
        </label>
        <button type="submit" class="button">
          {words.t('admin.set_password')}
        </button>
      </form>
      {self ? null : (
        <form class="admin-form" method="post" action="/console/admin/staff/active">
          <Hidden fields={{ _csrf: token, staff: one.id, active: one.active ? 'no' : 'yes' }} />
          <button type="submit" class="button">
            {words.t(one.active ? 'admin.shut_out' : 'admin.let_in')}
          </button>
        </form>
      )}
    </details>
  )
}
