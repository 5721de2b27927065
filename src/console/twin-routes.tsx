/** Files that look like one person, listed without anybody asking; whether they are, is decided on the page of one of them. */
import type { FastifyInstance } from 'fastify'
import { Failure } from '../failure.ts'
import { hasContent } from '../store/access.ts'
import { listTwins } from '../store/twins.ts'
import { askingOf, type Console, pageOf, sendPage } from './asked.ts'
import { loadRail } from './load.ts'
import { shownSide } from './match-load.ts'
import { TwinsPage } from './pages/twins.tsx'
import { noteRead } from './reads.ts'

const pairsOnPage = 30

export function twinRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/twins', async (request, reply) => {
    const { staff } = askingOf(request)
    if (!hasContent(staff)) throw new Failure('page:not_found')
    const [rail, pairs] = await Promise.all([
      loadRail(console, staff),
      listTwins(console.database, staff, pairsOnPage),
    ])
    for (const { one, other } of pairs) for (const { id } of [one, other]) noteRead(request, 'person', id)
    const shown = pairs.map(({ one, other, match }) => ({
      ...{ one: shownSide(console, one), other: shownSide(console, other), match },
    }))
    return sendPage(reply, TwinsPage({ page: pageOf(console, request, reply), rail, pairs: shown }))
  })
}
