/**
 * Whether the house is well, for those who watch over it. /health tells no count; /metrics counts what a machine needs
 * and nothing that could tell of restricted or sealed matters.
 */
import { timingSafeEqual } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type ChannelFacts, channelFacts } from '../store/channel-facts.ts'
import type { WebParts } from './parts.ts'

type HealthParts = Pick<
  WebParts,
  'database' | 'lines' | 'channels' | 'staffBot' | 'settings' | 'log' | 'clock'
>

/** How long a part may take to say that it is there. */
const patience = 2_000

export function healthRoutes(parts: HealthParts): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    const served = countServed(app)
    const delay = monitorEventLoopDelay({ resolution: 20 })
    delay.enable()
    app.addHook('onClose', async () => {
      delay.disable()
    })
    app.get('/health/live', async () => ({ live: true }))
    app.get('/health/ready', (_request, reply) => ready(parts, reply))
    app.get('/metrics', async (request, reply) => {
      if (!mayRead(request, parts.settings.metricsToken?.reveal())) return reply.code(404).send()
      reply.type('text/plain; version=0.0.4; charset=utf-8')
      const facts = await channelFacts(parts.database.pool, parts.clock.now())
      return metrics(parts, served, delay.percentile(99) / 1e9, facts)
    })
  }
}

async function ready(parts: HealthParts, reply: FastifyReply): Promise<FastifyReply> {
  const [database, lines] = await Promise.all([
    within(parts.database.pool.query('select 1').then(() => true)),
    within(parts.lines.ready()),
  ])
  const channels = parts.channels.map((channel) => ({ kind: channel.kind, state: channel.state() }))
  // The desk of staff is no channel that people write to; where there is none, nothing is said of it.
  const desk = parts.staffBot ? { desk: parts.staffBot.state() } : {}
  // A channel that is down is told and does not take the house out of service: its messages wait as rows.
  const well = database && lines
  return reply.code(well ? 200 : 503).send({ ready: well, database, lines, channels, ...desk })
}

async function within(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patience)
  })
  try {
    return await Promise.race([answer.catch(() => false), late])
  } finally {
    clearTimeout(timer)
  }
}

/** From this machine itself, or with the token. Behind a proxy the peer is the proxy: then only the token counts. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token !== undefined && given !== undefined) return equal(given, token)
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded']
  const peer = request.socket.remoteAddress ?? ''
  return forwarded === undefined && (peer === '127.0.0.1' || peer === '::1' || peer === '::ffff:127.0.0.1')
}

function equal(given: string, token: string): boolean {
  const one = Buffer.from(given)
  const other = Buffer.from(token)
  return one.length === other.length && timingSafeEqual(one, other)
}

type Served = { readonly byStatus: Map<string, number>; seconds: number; count: number }

/** Counts answers by the class of their status, over all routes together. */
function countServed(app: FastifyInstance): Served {
  const served: Served = { byStatus: new Map(), seconds: 0, count: 0 }
  app.addHook('onResponse', async (_request, reply) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    served.byStatus.set(status, (served.byStatus.get(status) ?? 0) + 1)
    served.seconds += reply.elapsedTime / 1000
    served.count += 1
  })
  return served
}

function metrics(
  parts: HealthParts,
  served: Served,
  loopDelay: number,
  facts: readonly ChannelFacts[],
): string {
  const { pool } = parts.database
  const lines = [
    '# TYPE baro_up gauge',
    'baro_up 1',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime().toFixed(0)}`,
    '# TYPE baro_event_loop_delay_p99_seconds gauge',
    `baro_event_loop_delay_p99_seconds ${loopDelay.toFixed(4)}`,
    '# TYPE baro_database_connections gauge',
    `baro_database_connections{state="open"} ${pool.totalCount}`,
    `baro_database_connections{state="idle"} ${pool.idleCount}`,
    `baro_database_connections{state="wanted"} ${pool.waitingCount}`,
    '# TYPE baro_http_responses_total counter',
    ...[...served.byStatus].map(([status, n]) => `baro_http_responses_total{status="${status}"} ${n}`),
    '# TYPE baro_http_response_seconds summary',
    `baro_http_response_seconds_sum ${served.seconds.toFixed(3)}`,
    `baro_http_response_seconds_count ${served.count}`,
    '# TYPE baro_channel_up gauge',
    ...parts.channels.map(
      (channel) =>
        `baro_channel_up{kind="${channel.kind}",id="${channel.id}"} ${channel.state() === 'up' ? 1 : 0}`,
    ),
    ...(facts.length > 0 ? ofChannels(facts) : []),
  ]
  return `${lines.join('\n')}\n`
}

/** Received, handled and missing: the last is nothing on every day but a bad one. */
function ofChannels(facts: readonly ChannelFacts[]): readonly string[] {
  const gauge = (name: string, of: (it: ChannelFacts) => number) => [
    `# TYPE ${name} gauge`,
    ...facts.map((it) => `${name}{kind="${it.kind}",id="${it.id}"} ${of(it)}`),
  ]
  return [
    ...gauge('baro_channel_received_last_day', ({ received }) => received),
    ...gauge('baro_channel_handled_last_day', ({ handled }) => handled),
    ...gauge('baro_channel_missing', ({ missed, stuck }) => missed + stuck),
    ...gauge('baro_channel_waiting', ({ waiting }) => waiting),
    ...gauge('baro_channel_held', ({ held }) => held),
    ...gauge('baro_channel_files_lost', ({ lost }) => lost),
  ]
}
