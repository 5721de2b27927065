/** Who a browser is in the web chat: a signed cookie, the language of its words, and how often it may write. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Language, languages } from '../core/language.ts'
import type { Clock } from '../world.ts'

const cookieName = 'baro_chat'
const cookieLives = 180 * 24 * 3600

/** The address in the request's cookie, if we signed it. */
export function visitorOf(cookies: string | undefined, key: Buffer): string | undefined {
  const value = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(cookies ?? '')?.[1]
  const [, address, signature] = /^([\w-]{8,64})\.([\w-]{43})$/.exec(value ?? '') ?? []
  if (address === undefined || signature === undefined) return undefined
  const ours = Buffer.from(sign(address, key))
  return timingSafeEqual(ours, Buffer.from(signature)) ? address : undefined
}

/** The cookie that makes a browser this address for half a year; scripts cannot read it, other sites cannot use it. */
export function visitorCookie(address: string, key: Buffer, secure: boolean): string {
  const rest = `Path=/chat; Max-Age=${cookieLives}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return `${cookieName}=${address}.${sign(address, key)}; ${rest}`
}

function sign(address: string, key: Buffer): string {
  return createHmac('sha256', key).update(`web-chat:${address}`).digest('base64url')
}

/** The first of our languages that the browser asks for; French when there is none. */
export function languageOf(accepted: string | undefined): Language {
  const asked = (accepted ?? '').split(',').map((it) => it.trim().slice(0, 2).toLowerCase())
  return languages.find((it) => it === asked.find((one) => languages.some((ours) => ours === one))) ?? 'fr'
}

/** Counts tries in windows of a minute. */
export type Limit = {
  /** Whether this one may still; counts it. */
  take(who: string): boolean
}

const minute = 60_000
const mostCounted = 10_000

/** At most `most` tries a minute for each. */
export function makeLimit(most: number, clock: Clock): Limit {
  const counted = new Map<string, { readonly since: number; tries: number }>()
  return {
    take(who) {
      const now = clock.now().getTime()
      const known = counted.get(who)
      if (known && now - known.since < minute) {
        known.tries += 1
        return known.tries <= most
      }
      if (counted.size >= mostCounted) forget(counted, now)
      counted.set(who, { since: now, tries: 1 })
      return true
    },
  }
}

/** Drops windows that are over; should all be fresh, the oldest half goes, because memory must stay bounded. */
function forget(counted: Map<string, { readonly since: number }>, now: number): void {
  for (const [who, { since }] of counted) if (now - since >= minute) counted.delete(who)
  if (counted.size < mostCounted) return
  for (const who of [...counted.keys()].slice(0, mostCounted / 2)) counted.delete(who)
}
