/** The cookie of a signed-in browser, and the door that every page of the console goes through. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Entrant, type EntryRules, type Step, stepBefore } from '../core/entry.ts'
import { Failure } from '../failure.ts'
import { readAs } from '../store/reader.ts'
import { takeOver } from '../store/sealed-key.ts'
import { closeSignIn, findSignIn, noteSignIn, openSignIn, type SignedIn } from '../store/sign-in.ts'
import { openStaffKey } from '../store/staff-key.ts'
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
 * page. A fresh cookie at every step: what was worth less before is worth nothing after. A password that was just given
 * opens their key pair, which goes on with the session from step to step.
 */
export async function signIn(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  it: { readonly staff: string; readonly entrant: Entrant; readonly password?: string },
): Promise<Step | undefined> {
  const { database } = parts
  const now = parts.clock.now()
  const step = stepBefore(it.entrant, rulesOf(parts))
  const before = request.asking ?? request.entering
  if (before) await closeSignIn(database, before.session)
  const pair =
    it.password === undefined
      ? before?.staff.id === it.staff
        ? before.pair
        : undefined
      : await openStaffKey(database, it.staff, it.password, now)
  const session = {
    staff: it.staff,
    factor: it.entrant.factorGiven,
    whole: step === undefined,
    browser: browserKind(request.headers['user-agent'] ?? ''),
    ...(pair ? { pair } : {}),
  }
  const value = await openSignIn(database, session, now)
  if (pair && step === undefined) await takeOver(database, { staff: it.staff, pair }, now)
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
  if (!request.headers['hx-request']) await noteSignIn(parts.database, found, now)
}

/** Lets what follows read with the key pair of whoever is asking; put where the body is read already, which loses it. */
export function reading(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { staff, pair } = request.asking ?? {}
  if (staff && pair && !staff.suspended) readAs({ staff: staff.id, pair }, done)
  else done()
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
