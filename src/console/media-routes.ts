/**
 * The door of files, for whoever may see their message. The address in a page stays; what it leads to is signed for one
 * file, one minute and one session, so that an address that was copied or overheard opens nothing. Whoever comes too late
 * with their own is led back to the door, which looks again.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileReply } from '../core/file.ts'
import { Failure } from '../failure.ts'
import { findMedia, loadMedia } from '../store/media.ts'
import { askingOf, type Console } from './asked.ts'

const openMilliseconds = 60_000

export function mediaRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/media/:id', { config: { reads: 'file' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    await findMedia(console.database, askingOf(request).staff, id)
    const until = console.clock.now().getTime() + openMilliseconds
    return reply.redirect(`/console/media/${id}/${until}/${sign(console, request, id, until)}`, 303)
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
  if (!same(signature, sign(console, request, id, ends))) throw new Failure('message:not_found')
  if (ends < console.clock.now().getTime()) return reply.redirect(`/console/media/${id}`, 303)
  const media = await loadMedia(console.database, askingOf(request).staff, console.mediaFolder, id)
  const { status, headers, from, to } = fileReply(
    { ...media, size: media.bytes.length },
    request.headers.range,
  )
  return reply.code(status).headers(headers).send(media.bytes.subarray(from, to))
}

function sign({ database }: Console, request: FastifyRequest, id: string, until: number): string {
  const session = askingOf(request).session.toString('hex')
  return createHmac('sha256', database.keys.cookieKey)
    .update(`media:${id}:${until}:${session}`)
    .digest('base64url')
}

function same(given: string, ours: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(ours)]
  return one.length === other.length && timingSafeEqual(one, other)
}
