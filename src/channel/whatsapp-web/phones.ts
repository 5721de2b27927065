/**
 * The phone behind a hidden id (`…@lid`): asked one at a time, remembered, and seldom, because asking often is said to raise
 * the risk of a ban. Whoever is met while another is being asked about stays without a number; an address needs none.
 */
import type { Client } from 'whatsapp-web.js'
import type { Incoming } from '../../core/message.ts'
import type { Clock } from '../../world.ts'
import { within } from './patience.ts'

export type Phones = {
  /** In digits, where it is known already. */
  known(chat: string): string | undefined
  /** The arrival with the phone behind it, where that can be had soon. */
  complete(incoming: Incoming): Promise<Incoming>
}

const remembered = 20_000
const askLimit = 3_000
const betweenMilliseconds = 3_000

export function makePhones(client: () => Client, clock: Pick<Clock, 'now'>): Phones {
  const phones = new Map<string, string | undefined>()
  let askedAt = Number.NEGATIVE_INFINITY

  async function ask(chat: string): Promise<string | undefined> {
    const now = clock.now().getTime()
    if (now - askedAt < betweenMilliseconds) return undefined
    askedAt = now
    const answer = client().getContactLidAndPhone([chat])
    const [found] = await within('phone', askLimit, answer).catch(() => [])
    const digits = /^(\d{6,15})(?::\d+)?@c\.us$/.exec(found?.pn ?? '')?.[1]
    phones.set(chat, digits)
    const oldest = phones.keys().next()
    if (phones.size > remembered && !oldest.done) phones.delete(oldest.value)
    return digits
  }

  return {
    known: (chat) => phones.get(chat),
    async complete(incoming) {
      const { from, phone } = incoming
      if (phone !== undefined || !from.endsWith('@lid')) return incoming
      // A session that ended meanwhile answers nothing; the words are worth more than the number.
      const digits = phones.has(from) ? phones.get(from) : await ask(from).catch(() => undefined)
      return digits === undefined ? incoming : { ...incoming, phone: `+${digits}` }
    },
  }
}
