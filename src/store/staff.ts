/** The people who answer: found, listed and added. Passwords come here hashed. */

import { without } from '../core/approval.ts'
import type { Entrant } from '../core/entry.ts'
import { type QueueKey, queueKeys, queues } from '../core/queue.ts'
import { type WorkerSex, workerSexes } from '../core/safe-contact.ts'
import { type Habits, type Role, roles, type Staff } from '../core/staff.ts'
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
  suspended: true,
  sex: true,
  shortcuts: true,
  signals: true,
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
  readonly suspended: readonly string[]
  readonly sex?: string | null
  readonly shortcuts: boolean
  readonly signals: boolean
  readonly queues: readonly { readonly queue: string }[]
}

/** A row as the rules want it; what is suspended is not theirs. */
export function staffOf(row: StaffRow): Staff {
  const held = { roles: rolesOf(row), queues: row.queues.map(({ queue }) => queue) }
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    language: row.language === 'en' ? 'en' : 'fr',
    office: row.officeId ?? undefined,
    supervisor: row.supervisorId ?? undefined,
    habits: { shortcuts: row.shortcuts, signals: row.signals },
    ...(row.sex === 'woman' || row.sex === 'man' ? { sex: row.sex } : {}),
    ...without(row.suspended, held),
    ...(row.suspended.length > 0 ? { suspended: true } : {}),
  }
}

/** The roles of a row that we know, in our order. */
export function rolesOf(row: { readonly roles: readonly string[] }): readonly Role[] {
  return roles.filter((role) => row.roles.includes(role))
}

/** E-mail addresses are compared without case and spaces around. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase()
}

export type ForSignIn = {
  readonly id: string
  readonly passwordHash: string
  /** What the account brings for the way in, before any code was given. */
  readonly entrant: Entrant
}

/** The active account of an e-mail address with its password's hash, or undefined. */
export async function findForSignIn(prisma: Prisma, email: string): Promise<ForSignIn | undefined> {
  const row = await prisma.staff.findUnique({
    where: { email: plainEmail(email), active: true },
    select: { id: true, passwordHash: true, ...entrantSelect },
  })
  if (!row?.passwordHash) return undefined
  return { id: row.id, passwordHash: row.passwordHash, entrant: entrantOf(row, false) }
}

/** What decides on the way in is read with this. */
export const entrantSelect = { roles: true, conduct: true, factor: { select: { staffId: true } } } as const

export function entrantOf(
  row: { readonly roles: readonly string[]; readonly conduct: number | null; readonly factor: object | null },
  factorGiven: boolean,
): Entrant {
  return {
    roles: rolesOf(row),
    hasFactor: row.factor !== null,
    factorGiven,
    ...(row.conduct === null ? {} : { conduct: row.conduct }),
  }
}

/** The hash of somebody's password; undefined while none was chosen. */
export async function loadPasswordHash(prisma: Prisma, id: string): Promise<string | undefined> {
  const row = await prisma.staff.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } })
  return row.passwordHash ?? undefined
}

/** Accepts the code of conduct, in its version. */
export async function acceptConduct(prisma: Prisma, id: string, version: number, now: Date): Promise<void> {
  await prisma.staff.update({ where: { id }, data: { conduct: version, conductAt: now } })
}

/** Whether anybody works here yet. */
export async function hasStaff(prisma: Prisma): Promise<boolean> {
  return (await prisma.staff.findFirst({ select: { id: true } })) !== null
}

export type NewStaff = {
  readonly id: string
  readonly email: string
  readonly name: string
  /** Absent: they are invited, and the account opens when they come. */
  readonly passwordHash?: string
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
      passwordHash: one.passwordHash ?? null,
      active: one.passwordHash !== undefined,
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

/** Changes how somebody likes to work. */
export async function chooseHabits(prisma: Prisma, id: string, habits: Partial<Habits>): Promise<void> {
  await prisma.staff.update({ where: { id }, data: habits })
}

/** The languages that somebody said they speak. */
export async function loadSpoken(prisma: Prisma, id: string): Promise<readonly string[]> {
  return (await prisma.staff.findUniqueOrThrow({ where: { id }, select: { speaks: true } })).speaks
}

/** Says which languages they speak: what comes in turn goes first to who speaks the person's (core/assignment.ts). */
export async function chooseSpoken(prisma: Prisma, id: string, speaks: readonly string[]): Promise<void> {
  await prisma.staff.update({ where: { id }, data: { speaks: [...speaks] } })
}

/** What somebody said of themselves; nothing where they did not. */
export async function loadSex(prisma: Prisma, id: string): Promise<WorkerSex | undefined> {
  const row = await prisma.staff.findUniqueOrThrow({ where: { id }, select: { sex: true } })
  return workerSexes.find((sex) => sex === row.sex)
}

/** For people who would rather speak with a woman, or a man. */
export async function chooseSex(prisma: Prisma, id: string, sex: WorkerSex | undefined): Promise<void> {
  await prisma.staff.update({ where: { id }, data: { sex: sex ?? null } })
}

/** Changes the language in which somebody reads the console. */
export async function chooseLanguage(prisma: Prisma, id: string, language: 'fr' | 'en'): Promise<void> {
  await prisma.staff.update({ where: { id }, data: { language } })
}
