/** Gives what waits in a round-robin queue to whoever's turn it is: present, below the limit, able to see it. */
import { assignInTurn, nextInTurn } from '../core/assignment.ts'
import type { QueueKey } from '../core/queue.ts'
import { awayAt } from '../store/absence.ts'
import { candidatesOf, noteTurn, type Unowned, waitingInTurn } from '../store/due-work.ts'
import { readQueueSettings } from '../store/queue-setting.ts'
import { loadStaff } from '../store/seat.ts'
import { type Desk, perform } from './act.ts'
import { sees } from './act-assign.ts'
import { each } from './pass-time.ts'

type Parts = Desk & { readonly pool: Parameters<typeof waitingInTurn>[0] }

const atOnce = 200

/** Goes once through all queues that are not manual; gives how many requests found an owner. */
export async function assignWaiting(desk: Parts): Promise<number> {
  const settings = await readQueueSettings(desk.prisma)
  let given = 0
  for (const [queue, { assignment, personLimit }] of settings) {
    if (assignment !== 'round_robin') continue
    const waiting = await waitingInTurn(desk.pool, queue, desk.clock.now(), atOnce)
    await each(waiting, async (one) => {
      if (await giveToNext(desk, queue, one, personLimit)) given += 1
    })
  }
  return given
}

async function giveToNext(
  desk: Parts,
  queue: QueueKey,
  { id, language, office, prefers }: Unowned,
  limit: number | undefined,
): Promise<boolean> {
  const away = new Set((await awayAt(desk.prisma, desk.clock.now())).keys())
  let candidates = await candidatesOf(desk.prisma, { queue, office }, away)
  for (;;) {
    const next = nextInTurn(candidates, { language, prefers }, limit)
    if (!next) return false
    // Whom the request may be about is barred from it, and must not get it.
    if (await sees(desk.prisma, await loadStaff(desk.prisma, next.staff), id)) {
      const act = { request: id, form: desk.clock.id() }
      await perform(desk, act, ({ request }) => ({
        happenings: request.queue === queue ? assignInTurn(request, next.staff) : [],
      }))
      await noteTurn(desk.prisma, queue, next.staff, desk.clock.now())
      return true
    }
    candidates = candidates.filter(({ staff }) => staff !== next.staff)
  }
}
