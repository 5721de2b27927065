/** Who read what, for data protection officers and supervisors. For everybody else there is no such page. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { countReads, mayAudit, readsOfColleague, readsOfPerson } from '../store/reads.ts'
import { staffNames } from '../store/seat.ts'
import { askingOf, type Console, pageOf, sendPage } from './asked.ts'
import { loadRail } from './load.ts'
import { ColleagueReadsPage, PersonReadsPage, ReadsPage } from './pages/reads.tsx'

/** What the overview looks back on. */
const daysBack = 7

export function readRoutes(app: FastifyInstance, console: Console): void {
  const { prisma } = console.database
  app.get('/console/reads', async (request, reply) => {
    const staff = auditor(request)
    const since = new Date(console.clock.now().getTime() - daysBack * 24 * 60 * 60_000)
    const [rail, lines] = await Promise.all([loadRail(console, staff), countReads(prisma, staff, since)])
    const names = await staffNames(
      prisma,
      lines.map((one) => one.staff),
    )
    return sendPage(
      reply,
      ReadsPage({ page: pageOf(console, request, reply), rail, lines, names, days: daysBack }),
    )
  })
  app.get('/console/reads/:colleague', async (request, reply) => {
    const staff = auditor(request)
    const { colleague } = request.params as { colleague: string }
    const asked = { colleague, before: beforeOf(request) ?? console.clock.now() }
    const [rail, reads] = await Promise.all([
      loadRail(console, staff),
      readsOfColleague(prisma, staff, asked),
    ])
    return sendPage(
      reply,
      ColleagueReadsPage({ page: pageOf(console, request, reply), rail, reads, colleague }),
    )
  })
  app.get('/console/people/:id/reads', { config: { reads: 'person' } }, async (request, reply) => {
    const staff = auditor(request)
    const { id } = request.params as { id: string }
    const [rail, lines] = await Promise.all([loadRail(console, staff), readsOfPerson(prisma, staff, id)])
    const names = await staffNames(prisma, [...new Set(lines.map((one) => one.staff))])
    return sendPage(
      reply,
      PersonReadsPage({ page: pageOf(console, request, reply), rail, lines, names, person: id }),
    )
  })
}

/** The moment from which an older page looks back; what is none is not asked. */
function beforeOf(request: FastifyRequest): Date | undefined {
  const { before } = request.query as { before?: unknown }
  const at = new Date(typeof before === 'string' ? before : '')
  return Number.isNaN(at.getTime()) ? undefined : at
}

function auditor(request: FastifyRequest) {
  const { staff } = askingOf(request)
  if (!mayAudit(staff)) throw new Failure('page:not_found')
  return staff
}
