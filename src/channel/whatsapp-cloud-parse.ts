/**
 * What Meta's web hook brings, read purely: body -> arrivals, reports and news of an address. One body may hold several accounts, changes,
 * messages and statuses; what has not the shape we know counts as absent, so that the rest is still heard. Nothing in here
 * throws, or one odd message would come again for days.
 *
 * People with a user name may have no phone number: an address is the `user_id` where Meta tells one, else the number.
 */
import { z } from 'zod'
import type { Content, FileHandle, Incoming } from '../core/message.ts'
import type { FailureCode } from '../failure.ts'
import type { AddressNews, Report } from './contract.ts'
import { failureCodeOf } from './whatsapp-cloud-failure.ts'

export type Read = {
  readonly arrivals: readonly Incoming[]
  readonly reports: readonly Report[]
  readonly news: readonly AddressNews[]
}

/** Who reads: our channel row, and the number's id at Meta; what was said to other numbers of the account is not ours. */
export type Reader = { readonly channel: string; readonly phoneId: string; readonly now: Date }

const longestText = 8192
const longestName = 120

function lenient<T extends z.ZodType>(shape: T) {
  return shape.optional().catch(undefined)
}

const words = z.string().transform((text) => wellFormed(text).slice(0, longestText))
const shortWords = z.string().transform((text) => wellFormed(text).slice(0, longestName))
const theirId = z.string().min(1).max(512)
/** Numbers come as digits; an example of Meta's own gives them as a number. */
const digits = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{6,15}$/))

const file = z.object({
  id: theirId,
  mime_type: lenient(shortWords),
  sha256: lenient(z.string().max(100)),
  caption: lenient(words),
  filename: lenient(shortWords),
  voice: lenient(z.boolean()),
})
type TheirFile = z.infer<typeof file>

const pick = z.object({ id: z.string().max(256), title: lenient(shortWords) })

/** What a message says, without who said it: an edited one has it inside. */
const said = z.object({
  type: z.string().max(40).catch('unknown'),
  context: lenient(z.object({ id: lenient(theirId) })),
  text: lenient(z.object({ body: words })),
  image: lenient(file),
  audio: lenient(file),
  video: lenient(file),
  document: lenient(file),
  location: lenient(
    z.object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: lenient(words),
    }),
  ),
  contacts: lenient(
    z.array(
      z.object({
        name: lenient(z.object({ formatted_name: lenient(shortWords) })),
        phones: lenient(z.array(z.object({ phone: lenient(z.string().max(40)), wa_id: lenient(digits) }))),
      }),
    ),
  ),
  button: lenient(z.object({ text: lenient(words), payload: lenient(words) })),
  interactive: lenient(z.object({ button_reply: lenient(pick), list_reply: lenient(pick) })),
  reaction: lenient(z.object({ message_id: lenient(theirId), emoji: lenient(shortWords) })),
  system: lenient(
    z.object({ type: lenient(z.string().max(40)), wa_id: lenient(digits), new_wa_id: lenient(digits) }),
  ),
})
type Said = z.infer<typeof said>

const message = said.extend({
  id: theirId,
  from: lenient(digits),
  from_user_id: lenient(theirId),
  timestamp: lenient(z.union([z.string(), z.number()])),
  edit: lenient(z.object({ original_message_id: theirId, message: said })),
  revoke: lenient(z.object({ original_message_id: theirId })),
})
type TheirMessage = z.infer<typeof message>

const contact = z.object({
  wa_id: lenient(digits),
  user_id: lenient(theirId),
  profile: lenient(z.object({ name: lenient(shortWords) })),
})

const status = z.object({
  id: theirId,
  status: z.string(),
  recipient_id: lenient(digits),
  recipient_user_id: lenient(theirId),
  timestamp: lenient(z.union([z.string(), z.number()])),
  errors: lenient(z.array(z.object({ code: z.number() }))),
})

/** A list in which whatever cannot be read is left out. */
function readable<T extends z.ZodType>(shape: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((all) => all.flatMap((one) => shape.safeParse(one).data ?? []))
}

const value = z.object({
  metadata: z.object({ phone_number_id: theirId }),
  contacts: readable(contact),
  messages: readable(message),
  statuses: readable(status),
})
const body = z.object({
  entry: readable(z.object({ changes: readable(z.object({ field: z.string(), value })) })),
})

/** What one body says of messages, of whatever number. */
export type SaidValues = readonly z.infer<typeof value>[]

export function valuesOf(received: unknown): SaidValues {
  const changes = body.safeParse(received).data?.entry.flatMap((entry) => entry.changes) ?? []
  return changes.filter(({ field }) => field === 'messages').map((change) => change.value)
}

/** Reads one body for one number, in its order. */
export function readHook(all: SaidValues, reader: Reader): Read {
  const values = all.filter(({ metadata }) => metadata.phone_number_id === reader.phoneId)
  const statuses = values.flatMap((it) => it.statuses)
  return {
    arrivals: values.flatMap((it) => it.messages.flatMap((one) => readMessage(one, it.contacts, reader))),
    reports: statuses.flatMap((one) => readStatus(one, reader)),
    news: [
      ...values.flatMap((it) => it.messages.flatMap((one) => readSystem(one, reader))),
      ...statuses.flatMap((one) => readNews(one, reader)),
    ],
  }
}

function readMessage(
  it: TheirMessage,
  contacts: readonly z.infer<typeof contact>[],
  reader: Reader,
): Incoming[] {
  const who = contacts.find((one) => one.wa_id !== undefined && one.wa_id === it.from) ?? contacts[0]
  const from = it.from_user_id ?? who?.user_id ?? it.from
  const found = contentOf(it)
  if (from === undefined || !found) return []
  const { content, original } = found
  const sentAt = moment(it.timestamp, reader.now)
  return [
    {
      channel: reader.channel,
      from,
      externalId: original ?? it.id,
      edit: original === undefined ? 0 : Math.floor(sentAt.getTime() / 1000),
      sentAt,
      content,
      quotes: it.reaction?.message_id ?? it.context?.id,
      displayName: who?.profile?.name || undefined,
      phone: it.from && `+${it.from}`,
    },
  ]
}

/** What was said; `original` is the message that it corrects or takes back. */
function contentOf(it: TheirMessage): { readonly content: Content; readonly original?: string } | undefined {
  if (it.edit) {
    const content = sayingOf(it.edit.message, it.from)
    return content && { content, original: it.edit.original_message_id }
  }
  if (it.revoke) {
    return {
      content: { kind: 'unsupported', theirs: 'revoke' },
      original: it.revoke.original_message_id,
    }
  }
  const content = sayingOf(it, it.from)
  return content && { content }
}

function sayingOf(it: Said, from: string | undefined): Content | undefined {
  const text = it.text?.body ?? it.button?.text ?? it.button?.payload
  if (text?.trim()) return { kind: 'text', text }
  const chosen = it.interactive?.button_reply ?? it.interactive?.list_reply
  if (chosen) return choiceOf(chosen)
  const found = fileOf(it)
  if (found) return { kind: 'file', file: found.handle, text: found.caption || undefined }
  if (it.location) {
    const { latitude, longitude, name } = it.location
    return { kind: 'location', latitude, longitude, text: name || undefined }
  }
  const card = it.contacts?.[0]
  const number = card?.phones?.[0]
  const phone = number?.phone ?? (number?.wa_id && `+${number.wa_id}`)
  if (phone) {
    const own = number?.wa_id !== undefined && number.wa_id === from
    return { kind: 'contact', phone, name: card?.name?.formatted_name, own }
  }
  // A reaction is a word without words: a thumb under our question may mean yes. One that was taken back says nothing.
  if (it.type === 'reaction')
    return it.reaction?.emoji ? { kind: 'text', text: it.reaction.emoji } : undefined
  // Notes of the app about the chat itself: readSystem.
  if (it.type === 'system') return undefined
  return { kind: 'unsupported', theirs: /^[a-z_]{1,40}$/.test(it.type) ? it.type : 'unknown' }
}

/** A press carries `list:number`, as whatsapp-cloud-send.ts wrote it; of other buttons the label is what was meant. */
function choiceOf({ id, title }: z.infer<typeof pick>): Content {
  const [, list, number] = /^([^:]{1,60}):([1-9]\d{0,2})$/.exec(id) ?? []
  if (list !== undefined) return { kind: 'choice', list, number: Number(number) }
  return title ? { kind: 'text', text: title } : { kind: 'unsupported', theirs: 'interactive' }
}

function fileOf(it: Said): { readonly handle: FileHandle; readonly caption?: string } | undefined {
  const of = (kind: FileHandle['kind'], theirs: TheirFile) => ({
    handle: { kind, handle: theirs.id, mime: theirs.mime_type, name: theirs.filename },
    caption: theirs.caption,
  })
  if (it.audio) return of(it.audio.voice ? 'voice' : 'audio', it.audio)
  if (it.image) return of('photo', it.image)
  if (it.video) return of('video', it.video)
  return it.document && of('document', it.document)
}

const states: Readonly<Record<string, Report['state']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // A voice note that was heard.
  played: 'read',
  failed: 'failed',
}

function readStatus(it: z.infer<typeof status>, { channel, now }: Reader): Report[] {
  const state = states[it.status]
  if (!state) return []
  const at = moment(it.timestamp, now)
  const code = it.errors?.[0]?.code
  const failure: FailureCode | undefined =
    state === 'failed' && code !== undefined ? failureCodeOf(code) : undefined
  return [{ channel, externalId: it.id, state, at, ...(failure ? { failure } : {}) }]
}

/** "System messages": somebody moved to another number, or another phone or person is behind this one. */
function readSystem(it: TheirMessage, { channel }: Reader): AddressNews[] {
  const from = it.from_user_id ?? it.from
  const kind = it.system?.type ?? ''
  if (it.type !== 'system' || from === undefined) return []
  if (/changed_(number|user_id)$/.test(kind)) {
    const to = it.system?.new_wa_id ?? it.system?.wa_id
    return [{ channel, from, news: 'number_changed', ...(to && to !== from ? { to } : {}) }]
  }
  return /identity_changed$/.test(kind) ? [{ channel, from, news: 'identity_changed' }] : []
}

/** Meta never says that somebody blocked us; it says that what we sent cannot be delivered to them. */
function readNews(it: z.infer<typeof status>, { channel }: Reader): AddressNews[] {
  const from = it.recipient_user_id ?? it.recipient_id
  const unreachable = it.errors?.some(({ code }) => failureCodeOf(code) === 'channel:blocked')
  return from !== undefined && unreachable ? [{ channel, from, news: 'blocked' }] : []
}

function moment(seconds: string | number | undefined, now: Date): Date {
  const at = new Date(Number(seconds) * 1000)
  return Number.isNaN(at.getTime()) || at.getTime() <= 0 ? now : at
}

/** PostgreSQL refuses NUL in a text, and halves of letters break what comes after. */
function wellFormed(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
}
