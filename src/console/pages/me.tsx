/** One's own account. */
import type { JSX } from 'preact'
import { type WorkerSex, workerSexes } from '../../core/safe-contact.ts'
import type { FactorState } from '../../store/second-factor.ts'
import type { OwnSession } from '../../store/sign-in.ts'
import type { Rail } from '../view.ts'
import { SpokenChoice } from './account-fields.tsx'
import { Ago, Hidden } from './bits.tsx'
import { Codes, Conduct, FactorFields, PasswordFields } from './entry.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

export type MeTold = {
  readonly fault?: string
  readonly done?: string
  /** Fresh recovery codes, shown this once. */
  readonly codes?: readonly string[]
}

type MeProps = {
  readonly page: Page
  readonly rail: Rail
  readonly sessions: readonly OwnSession[]
  /** Names the session of this page. */
  readonly here: string
  readonly factor: FactorState | undefined
  /** Languages that they speak. */
  readonly speaks: readonly string[]
  readonly sex: WorkerSex | undefined
  /** What a new second factor would be. */
  readonly secret: string
  readonly told: MeTold
}

export function MePage(props: MeProps): JSX.Element {
  const { page, rail, told } = props
  const { words } = page
  const { fault, done } = told
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('account.me.title')}
      icon="person"
      fault={fault}
      done={done}
    >
      <p class="quiet">
        {page.staff.name} · {page.staff.email}
      </p>
      {page.staff.suspended ? <p class="mind">{words.t('account.me.suspended')}</p> : null}
      {told.codes ? (
        <section class="card" role="status">
          <h2>{words.t('account.recovery.title')}</h2>
          <p>{words.t('account.recovery.help')}</p>
          <Codes codes={told.codes} />
        </section>
      ) : null}
      <div class="columns">
        <Sessions {...props} />
        <Password {...props} />
        <Factor {...props} />
        <Spoken {...props} />
      </div>
      <details class="card fold">
        <summary>{words.t('account.conduct.title')}</summary>
        <Conduct words={words} />
      </details>
    </Sheet>
  )
}

function Sessions({ page, sessions, here }: MeProps): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('account.me.sessions')}</h2>
      <p class="quiet">{words.t('account.me.sessions_help')}</p>
      <ul class="plain">
        {sessions.map(({ id, browser, since, seenAt }) => (
          <li key={id} class="removable">
            <span>
              <strong>{browser ?? words.t('account.me.other_browser')}</strong>
              {id === here ? ` · ${words.t('account.me.this')}` : ''}
              <small>
                {words.t('account.me.since', { at: words.exact(since) })} · {words.t('account.me.seen')}{' '}
                <Ago words={words} at={seenAt} />
              </small>
            </span>
            {id === here ? null : (
              <form method="post" action="/console/me/sessions/close">
                <Hidden fields={{ _csrf: token, session: id }} />
                <button type="submit" class="button button-small">
                  {words.t('account.me.close')}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <form method="post" action="/console/me/sessions/close-others">
          <Hidden fields={{ _csrf: token }} />
          <button type="submit" class="button">
            {words.t('account.me.close_others')}
          </button>
        </form>
      ) : null}
    </section>
  )
}

function Spoken({ page, speaks, sex }: MeProps): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('account.staff.speaks')}</h2>
      <p class="quiet">{words.t('account.me.speaks_help')}</p>
      <form class="admin-form" method="post" action="/console/me/speaks">
        <Hidden fields={{ _csrf: token }} />
        <SpokenChoice words={words} speaks={speaks} />
        <label>
          {words.t('account.staff.sex')}
          <select name="sex">
            <option value="">{words.t('account.staff.sex_unsaid')}</option>
            {workerSexes.map((one) => (
              <option key={one} value={one} selected={one === sex}>
                {words.t(`account.staff.${one}`)}
              </option>
            ))}
          </select>
          <small>{words.t('account.me.sex_help')}</small>
        </label>
        <button type="submit" class="button">
          {words.t('admin.save')}
        </button>
      </form>
    </section>
  )
}

function OldPassword({ page }: { page: Page }): JSX.Element {
  return (
    <label>
      {page.words.t('account.me.old')}
      <input type="password" name="old" required autocomplete="current-password" maxLength={256} />
    </label>
  )
}

function Password({ page }: MeProps): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('account.me.password')}</h2>
      <p class="quiet">{words.t('account.me.password_help')}</p>
      <form class="admin-form" method="post" action="/console/me/password">
        <Hidden fields={{ _csrf: token }} />
        <OldPassword page={page} />
        <PasswordFields words={words} />
        <button type="submit" class="button">
          {words.t('account.me.change_password')}
        </button>
      </form>
    </section>
  )
}

function Factor({ page, factor, secret }: MeProps): JSX.Element {
  const { words, token, staff } = page
  return (
    <section class="card">
      <h2>{words.t('account.me.factor')}</h2>
      <p class="quiet">
        {factor
          ? words.t('account.me.factor_since', { day: words.day(factor.since), n: factor.recoveryLeft })
          : words.t('account.me.no_factor')}
      </p>
      {factor ? (
        <form class="admin-form" method="post" action="/console/me/recovery">
          <Hidden fields={{ _csrf: token }} />
          <OldPassword page={page} />
          <button type="submit" class="button">
            {words.t('account.me.new_codes')}
          </button>
        </form>
      ) : null}
      <details class="fold">
        <summary>{words.t(factor ? 'account.me.renew_factor' : 'account.me.set_factor')}</summary>
        <form class="admin-form" method="post" action="/console/me/factor">
          <Hidden fields={{ _csrf: token }} />
          <FactorFields words={words} email={staff.email} secret={secret} />
          <OldPassword page={page} />
          <button type="submit" class="button">
            {words.t('account.factor.keep')}
          </button>
        </form>
      </details>
    </section>
  )
}
