/**
 * The line on which an open page hears that something changed: names only, and only of what its reader may see. `list`
 * stands for everything that changes lists and counts. A browser that comes back after a cut says which hint it heard
 * last, and is told `missed`: then every live part fetches itself again.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { findSession } from '../store/sign-in.ts'
import { askingOf, type Console } from './asked.ts'
import { type Line, type Lines, makeLines } from './hint-lines.ts'
import type { Asking } from './parts.ts'

/** A comment keeps proxies from cutting the line, and is when we look whether the reader is still signed in. */
const beat = 25_000
/** Open pages of one member of staff. */
const mostLines = 20

export function hintRoutes(app: FastifyInstance, console: Console): void {
  const lines = makeLines(console.database, console.log)
  const stopHearing = [console.hints, console.presence].map((source) => source.listen(lines.tell))
  app.addHook('preClose', async () => {
    for (const stop of stopHearing) stop()
    for (const line of lines.all()) line.end()
  })
  app.get('/console/hints', (request, reply) => {
    const asking = askingOf(request)
    if (lines.of(asking.staff.id) >= mostLines) throw new Failure('rate:exceeded')
    open(console, asking, request, reply, lines)
    return reply
  })
}

function open(
  console: Console,
  asking: Asking,
  request: FastifyRequest,
  reply: FastifyReply,
  lines: Lines,
): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  const write = (text: string) => {
    if (!raw.writableEnded) raw.write(text)
  }
  const line: Line = {
    staff: asking.staff,
    write: (name) => write(`id: ${console.clock.id()}\nevent: ${name}\ndata:\n\n`),
    end: () => raw.end(),
  }
  lines.add(line)
  line.write(request.headers['last-event-id'] === undefined ? 'hello' : 'missed')
  const timer = setInterval(() => void look(console, line, asking.session, () => write(':\n\n')), beat)
  raw.on('close', () => {
    clearInterval(timer)
    lines.remove(line)
  })
}

/** Ends the line of whoever is signed out, and takes changed queues and roles into account. */
async function look(console: Console, line: Line, session: Buffer, keepOpen: () => void): Promise<void> {
  try {
    const staff = await findSession(console.database, session, console.clock.now())
    if (!staff) {
      line.end()
      return
    }
    line.staff = staff
    keepOpen()
  } catch (error) {
    console.log.error('a line for hints could not be looked after', error)
  }
}
