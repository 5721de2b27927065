/**
 * /login and /logout. What comes after the password is in entry.tsx. While there is no staff, /login asks for the code
 * printed at start and makes the first administrator.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Asset } from '../console/assets.ts'
import { FirstSignInPage, SignInPage } from '../console/pages/plain.tsx'
import { html } from '../console/render.ts'
import { failureKey, type Words, wordsFor } from '../console/words.ts'
import { longestPassword, passwordFault } from '../core/password.ts'
import { Failure } from '../failure.ts'
import { closeSignIn } from '../store/sign-in.ts'
import { addStaff, findForSignIn, hasStaff, plainEmail } from '../store/staff.ts'
import { readerLanguage } from './errors.ts'
import type { WebParts } from './parts.ts'
import { fitsPassword, hashPassword } from './password.ts'
import { forgetCookie, recognize, safeNext, signIn } from './session.ts'
import { triesOf } from './tries.ts'

const signInForm = z.object({
  email: z.string().max(254),
  password: z.string().max(longestPassword),
  next: z.string().max(500).optional(),
})

const firstForm = z.object({
  code: z.string().max(40),
  name: z.string().trim().max(120),
  email: z.string().trim().max(254),
  password: z.string(),
})

type Desk = WebParts & { readonly asset: (name: Asset) => string }

/** Mounts /login and /logout on a scope that reads forms and checks their tokens. */
export function signInRoutes(app: FastifyInstance, desk: Desk): void {
  app.get('/login', async (request, reply) => {
    await recognize(desk, request)
    if (request.asking) return reply.redirect('/console', 303)
    return show(desk, request, reply, {})
  })
  app.post('/login', { preHandler: app.csrfProtection }, async (request, reply) => {
    if (await hasStaff(desk.database.prisma)) return enter(desk, request, reply)
    return first(desk, request, reply)
  })
  app.post('/logout', async (request, reply) => {
    await recognize(desk, request)
    const session = (request.asking ?? request.entering)?.session
    if (session) await closeSignIn(desk.database, session)
    forgetCookie(desk, reply)
    return reply.redirect('/login?left=1', 303)
  })
}

type Shown = {
  readonly email?: string
  readonly name?: string
  readonly next?: string
  readonly fault?: string
}

async function show(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
): Promise<FastifyReply> {
  const words = wordsOf(desk, request)
  const token = reply.generateCsrf({ userInfo: 'visitor' })
  const query = request.query as Record<string, unknown>
  const next = shown.next ?? (query['next'] === undefined ? undefined : safeNext(query['next']))
  const { asset } = desk
  const known = await hasStaff(desk.database.prisma)
  const page = known
    ? SignInPage({
        words,
        asset,
        token,
        ...shown,
        next,
        done: query['left'] ? words.t('sign_in.left') : undefined,
      })
    : FirstSignInPage({ words, asset, token, ...shown })
  return reply.type('text/html; charset=utf-8').send(html(page))
}

async function enter(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = signInForm.safeParse(request.body)
  if (!form.success) throw new Failure('form:invalid')
  const { password } = form.data
  const email = plainEmail(form.data.email)
  const next = safeNext(form.data.next)
  const account = await findForSignIn(desk.database.prisma, email)
  const tries = triesOf(desk, request, email, account)
  await tries.count()
  if (!(await fitsPassword(account?.passwordHash, password)) || !account) {
    const fault = wordsOf(desk, request).any(failureKey('sign_in:refused'))
    return show(desk, request, reply.code(401), { email: form.data.email, next, fault })
  }
  await tries.forgive()
  tries.remember(reply)
  await recognize(desk, request)
  const { id: staff, entrant } = account
  await signIn(desk, request, reply, { staff, entrant, password })
  return reply.redirect(next, 303)
}

async function first(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = firstForm.safeParse(request.body)
  if (!form.success) throw new Failure('form:invalid')
  const { code, name, email, password } = form.data
  const words = wordsOf(desk, request)
  const refuse = (fault: string) => show(desk, request, reply.code(422), { email, name, fault })
  if (name === '') return refuse(words.t('first.name_missing'))
  if (!z.email().safeParse(email).success) return refuse(words.t('first.email_wrong'))
  const wrong = passwordFault(password, email)
  if (wrong) return refuse(words.t(`password.${wrong}`))
  if (!desk.code.use(code)) return refuse(words.t('first.wrong_code'))
  const id = desk.clock.id()
  try {
    const passwordHash = await hashPassword(password)
    const language = readerLanguage(request)
    await addStaff(desk.database.prisma, {
      id,
      email,
      name,
      passwordHash,
      roles: ['admin'],
      language,
      at: desk.clock.now(),
    })
  } catch (error) {
    desk.code.restore()
    throw error
  }
  await signIn(desk, request, reply, {
    staff: id,
    entrant: { roles: ['admin'], hasFactor: false, factorGiven: false },
    password,
  })
  return reply.redirect('/console/admin', 303)
}

function wordsOf(desk: Desk, request: FastifyRequest): Words {
  return wordsFor(desk.locales, readerLanguage(request), desk.clock.now())
}
