/** The history as those who tell staff of requests read it: event by event, each looked at once. */
import type { EventType } from '../core/event.ts'
import { type Clock, uuid7 } from '../world.ts'
import type { Database } from './database.ts'

type Client = Pick<Database['prisma'], 'setting'>

/** What happened to a request, and how the request stands by now. */
export type RequestNews = {
  readonly event: string
  readonly type: EventType
  /** The member of staff who did it. */
  readonly by?: string
  readonly request: string
  readonly queue: string
  readonly owner?: string
  readonly state: string
  readonly priority: number
}

const key = 'desk_news'

/** Events of requests that nobody need be hidden from, in order. */
export async function newsOf(
  prisma: Database['prisma'],
  look: {
    readonly since: string
    readonly before: Date
    readonly types: readonly EventType[]
    readonly limit: number
  },
): Promise<readonly RequestNews[]> {
  const events = await prisma.event.findMany({
    where: {
      ...{ id: { gt: look.since }, at: { lte: look.before }, type: { in: [...look.types] } },
      ...{ visibility: 'open', requestId: { not: null } },
    },
    orderBy: { id: 'asc' },
    take: look.limit,
    select: { id: true, type: true, staffId: true, requestId: true },
  })
  const requests = await prisma.request.findMany({
    where: { id: { in: events.flatMap(({ requestId }) => requestId ?? []) } },
    select: { id: true, queue: true, ownerId: true, state: true, priority: true },
  })
  return events.flatMap((event) => {
    const request = requests.find(({ id }) => id === event.requestId)
    if (!request) return []
    return {
      ...{ event: event.id, request: request.id, queue: request.queue, state: request.state },
      // Types were written from the union.
      type: event.type as EventType,
      by: event.staffId ?? undefined,
      owner: request.ownerId ?? undefined,
      priority: request.priority,
    }
  })
}

/** The last event that was looked at; never further back than `fresh` milliseconds, and at first from now on. */
export async function readNewsCursor(prisma: Client, clock: Clock, fresh: number): Promise<string> {
  const value = (await prisma.setting.findUnique({ where: { key } }))?.value
  const now = clock.now().getTime()
  if (typeof value !== 'string') {
    const first = uuid7(now, Buffer.alloc(10))
    await writeNewsCursor(prisma, first)
    return first
  }
  const oldest = uuid7(now - fresh, Buffer.alloc(10))
  return [value, oldest].sort().at(-1) ?? value
}

export async function writeNewsCursor(prisma: Client, event: string): Promise<void> {
  await prisma.setting.upsert({ where: { key }, create: { key, value: event }, update: { value: event } })
}
