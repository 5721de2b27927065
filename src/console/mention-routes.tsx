/** Colleagues whom a note names: whom it may name, and what was written for the reader. */
import type { FastifyInstance } from 'fastify'
import { colleaguesAt } from '../store/colleague.ts'
import { listMentions } from '../store/mention.ts'
import { staffNames } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart } from './asked.ts'
import { loadRail, requestAt } from './load.ts'
import { ColleagueChoices, ForMePage } from './pages/for-me.tsx'
import { noteRead } from './reads.ts'

export function mentionRoutes(app: FastifyInstance, console: Console): void {
  const { prisma } = console.database
  app.get('/console/for-me', async (request, reply) => {
    const { staff } = askingOf(request)
    const [rail, lines] = await Promise.all([loadRail(console, staff), listMentions(console.database, staff)])
    const names = await staffNames(
      prisma,
      lines.map(({ by }) => by),
    )
    if (lines.length > 0) noteRead(request, 'request')
    const mentions = lines.map((line) => ({ ...line, by: names.get(line.by) }))
    return sendPage(reply, ForMePage({ page: pageOf(console, request, reply), rail, mentions }))
  })
  app.get(
    '/console/requests/:reference/colleagues',
    { config: { reads: 'request' } },
    async (request, reply) => {
      const { staff } = askingOf(request)
      const id = await requestAt(console, staff, (request.params as { reference: string }).reference)
      const colleagues = await colleaguesAt(prisma, id, staff.id)
      return sendPart(reply, ColleagueChoices({ names: [...new Set(colleagues.map(({ name }) => name))] }))
    },
  )
}
