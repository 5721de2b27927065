/**
 * The pages of partners, each behind a secret address and without a sign-in. They carry no cookie and no script, tell
 * nobody where they were read from, and are tried a few times only.
 */
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Asset } from '../console/assets.ts'
import { readForm } from '../console/form.ts'
import { ClosedDoor, NoDoor, OpenDoor } from '../console/pages/partner-door.tsx'
import { html } from '../console/render.ts'
import { faultOf } from '../console/trouble.ts'
import { wordsFor } from '../console/words.ts'
import { declineReasons, referralResults } from '../core/referral.ts'
import { Failure } from '../failure.ts'
import { tryOnce } from '../store/attempt.ts'
import { findByToken } from '../store/referral.ts'
import { actAsPartner, type PartnerAct } from '../turn/partner-act.ts'
import type { WebParts } from './parts.ts'

type Door = Pick<WebParts, 'database' | 'clock' | 'locales' | 'desk'> & {
  readonly asset: (name: Asset) => string
}

/** Looks from one place in a quarter of an hour: a secret cannot be guessed, and nobody needs more. */
const looks = { kind: 'partner', most: 120, within: 15 * 60_000 }

const acts: Readonly<Record<string, (body: unknown) => PartnerAct>> = {
  open: () => ({ is: 'open' }),
  accept: () => ({ is: 'accept' }),
  decline: (body) => ({
    is: 'decline',
    ...readForm(z.object({ reason: z.enum(declineReasons) }), body),
  }),
  end: (body) => ({ is: 'end', ...readForm(z.object({ result: z.enum(referralResults) }), body) }),
  remove: () => ({ is: 'remove' }),
}

export function partnerDoor(door: Door): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    await app.register(formbody, { bodyLimit: 1024 })
    app.addHook('onSend', async (_request, reply) => void shut(reply))
    app.get('/partner/:token', async (request, reply) => {
      const it = await lookAt(door, request)
      if (!it) return none(door, request, reply)
      return send(reply, ClosedDoor(pageOf(door, request, it.language)))
    })
    for (const [name, read] of Object.entries(acts)) {
      app.post(`/partner/:token/${name}`, (request, reply) => act(door, request, reply, read))
    }
  }
}

async function act(
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
  read: (body: unknown) => PartnerAct,
): Promise<FastifyReply> {
  const before = await lookAt(door, request)
  if (!before) return none(door, request, reply)
  const page = pageOf(door, request, before.language)
  try {
    const it = await actAsPartner(door.desk, tokenOf(request), read(request.body))
    return send(reply, OpenDoor({ ...page, it }))
  } catch (error) {
    const told = faultOf(error, page.words)
    if (!told) throw error
    const it = await findByToken(door.database, tokenOf(request), door.clock.now())
    if (!it) return none(door, request, reply)
    return send(reply.code(told.status), OpenDoor({ ...page, it, fault: told.fault }))
  }
}

/** What lies behind the address, for those who have not looked too often. */
async function lookAt({ database, clock }: Door, request: FastifyRequest) {
  const now = clock.now()
  const afterSeconds = await tryOnce(database, looks, request.ip, now)
  if (afterSeconds !== undefined) throw new Failure('rate:exceeded', { afterSeconds })
  return findByToken(database, tokenOf(request), now)
}

function tokenOf(request: FastifyRequest): string {
  return (request.params as { token: string }).token
}

function pageOf({ locales, clock, asset }: Door, request: FastifyRequest, own: 'fr' | 'en') {
  const { in: asked } = request.query as { in?: unknown }
  const language = asked === 'en' || asked === 'fr' ? asked : own
  return { words: wordsFor(locales, language, clock.now()), asset, here: `/partner/${tokenOf(request)}` }
}

function none(door: Door, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(reply.code(404), NoDoor(pageOf(door, request, 'fr')))
}

function send(reply: FastifyReply, page: Parameters<typeof html>[0]): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html(page))
}

/** Nothing but its own style and forms; no address of it is told to anybody, kept, or found by a search. */
function shut(reply: FastifyReply): void {
  reply
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-forms allow-same-origin",
    )
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('cache-control', 'no-store')
}
