/** What belongs to a request and is hidden or shown together with it. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Request } from '../core/request.ts'
import type { Database } from './database.ts'

/** Ids of the rows that follow a request: messages, events, the requests that have joined it, the feedback it was made of. */
export type Linked = {
  readonly messages: readonly string[]
  readonly events: readonly string[]
  readonly merged: readonly string[]
  readonly feedback: readonly string[]
}

/** What somebody said just before their request was opened is its story as much as what came after. */
const storyMilliseconds = 60 * 60_000

/**
 * What is hidden or shown together with a request: its own messages and events and those of what was merged into it, what
 * was said openly in the hour before it and belongs to no other, and what else happened in the same turns, because an
 * answer or feedback kept there repeats the words.
 */
export async function linkedRows(
  prisma: Database['prisma'],
  { id, address, person, openedAt }: Pick<Request, 'id' | 'address' | 'person' | 'openedAt'>,
): Promise<Linked> {
  const from = new Date(openedAt.getTime() - storyMilliseconds)
  const merged = await mergedInto(prisma, id)
  const whole = { in: [id, ...merged] }
  const own: Prisma.MessageWhereInput = { requestId: whole }
  const story: Prisma.MessageWhereInput = {
    ...{ addressId: address, requestId: null, visibility: 'open' },
    createdAt: { gte: from, lte: openedAt },
    OR: [{ personId: person ?? null }, { personId: null }],
  }
  const [messages, told, feedback] = await Promise.all([
    prisma.message.findMany({
      where: address === undefined ? own : { OR: [own, story] },
      select: { id: true, turnId: true },
    }),
    prisma.event.findMany({ where: { requestId: whole }, select: { id: true, turnId: true } }),
    prisma.feedback.findMany({ where: { requestId: whole }, select: { id: true } }),
  ])
  const turns = [...new Set([...messages, ...told].map(({ turnId }) => turnId))]
  const beside = await prisma.event.findMany({
    // Whoever answers for a child may take back what went out under several matters: they said nothing of any.
    where: { turnId: { in: turns }, requestId: null, addressId: address, type: { not: 'guardian_heard' } },
    select: { id: true, type: true, facts: true },
  })
  const toldThere = beside.flatMap(({ type, facts }) =>
    type === 'feedback_recorded' ? ((facts as { feedback?: string }).feedback ?? []) : [],
  )
  return {
    messages: messages.map((message) => message.id),
    events: [...told, ...beside].map((event) => event.id),
    merged,
    feedback: [...new Set([...feedback.map(({ id: one }) => one), ...toldThere])],
  }
}

/** The requests that have joined this one. Served by the partial index request_merged. */
export async function mergedInto(prisma: Database['prisma'], id: string): Promise<readonly string[]> {
  const rows = await prisma.request.findMany({ where: { mergedIntoId: id }, select: { id: true } })
  return rows.map((row) => row.id)
}
