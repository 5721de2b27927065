/** The doors that providers knock at: each channel's hooks, with the body as it came, because signatures want it so. */
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Channel, Hook } from '../channel/contract.ts'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'

/** Providers send lists of messages, never files. */
const largestBody = 4 * 1024 * 1024

/** Mounts the hooks of all channels in a scope of their own. A failure is answered by its status and nothing else. */
export function hookRoutes(channels: readonly Pick<Channel, 'hooks'>[], log: Log): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) => {
      done(null, body)
    })
    app.setErrorHandler((error, request, reply) => {
      const failure = error instanceof Failure ? error : undefined
      log.error('a hook failed', error, { request: request.id, route: request.routeOptions.url ?? 'none' })
      const theirs = (error as { statusCode?: number }).statusCode
      return reply
        .code(failure?.trouble.status ?? (theirs !== undefined && theirs < 500 ? theirs : 500))
        .send()
    })
    // Several accounts may share one.
    for (const hook of new Set(channels.flatMap((channel) => channel.hooks))) mount(app, hook)
  }
}

function mount(app: FastifyInstance, hook: Hook): void {
  app.route({
    method: hook.method,
    url: hook.path,
    exposeHeadRoute: false,
    async handler(request, reply) {
      const { status, body } = await hook.handle({
        headers: request.headers,
        query: queryOf(request),
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      })
      return reply
        .code(status)
        .type('text/plain; charset=utf-8')
        .send(body ?? '')
    },
  })
}

/** A name given twice keeps its first value. */
function queryOf(request: FastifyRequest): Record<string, string | undefined> {
  const query = request.query as Record<string, string | string[]>
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
}
