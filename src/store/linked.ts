/** What belongs to a request and is hidden or shown together with it. */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Request } from '../core/request.ts'
import type { Database } from './database.ts'

/** What somebody said just before their request was opened is its story as much as what came after. */
const storyMilliseconds = 60 * 60_000

/**
 * What is hidden or shown together with a request: its own messages and events, what was said openly in the hour before it
 * and belongs to no other, and what else happened in the same turns, because an answer kept there repeats the words.
 */
export async function linkedRows(
  prisma: Database['prisma'],
  { id, address, person, openedAt }: Pick<Request, 'id' | 'address' | 'person' | 'openedAt'>,
): Promise<{ readonly messages: readonly string[]; readonly events: readonly string[] }> {
  const from = new Date(openedAt.getTime() - storyMilliseconds)
  const own: Prisma.MessageWhereInput = { requestId: id }
  const story: Prisma.MessageWhereInput = {
    ...{ addressId: address, requestId: null, visibility: 'open' },
    createdAt: { gte: from, lte: openedAt },
    OR: [{ personId: person ?? null }, { personId: null }],
  }
  const [messages, told] = await Promise.all([
    prisma.message.findMany({
      where: address === undefined ? own : { OR: [own, story] },
      select: { id: true, turnId: true },
    }),
    prisma.event.findMany({ where: { requestId: id }, select: { id: true, turnId: true } }),
  ])
  const turns = [...new Set([...messages, ...told].map(({ turnId }) => turnId))]
  const beside = await prisma.event.findMany({
    where: { turnId: { in: turns }, requestId: null, addressId: address },
    select: { id: true },
  })
  return {
    messages: messages.map((message) => message.id),
    events: [...told, ...beside].map((event) => event.id),
  }
}
