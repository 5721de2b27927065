/**
 * The line on which an open page hears that something changed: names only, and only of what its reader may see. `list`
 * stands for everything that changes lists and counts. A browser that comes back after a cut says which hint it heard
 * last, and is told `missed`: then every live part fetches itself again.
 */
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { personsSeenBy, requestsSeenBy } from '../store/access.ts'
import { isId } from '../store/request.ts'
import { findSession } from '../store/sign-in.ts'
import { askingOf, type Console } from './asked.ts'
import type { Asking } from './parts.ts'

/** A comment keeps proxies from cutting the line, and is when we look whether the reader is still signed in. */
const beat = 25_000
/** Hints of a busy second go together: a page fetches no faster than this. */
const calm = 300
/** Open pages of one member of staff. */
const mostLines = 20

type Line = { staff: Staff; readonly waiting: Set<string>; telling: boolean; readonly raw: ServerResponse }

export function hintRoutes(app: FastifyInstance, console: Console): void {
  const lines = new Set<Line>()
  app.addHook('preClose', async () => {
    for (const line of lines) line.raw.end()
  })
  app.get('/console/hints', (request, reply) => {
    const asking = askingOf(request)
    if ([...lines].filter(({ staff }) => staff.id === asking.staff.id).length >= mostLines) {
      throw new Failure('rate:exceeded')
    }
    open(console, asking, request, reply, lines)
    return reply
  })
}

function open(
  console: Console,
  asking: Asking,
  request: FastifyRequest,
  reply: FastifyReply,
  lines: Set<Line>,
): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  const line: Line = { staff: asking.staff, waiting: new Set(), telling: false, raw }
  lines.add(line)
  write(console, line, request.headers['last-event-id'] === undefined ? 'hello' : 'missed')
  const stopHearing = console.hints.listen((names) => {
    for (const name of names) line.waiting.add(name)
    void tell(console, line)
  })
  const timer = setInterval(() => void look(console, line, asking.session), beat)
  raw.on('close', () => {
    clearInterval(timer)
    stopHearing()
    lines.delete(line)
  })
}

function write(console: Console, { raw }: Line, name: string): void {
  if (!raw.writableEnded) raw.write(`id: ${console.clock.id()}\nevent: ${name}\ndata:\n\n`)
}

/** Ends the line of whoever is signed out, and takes changed queues and roles into account. */
async function look(console: Console, line: Line, session: Buffer): Promise<void> {
  try {
    const staff = await findSession(console.database, session, console.clock.now())
    if (!staff) {
      line.raw.end()
      return
    }
    line.staff = staff
    if (!line.raw.writableEnded) line.raw.write(':\n\n')
  } catch (error) {
    console.log.error('a line for hints could not be looked after', error)
  }
}

/** Tells what waits, then rests; whatever comes meanwhile goes together. */
async function tell(console: Console, line: Line): Promise<void> {
  if (line.telling) return
  line.telling = true
  try {
    while (line.waiting.size > 0 && !line.raw.writableEnded) {
      const names = [...line.waiting]
      line.waiting.clear()
      for (const name of await seenBy(console, line.staff, names)) write(console, line, name)
      await new Promise((resolve) => setTimeout(resolve, calm).unref())
    }
  } catch (error) {
    // The page fetches everything when it comes back.
    console.log.error('hints could not be told', error)
    line.raw.end()
  } finally {
    line.telling = false
  }
}

/** The names that this reader may hear. */
async function seenBy(
  { database }: Console,
  staff: Staff,
  names: readonly string[],
): Promise<readonly string[]> {
  const ids = (kind: string) =>
    names
      .filter((name) => name.startsWith(`${kind}-`))
      .map((name) => name.slice(kind.length + 1))
      .filter(isId)
  const told = { request: new Set(ids('request')), thread: new Set(ids('thread')) }
  const either = [...told.request, ...told.thread]
  const [seen, persons] = await Promise.all([
    either.length === 0
      ? []
      : database.prisma.request.findMany({
          where: { AND: [{ id: { in: either } }, requestsSeenBy(staff)] },
          select: { id: true },
        }),
    ids('person').length === 0
      ? []
      : database.prisma.person.findMany({
          where: { AND: [{ id: { in: ids('person') } }, personsSeenBy(staff)] },
          select: { id: true },
        }),
  ])
  const own = new Set([`staff-${staff.id}`, ...staff.queues.map((queue) => `queue-${queue}`)])
  const of = (kind: 'request' | 'thread') =>
    seen.filter(({ id }) => told[kind].has(id)).map(({ id }) => `${kind}-${id}`)
  const requests = of('request')
  const moved = requests.length > 0 || names.some((name) => own.has(name))
  return [
    ...requests,
    ...of('thread'),
    ...persons.map(({ id }) => `person-${id}`),
    ...(moved ? ['list'] : []),
  ]
}
