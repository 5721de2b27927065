/**
 * Which requests staff in chats are told of: new ones where they sit, ones given to them, and what people write in their
 * own. History is the source: from the last event that was looked at, so that a restart loses nothing and tells nothing
 * twice. Out of hours only danger is told; the rest waits for the morning.
 */
import { DateTime } from 'luxon'
import type { EventType } from '../core/event.ts'
import { homeCountry, nightIn } from '../core/night.ts'
import { awayAt } from '../store/absence.ts'
import { requestsInChatOf } from '../store/access.ts'
import type { Database } from '../store/database.ts'
import { newsOf, type RequestNews, readNewsCursor, writeNewsCursor } from '../store/desk-news.ts'
import { listChats, type StaffChat } from '../store/staff-chat.ts'
import { queueChatMessages } from '../store/staff-chat-message.ts'
import type { Clock } from '../world.ts'

type Parts = Pick<Database, 'prisma' | 'keys'> & { readonly clock: Clock }

/** What happened longer ago is no news. */
const fresh = 12 * 60 * 60_000
/** An event is written a moment after its number was made: those that are younger are left to the next round. */
const settle = 2_000
/** What a person writes bit by bit is one notice. */
const quiet = 30 * 60_000
const atOnce = 200

const told: readonly EventType[] = [
  'request_opened',
  'request_taken',
  'request_assigned',
  'request_returned',
  'request_handed_over',
  'request_joined',
]

/** Puts notices in line for what happened since the last call. */
export async function gatherNews(parts: Parts): Promise<void> {
  const { prisma, clock } = parts
  const now = clock.now()
  const chats = await listChats(parts, now)
  if (chats.length === 0) return
  const since = await readNewsCursor(prisma, clock, fresh)
  const news = await newsOf(prisma, {
    since,
    before: new Date(now.getTime() - settle),
    types: told,
    limit: atOnce,
  })
  const last = news.at(-1)
  if (!last) return
  const away = await awayAt(prisma, now)
  const wanted = new Map<string, { chat: StaffChat; news: RequestNews }>()
  for (const one of news) {
    for (const chat of chats) {
      const here = one.priority === 0 || !away.has(chat.staff.id)
      if (here && concerns(one, chat)) wanted.set(`${chat.id} ${one.request}`, { chat, news: one })
    }
  }
  const messages: Parameters<typeof queueChatMessages>[2][number][] = []
  for (const { chat, news: one } of wanted.values()) {
    if (!(await isToBeTold(prisma, chat, one.request, now))) continue
    const sendAt = one.priority === 0 ? now : dayAt(now)
    messages.push({ chat: chat.id, purpose: 'notice', request: one.request, sendAt })
  }
  await prisma.$transaction(async (db) => {
    if (messages.length > 0) await queueChatMessages(db, clock, messages)
    await writeNewsCursor(db, last.event)
  })
}

/** Nobody is told of what they did themselves, or of what a colleague has. */
function concerns(news: RequestNews, { staff }: StaffChat): boolean {
  if (news.by === staff.id || news.state === 'closed') return false
  if (news.owner !== undefined) return news.owner === staff.id
  return news.type !== 'request_joined' && staff.queues.includes(news.queue)
}

/** Of what may be named in a chat at all, and not again of what they heard of just now. */
async function isToBeTold(
  prisma: Database['prisma'],
  { id, staff }: StaffChat,
  request: string,
  now: Date,
): Promise<boolean> {
  const [seen, before] = await Promise.all([
    prisma.request.findFirst({
      where: { AND: [{ id: request }, requestsInChatOf(staff)] },
      select: { id: true },
    }),
    prisma.staffChatMessage.findFirst({
      where: {
        ...{ chatId: id, requestId: request, purpose: 'notice' },
        createdAt: { gt: new Date(now.getTime() - quiet) },
      },
      select: { id: true },
    }),
  ])
  return seen !== null && before === null
}

/** Now, or in the morning when it is night. */
function dayAt(now: Date): Date {
  if (nightIn(homeCountry, now) === undefined) return now
  const morning = DateTime.fromJSDate(now, { zone: 'Africa/Bamako' }).set({
    ...{ hour: 7, minute: 0, second: 0, millisecond: 0 },
  })
  return (morning.toMillis() > now.getTime() ? morning : morning.plus({ days: 1 })).toJSDate()
}
