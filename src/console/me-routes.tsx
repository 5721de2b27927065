/** One's own account: password, open sessions, second factor, spoken languages. Nobody else's. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { longestPassword, passwordFault } from '../core/password.ts'
import { Failure } from '../failure.ts'
import { forgetTries, tryOnce } from '../store/attempt.ts'
import {
  isSecret,
  keepFactor,
  makeSecret,
  readFactor,
  renewRecoveryCodes,
  stepOf,
} from '../store/second-factor.ts'
import { closeOtherSignIns, closeOwnSignIn, listSignIns, sessionId } from '../store/sign-in.ts'
import { chooseSex, chooseSpoken, loadPasswordHash, loadSex, loadSpoken } from '../store/staff.ts'
import { writePassword } from '../store/staff-key.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { MePage, type MeTold } from './pages/me.tsx'
import { readSex, readSpoken } from './staff-form.ts'

const base = '/console/me'

/** One change of one's own account; gives fresh recovery codes, to be shown once, or none. */
type Change = (console: Console, request: FastifyRequest) => Promise<readonly string[]>

const changes: Readonly<Record<string, Change>> = {
  password: changePassword,
  factor: renewFactor,
  recovery: async (console, request) => {
    const { staff } = askingOf(request)
    await confirm(console, request)
    return renewRecoveryCodes(console.database, staff.id, console.clock.now())
  },
  speaks: async ({ database }, request) => {
    const { id } = askingOf(request).staff
    await chooseSpoken(database.prisma, id, readSpoken(request.body))
    await chooseSex(database.prisma, id, readSex(request.body))
    return []
  },
  'sessions/close': async ({ database }, request) => {
    const { session } = readForm(z.object({ session: z.string().max(60) }), request.body)
    await closeOwnSignIn(database, askingOf(request).staff.id, session)
    return []
  },
  'sessions/close-others': async ({ database }, request) => {
    const { staff, session } = askingOf(request)
    await closeOtherSignIns(database, staff.id, session)
    return []
  },
}

export function meRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('admin.saved') } : {})
  })
  for (const [name, change] of Object.entries(changes)) {
    app.post(`${base}/${name}`, async (request, reply) => {
      try {
        const codes = await change(console, request)
        if (codes.length > 0) return show(console, request, reply, { codes })
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        const fault = wordsOf(console, request).t(error.sentence, error.vars)
        return show(console, request, reply.code(422), { fault })
      }
      return reply.redirect(`${base}?done=1`, 303)
    })
  }
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: MeTold,
): Promise<FastifyReply> {
  const { staff, session } = askingOf(request)
  const { database, clock } = console
  const [rail, sessions, factor, speaks, sex] = await Promise.all([
    loadRail(console, staff),
    listSignIns(database, staff.id, clock.now()),
    readFactor(database, staff.id),
    loadSpoken(database.prisma, staff.id),
    loadSex(database.prisma, staff.id),
  ])
  // A code was typed for a secret that is in the app by then.
  const { secret } = (request.body ?? {}) as { secret?: unknown }
  return sendPage(
    reply,
    MePage({
      page: pageOf(console, request, reply),
      ...{ rail, sessions, factor, speaks, sex, told },
      here: sessionId(session),
      secret: typeof secret === 'string' && isSecret(secret) ? secret : makeSecret(),
    }),
  )
}

const limit = { kind: 'own_password', most: 10, within: 15 * 60_000 }

/** Whoever sits down at an open page is not its owner yet: the password is asked again. Fails with FormFault. */
async function confirm({ database, clock, fitsPassword }: Console, request: FastifyRequest): Promise<void> {
  const { staff } = askingOf(request)
  const { old } = readForm(z.object({ old: z.string().max(longestPassword) }), request.body)
  const afterSeconds = await tryOnce(database, limit, staff.id, clock.now())
  if (afterSeconds !== undefined) throw new Failure('sign_in:too_many', { afterSeconds })
  if (!(await fitsPassword(await loadPasswordHash(database.prisma, staff.id), old)))
    throw new FormFault('account.me.wrong_password')
  await forgetTries(database, limit.kind, staff.id)
}

async function changePassword(console: Console, request: FastifyRequest): Promise<readonly string[]> {
  const { staff, session } = askingOf(request)
  const { old, password, again } = readForm(
    z.object({ old: z.string(), password: z.string(), again: z.string() }),
    request.body,
  )
  await confirm(console, request)
  const fault = passwordFault(password, staff.email)
  if (fault) throw new FormFault(`password.${fault}`)
  if (password !== again) throw new FormFault('account.invitation.differs')
  const nextHash = await console.hashPassword(password)
  await writePassword(console.database, staff.id, { old, next: password, nextHash })
  await closeOtherSignIns(console.database, staff.id, session)
  return []
}

/** Another app or another phone; the first second factor of whoever need not have one. */
async function renewFactor(console: Console, request: FastifyRequest): Promise<readonly string[]> {
  const { staff, session } = askingOf(request)
  const { database, clock } = console
  const { secret, code } = readForm(
    z.object({ secret: z.string().refine(isSecret), code: z.string().max(40) }),
    request.body,
  )
  await confirm(console, request)
  const step = await stepOf(secret, code, clock.now())
  if (step === undefined) throw new FormFault('account.code.wrong')
  const codes = await keepFactor(
    database,
    { staff: staff.id, secret, step, key: clock.id(), session },
    clock.now(),
  )
  await closeOtherSignIns(database, staff.id, session)
  return codes
}
