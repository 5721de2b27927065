/** Staff as the console administers them: who there is, who sits where, who may come in. */
import { type QueueKey, queueOf } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { staffOf, staffSelect } from './staff.ts'
import { endStaffChats } from './staff-chat.ts'
import { type Releasing, releaseUnattended } from './unattended.ts'

type Prisma = Database['prisma']

/** Everybody, by name; `active` false for accounts that may not come in any more. */
export async function listStaff(prisma: Prisma): Promise<readonly (Staff & { readonly active: boolean })[]> {
  const rows = await prisma.staff.findMany({
    orderBy: { name: 'asc' },
    select: { ...staffSelect, active: true },
  })
  return rows.map((row) => ({ ...staffOf(row), active: row.active }))
}

/** One member of staff, active or not; fails with `staff:not_found`. */
export async function loadStaff(prisma: Prisma, id: string): Promise<Staff> {
  const row = await prisma.staff.findUnique({ where: { id }, select: staffSelect })
  if (!row) throw new Failure('staff:not_found', { staff: id })
  return staffOf(row)
}

/** Names by id, for whoever a page mentions. */
export async function staffNames(
  prisma: Prisma,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await prisma.staff.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Active staff who sit in a queue, by name. */
export async function staffOfQueue(prisma: Prisma, queue: QueueKey): Promise<readonly Staff[]> {
  const rows = await prisma.staff.findMany({
    where: { active: true, queues: { some: { queue } } },
    orderBy: { name: 'asc' },
    select: staffSelect,
  })
  return rows.map(staffOf)
}

/** A choice of more names than this is no choice: of a large queue those of one office are offered. */
const offeredAtMost = 40

/** Whom an open request can be given to: who sits in its queue and sees it, by name. */
export async function staffNear(
  prisma: Prisma,
  { queue, office }: { readonly queue: QueueKey; readonly office?: string },
): Promise<readonly Staff[]> {
  const all = await staffOfQueue(prisma, queue)
  if (office === undefined || queueOf(queue).closed) return all
  return all.filter((one) => one.office === undefined || one.office === office)
}

/**
 * Active staff who sit in a queue of this member's or, for a supervisor, work in the same office; of many those of the
 * office. By name. Which of them may be given a request is judged when it is given.
 */
export async function staffOfQueues(prisma: Prisma, staff: Staff): Promise<readonly Staff[]> {
  const supervises = staff.roles.includes('supervisor') && staff.office !== undefined
  const rows = await prisma.staff.findMany({
    where: {
      active: true,
      OR: [
        { queues: { some: { queue: { in: [...staff.queues] } } } },
        ...(supervises ? [{ officeId: staff.office ?? null }] : []),
      ],
    },
    orderBy: { name: 'asc' },
    select: staffSelect,
  })
  const near = rows.length > offeredAtMost ? rows.filter(({ officeId }) => officeId === staff.office) : rows
  return (near.length > 0 ? near : rows).map(staffOf)
}

/** Seats exactly these in a queue; whoever sits there already keeps their turn. Gives the hints of what they see anew. */
export async function seatQueue(
  prisma: Prisma,
  queue: QueueKey,
  staff: readonly string[],
  by: Releasing,
): Promise<readonly string[]> {
  return prisma.$transaction(async (tx) => {
    await tx.queueStaff.deleteMany({ where: { queue, staffId: { notIn: [...staff] } } })
    await tx.queueStaff.createMany({
      data: staff.map((staffId) => ({ queue, staffId })),
      skipDuplicates: true,
    })
    return releaseUnattended(tx, by)
  })
}

/** Lets somebody in again. */
export async function reinstateStaff(prisma: Prisma, staff: string): Promise<void> {
  await prisma.staff.update({ where: { id: staff }, data: { active: true } })
}

/**
 * Shuts somebody out: no sign-in from here on; those that are open end, and so does their chat. Gives the hints of what
 * others see from then on.
 */
export async function dismissStaff(prisma: Prisma, staff: string, by: Releasing): Promise<readonly string[]> {
  return prisma.$transaction(async (tx) => {
    await tx.staff.update({ where: { id: staff }, data: { active: false } })
    await tx.signIn.deleteMany({ where: { staffId: staff } })
    await endStaffChats(tx, staff)
    return releaseUnattended(tx, by)
  })
}
