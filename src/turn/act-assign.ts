/** Staff give a request to somebody, put it aside, or take it back. */
import { assign } from '../core/assignment.ts'
import { snooze, wake } from '../core/snooze.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { requestsSeenBy } from '../store/access.ts'
import { staffOf, staffSelect } from '../store/staff.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/**
 * Gives a request to a member of its queue. Fails with `staff:not_found` for whoever does not sit there or must not know
 * of it, and as the rule does.
 */
export async function assignRequest(
  desk: Desk,
  act: Act,
  to: { readonly owner: string; readonly reason?: string },
): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const owner = await findMember(desk.prisma, to.owner, request.queue)
    if (!owner || !(await sees(desk.prisma, owner, request.id))) throw new Failure('staff:not_found')
    return { happenings: assign(request, act.staff, to) }
  })
}

/** Puts a request aside until a moment; it comes back by itself, or as soon as the person writes. */
export async function snoozeRequest(desk: Desk, act: Act, until: Date): Promise<void> {
  await perform(desk, act, ({ request }) => ({ happenings: snooze(request, until, desk.clock.now()) }))
}

/** Takes back what was put aside. */
export async function wakeRequest(desk: Desk, act: Act): Promise<void> {
  await perform(desk, act, ({ request }) => ({ happenings: wake(request, 'staff') }))
}

/** An active member of staff who sits in a queue. */
async function findMember(prisma: Desk['prisma'], id: string, queue: string): Promise<Staff | undefined> {
  const row = await prisma.staff.findFirst({
    where: { id, active: true, queues: { some: { queue } } },
    select: staffSelect,
  })
  return row ? staffOf(row) : undefined
}

/** Whether a request exists for somebody. */
export async function sees(prisma: Desk['prisma'], staff: Staff, request: string): Promise<boolean> {
  const row = await prisma.request.findFirst({
    where: { AND: [{ id: request }, requestsSeenBy(staff)] },
    select: { id: true },
  })
  return row !== null
}
