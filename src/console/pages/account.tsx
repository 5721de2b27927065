/** One account, for administrators: what it is, what it may do, how its owner comes in. */
import type { JSX } from 'preact'
import { guardOfQueue } from '../../core/approval.ts'
import { queueKeys } from '../../core/queue.ts'
import type { AccountFacts } from '../../store/account.ts'
import type { Colleague, Rail } from '../view.ts'
import { AccountFields, NameField } from './account-fields.tsx'
import { Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'
import { AccountState } from './staff.tsx'

type AccountProps = {
  readonly page: Page
  readonly rail: Rail
  readonly account: AccountFacts
  readonly colleagues: readonly Colleague[]
  readonly offices: readonly Colleague[]
  /** Changes that wait for somebody's agreement. */
  readonly waiting: number
  readonly fault?: string
  readonly done?: string
  /** The link that was just made: it is shown here and nowhere again. */
  readonly link?: string
  /** It was to go by mail, and did not. */
  readonly unsent?: boolean
}

export function AccountPage(props: AccountProps): JSX.Element {
  const { page, rail, account, waiting, fault, done, link, unsent } = props
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={account.name} icon="person" fault={fault} done={done}>
      <p class="quiet">
        {account.email} <AccountState words={words} account={account} />
      </p>
      {link ? (
        <section class="card link-card" role="status">
          <h2>{words.t('account.link.title')}</h2>
          {unsent ? <p class="mind">{words.t('account.link.unsent')}</p> : null}
          <p>{words.t('account.link.help', { name: account.name })}</p>
          <label>
            {words.t('account.link.field')}
            <input class="code" readOnly value={link} />
          </label>
        </section>
      ) : null}
      {waiting > 0 ? (
        <p class="mind">
          {words.t('account.staff.waiting', { n: waiting })}{' '}
          <a href="/console/approvals">{words.t('account.approval.title')}</a>
        </p>
      ) : null}
      <div class="columns">
        <Work {...props} />
        <Entry {...props} />
      </div>
    </Sheet>
  )
}

function Work({ page, account, offices, colleagues }: AccountProps): JSX.Element {
  const { words, token } = page
  return (
    <section class="card">
      <h2>{words.t('account.staff.work')}</h2>
      <form class="admin-form" method="post" action={`/console/admin/staff/${account.id}`}>
        <Hidden fields={{ _csrf: token }} />
        <NameField words={words} name={account.name} />
        <AccountFields words={words} given={account} offices={offices} colleagues={colleagues} />
        <fieldset>
          <legend>{words.t('frame.queues')}</legend>
          <p class="quiet">{words.t('account.staff.seats_help')}</p>
          <ul class="ticks">
            {queueKeys.map((queue) => (
              <li key={queue}>
                <label class="check">
                  <input
                    type="checkbox"
                    name="queues"
                    value={queue}
                    checked={account.queues.includes(queue)}
                  />
                  <span>
                    {words.t(`queue.${queue}`)}
                    {guardOfQueue(queue) ? <small>{words.t('account.staff.guarded')}</small> : null}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <button type="submit" class="button button-main">
          {words.t('admin.save')}
        </button>
      </form>
    </section>
  )
}

function Entry({ page, account }: AccountProps): JSX.Element {
  const { words } = page
  const open = account.active || account.invited
  const self = account.id === page.staff.id
  return (
    <section class="card">
      <h2>{words.t('account.staff.entry')}</h2>
      {open ? (
        <Deed
          page={page}
          account={account}
          act="link"
          help={words.t(account.invited ? 'account.staff.link_again_help' : 'account.staff.link_help')}
          button={words.t(account.invited ? 'account.staff.link_again' : 'account.staff.link')}
        />
      ) : null}
      {account.hasFactor ? (
        <Deed
          page={page}
          account={account}
          act="factor"
          help={words.t('account.staff.factor_help')}
          button={words.t('account.staff.factor')}
        />
      ) : null}
      {self ? null : (
        <Deed
          page={page}
          account={account}
          act={open ? 'close' : 'open'}
          help={words.t(open ? 'account.staff.close_help' : 'account.staff.open_help')}
          button={words.t(open ? 'admin.shut_out' : 'admin.let_in')}
        />
      )}
    </section>
  )
}

type DeedProps = { page: Page; account: AccountFacts; act: string; help: string; button: string }

function Deed({ page, account, act, help, button }: DeedProps): JSX.Element {
  return (
    <form class="admin-form" method="post" action={`/console/admin/staff/${account.id}/${act}`}>
      <Hidden fields={{ _csrf: page.token }} />
      <p class="quiet">{help}</p>
      <button type="submit" class="button">
        {button}
      </button>
    </form>
  )
}
