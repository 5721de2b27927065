/** Telegram's updates to the bot of staff, read purely: what somebody wrote or pressed in a private chat, or a place to leave. */
import { z } from 'zod'

export type Heard =
  | {
      readonly kind: 'wrote'
      readonly chat: number
      readonly message: number
      readonly text: string
      /** The message that it answers. */
      readonly replyTo?: number
      readonly english: boolean
    }
  | {
      readonly kind: 'pressed'
      readonly chat: number
      readonly message: number
      /** To end the waiting sign. */
      readonly press: string
      readonly data: string
    }
  /** A group or a channel: nothing is answered there. */
  | { readonly kind: 'elsewhere'; readonly chat: number }

/** Telegram's own limit is 4096. */
const longestText = 8192

const whole = z.int()
const chat = z.object({ id: whole, type: z.string() })
const user = z.object({
  id: whole,
  is_bot: z.boolean(),
  language_code: z.string().optional().catch(undefined),
})
const message = z.object({
  message_id: whole,
  chat,
  from: user.optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  reply_to_message: z.object({ message_id: whole }).optional().catch(undefined),
})
const update = z.object({
  message: message.optional().catch(undefined),
  callback_query: z
    .object({
      id: z.string(),
      from: user,
      message: message.optional().catch(undefined),
      data: z.string().max(64).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  my_chat_member: z.object({ chat }).optional().catch(undefined),
})

/** What an update holds for us; undefined for everything else. Never throws: it would come again for ever. */
export function readUpdate(given: unknown): Heard | undefined {
  const read = update.safeParse(given)
  if (!read.success) return undefined
  const { message: said, callback_query: press, my_chat_member: member } = read.data
  const place = said?.chat ?? press?.message?.chat ?? member?.chat
  if (place && place.type !== 'private') return { kind: 'elsewhere', chat: place.id }
  if (said?.from && !said.from.is_bot) {
    return {
      kind: 'wrote',
      chat: said.chat.id,
      message: said.message_id,
      text: (said.text ?? '').slice(0, longestText),
      replyTo: said.reply_to_message?.message_id,
      english: said.from.language_code?.startsWith('en') === true,
    }
  }
  if (!press?.message || press.data === undefined) return undefined
  const { message_id, chat: where } = press.message
  return { kind: 'pressed', chat: where.id, message: message_id, press: press.id, data: press.data }
}

/** `/read 123-45-678`, `/read_12345678` and `/read@bot 12345678` alike; undefined for what is no command. */
export function readCommand(text: string): { readonly name: string; readonly rest: string } | undefined {
  const found = /^\/([a-z]+)(?:@\w+)?(?:[\s_]+([\s\S]*))?$/i.exec(text.trim())
  return found?.[1] ? { name: found[1].toLowerCase(), rest: (found[2] ?? '').trim() } : undefined
}
