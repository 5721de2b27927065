/** The last thing that somebody hears from us before everything that is kept of them goes. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Language } from '../core/language.ts'
import { besideFlows } from '../flow/sentences.ts'
import type { Desk } from './act.ts'
import { type Speech, sayTo, untilItStands } from './aloud.ts'
import { leavesNow } from './reached.ts'

const lookMilliseconds = 200

/**
 * Says it wherever they alone are reached and it does them no harm, once for a form, and waits until it has left, at most
 * for `patience` milliseconds: with the keys what was not sent by then goes unread.
 */
export async function sayLastWord(
  desk: Desk,
  speech: Speech,
  { people, form }: { readonly people: readonly string[]; readonly form: string },
  patience: number,
): Promise<void> {
  const { prisma, clock, road, passOn } = desk
  // A form whose erasure failed after it is sent again.
  const said = await prisma.message.findMany({
    where: { turnId: form, direction: 'out' },
    select: { id: true, addressId: true },
  })
  const rows = await prisma.address.findMany({
    where: {
      ...{ state: 'live', stopped: { not: 'all' }, shared: false },
      id: { notIn: said.map(({ addressId }) => addressId) },
      people: {
        some: { personId: { in: [...people] }, until: null },
        every: { personId: { in: [...people] } },
      },
    },
  })
  const sent = said.map(({ id }) => id)
  for (const { id, keyId: key, channelId: channel, sessionId: session, shared, language } of rows) {
    const { verdict } = await leavesNow(desk, id, people[0])
    if (verdict.is !== 'send') continue
    const message = clock.id()
    const text = besideFlows.erased
    await untilItStands(async () => {
      const to = { key, channel, session, shared }
      const say = { text, language: (language as Language | null) ?? 'fr', visibility: 'open' as const }
      const { spoken, changes } = await sayTo(desk, speech, to, say)
      await road.act({
        ...{ turn: form, at: clock.now(), events: [], changes },
        address: { id, key, channel, session },
        messages: [{ id: message, spoken, priority: 'answer', visibility: 'open' }],
      })
    })
    sent.push(message)
    passOn({ outgoing: new Map([[channel, [id]]]), hints: new Set() })
  }
  for (const end = performance.now() + patience; performance.now() < end; await pause(lookMilliseconds)) {
    const left = await prisma.message.count({
      where: { id: { in: sent }, state: { in: ['queued', 'sending', 'held'] } },
    })
    if (left === 0) return
  }
}
