/**
 * From a spoken message to calls of the library. What the library answers to a send says only that the page took it: the
 * message has gone when WhatsApp acknowledges it.
 */
import library, { type Client, type Message, type MessageSendOptions } from 'whatsapp-web.js'
import type { SentKind, Spoken, SpokenFile } from '../../core/message.ts'
import { Failure } from '../../failure.ts'
import type { Abilities } from '../contract.ts'
import { splitText } from '../split.ts'
import { within } from './patience.ts'

const megabyte = 1024 * 1024

export const whatsappWebAbilities: Abilities = {
  // Buttons and lists of this kind of account are dead: choices are numbered lines.
  buttons: undefined,
  // The app itself takes more; a longer text is no longer read.
  textLength: 4096,
  // What passes through the page as one text in base64: larger ones end the page, whatever the app would take.
  files: { voice: 16 * megabyte, photo: 16 * megabyte, document: 48 * megabyte },
  edits: true,
  typing: true,
}

/** The largest file on a slow line, and the wait for a sign that WhatsApp has it, in milliseconds. */
export const whatsappWebPatience = 420_000

/** One call. */
export type Part = { readonly text: string; readonly file?: SpokenFile }

/** The messages in which it is said; a voice note shows no caption, so its words follow it. */
export function partsOf({ text, file, buttons = [] }: Spoken): readonly Part[] {
  const unlisted = buttons.map((it) => it.label).filter((label) => !text.includes(label))
  const words = [text, ...unlisted].filter((line) => line !== '').join('\n')
  const texts = splitText(words, whatsappWebAbilities.textLength)
    .filter((one) => one !== '')
    .map((one) => ({ text: one }))
  if (!file) return texts
  if (file.kind !== 'voice' && words.length <= longestCaption) return [{ text: words, file }]
  return [{ text: '', file }, ...texts]
}

const longestCaption = 1024
const textLimit = 45_000
const fileLimit = 240_000

/**
 * Gives one part to the page; resolves with the stanza id that it has from then on. Fails with `channel:refused` when
 * nobody has this number, with `channel:unreachable` when the page refused to take it, and with `channel:doubtful`.
 */
export async function say(
  client: Client,
  to: string,
  { text, file }: Part,
  bytes: Buffer | undefined,
): Promise<string> {
  const options: MessageSendOptions = { sendSeen: false, linkPreview: false, parseVCards: false }
  const media = file && bytes ? mediaOf(file, bytes) : undefined
  const given = media
    ? client.sendMessage(to, media, {
        ...options,
        ...(file?.kind === 'voice' ? { sendAudioAsVoice: true } : {}),
        ...(file?.kind === 'document' ? { sendMediaAsDocument: true } : {}),
        ...(text === '' ? {} : { caption: text }),
      })
    : client.sendMessage(to, text, options)
  const message = await within('send', media ? fileLimit : textLimit, given).catch(refusal)
  // The library's types promise a message where its code may give none.
  const id = (message as Message | undefined)?.id.id
  if (id === undefined) throw new Failure('channel:refused', { theirs: 'no such chat' })
  return id
}

/** A line that breaks says nothing of what was under way; an error from inside the page says that it was not taken. */
function refusal(error: unknown): never {
  const [name, why] = error instanceof Error ? [error.name, error.message] : ['', String(error)]
  const broken =
    /ProtocolError|TargetCloseError|TimeoutError/.test(name) ||
    /no answer|closed|Protocol error|detached|destroyed|crash|collected/i.test(why)
  // The words of the error may quote the message.
  const facts = { theirs: broken ? 'the page went away' : 'the page refused' }
  throw new Failure(broken ? 'channel:doubtful' : 'channel:unreachable', facts)
}

function mediaOf(file: SpokenFile, bytes: Buffer) {
  // Whatever a voice note is called, WhatsApp plays only this as one.
  const mime = file.kind === 'voice' ? 'audio/ogg; codecs=opus' : file.mime
  return new library.MessageMedia(mime, bytes.toString('base64'), file.name ?? plainName(file), bytes.length)
}

const plainNames: Readonly<Record<SentKind, string>> = {
  voice: 'voice.ogg',
  photo: 'photo.jpg',
  document: 'document',
}

function plainName({ kind }: SpokenFile): string {
  return plainNames[kind]
}

const lookLimit = 20_000
const lookBack = 30

/** Own messages of a chat, the newest first: what may be the one whose fate is unknown. */
export async function ownMessages(client: Client, chat: string): Promise<readonly Message[]> {
  const found = await within('chat', lookLimit, client.getChatById(chat))
  if (!found) return []
  const messages = await within('messages', lookLimit, found.fetchMessages({ limit: lookBack, fromMe: true }))
  return messages.toReversed()
}

/** Whether an own message in the chat may be this part, by what can be compared. */
export function looksLike(message: Message, { text, file }: Part): boolean {
  const types: Readonly<Record<SentKind, string>> = { voice: 'ptt', photo: 'image', document: 'document' }
  return message.type === (file ? types[file.kind] : 'chat') && message.body === text
}
