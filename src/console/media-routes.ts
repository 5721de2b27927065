/**
 * The door of files, for whoever may see their message. The address in a page stays; what it leads to is signed for one
 * file, one minute and one session, so that an address that was copied or overheard opens nothing. Whoever comes too late
 * with their own is led back to the door, which looks again.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileReply } from '../core/file.ts'
import { Failure } from '../failure.ts'
import { findMedia, loadMedia, measureMedia, type OpenedMedia } from '../store/media.ts'
import { type PictureSize, pictureOf } from '../store/picture.ts'
import { askingOf, type Console } from './asked.ts'

const openMilliseconds = 60_000

export function mediaRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/media/:id', { config: { reads: 'file' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const size = sizeOf(request)
    await findMedia(console.database, askingOf(request).staff, id)
    const until = console.clock.now().getTime() + openMilliseconds
    const place = `/console/media/${id}/${until}/${sign(console, request, { id, size, until })}`
    return reply.redirect(place + asked(size), 303)
  })
  app.get('/console/media/:id/:until/:signature', { config: { reads: 'file' } }, (request, reply) =>
    showMedia(console, request, reply),
  )
}

async function showMedia(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id, until, signature } = request.params as { id: string; until: string; signature: string }
  const ends = Number(until)
  const size = sizeOf(request)
  if (!same(signature, sign(console, request, { id, size, until: ends })))
    throw new Failure('message:not_found')
  if (ends < console.clock.now().getTime()) return reply.redirect(`/console/media/${id}${asked(size)}`, 303)
  const media = await loadShown(console, request, id, size)
  const { status, headers, from, to } = fileReply(
    { ...media, size: media.bytes.length, saved: size === undefined && media.kind === 'photo' },
    request.headers.range,
  )
  return reply.code(status).headers(headers).send(media.bytes.subarray(from, to))
}

/** The original to save or to play, or a picture made of it to be shown. */
async function loadShown(
  { database, mediaFolder }: Console,
  request: FastifyRequest,
  id: string,
  size: PictureSize | undefined,
): Promise<OpenedMedia & { readonly name?: string }> {
  const { staff } = askingOf(request)
  if (size === undefined) {
    const media = await loadMedia(database, staff, mediaFolder, id)
    await measureMedia(database.prisma, id, media)
    return media
  }
  await findMedia(database, staff, id)
  return { kind: 'photo', mime: 'image/jpeg', bytes: await pictureOf(database, mediaFolder, id, size) }
}

/** Which size of a picture an address asks for; none: the file as it came. */
function sizeOf(request: FastifyRequest): PictureSize | undefined {
  const { as } = request.query as { as?: unknown }
  return as === 'preview' || as === 'whole' ? as : undefined
}

const asked = (size: PictureSize | undefined) => (size === undefined ? '' : `?as=${size}`)

type Signed = { readonly id: string; readonly size: PictureSize | undefined; readonly until: number }

function sign({ database }: Console, request: FastifyRequest, { id, size, until }: Signed): string {
  const session = askingOf(request).session.toString('hex')
  return createHmac('sha256', database.keys.cookieKey)
    .update(`media:${id}:${size ?? 'file'}:${until}:${session}`)
    .digest('base64url')
}

function same(given: string, ours: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(ours)]
  return one.length === other.length && timingSafeEqual(one, other)
}
