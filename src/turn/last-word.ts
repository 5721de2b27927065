/** The last thing that somebody hears from us before everything that is kept of them goes. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Language } from '../core/language.ts'
import { besideFlows } from '../flow/sentences.ts'
import type { Desk } from './act.ts'
import { type Speech, sayTo, untilItStands } from './aloud.ts'
import { leavesNow } from './reached.ts'

const lookMilliseconds = 200

/**
 * Says it wherever they alone are reached and it does them no harm, and waits until it has left, at most for so long: with
 * the keys what was not sent by then goes unread.
 */
export async function sayLastWord(
  desk: Desk,
  speech: Speech,
  people: readonly string[],
  patience: number,
): Promise<void> {
  const { prisma, clock, road, passOn } = desk
  const rows = await prisma.address.findMany({
    where: {
      ...{ state: 'live', stopped: { not: 'all' }, shared: false },
      people: {
        some: { personId: { in: [...people] }, until: null },
        every: { personId: { in: [...people] } },
      },
    },
  })
  const sent: string[] = []
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
        ...{ turn: clock.id(), at: clock.now(), events: [], changes },
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
