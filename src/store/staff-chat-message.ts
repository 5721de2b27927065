/** What stands or is to stand in the chats of staff: to be sent, answered to, and taken away again. */
import type pg from 'pg'
import type { Clock } from '../world.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { chatOf } from './staff-chat.ts'

type Part = Pick<Database, 'pool' | 'prisma' | 'keys'>

/** notice, alert, warning, trial are sent by a round; the others stand in the chat when they are kept. */
export type ChatPurpose =
  | 'notice'
  | 'alert'
  | 'warning'
  | 'trial'
  | 'read'
  | 'answer'
  | 'close'
  | 'off'
  | 'said'

export type ChatMessage = {
  readonly id: string
  readonly purpose: ChatPurpose
  readonly request?: string
  readonly alert?: string
  readonly message?: number
  /** An answer that waits for its confirmation. */
  readonly text?: string
  /** What staff had said last when it was written. */
  readonly seen?: string
}

/** Keeps a message that stands in a chat; the same one again is not kept twice. Gives its id. */
export async function keepChatMessage(
  { prisma, keys }: Pick<Part, 'prisma' | 'keys'>,
  clock: Clock,
  it: Omit<ChatMessage, 'id' | 'message'> & {
    readonly id?: string
    readonly chat: string
    readonly message: number
    readonly deleteAt?: Date
  },
): Promise<string> {
  const { chat: chatId, purpose, message: messageId } = it
  const known = await prisma.staffChatMessage.findFirst({ where: { chatId, purpose, messageId } })
  if (known) return known.id
  const id = it.id ?? clock.id()
  const { keyId } = await prisma.staffChat.findUniqueOrThrow({
    where: { id: chatId },
    select: { keyId: true },
  })
  if (it.text !== undefined) await keys.load([keyId])
  await prisma.staffChatMessage.create({
    data: {
      ...{ id, chatId, purpose, messageId, state: 'sent', createdAt: clock.now() },
      ...{ requestId: it.request ?? null, seenId: it.seen ?? null, deleteAt: it.deleteAt ?? null },
      bodyEnc:
        it.text === undefined
          ? null
          : new Uint8Array(keys.encrypt(keyId, placeOf('staff_chat_message', 'body_enc', id), it.text)),
    },
  })
  return id
}

/** A message of this chat, by its id or by its number there; undefined for one of another chat. */
export async function findChatMessage(
  { prisma, keys }: Pick<Part, 'prisma' | 'keys'>,
  chat: string,
  which: { readonly id: string } | { readonly message: number },
): Promise<ChatMessage | undefined> {
  const place = 'id' in which ? { id: which.id } : { messageId: which.message, requestId: { not: null } }
  const row = await prisma.staffChatMessage.findFirst({
    where: { chatId: chat, ...place },
    include: { chat: { select: { keyId: true } } },
  })
  if (!row) return undefined
  if (row.bodyEnc) await keys.load([row.chat.keyId])
  return {
    id: row.id,
    // Written from the union.
    purpose: row.purpose as ChatPurpose,
    request: row.requestId ?? undefined,
    alert: row.alertId ?? undefined,
    message: row.messageId ?? undefined,
    text: keys.read(row.chat.keyId, placeOf('staff_chat_message', 'body_enc', row.id), row.bodyEnc),
    seen: row.seenId ?? undefined,
  }
}

/** Forgets the words of an answer that went or was given up. */
export async function forgetText(prisma: Database['prisma'], id: string): Promise<void> {
  await prisma.staffChatMessage.updateMany({ where: { id }, data: { bodyEnc: null } })
}

/** Puts messages in line for the round. */
export async function queueChatMessages(
  prisma: Pick<Database['prisma'], 'staffChatMessage'>,
  clock: Clock,
  all: readonly {
    readonly chat: string
    readonly purpose: 'notice' | 'alert' | 'warning'
    readonly request?: string
    readonly alert?: string
    readonly sendAt: Date
  }[],
): Promise<void> {
  await prisma.staffChatMessage.createMany({
    data: all.map((it) => ({
      ...{ id: clock.id(), chatId: it.chat, purpose: it.purpose, state: 'queued', sendAt: it.sendAt },
      ...{ requestId: it.request ?? null, alertId: it.alert ?? null, createdAt: clock.now() },
    })),
  })
}

/** Puts words in line that somebody wants to see as others would; they are forgotten here once they stand there. */
export async function queueTrial(
  { prisma, keys }: Pick<Part, 'prisma' | 'keys'>,
  clock: Clock,
  chat: string,
  text: string,
): Promise<void> {
  const id = clock.id()
  const { keyId } = await prisma.staffChat.findUniqueOrThrow({ where: { id: chat }, select: { keyId: true } })
  await keys.load([keyId])
  const bodyEnc = new Uint8Array(keys.encrypt(keyId, placeOf('staff_chat_message', 'body_enc', id), text))
  const at = clock.now()
  await prisma.staffChatMessage.create({
    data: { id, chatId: chat, purpose: 'trial', state: 'queued', sendAt: at, createdAt: at, bodyEnc },
  })
}

/** One that is due, taken for a try; after the last it is dropped. */
export type DueMessage = {
  readonly id: string
  readonly chat: string
  readonly purpose: 'notice' | 'alert' | 'warning' | 'trial'
  readonly request?: string
  readonly alert?: string
}

const triesAtMost = 6

export async function claimChatMessages(
  pool: pg.Pool,
  now: Date,
  limit: number,
): Promise<readonly DueMessage[]> {
  const { rows } = await pool.query<Record<'id' | 'chat' | 'purpose' | 'request' | 'alert', string | null>>({
    name: 'staff_chat_claim',
    text: `update staff_chat_message m set attempts = attempts + 1,
        state = case when attempts + 1 > $3 then 'dropped' else state end,
        send_at = $1::timestamptz + attempts * interval '1 minute' + interval '15 seconds'
      where m.id in (select id from staff_chat_message where state = 'queued' and send_at <= $1
        order by send_at limit $2 for update skip locked)
      returning m.id, m.chat_id as chat, m.purpose, m.request_id as request, m.alert_id as alert`,
    values: [now, limit, triesAtMost],
  })
  return rows.map((row) => ({
    id: row.id ?? '',
    chat: row.chat ?? '',
    // Only these are ever queued.
    purpose: row.purpose as DueMessage['purpose'],
    request: row.request ?? undefined,
    alert: row.alert ?? undefined,
  }))
}

/** It stands in the chat, or is not wanted any more; its words are needed here no longer. */
export async function settleChatMessage(
  prisma: Database['prisma'],
  id: string,
  how: { readonly message: number } | 'dropped',
): Promise<void> {
  const data = how === 'dropped' ? { state: how } : { state: 'sent', messageId: how.message }
  await prisma.staffChatMessage.updateMany({ where: { id }, data: { ...data, sendAt: null, bodyEnc: null } })
}

/** What is to be taken away now: what had its ten minutes, and everything with words in a chat whose link is over. */
export async function dueDeletions(
  { pool, keys }: Pick<Part, 'pool' | 'keys'>,
  now: Date,
  limit: number,
): Promise<readonly { readonly id: string; readonly chat: number; readonly message: number }[]> {
  const { rows } = await pool.query<{
    id: string
    message: number
    chat_id: string
    key_id: string
    chat_enc: Buffer
  }>({
    name: 'staff_chat_deletions',
    text: `select m.id, m.message_id as message, m.chat_id, c.key_id, c.chat_enc
      from staff_chat_message m join staff_chat c on c.id = m.chat_id
      where m.delete_at is not null and m.state <> 'gone' and m.message_id is not null
        and (m.delete_at <= $1 or c.ends_at <= $1)
      order by m.delete_at limit $2`,
    values: [now, limit],
  })
  await keys.load(rows.map((row) => row.key_id))
  return rows.flatMap((row) => {
    const chat = chatOf(keys, { id: row.chat_id, keyId: row.key_id, chatEnc: row.chat_enc })
    return chat === undefined ? [] : { id: row.id, chat, message: row.message }
  })
}

/** It stands there no longer; its words are forgotten here as well. */
export async function markGone(prisma: Database['prisma'], id: string): Promise<void> {
  await prisma.staffChatMessage.updateMany({ where: { id }, data: { state: 'gone', bodyEnc: null } })
}

/** What somebody wrote themselves for a request is taken away as well, once it went or was given up. */
export async function takeAwaySaid(
  prisma: Database['prisma'],
  chat: string,
  request: string,
  at: Date,
): Promise<void> {
  await prisma.staffChatMessage.updateMany({
    where: { chatId: chat, requestId: request, purpose: 'said', state: { not: 'gone' } },
    data: { deleteAt: at },
  })
}

/** Closes links that are over once nothing with words stands in them any more: the key of the chat is erased. */
export async function closeChats({ pool, prisma, keys }: Part, now: Date): Promise<void> {
  const { rows } = await pool.query<{ id: string; key_id: string }>({
    name: 'staff_chat_close',
    text: `update staff_chat c set ended_at = $1
      where c.ended_at is null and c.ends_at <= $1
        and not exists (select 1 from staff_chat_message m where m.chat_id = c.id
          and m.delete_at is not null and m.message_id is not null and m.state <> 'gone')
      returning c.id, c.key_id`,
    values: [now],
  })
  for (const { id, key_id } of rows) {
    await prisma.staffChatMessage.updateMany({
      where: { chatId: id, state: 'queued' },
      data: { state: 'dropped', sendAt: null },
    })
    await keys.erase(key_id, now)
  }
}
