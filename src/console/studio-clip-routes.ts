/** The bytes of recorded sentences, for whoever works here: the product's own words, heard in the studio and in threads. */
import type { FastifyInstance } from 'fastify'
import { fileReply } from '../core/file.ts'
import { Failure } from '../failure.ts'
import { openClip } from '../store/clip.ts'
import type { Console } from './asked.ts'

export function studioClipRoutes(app: FastifyInstance, { database, texts }: Console): void {
  app.get('/console/studio/clips/:media', async (request, reply) => {
    const { media } = request.params as { media: string }
    const bytes = await openClip(database.prisma, texts.clips, media)
    if (!bytes) throw new Failure('page:not_found')
    const file = { mime: 'audio/ogg', name: `${media}.ogg`, size: bytes.length }
    const { status, headers, from, to } = fileReply(file, request.headers.range)
    return reply.code(status).headers(headers).send(bytes.subarray(from, to))
  })
}
