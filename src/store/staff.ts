/** The people who answer: found, listed and added. Passwords come here hashed. */
import { type QueueKey, queueKeys, queues } from '../core/queue.ts'
import { type Role, roles, type Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

/** What a row of staff is read with. */
export const staffSelect = {
  id: true,
  name: true,
  email: true,
  roles: true,
  language: true,
  officeId: true,
  supervisorId: true,
  queues: { select: { queue: true } },
} as const

type StaffRow = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly language: string
  readonly officeId: string | null
  readonly supervisorId: string | null
  readonly queues: readonly { readonly queue: string }[]
}

/** A row as the rules want it. */
export function staffOf(row: StaffRow): Staff {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: roles.filter((role) => row.roles.includes(role)),
    language: row.language === 'en' ? 'en' : 'fr',
    office: row.officeId ?? undefined,
    supervisor: row.supervisorId ?? undefined,
    queues: row.queues.map(({ queue }) => queue),
  }
}

/** E-mail addresses are compared without case and spaces around. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** The active account of an e-mail address with its password's hash, or undefined. */
export async function findForSignIn(
  prisma: Prisma,
  email: string,
): Promise<{ readonly id: string; readonly passwordHash: string } | undefined> {
  const row = await prisma.staff.findUnique({
    where: { email: plainEmail(email), active: true },
    select: { id: true, passwordHash: true },
  })
  return row ?? undefined
}

/** Whether anybody works here yet. */
export async function hasStaff(prisma: Prisma): Promise<boolean> {
  return (await prisma.staff.findFirst({ select: { id: true } })) !== null
}

export type NewStaff = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly roles: readonly Role[]
  readonly language: 'fr' | 'en'
  readonly at: Date
  /** Key of an office that exists. */
  readonly office?: string
  /** E-mail address of staff that exists. */
  readonly supervisor?: string
}

/**
 * Adds an account and seats it in the queues that its roles sit in at first. Fails with `staff:exists` when the e-mail
 * address is taken, `staff:not_found` for an unknown supervisor and `form:invalid` for an unknown office.
 */
export async function addStaff(prisma: Prisma, one: NewStaff): Promise<void> {
  const office = one.office === undefined ? undefined : await findOffice(prisma, one.office)
  const supervisor = one.supervisor === undefined ? undefined : await findForSignIn(prisma, one.supervisor)
  if (one.supervisor !== undefined && !supervisor)
    throw new Failure('staff:not_found', { what: 'supervisor' })
  const made = await prisma.staff.createMany({
    data: {
      id: one.id,
      email: plainEmail(one.email),
      name: one.name,
      passwordHash: one.passwordHash,
      roles: [...one.roles],
      language: one.language,
      officeId: office ?? null,
      supervisorId: supervisor?.id ?? null,
      createdAt: one.at,
    },
    skipDuplicates: true,
  })
  if (made.count === 0) throw new Failure('staff:exists')
  await prisma.queueStaff.createMany({
    data: seatsOf(one.roles).map((queue) => ({ queue, staffId: one.id })),
    skipDuplicates: true,
  })
}

/** The queues that these roles sit in when nobody decided otherwise. */
export function seatsOf(held: readonly Role[]): readonly QueueKey[] {
  return queueKeys.filter((queue) => queues[queue].roles.some((role) => held.some((mine) => mine === role)))
}

/** Key of each office that exists, for the command line. */
async function findOffice(prisma: Prisma, key: string): Promise<string> {
  const office = await prisma.office.findUnique({ where: { key }, select: { id: true } })
  if (!office) throw new Failure('form:invalid', { what: 'office' })
  return office.id
}

/** Changes the language in which somebody reads the console. */
export async function chooseLanguage(prisma: Prisma, id: string, language: 'fr' | 'en'): Promise<void> {
  await prisma.staff.update({ where: { id }, data: { language } })
}
