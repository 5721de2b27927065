/** The cookie of a signed-in browser, and the door that every page of the console goes through. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { findSignIn, noteSignIn, openSignIn } from '../store/sign-in.ts'
import type { WebParts } from './parts.ts'

/** Whether people reach us by https: cookies are then Secure and bound to this host. */
export function isSecure(settings: WebParts['settings']): boolean {
  return settings.tls !== undefined || (settings.publicUrl ?? '').startsWith('https:')
}

function cookieName(settings: WebParts['settings']): string {
  return isSecure(settings) ? '__Host-baro' : 'baro'
}

/** Opens a session for this browser; whatever cookie it came with is worth nothing from here on. */
export async function signIn(parts: WebParts, reply: FastifyReply, staff: string): Promise<void> {
  const value = await openSignIn(parts.database, staff, parts.clock.now())
  reply.setCookie(cookieName(parts.settings), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(parts.settings),
  })
}

/** Takes the cookie away. */
export function forgetCookie(parts: WebParts, reply: FastifyReply): void {
  reply.clearCookie(cookieName(parts.settings), { path: '/', secure: isSecure(parts.settings) })
}

/** Finds out who is asking; leaves `request.asking` undefined for a stranger. */
export async function recognize(parts: WebParts, request: FastifyRequest): Promise<void> {
  const value = request.cookies[cookieName(parts.settings)]
  if (!value) return
  const now = parts.clock.now()
  const found = await findSignIn(parts.database, value, now)
  if (!found) return
  request.asking = found
  // What a page fetches by itself does not show that somebody is there.
  if (!request.headers['hx-request']) await noteSignIn(parts.database, found.session, now)
}

/** Lets only the signed-in through: a page leads to /login and back, anything else fails with `sign_in:needed`. */
export async function guard(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.asking) return undefined
  const isPage = request.method === 'GET' && !request.headers['hx-request']
  if (!isPage) throw new Failure('sign_in:needed')
  return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303)
}

/** Where to go after signing in: a path of the console and nothing else. */
export function safeNext(given: unknown): string {
  const path = typeof given === 'string' ? given : ''
  return /^\/console(?:[/?][\w\-/?=&%.]*)?$/.test(path) && !path.includes('//') ? path : '/console'
}
