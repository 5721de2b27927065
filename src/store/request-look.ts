/**
 * Which of the requests that one may see: a look, narrowed by filters, in an order. Every condition here goes beside that of
 * access, never instead of it. Named with each look is the index that serves it (partial ones: prisma/migrations).
 */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Language } from '../core/language.ts'
import type { NeedCategory } from '../core/need.ts'
import type { QueueKey } from '../core/queue.ts'
import type { Priority, RequestKind } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { isId } from './request.ts'

export type RequestLook =
  | 'mine'
  /** Of one's own queues. */
  | 'queues'
  /** Of one's own queues, taken by nobody. */
  | 'unassigned'
  /** Staff had the last word. */
  | 'waiting'
  | 'overdue'
  /** Put aside until a moment to come. */
  | 'snoozed'
  | 'closed'
  | { readonly queue: QueueKey }

/** Values of one kind are alternatives, kinds of them together narrow. */
export type RequestFilter = {
  readonly queue?: readonly QueueKey[]
  readonly kind?: readonly RequestKind[]
  readonly category?: readonly NeedCategory[]
  readonly priority?: readonly Priority[]
  readonly language?: readonly Language[]
  readonly region?: readonly string[]
  readonly channel?: readonly string[]
  /** Opened within the last day, or longer ago than so many days. */
  readonly age?: Age
  /** Back in the pool because its owner is away. */
  readonly returned?: true
  /** Opened by an answer to this campaign. */
  readonly campaign?: string | undefined
}

export const ages = ['today', 'over_3', 'over_7', 'over_30'] as const
export type Age = (typeof ages)[number]

/** What is due first, or what was opened last; closed ones always by when they were closed, the last first. */
export type RequestOrder = 'due' | 'newest'

const dayMilliseconds = 24 * 60 * 60_000
const daysOf: Readonly<Record<Exclude<Age, 'today'>, number>> = { over_3: 3, over_7: 7, over_30: 30 }

/** The condition of a look. */
export function whereOf(staff: Staff, look: RequestLook, now: Date): Prisma.RequestWhereInput {
  const work: Prisma.RequestWhereInput = { AND: [unfinished, notSnoozed(now)] }
  // request_queue_due, and for many queues request_due.
  if (typeof look === 'object') return { AND: [work, { queue: look.queue }] }
  switch (look) {
    case 'mine':
      // (owner_id, state, due_at).
      return { AND: [work, { ownerId: staff.id }] }
    case 'queues':
      // request_due, or request_queue_due where one's queues hold little.
      return { AND: [work, { queue: { in: [...staff.queues] } }] }
    case 'unassigned':
      // request_unowned.
      return { AND: [work, { ownerId: null, queue: { in: [...staff.queues] } }] }
    case 'waiting':
      // (state, due_at).
      return { AND: [{ state: { in: ['answered', 'waiting'] } }, notSnoozed(now)] }
    case 'overdue':
      // (state, due_at).
      return lateAt(now)
    case 'snoozed':
      // request_snoozed.
      return { AND: [unfinished, { snoozedUntil: { gt: now } }] }
    case 'closed':
      // request_closed.
      return { state: 'closed' }
    default:
      return look satisfies never
  }
}

const unfinished: Prisma.RequestWhereInput = { state: { not: 'closed' } }

/** Not put aside at a moment. */
export function notSnoozed(now: Date): Prisma.RequestWhereInput {
  return { OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: now } }] }
}

/**
 * Late is what staff owe a word on: an answered request waits for the person or for being closed, and one that was put
 * aside is not late, though its due time stands.
 */
export function lateAt(now: Date): Prisma.RequestWhereInput {
  return { state: 'open', dueAt: { lt: now }, ...notSnoozed(now) }
}

/**
 * The condition of filters. Region and kind are looked up in request_narrowed where they leave little; the others are read
 * off the rows that the look's index gives.
 */
export function narrowedBy(filter: RequestFilter | undefined, now: Date): Prisma.RequestWhereInput {
  if (!filter) return {}
  const { queue, kind, category, priority, language, region, channel, age, returned, campaign } = filter
  return {
    ...oneOf('queue', queue),
    ...oneOf('kind', kind),
    ...oneOf('category', category),
    ...(priority ? { priority: { in: [...priority] } } : {}),
    ...oneOf('language', language),
    ...oneOf('region', region),
    ...oneOf('channelKind', channel),
    ...(age ? { openedAt: opened(age, now) } : {}),
    // request_of_campaign.
    ...(campaign ? { campaignId: campaign } : {}),
    ...(returned ? { delayOwedAt: { not: null }, ownerId: null, state: 'open' } : {}),
  }
}

function oneOf<Name extends string>(name: Name, values: readonly string[] | undefined) {
  return values && values.length > 0 ? { [name]: { in: [...values] } } : {}
}

function opened(age: Age, now: Date): Prisma.DateTimeFilter {
  const before = (days: number) => new Date(now.getTime() - days * dayMilliseconds)
  return age === 'today' ? { gte: before(1) } : { lt: before(daysOf[age]) }
}

type Row = {
  readonly id: string
  readonly dueAt: Date
  readonly openedAt: Date
  readonly closedAt: Date | null
}

/** How a look is walked: the order of its rows, the cursor after a row, and what lies beyond one. */
export type Walk = {
  readonly orderBy: Prisma.RequestOrderByWithRelationInput[]
  readonly cursor: (row: Row) => string
  readonly beyond: (after: string | undefined) => Prisma.RequestWhereInput
}

/** The walk of a look in an order. */
export function walkOf(look: RequestLook, order: RequestOrder = 'due'): Walk {
  if (look === 'closed') return walkBy('closedAt', 'desc')
  if (look === 'snoozed') return walkBy('dueAt', 'asc')
  return order === 'newest' ? walkBy('openedAt', 'desc') : walkBy('dueAt', 'asc')
}

function walkBy(time: 'dueAt' | 'openedAt' | 'closedAt', way: 'asc' | 'desc'): Walk {
  const further = way === 'asc' ? 'gt' : 'lt'
  return {
    orderBy: [{ [time]: way }, { id: way }],
    cursor: (row) => `${row[time]?.getTime() ?? 0}_${row.id}`,
    /** A cursor that is none is the first page. */
    beyond(after) {
      const [moment = '', id = ''] = (after ?? '').split('_')
      if (!/^\d{1,15}$/.test(moment) || !isId(id)) return {}
      const at = new Date(Number(moment))
      return { OR: [{ [time]: { [further]: at } }, { [time]: at, id: { [further]: id } }] }
    },
  }
}
