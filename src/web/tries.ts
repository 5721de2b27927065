/**
 * How often a password may be tried. A try counts for the account and the address together, so that an office behind one
 * address is not locked out by a colleague who forgot a password; and for each alone, with room to spare, against whoever
 * guesses many accounts from one place or one account from many. Only failures count against what others share.
 *
 * A browser in which somebody has signed in before carries a mark of that account, and its tries count for nobody else:
 * whatever a stranger does, at this address or with this account, people still come in from their own desk.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { forgetTries, type Limit, takeBackTry, tryOnce } from '../store/attempt.ts'
import type { ForSignIn } from '../store/staff.ts'
import type { WebParts } from './parts.ts'
import { isSecure } from './session.ts'

const quarter = 15 * 60_000
const limits = {
  known: { kind: 'sign_in_known', most: 10, within: quarter },
  pair: { kind: 'sign_in_pair', most: 5, within: quarter },
  account: { kind: 'sign_in_account', most: 50, within: quarter },
  address: { kind: 'sign_in_address', most: 100, within: quarter },
} satisfies Record<string, Limit>

const cookieName = 'baro_known'
const remembered = 60 * 24 * 60 * 60
/** A laptop of the office is shared by a few. */
const accountsInBrowser = 6

export type Tries = {
  /** Counts this try; fails with `sign_in:too_many`. */
  count(): Promise<void>
  /** The password was right: the count begins again. */
  forgive(): Promise<void>
  /** Marks the browser as one in which this account is at home. */
  remember(reply: FastifyReply): void
}

type Desk = Pick<WebParts, 'database' | 'clock' | 'settings'>

/** The tries of one form: which limits they count for. */
export function triesOf(
  desk: Desk,
  request: FastifyRequest,
  email: string,
  account: ForSignIn | undefined,
): Tries {
  const { database, clock } = desk
  const marks = (request.cookies[cookieName] ?? '').split('.').filter(Boolean)
  // A changed password makes all its marks worthless.
  const mark = account && database.keys.hash('cookie', `known|${account.id}|${account.passwordHash}`)
  const own = mark?.toString('base64url')
  const known = own !== undefined && marks.includes(own)
  const counts: readonly (readonly [Limit, string])[] = known
    ? [[limits.known, own]]
    : [
        [limits.pair, `${email}|${request.ip}`],
        [limits.account, email],
        [limits.address, request.ip],
      ]
  return {
    async count() {
      const now = clock.now()
      const waits = await Promise.all(counts.map(([limit, who]) => tryOnce(database, limit, who, now)))
      const afterSeconds = Math.max(0, ...waits.map((wait) => wait ?? 0))
      if (afterSeconds > 0) throw new Failure('sign_in:too_many', { afterSeconds })
    },
    async forgive() {
      for (const [limit, who] of counts) {
        const alone = limit === limits.pair || limit === limits.known
        if (alone) await forgetTries(database, limit.kind, who)
        else await takeBackTry(database, limit.kind, who)
      }
    },
    remember(reply) {
      if (own === undefined) return
      const all = [own, ...marks.filter((one) => one !== own)].slice(0, accountsInBrowser)
      reply.setCookie(cookieName, all.join('.'), {
        path: '/login',
        httpOnly: true,
        sameSite: 'lax',
        secure: isSecure(desk.settings),
        maxAge: remembered,
      })
    },
  }
}

const factorLimits = {
  pair: { kind: 'factor_pair', most: 5, within: quarter },
  account: { kind: 'factor_account', most: 15, within: quarter },
  /** A code has a million faces and three fit at a time: a day of guessing finds one in five thousand. */
  day: { kind: 'factor_day', most: 60, within: 24 * 60 * 60_000 },
} satisfies Record<string, Limit>

/** Counts a try of a code, by whoever gave the password of this account; fails with `sign_in:too_many`. */
export async function countCode(desk: Desk, request: FastifyRequest, staff: string): Promise<void> {
  const now = desk.clock.now()
  const waits = await Promise.all([
    tryOnce(desk.database, factorLimits.pair, `${staff}|${request.ip}`, now),
    tryOnce(desk.database, factorLimits.account, staff, now),
    tryOnce(desk.database, factorLimits.day, staff, now),
  ])
  const afterSeconds = Math.max(0, ...waits.map((wait) => wait ?? 0))
  if (afterSeconds > 0) throw new Failure('sign_in:too_many', { afterSeconds })
}

/** The code was right: the count begins again. */
export async function forgiveCodes(desk: Desk, request: FastifyRequest, staff: string): Promise<void> {
  await forgetTries(desk.database, factorLimits.pair.kind, `${staff}|${request.ip}`)
  for (const { kind } of [factorLimits.account, factorLimits.day])
    await takeBackTry(desk.database, kind, staff)
}
