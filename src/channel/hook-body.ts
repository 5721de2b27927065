/** What a hook asks of a call before it believes it: the right secret, and a body that is JSON. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares digests, so that neither the length nor the first wrong letter shows in the time it takes. */
export function isSecret(given: string, ours: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(ours))
}

/** The value of a body; undefined for what is no JSON. */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
