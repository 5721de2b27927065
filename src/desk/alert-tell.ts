/** Tells of an alert in the chat of whoever has one: as a row that the bot's round sends, wherever the bot runs. */
import type { Database } from '../store/database.ts'
import { listChats } from '../store/staff-chat.ts'
import { queueChatMessages } from '../store/staff-chat-message.ts'
import type { Clock } from '../world.ts'

type Parts = Pick<Database, 'prisma' | 'keys'> & { readonly clock: Clock }

/** False when they have linked no chat. */
export function makeAlertTell(parts: Parts) {
  return async (staff: { readonly id: string }, alert: string): Promise<boolean> => {
    const { prisma, clock } = parts
    const sendAt = clock.now()
    const [link] = await listChats(parts, sendAt, [staff.id])
    if (!link) return false
    await queueChatMessages(prisma, clock, [{ chat: link.id, purpose: 'alert', alert, sendAt }])
    return true
  }
}
