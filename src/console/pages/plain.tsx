/** Pages without a rail: signing in, the very first sign-in, and what went wrong. */
import type { ComponentChildren, JSX } from 'preact'
import { minimalPassword } from '../../core/password.ts'
import type { Asset } from '../assets.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Document } from './frame.tsx'

type PlainProps = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  readonly title: string
  readonly children: ComponentChildren
}

export function Plain({ words, asset, title, children }: PlainProps): JSX.Element {
  return (
    <Document words={words} asset={asset} title={title} live={false}>
      <body class="plain-page">
        <main>
          <p class="brand">Baro</p>
          {children}
        </main>
      </body>
    </Document>
  )
}

type SignInProps = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  readonly token: string
  /** Path to go to afterwards. */
  readonly next?: string
  readonly email?: string
  readonly fault?: string
  readonly done?: string
}

export function SignInPage({ words, asset, token, next, email, fault, done }: SignInProps): JSX.Element {
  return (
    <Plain words={words} asset={asset} title={words.t('sign_in.title')}>
      <h1>{words.t('sign_in.title')}</h1>
      {done ? (
        <p class="done" role="status">
          {done}
        </p>
      ) : null}
      <Fault fault={fault} />
      <form method="post" action="/login">
        <Hidden fields={{ _csrf: token, ...(next ? { next } : {}) }} />
        <label>
          {words.t('sign_in.email')}
          <input
            type="email"
            name="email"
            required
            autocomplete="username"
            maxLength={254}
            value={email ?? ''}
          />
        </label>
        <label>
          {words.t('sign_in.password')}
          <input type="password" name="password" required autocomplete="current-password" maxLength={256} />
        </label>
        <button type="submit" class="button button-main">
          {words.t('sign_in.enter')}
        </button>
      </form>
      <p class="quiet">{words.t('sign_in.help')}</p>
    </Plain>
  )
}

type FirstProps = Omit<SignInProps, 'next' | 'done'> & { readonly name?: string }

/** While there is no staff: the code that was printed at start makes the first administrator. */
export function FirstSignInPage({ words, asset, token, email, name, fault }: FirstProps): JSX.Element {
  return (
    <Plain words={words} asset={asset} title={words.t('first.title')}>
      <h1>{words.t('first.title')}</h1>
      <p>{words.t('first.help')}</p>
      <Fault fault={fault} />
      <form method="post" action="/login">
        <Hidden fields={{ _csrf: token }} />
        <label>
          {words.t('first.code')}
          <input name="code" required autocomplete="one-time-code" maxLength={40} spellcheck={false} />
        </label>
        <label>
          {words.t('first.name')}
          <input name="name" required autocomplete="name" maxLength={120} value={name ?? ''} />
        </label>
        <label>
          {words.t('sign_in.email')}
          <input
            type="email"
            name="email"
            required
            autocomplete="username"
            maxLength={254}
            value={email ?? ''}
          />
        </label>
        <label>
          {words.t('sign_in.password')}
          <input
            type="password"
            name="password"
            required
            autocomplete="new-password"
            minLength={minimalPassword}
            maxLength={256}
          />
          <small>{words.t('first.password_rule', { n: minimalPassword })}</small>
        </label>
        <button type="submit" class="button button-main">
          {words.t('first.make')}
        </button>
      </form>
    </Plain>
  )
}

export function Fault({ fault }: { fault: string | undefined }): JSX.Element | null {
  return fault ? (
    <p class="fault" role="alert">
      {fault}
    </p>
  ) : null
}

type FailureProps = { words: Words; asset: (name: Asset) => string; sentence: string; signedIn: boolean }

/** What happened, what was kept, what to do. */
export function FailurePage({ words, asset, sentence, signedIn }: FailureProps): JSX.Element {
  return (
    <Plain words={words} asset={asset} title={words.t('failure.title')}>
      <h1>{words.t('failure.title')}</h1>
      <p>{sentence}</p>
      <p>
        <a class="button button-main" href={signedIn ? '/console' : '/login'}>
          {words.t(signedIn ? 'failure.home' : 'sign_in.enter')}
        </a>
      </p>
    </Plain>
  )
}
