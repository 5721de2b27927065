/** Supervision: what waits, what is late and whether it gets better, for an office, a queue or a member of staff. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { queueKeys } from '../core/queue.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { countsAny, countsByName } from '../store/access.ts'
import type { FigureScope } from '../store/figures.ts'
import { isId } from '../store/request.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { loadRail } from './load.ts'
import { SupervisionPage } from './pages/supervision.tsx'
import { loadSupervision, loadWeeks } from './supervision.ts'
import { type Picture, pictureOf, pictures } from './supervision-pictures.ts'

const base = '/console/supervision'

export function supervisionRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { staff } = askingOf(request)
    const offices = await officesFor(console, staff)
    const scope = scopeOf(request, offices)
    const [rail, view] = await Promise.all([loadRail(console, staff), loadSupervision(console, staff, scope)])
    const office = offices.find(({ id }) => id === scope.office)?.name
    return sendPage(
      reply,
      SupervisionPage({ page: pageOf(console, request, reply), rail, view, scope, offices, of: { office } }),
    )
  })
  app.get(`${base}/staff/:id`, async (request, reply) => {
    const { staff } = askingOf(request)
    const offices = await officesFor(console, staff)
    const member = await memberFor(console, staff, (request.params as { id: string }).id)
    const scope = { owner: member.id }
    const [rail, view] = await Promise.all([loadRail(console, staff), loadSupervision(console, staff, scope)])
    return sendPage(
      reply,
      SupervisionPage({
        page: pageOf(console, request, reply),
        rail,
        view,
        scope,
        offices,
        of: { member: member.name },
      }),
    )
  })
  /** Loaded when a page shows it; a picture is no page and carries its own style. */
  app.get(`${base}/picture`, async (request, reply) => {
    const { staff } = askingOf(request)
    const { of, size, owner } = request.query as Record<string, unknown>
    const scope =
      owner === undefined
        ? scopeOf(request, await officesFor(console, staff))
        : { owner: (await memberFor(console, staff, String(owner))).id }
    const picture: Picture = pictures.find((one) => one === of) ?? 'flow'
    const weeks = await loadWeeks(console, staff, scope)
    // The library is large and few read charts: it is loaded with the first of them.
    const { drawChart } = await import('./chart.ts')
    const svg = drawChart(
      pictureOf(wordsOf(console, request), picture, weeks),
      size === 'narrow' ? 'narrow' : 'wide',
    )
    return reply
      .type('image/svg+xml; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(svg)
  })
}

type Office = { readonly id: string; readonly name: string }

/** The offices whose figures they read; for whoever reads none there is no such page. */
async function officesFor({ database }: Console, staff: Staff): Promise<readonly Office[]> {
  if (!countsAny(staff)) throw new Failure('page:not_found')
  const everywhere = staff.roles.includes('officer') || staff.roles.includes('monitoring')
  return database.prisma.office.findMany({
    where: everywhere ? {} : { id: staff.office ?? '' },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

/** What an address asks for; an office that is not theirs to read is like one that is not there. */
function scopeOf(request: FastifyRequest, offices: readonly Office[]): FigureScope {
  const { office, queue } = request.query as Record<string, unknown>
  if (office !== undefined && office !== '' && !offices.some(({ id }) => id === office))
    throw new Failure('page:not_found')
  const chosen = offices.length === 1 ? offices[0]?.id : office || undefined
  const key = queueKeys.find((one) => one === queue)
  return {
    ...(typeof chosen === 'string' ? { office: chosen } : {}),
    ...(key ? { queue: key } : {}),
  }
}

/** A member of staff whose figures they read: officers everybody's, supervisors those of their office, monitoring none. */
async function memberFor(
  { database }: Console,
  staff: Staff,
  id: string,
): Promise<{ id: string; name: string }> {
  const member = isId(id)
    ? await database.prisma.staff.findUnique({
        where: { id },
        select: { id: true, name: true, officeId: true },
      })
    : null
  if (!member || !countsByName(staff, member.officeId ?? undefined)) throw new Failure('page:not_found')
  return member
}
