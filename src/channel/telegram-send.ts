/** From a spoken message to calls of Telegram's Bot API, and from its refusals to our failures; both purely. */
import { type Api, GrammyError, HttpError, InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Spoken, SpokenFile } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Abilities } from './contract.ts'
import { cutLabel, splitText } from './split.ts'

/** core.telegram.org/bots/api#sendmessage: "1-4096 characters". */
const longestText = 4096
/** core.telegram.org/bots/api#sendvoice: caption, "0-1024 characters". */
const longestCaption = 1024
const megabyte = 1024 * 1024
/** core.telegram.org/bots/api#inlinekeyboardbutton: callback_data, "1-64 bytes". */
const longestData = 64

export const telegramAbilities: Abilities = {
  // Telegram names no limit for a label; on a narrow phone one button to a row shows about 40 letters.
  buttons: { most: 20, labelLength: 40 },
  textLength: longestText,
  // core.telegram.org/bots/api#sendvoice, #senddocument: "up to 50 MB"; #sendphoto: "at most 10 MB in size".
  files: { voice: 50 * megabyte, photo: 10 * megabyte, document: 50 * megabyte },
  edits: true,
  typing: false,
}

/** One call. Texts are plain: no parse_mode, or a name with an underscore would refuse the message. */
export type Part = {
  /** Of a file: its caption. */
  readonly text: string
  readonly file?: SpokenFile
  readonly keyboard?: InlineKeyboardMarkup
}

/** The messages in which Telegram can carry what is said: split where it is too long, the buttons under the last. */
export function partsOf(spoken: Spoken): readonly Part[] {
  const parts = wordsAndFile(spoken)
  const keyboard = keyboardOf(spoken)
  return parts.map((part, index) => (index === parts.length - 1 ? { ...part, keyboard } : part))
}

/** The file first, so that words too long for a caption follow it as messages of their own. */
function wordsAndFile({ text, file }: Spoken): readonly Part[] {
  if (file && text.length <= longestCaption) return [{ text, file }]
  const texts = splitText(text, longestText).map((one) => ({ text: one }))
  return file ? [{ text: '', file }, ...texts] : texts
}

type Said = { readonly message_id: number }
type Chat = number | string
type Signal = Parameters<Api['getMe']>[0]

/** Says one part; `bytes` are those of its file. */
export async function say(
  api: Api,
  chat: Chat,
  { text, file, keyboard }: Part,
  bytes: Buffer | undefined,
  signal: Signal,
): Promise<Said> {
  const options = keyboard ? { reply_markup: keyboard } : {}
  if (!file || !bytes) return api.sendMessage(chat, text, options, signal)
  const about = text === '' ? options : { ...options, caption: text }
  const input = () => new InputFile(bytes, file.name ?? plainName(file))
  const asDocument = () => api.sendDocument(chat, input(), about, signal)
  try {
    switch (file.kind) {
      case 'voice': {
        const lasts = file.seconds === undefined ? {} : { duration: Math.round(file.seconds) }
        return await api.sendVoice(chat, input(), { ...about, ...lasts }, signal)
      }
      case 'photo':
        return await api.sendPhoto(chat, input(), about, signal)
      case 'document':
        return await asDocument()
    }
  } catch (error) {
    // Somebody who takes no voice notes, or a picture too long and thin to be shown: it still goes as a file.
    const refused = error instanceof GrammyError && error.error_code === 400
    if (refused && /VOICE_MESSAGES_FORBIDDEN|PHOTO_|IMAGE_/.test(error.description)) return asDocument()
    throw error
  }
}

function plainName({ kind, mime }: SpokenFile): string {
  if (kind === 'voice') return 'voice.ogg'
  return kind === 'photo' ? `photo.${mime === 'image/png' ? 'png' : 'jpg'}` : 'document'
}

/** One button to a row, because labels are words and not letters. */
function keyboardOf(spoken: Spoken): InlineKeyboardMarkup | undefined {
  const { most, labelLength } = telegramAbilities.buttons ?? { most: 0, labelLength: 0 }
  const rows = (spoken.buttons ?? [])
    .map((it) => ({ text: cutLabel(it.label, labelLength), callback_data: `${it.list}:${it.number}` }))
    // One malformed button refuses the whole message; without it the number can still be typed.
    .filter((it) => it.text !== '' && Buffer.byteLength(it.callback_data) <= longestData)
    .slice(0, most)
    .map((it) => [it])
  return rows.length === 0 ? undefined : { inline_keyboard: rows }
}

/**
 * The failure behind an error of grammY. The error itself is never kept as cause: it holds the text that was sent, and
 * its network error the token. `secret` is cut out of what remains.
 */
export function failureOf(error: unknown, secret: string): Failure {
  if (error instanceof Failure) return error
  if (error instanceof GrammyError) {
    const facts = { theirs: hide(`${error.error_code} ${error.description}`, secret) }
    return refusal(error.error_code, error.parameters.retry_after, facts)
  }
  const inner = error instanceof HttpError ? error.error : error
  return new Failure('channel:unreachable', { theirs: hide(networkWord(inner), secret) })
}

function refusal(code: number, retryAfter: number | undefined, facts: { theirs: string }): Failure {
  switch (code) {
    case 401:
    // A token that has not even the shape of one is answered with 404.
    case 404:
      return new Failure('channel:unauthorized', facts)
    case 403:
      return new Failure('channel:blocked', facts)
    case 429:
      return new Failure('channel:throttled', { ...facts, afterSeconds: Math.max(1, retryAfter ?? 5) })
    case 409:
      return new Failure('channel:unreachable', facts)
    default:
      return new Failure(code >= 500 ? 'channel:unreachable' : 'channel:refused', facts)
  }
}

function networkWord(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code)
  return error instanceof Error ? error.name : 'unknown'
}

function hide(text: string, secret: string): string {
  return text.replaceAll(secret, '•••').slice(0, 160)
}

/** grammY's types name the signal of an old package; its code asks only for addEventListener, which Node's has. */
export function theirSignal(signal: AbortSignal): Parameters<Api['getMe']>[0] {
  return signal as unknown as Parameters<Api['getMe']>[0]
}
