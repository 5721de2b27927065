/** The accounts of the office. Supervisors see who works here; administrators invite, change, close and open again. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { listAccounts, loadAccount } from '../store/account.ts'
import { isId } from '../store/request.ts'
import {
  closeAccount,
  editAccount,
  inviteColleague,
  renewFactor,
  renewLink,
  reopenAccount,
} from './account-changes.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault } from './form.ts'
import { type Invited, sendInvitation } from './letter.ts'
import { loadRail } from './load.ts'
import { AccountPage } from './pages/account.tsx'
import { StaffPage } from './pages/staff.tsx'
import { readAccount, readAddress } from './staff-form.ts'
import { failureKey } from './words.ts'

const base = '/console/admin/staff'

export function staffRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => showAll(console, request, reply, {}))
  app.post(base, async (request, reply) => {
    mayChange(request)
    const { staff } = askingOf(request)
    try {
      const wish = { ...readAccount(request.body), ...readAddress(request.body) }
      const { id, code } = await inviteColleague(console, staff, wish)
      return showOne(console, request, reply, id, await handLink(console, request, wish, code))
    } catch (error) {
      const fault = faultOf(console, request, error)
      return showAll(console, request, reply.code(422), { fault, body: request.body })
    }
  })
  app.get(`${base}/:id`, async (request, reply) => {
    const { done } = request.query as { done?: unknown }
    const told = done ? { done: wordsOf(console, request).t('admin.saved') } : {}
    return showOne(console, request, reply, idOf(request), told)
  })
  app.post(
    `${base}/:id`,
    change(console, (reader, id, body) => editAccount(console, reader, id, readAccount(body))),
  )
  app.post(
    `${base}/:id/factor`,
    change(console, (reader, id) => renewFactor(console, reader, id)),
  )
  app.post(
    `${base}/:id/close`,
    change(console, (reader, id) => closeAccount(console, reader, id)),
  )
  app.post(
    `${base}/:id/open`,
    change(console, (reader, id) => reopenAccount(console, reader, id)),
  )
  app.post(`${base}/:id/link`, async (request, reply) => {
    const id = idOf(request)
    try {
      const code = await renewLink(console, askingOf(request).staff, id)
      const account = await loadAccount(console.database.prisma, id)
      return showOne(console, request, reply, id, await handLink(console, request, account, code))
    } catch (error) {
      return showOne(console, request, reply.code(422), id, { fault: faultOf(console, request, error) })
    }
  })
}

type Deed = (reader: ReturnType<typeof askingOf>['staff'], id: string, body: unknown) => Promise<unknown>

/** Does something with an account and goes back to it; what was refused is told there. */
function change(console: Console, deed: Deed) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const id = idOf(request)
    try {
      await deed(askingOf(request).staff, id, request.body)
    } catch (error) {
      return showOne(console, request, reply.code(422), id, { fault: faultOf(console, request, error) })
    }
    return reply.redirect(`${base}/${id}?done=1`, 303)
  }
}

function mayChange(request: FastifyRequest): void {
  if (!askingOf(request).staff.roles.includes('admin')) throw new Failure('page:not_found')
}

/** Whom the address names, for an administrator. */
function idOf(request: FastifyRequest): string {
  mayChange(request)
  const { id } = request.params as { id: string }
  if (!isId(id)) throw new Failure('staff:not_found')
  return id
}

/** A refusal that the reader can do something about; anything else goes its way. */
function faultOf(console: Console, request: FastifyRequest, error: unknown): string {
  const words = wordsOf(console, request)
  if (error instanceof FormFault) return words.t(error.sentence, error.vars)
  if (error instanceof Failure && error.code === 'staff:exists') return words.any(failureKey(error.code))
  throw error
}

/** Sends the link to whom it is for, or shows it on the answer itself: it is nowhere afterwards. */
async function handLink(console: Console, request: FastifyRequest, to: Invited, code: string): Promise<Told> {
  const link = linkOf(console, request, code)
  if (!(await sendInvitation(console, to, link))) return { link, unsent: console.sendLetter !== undefined }
  return { done: wordsOf(console, request).t('account.link.sent', { email: to.email }) }
}

/** Where the link leads: the address that people reach us by, as far as we know it. */
function linkOf({ publicUrl }: Console, request: FastifyRequest, code: string): string {
  const root = publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`
  return `${root}/invitation/${code}`
}

type Told = {
  readonly fault?: string
  readonly done?: string
  readonly link?: string
  readonly unsent?: boolean
}

async function showAll(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string; readonly body?: unknown },
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  if (!staff.roles.includes('admin') && !staff.roles.includes('supervisor'))
    throw new Failure('page:not_found')
  const [rail, accounts, offices] = await Promise.all([
    loadRail(console, staff),
    listAccounts(console.database.prisma),
    listOffices(console),
  ])
  const page = pageOf(console, request, reply)
  return sendPage(reply, StaffPage({ page, rail, accounts, offices, ...told }))
}

async function showOne(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  told: Told,
): Promise<FastifyReply> {
  const { prisma } = console.database
  const [rail, account, accounts, offices, waiting] = await Promise.all([
    loadRail(console, askingOf(request).staff),
    loadAccount(prisma, id),
    listAccounts(prisma),
    listOffices(console),
    prisma.approval.count({ where: { staffId: id, state: 'waiting' } }),
  ])
  const colleagues = accounts.filter((one) => one.active && one.id !== id)
  const page = pageOf(console, request, reply)
  return sendPage(reply, AccountPage({ page, rail, account, colleagues, offices, waiting, ...told }))
}

function listOffices({ database }: Console) {
  return database.prisma.office.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } })
}
