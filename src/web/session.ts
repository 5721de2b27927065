/** The cookie of a signed-in browser, and the door that every page of the console goes through. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Entrant, type EntryRules, type Step, stepBefore } from '../core/entry.ts'
import { Failure } from '../failure.ts'
import { closeSignIn, findSignIn, noteSignIn, openSignIn, type SignedIn } from '../store/sign-in.ts'
import type { WebParts } from './parts.ts'

/** Whether people reach us by https: cookies are then Secure and bound to this host. */
export function isSecure(settings: WebParts['settings']): boolean {
  return settings.tls !== undefined || (settings.publicUrl ?? '').startsWith('https:')
}

function cookieName(settings: WebParts['settings']): string {
  return isSecure(settings) ? '__Host-baro' : 'baro'
}

/** Somebody who gave their password and has something left to do before the first page. */
export type Entering = SignedIn & { readonly step: Step }

declare module 'fastify' {
  interface FastifyRequest {
    /** Set instead of `asking` while something is left to be done. */
    entering: Entering | undefined
  }
}

function rulesOf({ settings }: WebParts): EntryRules {
  return { passwordAlone: settings.passwordAlone ?? false }
}

/**
 * Opens a session for this browser, ends the one that it came with, and gives what is left to be done before the first
 * page. A fresh cookie at every step: what was worth less before is worth nothing after.
 */
export async function signIn(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  it: { readonly staff: string; readonly entrant: Entrant },
): Promise<Step | undefined> {
  const step = stepBefore(it.entrant, rulesOf(parts))
  const before = request.asking ?? request.entering
  if (before) await closeSignIn(parts.database, before.session)
  const session = {
    staff: it.staff,
    factor: it.entrant.factorGiven,
    whole: step === undefined,
    browser: browserKind(request.headers['user-agent'] ?? ''),
  }
  const value = await openSignIn(parts.database, session, parts.clock.now())
  reply.setCookie(cookieName(parts.settings), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(parts.settings),
  })
  return step
}

/** In one word, for the list of one's own sessions; the order matters, for each calls itself like the next. */
function browserKind(agent: string): string | undefined {
  const kinds = [
    ['Edge', /Edg(?:e|A|iOS)?\//],
    ['Opera', /OPR\/|Opera/],
    ['Samsung', /SamsungBrowser/],
    ['Firefox', /Firefox|FxiOS/],
    ['Chrome', /Chrome|CriOS|Chromium/],
    ['Safari', /Safari/],
  ] as const
  return kinds.find(([, pattern]) => pattern.test(agent))?.[0]
}

/** Takes the cookie away. */
export function forgetCookie(parts: WebParts, reply: FastifyReply): void {
  reply.clearCookie(cookieName(parts.settings), { path: '/', secure: isSecure(parts.settings) })
}

/** Finds out who is asking, or who is on the way in; leaves both undefined for a stranger. */
export async function recognize(parts: WebParts, request: FastifyRequest): Promise<void> {
  const value = request.cookies[cookieName(parts.settings)]
  if (!value) return
  const now = parts.clock.now()
  const found = await findSignIn(parts.database, value, now)
  if (!found) return
  const step = stepBefore(found.entrant, rulesOf(parts))
  if (step) request.entering = { ...found, step }
  else request.asking = found
  // What a page fetches by itself does not show that somebody is there.
  if (!request.headers['hx-request']) await noteSignIn(parts.database, found.session, now)
}

/** Lets only the signed-in through: a page leads to /login and back, anything else fails with `sign_in:needed`. */
export async function guard(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.asking) return undefined
  const isPage = request.method === 'GET' && !request.headers['hx-request']
  if (!isPage) throw new Failure('sign_in:needed')
  const place = request.entering ? `/login/${request.entering.step}` : '/login'
  return reply.redirect(`${place}?next=${encodeURIComponent(request.url)}`, 303)
}

/** Where to go after signing in: a path of the console and nothing else. */
export function safeNext(given: unknown): string {
  const path = typeof given === 'string' ? given : ''
  return /^\/console(?:[/?][\w\-/?=&%.]*)?$/.test(path) && !path.includes('//') ? path : '/console'
}
