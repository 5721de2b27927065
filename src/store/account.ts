/** Accounts as administrators see and change them: what was given, suspended or not. Rules of it are in core/approval.ts. */
import type { Account, Present } from '../core/approval.ts'
import { type QueueKey, queueKeys } from '../core/queue.ts'
import type { Role } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { plainEmail, rolesOf, seatsOf } from './staff.ts'
import { type Releasing, releaseUnattended } from './unattended.ts'

type Prisma = Database['prisma']

export type AccountFacts = Account & {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: 'fr' | 'en'
  readonly speaks: readonly string[]
  readonly sex?: 'woman' | 'man'
  readonly office?: string
  readonly supervisor?: string
  readonly active: boolean
  /** Nobody has chosen a password yet. */
  readonly invited: boolean
  readonly hasFactor: boolean
  /** What of theirs was reset and waits to be confirmed. */
  readonly suspended: readonly string[]
}

const select = {
  ...{ id: true, name: true, email: true, language: true, speaks: true, sex: true, active: true },
  ...{ officeId: true, supervisorId: true, roles: true, suspended: true },
  passwordHash: true,
  queues: { select: { queue: true } },
  factor: { select: { staffId: true } },
} as const

/** Every account: those who work here by name, then the closed ones. */
export async function listAccounts(prisma: Prisma): Promise<readonly AccountFacts[]> {
  const rows = await prisma.staff.findMany({ select, orderBy: [{ active: 'desc' }, { name: 'asc' }] })
  return rows.map(factsOf)
}

/** One account; fails with `staff:not_found`. */
export async function loadAccount(prisma: Prisma, id: string): Promise<AccountFacts> {
  const row = await prisma.staff.findUnique({ where: { id }, select })
  if (!row) throw new Failure('staff:not_found', { staff: id })
  return factsOf(row)
}

type Row = Awaited<ReturnType<typeof rowOf>>
function rowOf(prisma: Prisma) {
  return prisma.staff.findFirstOrThrow({ select })
}

function factsOf(row: Row): AccountFacts {
  const { id, name, email, speaks, active, suspended } = row
  return {
    ...{ id, name, email, speaks, active, suspended },
    roles: rolesOf(row),
    queues: queueKeys.filter((key) => row.queues.some(({ queue }) => queue === key)),
    language: row.language === 'en' ? 'en' : 'fr',
    sex: row.sex === 'woman' || row.sex === 'man' ? row.sex : undefined,
    office: row.officeId ?? undefined,
    supervisor: row.supervisorId ?? undefined,
    invited: row.passwordHash === null,
    hasFactor: row.factor !== null,
  }
}

/** What an administrator may write without anybody's agreement, once core/approval.ts has parted it. */
export type AccountWish = Account & {
  readonly name: string
  readonly speaks: readonly string[]
  readonly sex?: 'woman' | 'man'
  readonly office?: string
  readonly supervisor?: string
}

/**
 * Makes an account that opens when its invitation is taken, with the seats that come with its roles. Fails with
 * `staff:exists` when the e-mail address is taken.
 */
export async function addAccount(
  prisma: Prisma,
  it: Omit<AccountWish, 'queues'> & { id: string; email: string; language: 'fr' | 'en'; at: Date },
): Promise<void> {
  const { id, name, language, at } = it
  const made = await prisma.staff.createMany({
    data: {
      ...{ id, name, language },
      email: plainEmail(it.email),
      active: false,
      createdAt: at,
      ...columnsOf(it),
    },
    skipDuplicates: true,
  })
  if (made.count === 0) throw new Failure('staff:exists')
  await prisma.queueStaff.createMany({ data: seatsOf(it.roles).map((queue) => ({ queue, staffId: id })) })
}

/** Writes an account; gives the hints of what others see once a seat or an office was left. */
export async function writeAccount(
  prisma: Prisma,
  id: string,
  it: AccountWish,
  by: Releasing,
): Promise<readonly string[]> {
  return prisma.$transaction(async (tx) => {
    await tx.staff.update({ where: { id }, data: { name: it.name, ...columnsOf(it) } })
    await tx.queueStaff.deleteMany({ where: { staffId: id, queue: { notIn: [...it.queues] } } })
    await tx.queueStaff.createMany({
      data: it.queues.map((queue) => ({ queue, staffId: id })),
      skipDuplicates: true,
    })
    return releaseUnattended(tx, by)
  })
}

function columnsOf(it: Omit<AccountWish, 'queues'>) {
  return {
    roles: [...it.roles],
    speaks: [...it.speaks],
    sex: it.sex ?? null,
    officeId: it.office ?? null,
    supervisorId: it.supervisor ?? null,
  }
}

/**
 * The seats that somebody wants to have after their roles were changed by hand: those that come with a role that is new
 * are added, those that came with one that is gone are not kept.
 */
export function seatsAfter(
  before: readonly Role[],
  after: readonly Role[],
  ticked: readonly QueueKey[],
): readonly QueueKey[] {
  const gained = seatsOf(after.filter((role) => !before.includes(role)))
  const lost = seatsOf(before.filter((role) => !after.includes(role)))
  const kept = seatsOf(after)
  return queueKeys.filter(
    (queue) =>
      gained.includes(queue) || (ticked.includes(queue) && (!lost.includes(queue) || kept.includes(queue))),
  )
}

/** Everybody who could agree to something. */
export async function listPresent(prisma: Prisma): Promise<readonly Present[]> {
  const rows = await prisma.staff.findMany({
    where: { active: true, roles: { isEmpty: false } },
    select: { id: true, roles: true, suspended: true },
  })
  return rows.map((row) => ({ id: row.id, roles: rolesOf(row), suspended: row.suspended }))
}
