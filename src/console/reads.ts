/**
 * Reads of the console, noted in one place. A route that shows one person, request or file says so in its settings:
 *
 *   app.get('/console/people/:id', { config: { reads: 'person' } }, …)
 *
 * and what its address names is noted when the answer has gone out well. Whoever shows more than the address names
 * (candidates, an export of many) notes it with `noteRead`.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readReference } from '../core/reference.ts'
import { makeAccessLog, type Read, type ReadKind } from '../store/access-log.ts'
import { isId } from '../store/request.ts'
import type { Console } from './asked.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the page shows of what its address names (`:id` or `:reference`). */
    reads?: ReadKind
  }
  interface FastifyRequest {
    /** What a handler noted besides; written when the answer has gone out well. */
    alsoRead: Pick<Read, 'what' | 'id'>[] | undefined
  }
}

/** Notes that this page shows a person, request or file; `id` is left out for a search or an export. */
export function noteRead(request: FastifyRequest, what: ReadKind, id?: string): void {
  request.alsoRead ??= []
  request.alsoRead.push(id === undefined ? { what } : { what, id })
}

/** Hooks the log into every route of this scope; called before the first of them. */
export function logReads(app: FastifyInstance, { database, clock, log }: Console): void {
  const reads = makeAccessLog(database.pool, log)
  app.decorateRequest('alsoRead', undefined)
  app.addHook('onResponse', async (request, reply) => {
    if (!request.asking || reply.statusCode >= 500) return
    const by = { staff: request.asking.staff.id, at: clock.now() }
    const { reads: what } = request.routeOptions.config
    // A search in vain is a search; a page that was refused showed nothing.
    if (what !== 'search' && reply.statusCode >= 400) return
    if (what) reads.note({ ...by, what, ...named(request) })
    for (const also of request.alsoRead ?? []) reads.note({ ...by, ...also })
  })
  app.addHook('onClose', () => reads.close())
}

/** What the address names; nothing for a search. */
function named(request: FastifyRequest): Pick<Read, 'id' | 'reference'> {
  const { id, reference } = request.params as { id?: string; reference?: string }
  if (id !== undefined && isId(id)) return { id }
  const read = reference === undefined ? undefined : readReference(reference)
  return read === undefined ? {} : { reference: read }
}
