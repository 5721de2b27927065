/**
 * Telegram's updates, read purely: Update -> arrivals, news of an address, presses to acknowledge. Nothing in here
 * throws, whatever it is given: an update that cannot be read is confirmed and forgotten, or it would come for ever.
 */
import { z } from 'zod'
import { readCardCode } from '../core/card.ts'
import type { Content, FileHandle, Incoming } from '../core/message.ts'
import type { AddressNews } from './contract.ts'

/** What one update holds for us; empty for groups, channels, other bots and what nobody needs to know. */
export type Read = {
  readonly arrivals: readonly Incoming[]
  readonly news: readonly AddressNews[]
  /** The id of a press: its waiting sign in the app goes when we answer. */
  readonly press?: string
}

/** Telegram's own limit is 4096; what is longer did not come from the app. */
const longestText = 8192
const longestName = 120

/** A member that has not the shape we know counts as absent, so that the rest of the message is still heard. */
function lenient<T extends z.ZodType>(shape: T) {
  return shape.optional().catch(undefined)
}

const wholeNumber = z.int()
const words = z.string().transform((text) => wellFormed(text).slice(0, longestText))
const shortWords = z.string().transform((text) => wellFormed(text).slice(0, longestName))

const file = z.object({
  file_id: z.string().min(1).max(1024),
  file_size: lenient(wholeNumber),
  mime_type: lenient(shortWords),
  duration: lenient(z.number()),
  file_name: lenient(shortWords),
})
type TheirFile = z.infer<typeof file>

const chat = z.object({ id: wholeNumber, type: z.string() })
const user = z.object({
  id: wholeNumber,
  is_bot: lenient(z.boolean()),
  first_name: lenient(shortWords),
  last_name: lenient(shortWords),
})
const location = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  live_period: lenient(z.number()),
})

const message = z.object({
  message_id: wholeNumber,
  date: lenient(wholeNumber),
  edit_date: lenient(wholeNumber),
  chat,
  from: lenient(user),
  text: lenient(words),
  caption: lenient(words),
  voice: lenient(file),
  audio: lenient(file),
  photo: lenient(z.array(file)),
  video: lenient(file),
  video_note: lenient(file),
  document: lenient(file),
  location: lenient(location),
  venue: lenient(z.object({ title: lenient(words) })),
  contact: lenient(
    z.object({
      phone_number: z.string().min(1).max(40),
      first_name: lenient(shortWords),
      user_id: lenient(wholeNumber),
    }),
  ),
  reply_to_message: lenient(z.object({ message_id: wholeNumber })),
})
type TheirMessage = z.infer<typeof message>

const update = z.object({
  message: lenient(message),
  edited_message: lenient(message),
  callback_query: lenient(
    z.object({
      id: z.string().min(1),
      from: user,
      message: lenient(z.object({ message_id: wholeNumber, chat })),
      data: lenient(z.string()),
    }),
  ),
  my_chat_member: lenient(
    z.object({ chat, new_chat_member: z.object({ status: z.string(), user: lenient(user) }) }),
  ),
})

/** Reads one update of the account `channel`; `now` stands in where Telegram tells no time, as for presses. */
export function readUpdate(received: unknown, channel: string, now: Date): Read {
  const parsed = update.safeParse(received)
  if (!parsed.success) return { arrivals: [], news: [] }
  const {
    message: said,
    edited_message: edited,
    callback_query: pressed,
    my_chat_member: member,
  } = parsed.data
  if (pressed) return { arrivals: readPress(pressed, channel, now), news: [], press: pressed.id }
  if (member) return { arrivals: [], news: readMember(member, channel) }
  if (said) return { arrivals: readMessage(said, memberOf(received, 'message'), channel, now), news: [] }
  // A shared live position "edits" its message every few seconds; where somebody was first is enough.
  if (edited && !edited.location) {
    return { arrivals: readMessage(edited, memberOf(received, 'edited_message'), channel, now), news: [] }
  }
  return { arrivals: [], news: [] }
}

/** The update's number, for the offset; undefined when there is none. */
export function updateId(received: unknown): number | undefined {
  const id = memberOf(received, 'update_id')
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined
}

function readMessage(it: TheirMessage, raw: unknown, channel: string, now: Date): Incoming[] {
  if (it.chat.type !== 'private' || it.from?.is_bot) return []
  const content = contentOf(it, raw)
  if (!content) return []
  const edit = it.edit_date ?? 0
  return [
    {
      channel,
      from: String(it.chat.id),
      externalId: String(it.message_id),
      edit,
      sentAt: moment(edit || it.date, now),
      content,
      quotes: it.reply_to_message && String(it.reply_to_message.message_id),
      displayName: nameOf(it.from),
      phone: content.kind === 'contact' && content.own ? international(content.phone) : undefined,
    },
  ]
}

function contentOf(it: TheirMessage, raw: unknown): Content | undefined {
  if (it.text !== undefined && it.text.trim() !== '') return { kind: 'text', text: withoutSlash(it.text) }
  const found = fileOf(it)
  if (found) return { kind: 'file', file: found, text: it.caption || undefined }
  if (it.location) {
    const { latitude, longitude } = it.location
    return { kind: 'location', latitude, longitude, text: it.venue?.title || undefined }
  }
  if (it.contact) {
    const own = it.contact.user_id !== undefined && it.contact.user_id === it.from?.id
    return { kind: 'contact', phone: it.contact.phone_number, name: it.contact.first_name, own }
  }
  const theirs = strangeMember(raw)
  return theirs === undefined ? undefined : { kind: 'unsupported', theirs }
}

function fileOf(it: TheirMessage): FileHandle | undefined {
  if (it.voice) return handle('voice', it.voice)
  if (it.audio) return handle('audio', it.audio)
  // Telegram sends one photo in several sizes, smallest first.
  const photo = it.photo?.at(-1)
  if (photo) return handle('photo', { ...photo, mime_type: 'image/jpeg' })
  const video = it.video ?? it.video_note
  if (video) return handle('video', video)
  // A GIF comes as animation and, for older apps, as a document too.
  return it.document && handle('document', it.document)
}

function handle(kind: FileHandle['kind'], it: TheirFile): FileHandle {
  return {
    kind,
    handle: it.file_id,
    mime: it.mime_type,
    bytes: it.file_size,
    seconds: it.duration,
    name: it.file_name,
  }
}

type Press = {
  id: string
  from: z.infer<typeof user>
  message?: { message_id: number; chat: Chat }
  data?: string
}
type Chat = z.infer<typeof chat>

/** A press carries `list:number`, as telegram-send.ts wrote it; other data came from a keyboard we do not know. */
function readPress(it: Press, channel: string, now: Date): Incoming[] {
  if (it.message?.chat.type !== 'private' || it.from.is_bot) return []
  const choice = /^([^:]{1,60}):([1-9]\d{0,2})$/.exec(it.data ?? '')
  const list = choice?.[1]
  const content: Content =
    list === undefined
      ? { kind: 'unsupported', theirs: 'callback_query' }
      : { kind: 'choice', list, number: Number(choice?.[2]) }
  return [
    {
      channel,
      from: String(it.message.chat.id),
      // Unique for each press; the prefix keeps it apart from message numbers.
      externalId: `press-${it.id}`,
      edit: 0,
      sentAt: now,
      content,
      quotes: String(it.message.message_id),
      displayName: nameOf(it.from),
    },
  ]
}

function readMember(it: { chat: Chat; new_chat_member: { status: string } }, channel: string): AddressNews[] {
  if (it.chat.type !== 'private') return []
  const from = String(it.chat.id)
  switch (it.new_chat_member.status) {
    case 'kicked':
      return [{ channel, from, news: 'blocked' }]
    case 'member':
      return [{ channel, from, news: 'unblocked' }]
    default:
      return []
  }
}

/** Telegram's commands mean the word behind the slash: "/start x7" is what its start button sends. */
function withoutSlash(text: string): string {
  const command = /^\/([a-z_]{1,32})(?:@\w+)?(\s[\s\S]*)?$/i.exec(text.trim())
  const word = command?.[1]
  if (word === undefined) return text
  // The start link of an invitation card carries its code; every other parameter says nothing.
  if (word.toLowerCase() === 'start') return readCardCode(command?.[2] ?? '') ?? 'start'
  return `${word}${command?.[2] ?? ''}`
}

/** Members that every message may have, and notes of the app about the chat itself: none of them says anything. */
const silentMembers = new Set(
  (
    'message_id date edit_date chat from text caption sender_chat sender_boost_count author_signature via_bot ' +
    'reply_to_message quote external_reply reply_markup forward_origin forward_from forward_from_chat ' +
    'forward_date forward_sender_name forward_signature forward_from_message_id is_automatic_forward ' +
    'has_protected_content has_media_spoiler show_caption_above_media media_group_id effect_id entities ' +
    'caption_entities link_preview_options message_thread_id is_topic_message business_connection_id ' +
    'pinned_message message_auto_delete_timer_changed chat_background_set write_access_allowed ' +
    'connected_website proximity_alert_triggered migrate_to_chat_id migrate_from_chat_id'
  ).split(' '),
)

/** The name of what we cannot read (sticker, poll, ...), by Telegram's own word; undefined when nothing was said. */
function strangeMember(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  return Object.keys(raw).find((key) => /^[a-z_]{1,40}$/.test(key) && !silentMembers.has(key))
}

function nameOf(it: z.infer<typeof user> | undefined): string | undefined {
  const name = [it?.first_name, it?.last_name].filter(Boolean).join(' ').trim()
  return name === '' ? undefined : name.slice(0, longestName)
}

/** Telegram writes numbers with or without the plus, always with the country. */
function international(phone: string): string | undefined {
  const digits = phone.replace(/\D/g, '')
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined
}

function moment(seconds: number | undefined, now: Date): Date {
  if (seconds === undefined || seconds <= 0) return now
  const at = new Date(seconds * 1000)
  return Number.isNaN(at.getTime()) ? now : at
}

/** PostgreSQL refuses NUL in a text, and halves of letters break what comes after. */
function wellFormed(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
}

function memberOf(it: unknown, name: string): unknown {
  return typeof it === 'object' && it !== null ? (it as Record<string, unknown>)[name] : undefined
}
