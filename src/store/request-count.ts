/** How many requests there are of each look, under the access of who asks: right at the moment they are asked, and cheap. */
import { type QueueKey, queueKeys } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { hasContent, requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { narrowedBy, type RequestFilter, type RequestLook, whereOf } from './request-look.ts'
import { countWaiting, type Waiting } from './request-waiting.ts'

type Part = Pick<Database, 'prisma'>

export type RequestCounts = {
  readonly mine: number
  readonly queues: number
  readonly unassigned: number
  readonly waiting: number
  readonly overdue: number
  readonly snoozed: number
  /** One's own queues, in the order of core/queue.ts, with those that hold something of others'. */
  readonly byQueue: readonly { readonly queue: QueueKey; readonly open: number; readonly late: number }[]
}

const none: RequestCounts = {
  ...{ mine: 0, queues: 0, unassigned: 0, waiting: 0, overdue: 0, snoozed: 0, byQueue: [] },
}

/** How many of each look are not closed; what is put aside is in its own count only. */
export async function countRequests({ prisma }: Part, staff: Staff, now: Date): Promise<RequestCounts> {
  if (!hasContent(staff)) return none
  const all = await countWaiting(prisma, staff, now)
  const own = all.filter(({ queue }) => staff.queues.includes(queue))
  return {
    mine: sum(
      all.filter(({ owner }) => owner === staff.id),
      'open',
    ),
    queues: sum(own, 'open'),
    unassigned: sum(
      own.filter(({ owner }) => owner === null),
      'open',
    ),
    waiting: sum(all, 'answered'),
    overdue: sum(all, 'late'),
    snoozed: sum(all, 'snoozed'),
    byQueue: queueKeys
      .map((key) => {
        const there = all.filter(({ queue }) => queue === key)
        return { queue: key, open: sum(there, 'open'), late: sum(there, 'late') }
      })
      .filter(({ queue, open }) => staff.queues.includes(queue) || open > 0),
  }
}

/** More than this is not counted out: a list is long from there on, however long. */
export const countedAtMost = 99

/** How many there are of a look with filters, up to one more than are counted. */
export async function countLook(
  { prisma }: Part,
  staff: Staff,
  { look, filter, now }: { readonly look: RequestLook; readonly filter?: RequestFilter; readonly now: Date },
): Promise<number> {
  if (!hasContent(staff)) return 0
  return prisma.request.count({
    where: { AND: [requestsSeenBy(staff), whereOf(staff, look, now), narrowedBy(filter, now)] },
    take: countedAtMost + 1,
  })
}

function sum(rows: readonly Waiting[], of: 'open' | 'answered' | 'late' | 'snoozed'): number {
  return rows.reduce((all, row) => all + row[of], 0)
}
