/** What a browser sent in the web chat, read from its form: words, a choice, or a file with its kind found by looking. */

import type { FastifyRequest } from 'fastify'
import { fileTypeFromBuffer } from 'file-type'
import type { FileHandle } from '../core/message.ts'
import { longestChatText } from './web-chat.ts'

/** A form as it came, its file judged. */
export type Post = {
  /** One-time name of this message; the same form sent twice is one message. */
  readonly key: string
  readonly text: string
  readonly choice?: { readonly list: string; readonly number: number }
  readonly file?: {
    readonly kind: FileHandle['kind']
    readonly bytes: Buffer
    readonly mime: string
    readonly seconds?: number
  }
}

/** Why a message was not taken: a word of `web_chat.json`, what HTTP says, and the words to put back into the box. */
export type Refused = { readonly status: number; readonly word: string; readonly text: string }

/** A photo of a phone or ten minutes of voice. */
const largestUpload = 10 * 1024 * 1024
const longestVoice = 3600

/** Reads the form; a form without words, choice and file gives a post with empty text. */
export async function readPost(request: FastifyRequest): Promise<Post | Refused> {
  const form = await readForm(request)
  if (!form) return { status: 400, word: 'not_sent', text: '' }
  const { fields, file } = form
  const text = clean(fields['text'] ?? '')
  const key = /^[\w-]{8,64}$/.exec(fields['key'] ?? '')?.[0]
  if (key === undefined) return { status: 422, word: 'not_sent', text }
  const [, list, number] = /^([^:\s]{1,60}):([1-9]\d{0,2})$/.exec(fields['choice'] ?? '') ?? []
  if (list !== undefined) return { key, text: '', choice: { list, number: Number(number) } }
  if (!file || file.bytes.length === 0) return { key, text }
  if (file.cut) return { status: 413, word: 'too_large', text }
  const judged = await judge(file.bytes)
  if (!judged) return { status: 415, word: 'unknown_file', text }
  const seconds = Number(fields['seconds'])
  const lasts = seconds > 0 && seconds < longestVoice ? Math.round(seconds) : undefined
  return { key, text, file: { ...judgedAs(judged, file.field), bytes: file.bytes, seconds: lasts } }
}

type Upload = { readonly field: string; readonly bytes: Buffer; readonly cut: boolean }
type Form = { readonly fields: Readonly<Record<string, string>>; readonly file?: Upload }

/** Undefined for a body that is no form: cut off half-way, or written by something that is no browser. */
async function readForm(request: FastifyRequest): Promise<Form | undefined> {
  if (!request.isMultipart()) return readFields(request.body)
  try {
    return await readParts(request)
  } catch {
    return undefined
  }
}

async function readParts(request: FastifyRequest): Promise<Form> {
  const fields: Record<string, string> = {}
  let file: Upload | undefined
  const limits = { fileSize: largestUpload, files: 2, fields: 10, fieldSize: 64 * 1024, parts: 12 }
  // A file that is too large is cut instead of thrown away with the words beside it; its type does not know the option.
  const options = { limits, throwFileSizeLimit: false }
  for await (const part of request.parts(options)) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else {
      const bytes = await readAll(part.file)
      if (bytes.length > 0) file = { field: part.fieldname, bytes, cut: part.file.truncated }
    }
  }
  return { fields, file }
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function readFields(body: unknown): Form {
  if (typeof body !== 'object' || body === null) return { fields: {} }
  const fields = Object.entries(body).filter(([, value]) => typeof value === 'string')
  return { fields: Object.fromEntries(fields) as Record<string, string> }
}

type Judged = { readonly type: 'image' | 'audio' | 'video' | 'pdf'; readonly mime: string }

/** What the bytes are, whatever the browser calls them; undefined for what we do not take. */
async function judge(bytes: Buffer): Promise<Judged | undefined> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime.split(';')[0]?.toLowerCase()
  if (mime === undefined) return undefined
  if (/^image\/(jpeg|png|webp|heic|heif|gif)$/.test(mime)) return { type: 'image', mime }
  if (/^audio\//.test(mime)) return { type: 'audio', mime }
  if (/^video\/(mp4|webm|3gpp|ogg|quicktime)$/.test(mime)) return { type: 'video', mime }
  return mime === 'application/pdf' ? { type: 'pdf', mime } : undefined
}

/** Sound in a webm or mp4 looks like a film from outside; what the recorder made is a voice note, and so is any sound. */
function judgedAs(it: Judged, field: string): { readonly kind: FileHandle['kind']; readonly mime: string } {
  switch (it.type) {
    case 'image':
      return { kind: 'photo', mime: it.mime }
    case 'audio':
      return { kind: 'voice', mime: it.mime }
    case 'video':
      return field === 'voice'
        ? { kind: 'voice', mime: it.mime.replace('video/', 'audio/') }
        : { kind: 'video', mime: it.mime }
    case 'pdf':
      return { kind: 'document', mime: it.mime }
  }
}

/** Browsers send CRLF; PostgreSQL refuses NUL; half letters break what follows. */
function clean(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\u0000', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim()
    .slice(0, longestChatText)
}
