/**
 * Files that staff send with an answer. What a file is, is found by looking at its bytes; one whose name says something
 * else is refused, and so is everything that a phone in a village could not open.
 */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fileTypeFromBuffer } from 'file-type'
import { plainType } from '../core/file.ts'
import type { SentKind } from '../core/message.ts'
import { oggOpusSeconds } from '../core/ogg.ts'
import { Failure } from '../failure.ts'
import { madeAnew } from '../store/picture.ts'
import type { Upload } from '../turn/outgoing.ts'
import { FormFault } from './form.ts'
import type { ConsoleParts } from './parts.ts'

const megabyte = 1024 * 1024
/** What goes to people on cheap phones and dear data. */
export const uploadLimits = {
  files: 5,
  voiceSeconds: 180,
  bytes: { voice: 3 * megabyte, photo: 5 * megabyte, document: 10 * megabyte },
} as const satisfies { files: number; voiceSeconds: number; bytes: Record<SentKind, number> }
/** Of one form; what comes beyond is not kept in memory. */
const formBytes = 20 * megabyte
const fieldBytes = megabyte

/** What we send, by what its bytes are, and how such a file may be called. */
const types: Readonly<Record<string, { readonly kind: SentKind; readonly called: RegExp }>> = {
  'image/jpeg': { kind: 'photo', called: /^jpe?g$/ },
  'image/png': { kind: 'photo', called: /^png$/ },
  'audio/ogg': { kind: 'voice', called: /^(ogg|opus|oga)$/ },
  'application/pdf': { kind: 'document', called: /^pdf$/ },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    kind: 'document',
    called: /^docx$/,
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { kind: 'document', called: /^xlsx$/ },
  'application/vnd.oasis.opendocument.text': { kind: 'document', called: /^odt$/ },
  'application/vnd.oasis.opendocument.spreadsheet': { kind: 'document', called: /^ods$/ },
}
/** For the file chooser of a browser. */
export const uploadAccept =
  '.jpg,.jpeg,.png,.pdf,.docx,.xlsx,.odt,.ods,.ogg,.opus,image/jpeg,image/png,application/pdf'

/** A file as it came, not judged. A class, so that no field of a form can be taken for one. */
class Uploaded {
  readonly field: string
  readonly name: string
  readonly bytes: Buffer
  readonly cut: boolean

  constructor(field: string, name: string, bytes: Buffer, cut: boolean) {
    this.field = field
    this.name = name
    this.bytes = bytes
    this.cut = cut
  }
}

/** Lets the forms of this scope carry files: `body` has the fields, and the files that `uploadsIn` judges. */
export async function acceptUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart)
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await readParts(request)
  })
}

async function readParts(request: FastifyRequest): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  const files: Uploaded[] = []
  const limits = {
    fileSize: uploadLimits.bytes.document,
    files: uploadLimits.files + 2,
    fieldSize: fieldBytes,
  }
  // A file that is too large is cut instead of thrown away with the words beside it; its type does not know the option.
  const options = { limits: { ...limits, fields: 30, parts: 40 }, throwFileSizeLimit: false }
  let left = formBytes
  try {
    for await (const part of request.parts(options)) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else {
        const { bytes, cut } = await readUpTo(part.file, left)
        left -= bytes.length
        const isCut = cut || part.file.truncated
        if (bytes.length > 0) files.push(new Uploaded(part.fieldname, cleanName(part.filename), bytes, isCut))
      }
    }
  } catch (cause) {
    // Cut off half-way, too many parts, or written by something that is no browser.
    throw new Failure('form:invalid', { field: 'files' }, { cause })
  }
  return { ...fields, uploads: files }
}

async function readUpTo(stream: AsyncIterable<Uint8Array>, most: number) {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes <= most) chunks.push(chunk)
  }
  return { bytes: Buffer.concat(chunks), cut: bytes > most }
}

/** The last part of a path, without signs that do something. */
function cleanName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? ''
  return last
    .replace(/[\p{C}\p{Surrogate}]/gu, '')
    .trim()
    .slice(-120)
}

/**
 * The files of a form, each known for what it is and looked at by the scanner, where there is one. Fails with FormFault,
 * which names the file that cannot go.
 */
export async function uploadsIn(parts: Looking, body: unknown): Promise<readonly Upload[]> {
  const { uploads } = (body ?? {}) as { uploads?: unknown }
  const files = Array.isArray(uploads) ? uploads.filter((one) => one instanceof Uploaded) : []
  if (files.length > uploadLimits.files) throw new FormFault('uploads.many', { most: uploadLimits.files })
  return Promise.all(files.map((file) => judge(parts, file)))
}

type Looking = Pick<ConsoleParts, 'scanner' | 'log'>

async function judge(parts: Looking, file: Uploaded): Promise<Upload> {
  const { bytes, field } = file
  const name = file.name === '' ? 'fichier' : file.name
  const mime = plainType((await fileTypeFromBuffer(bytes))?.mime)
  const type = types[mime]
  if (!type) throw new FormFault(field === 'voice' ? 'uploads.voice_unknown' : 'uploads.unknown', { name })
  const ending = /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase()
  if (ending !== undefined && !type.called.test(ending)) throw new FormFault('uploads.lies', { name })
  const most = uploadLimits.bytes[type.kind]
  if (file.cut || bytes.length > most) {
    throw new FormFault('uploads.large', { name, most: most / megabyte })
  }
  await lookInto(parts, name, bytes)
  if (type.kind === 'photo')
    return { kind: 'photo', mime, name, bytes: await cleanPicture(name, mime, bytes) }
  if (type.kind !== 'voice') return { kind: type.kind, mime, bytes, name }
  const seconds = oggOpusSeconds(bytes)
  if (seconds === undefined) throw new FormFault('uploads.unknown', { name })
  // A recorder stops a moment after it was told to.
  if (seconds > uploadLimits.voiceSeconds + 2) {
    throw new FormFault('uploads.voice_long', { most: uploadLimits.voiceSeconds / 60 })
  }
  return { kind: 'voice', mime: 'audio/ogg', bytes, seconds: Math.max(1, Math.round(seconds)) }
}

/**
 * Looks for viruses in a file that staff bring, before anything of ours opens it. Fails with FormFault for one in which
 * something was found, and for one that nobody could look at.
 */
export async function lookInto({ scanner, log }: Looking, name: string, bytes: Buffer): Promise<void> {
  let found: string | undefined
  try {
    found = await scanner?.scan(bytes)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'media:unscanned') throw error
    log.error('a file from staff was not looked at', error)
    throw new FormFault('uploads.unscanned', { name })
  }
  if (found === undefined) return
  log.warn('a file from staff was refused', { found })
  throw new FormFault('uploads.infected', { name })
}

/** Longer sides are of no use on a phone and dear on the way. */
const pictureSide = 2560

/** The picture alone: a photo from a phone carries where and when it was taken, and nobody means to send that. */
async function cleanPicture(name: string, mime: string, bytes: Buffer): Promise<Buffer> {
  const picture = await madeAnew(bytes, { most: pictureSide, png: mime === 'image/png' }).catch(
    () => undefined,
  )
  if (!picture) throw new FormFault('uploads.broken_picture', { name })
  const most = uploadLimits.bytes.photo
  if (picture.length > most) throw new FormFault('uploads.large', { name, most: most / megabyte })
  return picture
}
