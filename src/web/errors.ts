/** What went wrong, for the person at the screen: a status and a sentence in their language, and never a detail. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Asset } from '../console/assets.ts'
import { FormFault } from '../console/form.ts'
import { FailurePage } from '../console/pages/plain.tsx'
import { html } from '../console/render.ts'
import { failureKey, type Words, wordsFor } from '../console/words.ts'
import { type StaffLanguage, staffLanguages } from '../core/language.ts'
import { Failure, type FailureCode } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Locales } from '../text/locale.ts'
import type { Clock } from '../world.ts'

type ErrorParts = {
  readonly locales: Locales
  readonly clock: Clock
  readonly log: Log
  readonly asset: (name: Asset) => string
}

/** The handler for everything thrown while a request is served. An unknown error is 500 with the request's id only. */
export function makeErrorHandler(parts: ErrorParts) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const failure = failureOf(error)
    const facts = { request: request.id, route: request.routeOptions.url ?? 'none' }
    if (!failure) parts.log.error('a request broke', error, facts)
    else if (failure.trouble.ours) parts.log.error('a request failed', failure, facts)
    const words = wordsFor(parts.locales, readerLanguage(request), parts.clock.now())
    const status = failure ? statusOf(failure, error) : 500
    const sentence = failure
      ? words.any(failureKey(failure.code))
      : words.t('failure.unknown', { id: request.id })
    reply.code(status).header('cache-control', 'no-store')
    if (failure?.code === 'sign_in:too_many' || failure?.code === 'rate:exceeded') {
      reply.header('retry-after', String(failure.facts['afterSeconds'] ?? 60))
    }
    return wantsPage(request)
      ? reply.type('text/html; charset=utf-8').send(page(parts, request, words, sentence))
      : reply.type('text/plain; charset=utf-8').send(sentence)
  }
}

/** The language of the reader: that of the account, else what the browser asks for, else French. */
export function readerLanguage(request: FastifyRequest): StaffLanguage {
  if (request.asking) return request.asking.staff.language
  const wanted = (request.headers['accept-language'] ?? '').toLowerCase()
  const found = wanted
    .split(',')
    .map((part) => part.trim().slice(0, 2))
    .find((code) => staffLanguages.some((language) => language === code))
  return found === 'en' ? 'en' : 'fr'
}

function page(parts: ErrorParts, request: FastifyRequest, words: Words, sentence: string): string {
  return html(FailurePage({ words, asset: parts.asset, sentence, signedIn: request.asking !== undefined }))
}

/** A part fetched by script gets the bare sentence; so does whoever did not ask for a page. */
function wantsPage(request: FastifyRequest): boolean {
  return !request.headers['hx-request'] && (request.headers.accept ?? '*/*').includes('html')
}

/** Fastify's own refusals, as ours. */
const theirs: Readonly<Record<string, FailureCode>> = {
  FST_CSRF_MISSING_SECRET: 'form:stale',
  FST_CSRF_INVALID_TOKEN: 'form:stale',
  FST_ERR_CTP_BODY_TOO_LARGE: 'form:invalid',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'form:invalid',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'form:invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'form:invalid',
  FST_ERR_BAD_URL: 'page:not_found',
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error
  // A form that nobody showed again with its fault: what was sent was wrong, and not the house.
  if (error instanceof FormFault) return new Failure('form:invalid', {}, { cause: error })
  const { code, statusCode } = error as Partial<FastifyError>
  const known = typeof code === 'string' ? theirs[code] : undefined
  if (known) return new Failure(known, {}, { cause: error })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Failure('form:invalid', {}, { cause: error })
  }
  return undefined
}

function statusOf(failure: Failure, error: unknown): number {
  const theirStatus = (error as Partial<FastifyError>).statusCode
  return error instanceof Failure ? failure.trouble.status : (theirStatus ?? failure.trouble.status)
}
