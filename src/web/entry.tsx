/**
 * What comes between the password and the first page (core/entry.ts): a code of the second factor, setting one up, the
 * code of conduct. And how an account begins: the one-time link of an invitation, where a password is chosen.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JSX } from 'preact'
import { z } from 'zod'
import type { Asset } from '../console/assets.ts'
import { FormFault, readForm } from '../console/form.ts'
import {
  CodePage,
  ConductPage,
  FactorPage,
  InvitationPage,
  type PlainPage,
  RecoveryPage,
  SpentPage,
} from '../console/pages/entry.tsx'
import { html } from '../console/render.ts'
import { wordsFor } from '../console/words.ts'
import { conductVersion, type Entrant, type Step } from '../core/entry.ts'
import { longestPassword, passwordFault } from '../core/password.ts'
import { findInvited, takeInvitation } from '../store/invitation.ts'
import {
  isSecret,
  keepFactor,
  makeSecret,
  stepOf,
  takeCode,
  takeRecoveryCode,
} from '../store/second-factor.ts'
import { acceptConduct, findForSignIn } from '../store/staff.ts'
import { readerLanguage } from './errors.ts'
import type { WebParts } from './parts.ts'
import { hashPassword } from './password.ts'
import { type Entering, recognize, safeNext, signIn } from './session.ts'
import { countCode, forgiveCodes } from './tries.ts'

type Desk = WebParts & { readonly asset: (name: Asset) => string }

/** Mounts the steps on a scope of their own that reads forms and checks their tokens. */
export function entryRoutes(app: FastifyInstance, desk: Desk): void {
  app.addHook('onRequest', (request) => recognize(desk, request))
  const post = { preHandler: app.csrfProtection }
  const steps: Readonly<Record<Step, { show: Show; take: Take }>> = {
    code: { show: async (page) => CodePage({ page }), take: takeFactorCode },
    factor: { show: showFactor, take: setUpFactor },
    conduct: { show: async (page) => ConductPage({ page }), take: takeConduct },
  }
  for (const step of ['code', 'factor', 'conduct'] as const) {
    const { show, take } = steps[step]
    app.get(`/login/${step}`, async (request, reply) => {
      const entering = request.entering
      if (entering?.step !== step) return reply.redirect(placeOf(request), 303)
      return send(reply, await show(pageOf(desk, request, reply), entering))
    })
    app.post(`/login/${step}`, post, async (request, reply) => {
      const entering = request.entering
      if (entering?.step !== step) return reply.redirect(placeOf(request), 303)
      try {
        return await take(desk, request, reply, entering)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        return send(reply.code(422), await show(pageOf(desk, request, reply, error), entering, request.body))
      }
    })
  }
  invitationRoutes(app, desk)
}

type Show = (page: PlainPage, entering: Entering, body?: unknown) => Promise<JSX.Element>
type Take = (
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  entering: Entering,
) => Promise<FastifyReply>

function send(reply: FastifyReply, page: JSX.Element): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html(page))
}

/** Where somebody belongs who came to a step that is not theirs. */
function placeOf(request: FastifyRequest): string {
  if (request.asking) return '/console'
  return request.entering
    ? `/login/${request.entering.step}?next=${encodeURIComponent(nextOf(request))}`
    : '/login'
}

function nextOf(request: FastifyRequest): string {
  const { next } = request.query as { next?: unknown }
  const { next: kept } = (request.body ?? {}) as { next?: unknown }
  return safeNext(next ?? kept)
}

function pageOf(desk: Desk, request: FastifyRequest, reply: FastifyReply, fault?: FormFault): PlainPage {
  const present = request.asking ?? request.entering
  const language = present?.staff.language ?? readerLanguage(request)
  const words = wordsFor(desk.locales, language, desk.clock.now())
  return {
    words,
    asset: desk.asset,
    token: reply.generateCsrf({ userInfo: present?.session.toString('hex') ?? 'visitor' }),
    next: nextOf(request),
    ...(fault ? { fault: words.t(fault.sentence, fault.vars) } : {}),
  }
}

/** On with what the step has changed: to the next step, or in. */
async function goOn(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  changed: Partial<Entrant>,
): Promise<string> {
  const { staff, entrant } = request.entering as Entering
  const step = await signIn(desk, request, reply, { staff: staff.id, entrant: { ...entrant, ...changed } })
  const next = nextOf(request)
  return step ? `/login/${step}?next=${encodeURIComponent(next)}` : next
}

async function takeFactorCode(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff }: Entering,
): Promise<FastifyReply> {
  const { code } = readForm(z.object({ code: z.string().max(40) }), request.body)
  await countCode(desk, request, staff.id)
  const { database, clock } = desk
  const fits =
    (await takeCode(database, staff.id, code, clock.now())) ||
    (await takeRecoveryCode(database, staff.id, code))
  if (!fits) throw new FormFault('account.code.wrong')
  await forgiveCodes(desk, request, staff.id)
  return reply.redirect(await goOn(desk, request, reply, { factorGiven: true }), 303)
}

/** The secret stays the same while the code is tried again: it is in the app by then. */
async function showFactor(page: PlainPage, { staff }: Entering, body?: unknown): Promise<JSX.Element> {
  const { secret } = (body ?? {}) as { secret?: unknown }
  const kept = typeof secret === 'string' && isSecret(secret) ? secret : makeSecret()
  return FactorPage({ page, email: staff.email, secret: kept })
}

async function setUpFactor(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff }: Entering,
): Promise<FastifyReply> {
  const { secret, code } = readForm(
    z.object({ secret: z.string().refine(isSecret), code: z.string().max(40) }),
    request.body,
  )
  const now = desk.clock.now()
  const step = await stepOf(secret, code, now)
  if (step === undefined) throw new FormFault('account.code.wrong')
  const codes = await keepFactor(desk.database, { staff: staff.id, secret, step, key: desk.clock.id() }, now)
  const page = pageOf(desk, request, reply)
  const next = await goOn(desk, request, reply, { hasFactor: true, factorGiven: true })
  return send(reply, RecoveryPage({ page, codes, next }))
}

async function takeConduct(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { staff }: Entering,
): Promise<FastifyReply> {
  const { accept } = readForm(z.object({ accept: z.string().default('') }), request.body)
  if (accept !== 'yes') throw new FormFault('account.conduct.not_accepted')
  await acceptConduct(desk.database.prisma, staff.id, conductVersion, desk.clock.now())
  return reply.redirect(await goOn(desk, request, reply, { conduct: conductVersion }), 303)
}

const choice = z.object({ password: z.string().max(longestPassword * 4), again: z.string() })

function invitationRoutes(app: FastifyInstance, desk: Desk): void {
  const { database, clock } = desk
  const invited = (request: FastifyRequest) =>
    findInvited(database, (request.params as { code: string }).code.slice(0, 100), clock.now())
  app.get('/invitation/:code', async (request, reply) => {
    const found = await invited(request)
    const page = pageOf(desk, request, reply)
    return found
      ? send(reply, InvitationPage({ page, invited: found, here: request.url }))
      : send(reply.code(410), SpentPage({ page }))
  })
  app.post('/invitation/:code', { preHandler: app.csrfProtection }, async (request, reply) => {
    const found = await invited(request)
    if (!found) return send(reply.code(410), SpentPage({ page: pageOf(desk, request, reply) }))
    const refuse = (sentence: string) => {
      const page = pageOf(desk, request, reply, new FormFault(sentence))
      return send(reply.code(422), InvitationPage({ page, invited: found, here: request.url }))
    }
    const form = choice.safeParse(request.body)
    if (!form.success) return refuse('form.incomplete')
    const { password, again } = form.data
    const wrong = passwordFault(password, found.email)
    if (wrong) return refuse(`password.${wrong}`)
    if (password !== again) return refuse('account.invitation.differs')
    const { code } = request.params as { code: string }
    const it = { code, staff: found.id, passwordHash: await hashPassword(password) }
    const account =
      (await takeInvitation(database, it, clock.now())) && (await findForSignIn(database.prisma, found.email))
    if (!account) return send(reply.code(410), SpentPage({ page: pageOf(desk, request, reply) }))
    await signIn(desk, request, reply, { staff: account.id, entrant: account.entrant, password })
    return reply.redirect('/console', 303)
  })
}
