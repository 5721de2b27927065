/**
 * How the bytes of a file go to a browser, whoever sent it: pictures are shown where they are meant to be, sound and film
 * are played by the page that holds them, everything else is saved. Opened by itself it has no rights at all, and nothing of it is run as a page.
 */

const shown: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])
const played: ReadonlySet<string> = new Set([
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/amr',
  'audio/webm',
  'audio/wav',
  'video/mp4',
  'video/webm',
  'video/3gpp',
])

export type FileReply = {
  readonly status: 200 | 206
  readonly headers: Readonly<Record<string, string>>
  /** The bytes to send: from the first, up to and without the second. */
  readonly from: number
  readonly to: number
}

/** What is answered for a file of `size` bytes; `range` is the span that a player asks for. */
export function fileReply(
  file: { readonly mime?: string; readonly name?: string; readonly size: number; readonly saved?: boolean },
  range: string | undefined,
): FileReply {
  const mime = plainType(file.mime)
  const known = shown.has(mime) || played.has(mime)
  const span = spanOf(range, file.size)
  const headers: Record<string, string> = {
    'content-type': known ? mime : 'application/octet-stream',
    'content-disposition': shown.has(mime) && !file.saved ? 'inline' : `attachment; ${nameOf(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
  }
  if (!span) return { status: 200, headers, from: 0, to: file.size }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${span.from}-${span.to - 1}/${file.size}` },
    ...span,
  }
}

/** The type without its parameters, in small letters. */
export function plainType(mime: string | undefined): string {
  return (mime ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** Letters of every language, as RFC 6266 has them, and a plain name for what does not know it. */
function nameOf(name: string | undefined): string {
  const clean = (name ?? '').replace(/[\p{C}/\\]/gu, '').slice(0, 120)
  if (clean === '') return 'filename="fichier"'
  const escaped = encodeURIComponent(clean).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `filename="fichier"; filename*=UTF-8''${escaped}`
}

/** One span of bytes, as players ask for it; anything else gets the whole file. */
function spanOf(header: string | undefined, size: number): { from: number; to: number } | undefined {
  const [, start = '', end = ''] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header ?? '') ?? []
  if (start === '' && end === '') return undefined
  const from = start === '' ? Math.max(0, size - Number(end)) : Number(start)
  const to = start === '' || end === '' ? size : Math.min(size, Number(end) + 1)
  return from < to ? { from, to } : undefined
}

/** What looks into a file before anybody opens it. */
export type Scanner = {
  /** Undefined when it is clean, else what was found. Fails with `media:unscanned`. */
  scan(bytes: Buffer): Promise<string | undefined>
}
