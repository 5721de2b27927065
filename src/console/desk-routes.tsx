/** Where staff link the chat in which they work on the road, and end the link. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { hasContent } from '../store/access.ts'
import { chatLastsUntil, endStaffChats, makeChatCode } from '../store/staff-chat.ts'
import { askingOf, type Console, pageOf, sendPage } from './asked.ts'
import { loadRail } from './load.ts'
import { DeskPage } from './pages/desk.tsx'

export function deskRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/desk', (request, reply) => show(console, request, reply))
  app.post('/console/desk/code', async (request, reply) => {
    mayWorkThere(request)
    // Shown on the answer itself and nowhere else: an address would keep it.
    const code = await makeChatCode(console.database, askingOf(request).staff.id, console.clock)
    return show(console, request, reply, code)
  })
  app.post('/console/desk/end', async (request, reply) => {
    await endStaffChats(console.database.prisma, askingOf(request).staff.id)
    return reply.redirect('/console/desk', 303)
  })
}

/** In the chat one takes and answers requests; an old link can be ended by anybody. */
function mayWorkThere(request: FastifyRequest): void {
  if (!hasContent(askingOf(request).staff)) throw new Failure('page:not_found')
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  code?: string,
): Promise<FastifyReply> {
  mayWorkThere(request)
  const { staff } = askingOf(request)
  const [rail, until] = await Promise.all([
    loadRail(console, staff),
    chatLastsUntil(console.database.prisma, staff.id, console.clock.now()),
  ])
  const bot = console.staffBot?.username()
  return sendPage(
    reply,
    DeskPage({
      page: pageOf(console, request, reply),
      rail,
      bot,
      running: console.staffBot !== undefined,
      until,
      code,
    }),
  )
}
