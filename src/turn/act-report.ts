/** What handlers of a matter that others look into do: report it, shut out whom it may be about, let them back. */
import { report } from '../core/reported.ts'
import { mayBeAboutWorker } from '../core/request.ts'
import { Failure } from '../failure.ts'
import { isId } from '../store/request.ts'
import type { Change } from '../store/road.ts'
import { type Desk, perform } from './act.ts'
import type { Act, Found } from './act-load.ts'
import { linesOf } from './routing.ts'

/** Puts on record that it was reported, on a day (ISO) and under a reference. Fails as the rule does. */
export async function reportMatter(
  desk: Desk,
  act: Act,
  said: { readonly on: string; readonly reference: string },
): Promise<void> {
  await perform(desk, act, ({ request }) => ({ happenings: report(request, said, desk.clock.now()) }))
}

/**
 * Shuts a colleague out of the matter, with everybody below them and their supervisor. Fails with `staff:not_found`, with
 * `staff:not_allowed` for a matter that is not about staff, and with `request:nobody_left` when nobody could read it then.
 */
export async function shutOut(desk: Desk, act: Act, colleague: string): Promise<void> {
  const known = isId(colleague) && (await desk.prisma.staff.findUnique({ where: { id: colleague } }))
  if (!known) throw new Failure('staff:not_found')
  await perform(desk, act, async (found) => {
    const { request } = found
    if (!mayBeAboutWorker(request.kind)) throw new Failure('staff:not_allowed', { request: request.id })
    const town = await desk.watch.current()
    const line = linesOf(town, [colleague])
    const seats = town.staffOf.get(request.queue) ?? []
    if (!(await someoneLeft(desk, found, seats, line))) {
      throw new Failure('request:nobody_left', { request: request.id })
    }
    const since = desk.clock.now()
    const changes = line.map(
      (staff): Change => ({
        insert: 'request_barred',
        plain: { request_id: request.id, staff_id: staff, since },
      }),
    )
    return { happenings: [{ type: 'staff_shut_out', request: request.id, colleague }], changes }
  })
}

/** Lets one colleague back who was shut out, by hand or by a name that was said. Nothing when they were not. */
export async function letBack(desk: Desk, act: Act, colleague: string): Promise<void> {
  const barred = { requestId: act.request, staffId: colleague }
  await perform(desk, act, async ({ request }) => {
    if (!isId(colleague) || !(await desk.prisma.requestBarred.findFirst({ where: barred })))
      return { happenings: [] }
    return { happenings: [{ type: 'staff_let_back', request: request.id, colleague }] }
  })
  await desk.prisma.requestBarred.deleteMany({ where: barred })
}

async function someoneLeft(
  { prisma }: Desk,
  { request }: Found,
  seats: readonly string[],
  barred: readonly string[],
): Promise<boolean> {
  const before = await prisma.requestBarred.findMany({
    where: { requestId: request.id },
    select: { staffId: true },
  })
  const out = new Set([...barred, ...before.map(({ staffId }) => staffId)])
  if (request.visibility !== 'sealed') return seats.some((one) => !out.has(one))
  const holders = await prisma.requestHolder.findMany({
    where: { requestId: request.id },
    select: { staffId: true },
  })
  return holders.some(({ staffId }) => !out.has(staffId))
}
