/**
 * What came before the session was ready, or while it was down: the library tells nothing of it. On every ready the chats
 * with something unread, or younger than what was last stored, are read back to that time.
 */
import type { Client, Message } from 'whatsapp-web.js'
import { isOnePerson } from './parse.ts'
import { within } from './patience.ts'

/** Clocks of phones and of WhatsApp differ, and a message may be delivered late. */
const overlapSeconds = 600
/** A phone that is paired for the first time brings what is unread of the last day, and no older story. */
const firstLookSeconds = 24 * 3600
const atOnce = 50
const mostOfOneChat = 2_000
const chatsLimit = 30_000
const messagesLimit = 60_000

type Chat = { readonly id: string; readonly unread: number; readonly t: number }

/** Since when to look back, in seconds: from the time of the last stored message, a number as text. */
export function lookBackFrom(stored: string | undefined, now: Date): number {
  const last = Number(stored)
  if (stored !== undefined && Number.isFinite(last) && last > 0) return last - overlapSeconds
  return Math.floor(now.getTime() / 1000) - firstLookSeconds
}

/**
 * Brings the messages of each chat since then, chat by chat, each in its order. `bring` gets the library's own data; what
 * was heard before falls away later. One chat that cannot be read does not hide the others; gives how many messages stand
 * unread in those that could not.
 */
export async function lookBack(
  client: Client,
  since: number,
  bring: (data: readonly unknown[]) => Promise<void>,
): Promise<number> {
  let missing = 0
  for (const chat of await chatsSince(client, since)) {
    try {
      await bring(await messagesSince(client, chat, since))
    } catch {
      missing += Math.max(1, chat.unread)
    }
  }
  return missing
}

/** Read in the page: the library's own list asks the network about every group. */
async function chatsSince(client: Client, since: number): Promise<readonly Chat[]> {
  const { pupPage: page } = client
  if (!page) return []
  const read = `window.require('WAWebCollections').Chat.getModelsArray()
    .map((chat) => ({ id: chat.id._serialized, unread: chat.unreadCount || 0, t: chat.t || 0 }))`
  const chats = (await within('chats', chatsLimit, page.evaluate(read))) as readonly Chat[]
  return chats
    .filter(({ id, unread, t }) => isOnePerson(id) && (unread > 0 || t >= since))
    .sort((one, other) => one.t - other.t)
}

async function messagesSince(client: Client, { id, unread }: Chat, since: number) {
  const chat = await within('chat', messagesLimit, client.getChatById(id))
  if (!chat) return []
  for (let limit = Math.max(unread, atOnce); ; limit *= 2) {
    const found = await within('messages', messagesLimit, chat.fetchMessages({ limit }))
    const young = found.filter(({ timestamp }) => !(timestamp < since))
    const whole = young.length < found.length || found.length < limit || limit >= mostOfOneChat
    if (!whole) continue
    // The library shuffles what was said in the same second when it has to cut; the page knows the order.
    const places = new Map((await idsInOrder(client, id)).map((one, place) => [one, place]))
    const place = (message: Message) => places.get(message.id._serialized) ?? 0
    return young
      .toSorted((a, b) => a.timestamp - b.timestamp || place(a) - place(b))
      .map(({ rawData }) => rawData)
  }
}

async function idsInOrder(client: Client, chat: string): Promise<readonly string[]> {
  const read = `(window.require('WAWebCollections').Chat.get(${JSON.stringify(chat)})?.msgs.getModelsArray() ?? [])
    .map((message) => message.id._serialized)`
  const { pupPage: page } = client
  return page ? ((await within('order', chatsLimit, page.evaluate(read))) as readonly string[]) : []
}
