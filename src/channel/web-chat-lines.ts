/** The lines that open pages hold to us: each carries nudges only, never what was said; the page fetches that itself. */
import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { WebChatChannel } from './web-chat.ts'
import { visitorOf } from './web-chat-visitor.ts'

/** Nobody looks at more pages at once; one page more is refused its line and refetches by itself. */
const mostEach = 5
const mostAll = 2_000
/** Proxies cut a silent line after half a minute or so. */
const heartbeat = 25_000

/** Mounts GET /chat/live; closing the server ends every line, or it would wait for them for ever. */
export function mountLines(app: FastifyInstance, channel: WebChatChannel, cookieKey: Buffer): void {
  const open = new Map<ServerResponse, string>()
  const beat = setInterval(() => {
    for (const line of open.keys()) line.write(':\n\n')
  }, heartbeat)
  beat.unref()
  app.addHook('preClose', async () => {
    clearInterval(beat)
    for (const line of open.keys()) line.end()
  })
  app.get('/chat/live', (request, reply) => {
    const address = visitorOf(request.headers.cookie, cookieKey)
    if (address === undefined) return reply.code(403).send()
    const held = [...open.values()].filter((it) => it === address).length
    // 204 tells the browser not to try again.
    if (held >= mostEach || open.size >= mostAll) return reply.code(204).send()
    reply.hijack()
    const line = reply.raw
    line.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    line.write('retry: 3000\n\n')
    open.set(line, address)
    const deaf = channel.listen(address, () => line.write('event: said\ndata: 1\n\n'))
    line.on('close', () => {
      deaf()
      open.delete(line)
    })
    return reply
  })
}
