/** What the office decides of each queue: how requests find their owner, and from how many on the queue raises an alert. */
import type { Assignment } from '../core/assignment.ts'
import { type QueueKey, queueKeys } from '../core/queue.ts'
import type { Database } from './database.ts'

type Prisma = Database['prisma']

export type QueueSetting = {
  readonly assignment: Assignment
  /** The machine gives nobody more open requests of this queue than this. */
  readonly personLimit?: number
  /** So many open, or late, and the queue raises an alert. */
  readonly alertOpen?: number
  readonly alertLate?: number
}

/** All queues; one that nobody decided on is manual and without limits. */
export async function readQueueSettings(prisma: Prisma): Promise<ReadonlyMap<QueueKey, QueueSetting>> {
  const rows = await prisma.queueSetting.findMany()
  return new Map(
    queueKeys.map((queue) => {
      const row = rows.find((one) => one.queue === queue)
      return [
        queue,
        {
          assignment: row?.assignment === 'round_robin' ? 'round_robin' : 'manual',
          ...(row?.personLimit != null ? { personLimit: row.personLimit } : {}),
          ...(row?.alertOpen != null ? { alertOpen: row.alertOpen } : {}),
          ...(row?.alertLate != null ? { alertLate: row.alertLate } : {}),
        },
      ] as const
    }),
  )
}

export async function writeQueueSetting(prisma: Prisma, queue: QueueKey, it: QueueSetting): Promise<void> {
  const data = {
    assignment: it.assignment,
    personLimit: it.personLimit ?? null,
    alertOpen: it.alertOpen ?? null,
    alertLate: it.alertLate ?? null,
  }
  await prisma.queueSetting.upsert({ where: { queue }, create: { queue, ...data }, update: data })
}
