/**
 * What the library tells of a message, read purely. Only conversations with one person count: groups, status, broadcasts,
 * newsletters and the notes of the app about itself are nothing. The id of a message is its stanza id, because the longer
 * form names the chat, which may change from a phone number to a hidden id (`…@lid`) while the message stays the same.
 */
import { z } from 'zod'
import type { Content, FileHandle, Incoming, Typed } from '../../core/message.ts'
import type { Report } from '../contract.ts'

export type Reader = {
  readonly channel: string
  readonly now: Date
  /** The phone behind a hidden id, in digits, where it is known. */
  readonly phoneOf?: (chat: string) => string | undefined
}

/** A message as read: said by the person, or typed by staff on the phone that is paired. */
export type Read =
  | { readonly is: 'said'; readonly incoming: Incoming }
  | { readonly is: 'typed'; readonly typed: Typed }

const longestText = 8192
const longestName = 120

function lenient<T extends z.ZodType>(shape: T) {
  return shape.optional().catch(undefined)
}

const words = z.string().transform((text) => wellFormed(text).slice(0, longestText))
const shortWords = z.string().transform((text) => wellFormed(text).slice(0, longestName))
/** An id of a chat comes as a text or as an object that knows its text. */
const chatId = z
  .union([z.string(), z.object({ _serialized: z.string() }).transform((it) => it._serialized)])
  .pipe(z.string().min(3).max(100))

const key = z.object({
  fromMe: z.boolean(),
  remote: chatId,
  id: z.string().min(1).max(128),
  _serialized: z.string().min(1).max(300),
})

const message = z.object({
  id: key,
  type: z.string().max(40).catch('unknown'),
  body: lenient(words),
  caption: lenient(words),
  t: lenient(z.number().positive()),
  notifyName: lenient(shortWords),
  directPath: lenient(z.string()),
  mimetype: lenient(shortWords),
  filename: lenient(shortWords),
  size: lenient(z.number().int().nonnegative()),
  duration: lenient(z.union([z.string(), z.number()]).transform(Number).pipe(z.number().positive())),
  lat: lenient(z.number().min(-90).max(90)),
  lng: lenient(z.number().min(-180).max(180)),
  loc: lenient(words),
  vcardList: lenient(z.array(z.object({ vcard: z.string().max(20_000) }))),
  quotedStanzaID: lenient(z.string().min(1).max(128)),
  latestEditSenderTimestampMs: lenient(z.number().positive()),
  protocolMessageKey: lenient(z.object({ id: z.string().min(1).max(128) })),
})
type Theirs = z.infer<typeof message>

/** What the app writes into a chat about itself, and what only goes with other messages. */
const silentTypes = new Set([
  ...['gp2', 'e2e_notification', 'notification', 'notification_template', 'call_log', 'protocol', 'debug'],
  ...['broadcast_notification', 'newsletter_notification', 'ciphertext', 'reaction', 'poll_update', 'album'],
  ...['pinned_message', 'keep_in_chat', 'revoked', 'biz_content_placeholder'],
])

/** Reads a message; undefined for what is nothing to us. */
export function readMessage(data: unknown, reader: Reader): Read | undefined {
  const it = message.safeParse(data).data
  if (!it || !isOnePerson(it.id.remote) || silentTypes.has(it.type)) return undefined
  if (it.id.fromMe) return { is: 'typed', typed: typedOf(it, reader) }
  const content = contentOf(it)
  return content && { is: 'said', incoming: incomingOf(it, reader, { content, edit: 0 }) }
}

/** A message that nobody could decrypt yet: somebody wrote, and must not wait for an answer that never comes. */
export function readUndecrypted(data: unknown, reader: Reader): Incoming | undefined {
  const it = message.safeParse(data).data
  if (!it || it.id.fromMe || !isOnePerson(it.id.remote)) return undefined
  return incomingOf(it, reader, { content: { kind: 'unsupported', theirs: 'undecrypted' }, edit: 0 })
}

/** The new wording of a message that the person corrected. */
export function readEdit(data: unknown, reader: Reader): Incoming | undefined {
  const it = message.safeParse(data).data
  if (!it || it.id.fromMe || !isOnePerson(it.id.remote) || silentTypes.has(it.type)) return undefined
  const content = contentOf(it)
  const editedAt = it.latestEditSenderTimestampMs ?? reader.now.getTime()
  return content && incomingOf(it, reader, { content, edit: Math.floor(editedAt / 1000) })
}

/** Later than any correction, and the same however often it is told. */
const takenBack = 9_999_999_999

/** A message that the person took back. */
export function readRevoke(data: unknown, reader: Reader): Incoming | undefined {
  const it = message.safeParse(data).data
  if (!it || it.id.fromMe || !isOnePerson(it.id.remote)) return undefined
  const revoke = { content: { kind: 'unsupported', theirs: 'revoke' }, edit: takenBack } as const
  const incoming = incomingOf(it, reader, revoke)
  return it.protocolMessageKey ? { ...incoming, externalId: it.protocolMessageKey.id } : incoming
}

const reaction = z.object({
  id: z.object({ id: z.string().min(1).max(128) }),
  msgId: key,
  reaction: shortWords,
  senderId: chatId,
  timestamp: lenient(z.number().positive()),
})

/** A thumb under our question may mean yes: a word without words. One that was taken back says nothing. */
export function readReaction(data: unknown, reader: Reader): Incoming | undefined {
  const it = reaction.safeParse(data).data
  if (!it || it.reaction === '' || !isOnePerson(it.msgId.remote) || it.senderId !== it.msgId.remote)
    return undefined
  return {
    channel: reader.channel,
    from: it.msgId.remote,
    externalId: `${it.id.id}:${it.reaction}`,
    edit: 0,
    sentAt: moment(it.timestamp, reader.now),
    content: { kind: 'text', text: it.reaction },
    quotes: it.msgId.id,
    ...phoneIn(it.msgId.remote, reader),
  }
}

/** ACK_ERROR -1, ACK_PENDING 0, ACK_SERVER 1, ACK_DEVICE 2, ACK_READ 3, ACK_PLAYED 4 (the library's MessageAck). */
export function readAck(id: string, ack: number, reader: Reader): Report | undefined {
  const states = ['sent', 'delivered', 'read', 'read'] as const
  const state = states[ack - 1]
  return state && { channel: reader.channel, externalId: id, state, at: reader.now }
}

/** One person, under a phone number or a hidden id; `0@c.us` is WhatsApp itself. */
export function isOnePerson(chat: string): boolean {
  return /^\d+(?::\d+)?@(?:c\.us|lid)$/.test(chat) && !chat.startsWith('0@')
}

/** Whether a message of ours was written on a phone and not by the library, whose ids begin like those of every web client. */
export function isFromPhone(id: string): boolean {
  return !/^3EB0[0-9A-F]{12,24}$/.test(id)
}

function incomingOf(it: Theirs, reader: Reader, said: Pick<Incoming, 'content' | 'edit'>): Incoming {
  return {
    channel: reader.channel,
    from: it.id.remote,
    externalId: it.id.id,
    sentAt: moment(it.t, reader.now),
    ...said,
    quotes: it.quotedStanzaID,
    displayName: it.notifyName || undefined,
    ...phoneIn(it.id.remote, reader),
  }
}

function typedOf(it: Theirs, reader: Reader): Typed {
  const content = contentOf(it) ?? { kind: 'unsupported', theirs: 'unknown' }
  return {
    channel: reader.channel,
    to: it.id.remote,
    externalId: it.id.id,
    at: moment(it.t, reader.now),
    ...(content.kind === 'text' ? { text: content.text } : {}),
    ...(content.kind === 'file' ? { text: content.text, sign: content.file.kind } : {}),
    ...(content.kind === 'text' || content.kind === 'file' ? {} : { sign: content.kind }),
  }
}

function contentOf(it: Theirs): Content | undefined {
  const file = fileOf(it)
  if (file) return { kind: 'file', file, text: it.caption || undefined }
  switch (it.type) {
    case 'chat':
    case 'buttons_response':
    case 'list_response':
    case 'template_button_reply':
      return it.body?.trim() ? { kind: 'text', text: it.body } : undefined
    case 'location':
      if (it.lat === undefined || it.lng === undefined) return { kind: 'unsupported', theirs: 'location' }
      return { kind: 'location', latitude: it.lat, longitude: it.lng, text: it.loc || undefined }
    case 'vcard':
    case 'multi_vcard':
      return cardOf(it.vcardList?.[0]?.vcard ?? it.body ?? '', it.id.remote)
    default:
      return { kind: 'unsupported', theirs: /^[a-z_0-9]{1,40}$/.test(it.type) ? it.type : 'unknown' }
  }
}

const fileKinds: Readonly<Record<string, FileHandle['kind']>> = {
  ptt: 'voice',
  audio: 'audio',
  image: 'photo',
  video: 'video',
  ptv: 'video',
  document: 'document',
}

/** Without a path there is nothing to fetch: seen once and gone, or never loaded. */
function fileOf(it: Theirs): FileHandle | undefined {
  const kind = fileKinds[it.type]
  if (!kind || it.directPath === undefined) return undefined
  const { _serialized: handle } = it.id
  return { kind, handle, mime: it.mimetype, bytes: it.size, seconds: it.duration, name: it.filename }
}

/** A contact card is a vCard; the number that WhatsApp vouches for stands as `waid`. */
function cardOf(vcard: string, from: string): Content {
  const waid = /waid=(\d{6,15})/.exec(vcard)?.[1]
  const phone = waid === undefined ? /^(?:item\d+\.)?TEL[^:\n]*:(.+)$/m.exec(vcard)?.[1] : `+${waid}`
  if (phone === undefined) return { kind: 'unsupported', theirs: 'vcard' }
  const name = /^FN[^:\n]*:(.+)$/m.exec(vcard)?.[1]?.trim()
  return {
    kind: 'contact',
    phone: phone.trim().slice(0, 40),
    name: name === undefined ? undefined : wellFormed(name).slice(0, longestName),
    own: waid !== undefined && from === `${waid}@c.us`,
  }
}

function phoneIn(chat: string, { phoneOf }: Reader): Pick<Incoming, 'phone'> {
  const digits = /^(\d{6,15})(?::\d+)?@c\.us$/.exec(chat)?.[1] ?? phoneOf?.(chat)
  return digits === undefined ? {} : { phone: `+${digits}` }
}

function moment(seconds: number | undefined, now: Date): Date {
  const at = new Date((seconds ?? Number.NaN) * 1000)
  return Number.isNaN(at.getTime()) || at.getTime() <= 0 ? now : at
}

/** PostgreSQL refuses NUL in a text, and halves of letters break what comes after. */
function wellFormed(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
}
