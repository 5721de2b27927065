/** The calendar of a member of staff for their phone, under a secret address: times, references and offices, never a name. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import ical, { ICalEventStatus } from 'ical-generator'
import { showReference } from '../core/reference.ts'
import { Failure } from '../failure.ts'
import { readFeed } from '../store/calendar.ts'
import type { WebParts } from './parts.ts'

/** What was so long ago is of no use on a phone. */
const back = 14 * 86_400_000

export function calendarFeed({
  database,
  clock,
  locales,
}: Pick<WebParts, 'database' | 'clock' | 'locales'>): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.get('/calendar/:code', async (request, reply) => {
      const { code } = request.params as { code: string }
      const now = clock.now()
      const known = /^[\w-]{20,60}\.ics$/.test(code)
      const entries = known
        ? await readFeed(database.prisma, code.slice(0, -4), new Date(now.getTime() - back))
        : undefined
      if (!entries) throw new Failure('page:not_found')
      const calendar = ical({ name: 'Baro', prodId: { company: 'Baro', product: 'follow-ups' } })
      for (const it of entries) {
        const kind = locales.t('fr', `console.calendar.kind.${it.kind}`)
        calendar.createEvent({
          ...{ id: it.id, start: it.at, end: new Date(it.at.getTime() + it.minutes * 60_000), stamp: now },
          summary: it.reference
            ? `${kind} ${showReference(it.reference)}`
            : locales.t('fr', 'console.calendar.busy'),
          status: it.agreed ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
          ...(it.place === undefined ? {} : { location: it.place }),
        })
      }
      return reply.type('text/calendar; charset=utf-8').send(calendar.toString())
    })
  }
}
