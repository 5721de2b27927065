/** The web server: what it is made of and in which order. Whoever calls `makeServer` makes it listen and closes it. */

import { constants as zlib } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import { type Asset, type AssetFile, readAssets } from '../console/assets.ts'
import { consoleRoutes } from '../console/routes.tsx'
import { Failure } from '../failure.ts'
import { calendarFeed } from './calendar-feed.ts'
import { entryRoutes } from './entry.tsx'
import { makeErrorHandler } from './errors.ts'
import { healthRoutes } from './health.ts'
import { hookRoutes } from './hooks.ts'
import { partnerDoor } from './partner-door.tsx'
import type { WebParts } from './parts.ts'
import { fitsPassword, hashPassword } from './password.ts'
import { guard, isSecure, reading, recognize } from './session.ts'
import { signInRoutes } from './sign-in.tsx'

/** A form may bring an answer far too long, so that it can be refused kindly and handed back. */
const largestForm = 1024 * 1024
/** Pages and parts of pages from one browser in a minute; a busy page fetches a few a second. */
const pagesAMinute = 600

/**
 * Everything that listens on the web, ready to `listen`: hooks, health, sign-in, console and the plugins it was given.
 * Closing it ends open streams and answers what is being served. `onRoute` hears of every route, for whoever must know
 * them all.
 */
export async function makeServer(
  parts: WebParts,
  onRoute?: (route: RouteOptions) => void,
): Promise<FastifyInstance> {
  const { tls, trustProxy } = parts.settings
  const app: FastifyInstance = Fastify({
    logger: false,
    genReqId: () => parts.clock.id(),
    bodyLimit: 64 * 1024,
    // A photo from a slow line takes its time; what stalls altogether is cut.
    requestTimeout: 180_000,
    forceCloseConnections: true,
    trustProxy: trustProxy ? [...trustProxy] : false,
    ...(tls ? { https: { cert: tls.cert, key: tls.key } } : {}),
  } as object)
  const assets = readAssets()
  const asset = (name: Asset) => assets.get(name)?.path ?? ''
  if (onRoute) app.addHook('onRoute', onRoute)
  app.decorateRequest('asking', undefined)
  app.decorateRequest('entering', undefined)
  const called = [...parts.channels, ...(parts.staffBot ? [parts.staffBot] : []), ...(parts.called ?? [])]
  // Before what dresses and compresses pages: providers read nothing but the status.
  await app.register(hookRoutes(called, parts.log))
  await app.register(cookie)
  await app.register(helmet, helmetOptions(parts))
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } },
  })
  app.setErrorHandler(makeErrorHandler({ ...parts, asset }))
  app.setNotFoundHandler(() => {
    throw new Failure('page:not_found')
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  for (const file of assets.values()) mountAsset(app, file)
  app.get('/', (_request, reply) => reply.redirect('/console', 303))
  await app.register(healthRoutes(parts))
  await app.register(calendarFeed(parts))
  await app.register(partnerDoor({ ...parts, asset }))
  for (const plugin of parts.plugins ?? []) await app.register(plugin)
  await app.register(pages(parts, asset))
  return app
}

/** The pages for staff: forms with tokens, a limit per browser, and the door of the console. */
function pages(parts: WebParts, asset: (name: Asset) => string): FastifyPluginAsync {
  return async (app) => {
    await app.register(formbody, { bodyLimit: largestForm })
    await app.register(rateLimit, {
      max: pagesAMinute,
      timeWindow: 60_000,
      hook: 'preHandler',
      keyGenerator: browserOf,
      errorResponseBuilder: () => new Failure('rate:exceeded', { afterSeconds: 60 }),
    })
    await app.register(csrf, {
      cookieOpts: { path: '/', sameSite: 'lax', httpOnly: true, secure: isSecure(parts.settings) },
      csrfOpts: { hmacKey: parts.database.keys.cookieKey, userInfo: true },
      getUserInfo,
    })
    signInRoutes(app, { ...parts, asset })
    await app.register(async (inside) => entryRoutes(inside, { ...parts, asset }))
    await app.register(async (inside) => {
      inside.addHook('onRequest', (request) => recognize(parts, request))
      inside.addHook('onRequest', guard)
      inside.addHook('preHandler', (request, reply, done) => {
        if (request.method === 'POST') inside.csrfProtection(request, reply, done)
        else done()
      })
      inside.addHook('preHandler', reading)
      const { publicUrl } = parts.settings
      consoleRoutes(inside, parts, { asset, hashPassword, fitsPassword, publicUrl })
    })
  }
}

/** Form tokens are bound to the session they were made for; before the sign-in, to being a visitor. */
function getUserInfo(request: FastifyRequest): string {
  return (request.asking ?? request.entering)?.session.toString('hex') ?? 'visitor'
}

/** An office behind one address is many browsers: whoever is signed in counts alone. */
function browserOf(request: FastifyRequest): string {
  return request.asking?.session.toString('hex') ?? request.ip
}

function mountAsset(app: FastifyInstance, file: AssetFile): void {
  app.get(file.path, (request, reply) => {
    const accepts = request.headers['accept-encoding'] ?? ''
    const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined
    reply
      .type(file.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
    if (file.policy) reply.header('content-security-policy', file.policy)
    if (encoding) reply.header('content-encoding', encoding)
    return reply.send(encoding ? file[encoding] : file.plain)
  })
}

/** Scripts, styles and everything else only from here; nobody may frame us. */
function helmetOptions(parts: WebParts) {
  const secure = isSecure(parts.settings)
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        // What was recorded is listened to before it is sent.
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' as const },
    crossOriginEmbedderPolicy: false,
  }
}
