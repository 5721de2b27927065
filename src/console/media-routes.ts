/** Files that came with messages, for whoever may see the message. Nothing of a stranger's is ever run as a page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { loadMedia, type StoredMedia } from '../store/media.ts'
import { askingOf, type Console } from './asked.ts'

/** What a browser shows or plays by itself; everything else is saved as a file. */
const shown = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/amr',
  'audio/webm',
  'audio/wav',
  'video/mp4',
  'video/webm',
  'video/3gpp',
])

export function mediaRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/media/:id', { config: { reads: 'file' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const media = await loadMedia(console.database, askingOf(request).staff, console.mediaFolder, id)
    return sendMedia(request, reply, media)
  })
}

function sendMedia(request: FastifyRequest, reply: FastifyReply, media: StoredMedia): FastifyReply {
  const mime = (media.mime ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const inline = shown.has(mime)
  reply
    .type(inline ? mime : 'application/octet-stream')
    .header('content-disposition', inline ? 'inline' : 'attachment; filename="fichier"')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('accept-ranges', 'bytes')
  const range = rangeOf(request.headers.range, media.bytes.length)
  if (!range) return reply.send(media.bytes)
  return reply
    .code(206)
    .header('content-range', `bytes ${range.from}-${range.to}/${media.bytes.length}`)
    .send(media.bytes.subarray(range.from, range.to + 1))
}

/** One span of bytes, as players ask for it; anything else gets the whole file. */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } | undefined {
  const [, start = '', end = ''] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header ?? '') ?? []
  if (start === '' && end === '') return undefined
  const from = start === '' ? Math.max(0, size - Number(end)) : Number(start)
  const to = start === '' || end === '' ? size - 1 : Math.min(size - 1, Number(end))
  return from <= to ? { from, to } : undefined
}
