/** Changes of accounts that wait for somebody's agreement: asked, listed, decided. Who may decide: core/approval.ts. */
import {
  type Approval,
  type ApprovalKind,
  type Change,
  deciders,
  type Guard,
  guards,
  holds,
  isFirst,
  type Present,
  queueOfGuard,
} from '../core/approval.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { listPresent } from './account.ts'
import { endAlerts, raiseAlert } from './alert.ts'
import type { Database } from './database.ts'
import { rolesOf } from './staff.ts'

type Prisma = Database['prisma']
type Tx = Pick<Prisma, 'staff' | 'queueStaff' | 'approval'>

/** What was asked of one account. */
export type Asking = { readonly staff: string; readonly askedBy: string; readonly changes: readonly Change[] }

/**
 * Asks for changes; what is asked twice waits once. What need not wait is done, what is only told is written down, and
 * whoever may agree to the rest is alerted. Gives whom to tell: all who hold what is guarded, and whoever may agree.
 */
export async function askApproval(
  prisma: Prisma,
  clock: Clock,
  { staff, askedBy, changes }: Asking,
): Promise<readonly string[]> {
  const told = new Set<string>()
  for (const change of changes) {
    const present = await listPresent(prisma)
    const it: Approval = { id: clock.id(), staff, askedBy, ...change }
    const done = change.kind === 'dismiss' || isFirst(it, present, await guardedMatters(prisma, it.guard))
    const now = clock.now()
    const waits = await prisma.$transaction(async (tx) => {
      const { count } = await tx.approval.createMany({
        data: {
          ...{ id: it.id, kind: it.kind, guard: it.guard, roles: [...(it.roles ?? [])] },
          ...{ staffId: staff, askedBy, askedAt: now },
          ...(done ? { state: 'agreed', decidedAt: now } : {}),
        },
        skipDuplicates: true,
      })
      if (done && count > 0) await carryOut(tx, it)
      return !done && count > 0
    })
    const alert = { cause: 'approval', page: pageOf(it.id), to: deciders(it, present) } as const
    if (waits) await raiseAlert(prisma, clock, alert)
    for (const one of toldOf(it, present)) told.add(one)
  }
  return [...told]
}

/** Where it is decided. */
function pageOf(approval: string): string {
  return `/console/approvals#${approval}`
}

/** All who hold what is guarded, and whoever may agree. */
function toldOf(it: Approval, present: readonly Present[]): readonly string[] {
  return [...present.filter((one) => holds(one, it.guard)).map(({ id }) => id), ...deciders(it, present)]
}

/** Requests that somebody who reads what is guarded could read: while there are none, nobody is harmed. */
function guardedMatters(prisma: Prisma, guard: Guard): Promise<number> {
  const queue = queueOfGuard(guard)
  return prisma.request.count({ where: queue ? { queue } : {}, take: 1 })
}

/**
 * Agrees to a change, which is then done, or refuses it; gives whom to tell. Fails with `staff:not_allowed` for whoever may not decide it, and
 * with `approval:decided` when somebody was quicker. A role is given only to somebody who has opened their account.
 */
export async function decideApproval(
  prisma: Prisma,
  it: { readonly id: string; readonly decider: string; readonly agreed: boolean },
  now: Date,
): Promise<readonly string[]> {
  const row = await prisma.approval.findUnique({
    where: { id: it.id },
    include: { staff: { select: { passwordHash: true } } },
  })
  if (!row) throw new Failure('page:not_found')
  const approval = approvalOf(row)
  const present = await listPresent(prisma)
  if (!deciders(approval, present).includes(it.decider)) throw new Failure('staff:not_allowed')
  // Whoever holds the link of an account that nobody opened could be anybody.
  if (it.agreed && approval.kind === 'grant' && row.staff.passwordHash === null)
    throw new Failure('staff:not_allowed')
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.approval.updateMany({
      where: { id: it.id, state: 'waiting' },
      data: { state: it.agreed ? 'agreed' : 'refused', decidedBy: it.decider, decidedAt: now },
    })
    if (count === 0) throw new Failure('approval:decided')
    if (it.agreed) await carryOut(tx, approval)
  })
  await endAlerts(prisma, 'approval', pageOf(it.id), now)
  return [approval.askedBy, approval.staff, ...toldOf(approval, present)]
}

async function carryOut(tx: Tx, it: Approval): Promise<void> {
  const { staff: id, guard, kind } = it
  const queue = queueOfGuard(guard)
  const account = await tx.staff.findUniqueOrThrow({
    where: { id },
    select: { roles: true, suspended: true },
  })
  const give = (roles: readonly string[]) =>
    tx.staff.update({ where: { id }, data: { roles: [...new Set(roles)] } })
  const seat = () => queue && tx.queueStaff.createMany({ data: { queue, staffId: id }, skipDuplicates: true })
  const unseat = () => queue && tx.queueStaff.deleteMany({ where: { queue, staffId: id } })
  switch (kind) {
    case 'grant':
      await give([...account.roles, ...(guard === 'content' ? (it.roles ?? []) : [guard])])
      await seat()
      return
    case 'withdraw':
      await give(account.roles.filter((role) => role !== guard))
      await unseat()
      return
    case 'seat':
      await seat()
      return
    case 'unseat':
      await unseat()
      return
    case 'reset':
      await tx.staff.update({
        where: { id },
        data: { suspended: account.suspended.filter((one) => one !== guard) },
      })
      return
    case 'dismiss':
      return
    default:
      kind satisfies never
  }
}

/** Shuts what is guarded to somebody until a reset is confirmed. */
export async function suspend(prisma: Prisma, staff: string, shut: readonly Guard[]): Promise<void> {
  const { suspended } = await prisma.staff.findUniqueOrThrow({
    where: { id: staff },
    select: { suspended: true },
  })
  await prisma.staff.update({
    where: { id: staff },
    data: { suspended: [...new Set([...suspended, ...shut])] },
  })
}

export type ApprovalLine = Approval & {
  readonly askedAt: Date
  readonly state: 'waiting' | 'agreed' | 'refused'
  readonly decidedBy?: string
  readonly decidedAt?: Date
  /** Whom it is about has not opened their account. */
  readonly unopened: boolean
  /** Whether the reader may decide it. */
  readonly mine: boolean
  /** Nobody may decide it at present. */
  readonly nobody: boolean
}

const shownDays = 30

/** What waits and what was decided in the last month, of what the reader guards or administers; newest first. */
export async function listApprovals(
  prisma: Prisma,
  reader: Staff,
  now: Date,
): Promise<readonly ApprovalLine[]> {
  const present = await listPresent(prisma)
  const rows = await prisma.approval.findMany({
    where: {
      guard: { in: [...guardsOf(reader, present)] },
      OR: [{ state: 'waiting' }, { askedAt: { gt: new Date(now.getTime() - shownDays * 24 * 60 * 60_000) } }],
    },
    orderBy: { askedAt: 'desc' },
    take: 200,
    include: { staff: { select: { passwordHash: true } } },
  })
  return rows.map((row) => {
    const approval = approvalOf(row)
    const may = deciders(approval, present)
    const waiting = row.state === 'waiting'
    return {
      ...approval,
      askedAt: row.askedAt,
      // Written by this file alone.
      state: row.state as ApprovalLine['state'],
      decidedBy: row.decidedBy ?? undefined,
      decidedAt: row.decidedAt ?? undefined,
      unopened: row.staff.passwordHash === null,
      mine: waiting && may.includes(reader.id),
      nobody: waiting && may.length === 0,
    }
  })
}

/** How many wait for this reader; one look at an index while nothing waits. */
export async function countApprovals(prisma: Prisma, reader: Staff): Promise<number> {
  const rows = await prisma.approval.findMany({ where: { state: 'waiting' } })
  if (rows.length === 0) return 0
  const present = await listPresent(prisma)
  return rows.filter((row) => deciders(approvalOf(row), present).includes(reader.id)).length
}

/** What somebody sees of it: what they hold, and everything for who administers accounts. */
function guardsOf(reader: Staff, present: readonly Present[]): readonly Guard[] {
  const own = present.find(({ id }) => id === reader.id)
  return guards.filter((guard) => own && (own.roles.includes('admin') || holds(own, guard)))
}

type Row = {
  readonly id: string
  readonly kind: string
  readonly guard: string
  readonly roles: readonly string[]
  readonly staffId: string
  readonly askedBy: string
}

function approvalOf(row: Row): Approval {
  return {
    id: row.id,
    // Both are written by this file alone.
    kind: row.kind as ApprovalKind,
    guard: row.guard as Guard,
    roles: rolesOf(row),
    staff: row.staffId,
    askedBy: row.askedBy,
  }
}
