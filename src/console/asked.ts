/** What every route of the console starts with: who asks, in which words, for which look, and how a page goes out. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JSX } from 'preact'
import { Failure } from '../failure.ts'
import { readLook } from './look.ts'
import type { Page } from './pages/frame.tsx'
import type { Asking, ConsoleDoor, ConsoleParts } from './parts.ts'
import type { Presence } from './presence.ts'
import { html, part } from './render.ts'
import type { Look } from './view.ts'
import { type Words, wordsFor } from './words.ts'

/** The parts a route needs. */
export type Console = ConsoleParts & ConsoleDoor & { readonly presence: Presence }

/** Who is asking. The door of the web server lets nobody else in; a route without it is a bug. */
export function askingOf(request: FastifyRequest): Asking {
  if (!request.asking) throw new Failure('sign_in:needed')
  return request.asking
}

export function wordsOf(console: Console, request: FastifyRequest): Words {
  return wordsFor(console.locales, askingOf(request).staff.language, console.clock.now())
}

/** What the frame of a page needs; call it once for a page, because each call makes a token. */
export function pageOf(console: Console, request: FastifyRequest, reply: FastifyReply): Page {
  return {
    words: wordsOf(console, request),
    asset: console.asset,
    staff: askingOf(request).staff,
    token: tokenOf(request, reply),
    here: request.method === 'GET' ? request.url : '/console',
  }
}

/** A form token bound to this session. */
export function tokenOf(request: FastifyRequest, reply: FastifyReply): string {
  return reply.generateCsrf({ userInfo: askingOf(request).session.toString('hex') })
}

export function sendPage(reply: FastifyReply, page: JSX.Element): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html(page))
}

export function sendPart(reply: FastifyReply, element: JSX.Element): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(part(element))
}

/** The look that an address names; what it does not name is the reader's own work. */
export function lookOf(request: FastifyRequest): Look {
  return readLook(request.query as Record<string, unknown>)
}

/** Where the next page of a list begins. */
export function afterOf(request: FastifyRequest): string | undefined {
  const { after } = request.query as { after?: unknown }
  return typeof after === 'string' && /^[\w-]{1,80}$/.test(after) ? after : undefined
}

export function isScript(request: FastifyRequest): boolean {
  return request.headers['hx-request'] !== undefined
}
