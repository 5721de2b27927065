/** The pages between the password and the console, and the one behind the link of an invitation. */
import type { ComponentChildren, JSX } from 'preact'
import { longestPassword, minimalPassword } from '../../core/password.ts'
import { secretAddress } from '../../store/second-factor.ts'
import type { Asset } from '../assets.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Fault, Plain } from './plain.tsx'
import { Qr } from './qr.tsx'

export type PlainPage = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  readonly token: string
  /** Where to go afterwards. */
  readonly next: string
  readonly fault?: string
}

type StepProps = { page: PlainPage; title: string; action: string; children: ComponentChildren }

function StepForm({ page, title, action, children }: StepProps): JSX.Element {
  const { words, asset, token, next, fault } = page
  return (
    <Plain words={words} asset={asset} title={title}>
      <h1>{title}</h1>
      <Fault fault={fault} />
      <form method="post" action={action}>
        <Hidden fields={{ _csrf: token, next }} />
        {children}
      </form>
      <form method="post" action="/logout">
        <button type="submit" class="button">
          {words.t('account.leave')}
        </button>
      </form>
    </Plain>
  )
}

export function CodePage({ page }: { page: PlainPage }): JSX.Element {
  const { words } = page
  return (
    <StepForm page={page} title={words.t('account.code.title')} action="/login/code">
      <p>{words.t('account.code.help')}</p>
      <CodeField words={words} longest={20} numeric={false} />
      <button type="submit" class="button button-main">
        {words.t('account.code.enter')}
      </button>
      <p class="quiet">{words.t('account.code.lost')}</p>
    </StepForm>
  )
}

type CodeFieldProps = { words: Words; longest: number; numeric: boolean }

/** A code of the app; where a recovery code fits as well, letters must be easy to type. */
export function CodeField({ words, longest, numeric }: CodeFieldProps): JSX.Element {
  return (
    <label>
      {words.t('account.code.field')}
      <input
        class="code"
        name="code"
        required
        autocomplete="one-time-code"
        inputMode={numeric ? 'numeric' : 'text'}
        maxLength={longest}
        spellcheck={false}
      />
    </label>
  )
}

export function FactorPage({
  page,
  email,
  secret,
}: {
  page: PlainPage
  email: string
  secret: string
}): JSX.Element {
  const { words } = page
  return (
    <StepForm page={page} title={words.t('account.factor.title')} action="/login/factor">
      <p>{words.t('account.factor.why')}</p>
      <FactorFields words={words} email={email} secret={secret} />
      <button type="submit" class="button button-main">
        {words.t('account.factor.keep')}
      </button>
    </StepForm>
  )
}

/** What an app takes a second factor from, and the field that shows that it did. */
export function FactorFields({
  words,
  email,
  secret,
}: {
  words: Words
  email: string
  secret: string
}): JSX.Element {
  return (
    <>
      <Hidden fields={{ secret }} />
      <ol class="steps">
        <li>{words.t('account.factor.app')}</li>
        <li>
          {words.t('account.factor.scan')}
          <Qr text={secretAddress(secret, email)} name={words.t('account.factor.qr')} />
          <details>
            <summary>{words.t('account.factor.type')}</summary>
            <p class="secret">{groups(secret)}</p>
          </details>
        </li>
        <li>{words.t('account.factor.then')}</li>
      </ol>
      <CodeField words={words} longest={10} numeric={true} />
    </>
  )
}

/** In fours, as one reads and types them. */
function groups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

type RecoveryProps = { page: PlainPage; codes: readonly string[]; next: string }

/** The only time that recovery codes can be read. */
export function RecoveryPage({ page, codes, next }: RecoveryProps): JSX.Element {
  const { words, asset } = page
  return (
    <Plain words={words} asset={asset} title={words.t('account.recovery.title')}>
      <h1>{words.t('account.recovery.title')}</h1>
      <p>{words.t('account.recovery.help')}</p>
      <Codes codes={codes} />
      <p>
        <a class="button button-main" href={next}>
          {words.t('account.recovery.kept')}
        </a>
      </p>
    </Plain>
  )
}

export function Codes({ codes }: { codes: readonly string[] }): JSX.Element {
  return (
    <ul class="codes">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
  )
}

export function ConductPage({ page }: { page: PlainPage }): JSX.Element {
  const { words } = page
  return (
    <StepForm page={page} title={words.t('account.conduct.title')} action="/login/conduct">
      <Conduct words={words} />
      <label class="check">
        <input type="checkbox" name="accept" value="yes" required />
        {words.t('account.conduct.accept')}
      </label>
      <button type="submit" class="button button-main">
        {words.t('account.conduct.enter')}
      </button>
    </StepForm>
  )
}

const conductLines = ['person', 'need', 'secret', 'own', 'sealed', 'promise', 'sea', 'device', 'log'] as const

/** The text itself; a change of it raises `conductVersion` (core/entry.ts). */
export function Conduct({ words }: { words: Words }): JSX.Element {
  return (
    <>
      <p>{words.t('account.conduct.opening')}</p>
      <ol class="steps">
        {conductLines.map((line) => (
          <li key={line}>{words.t(`account.conduct.${line}`)}</li>
        ))}
      </ol>
    </>
  )
}

type InvitationProps = {
  page: PlainPage
  invited: { readonly name: string; readonly email: string }
  here: string
}

export function InvitationPage({ page, invited, here }: InvitationProps): JSX.Element {
  const { words, asset, token, fault } = page
  const title = words.t('account.invitation.title', { name: invited.name })
  return (
    <Plain words={words} asset={asset} title={words.t('account.invitation.short')}>
      <h1>{title}</h1>
      <p>{words.t('account.invitation.help')}</p>
      <Fault fault={fault} />
      <form method="post" action={here}>
        <Hidden fields={{ _csrf: token }} />
        <label>
          {words.t('sign_in.email')}
          <input type="email" name="email" value={invited.email} readOnly autocomplete="username" />
        </label>
        <PasswordFields words={words} />
        <button type="submit" class="button button-main">
          {words.t('account.invitation.enter')}
        </button>
      </form>
    </Plain>
  )
}

/** A password that is chosen, twice, so that nobody shuts themselves out with a slip. */
export function PasswordFields({ words }: { words: Words }): JSX.Element {
  const rules = {
    type: 'password',
    required: true,
    autocomplete: 'new-password',
    minLength: minimalPassword,
    maxLength: longestPassword,
  } as const
  return (
    <>
      <label>
        {words.t('account.password.choose')}
        <input name="password" {...rules} />
        <small>{words.t('first.password_rule', { n: minimalPassword })}</small>
      </label>
      <label>
        {words.t('account.password.again')}
        <input name="again" {...rules} />
      </label>
    </>
  )
}

/** The link is used up, too old, or never was one of ours. */
export function SpentPage({ page }: { page: PlainPage }): JSX.Element {
  const { words, asset } = page
  return (
    <Plain words={words} asset={asset} title={words.t('account.invitation.short')}>
      <h1>{words.t('account.invitation.spent')}</h1>
      <p>{words.t('account.invitation.spent_help')}</p>
      <p>
        <a class="button button-main" href="/login">
          {words.t('sign_in.enter')}
        </a>
      </p>
    </Plain>
  )
}
