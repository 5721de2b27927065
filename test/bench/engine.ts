/** The engine alone: how many inputs a second, over the shipped flows, without a database or a rendering. */
import { makeConversation } from '../../src/conversation.ts'
import { referenceOf } from '../../src/core/reference.ts'
import type { Session, Situation } from '../../src/flow/session.ts'
import { readShelf } from '../../src/shelf.ts'
import { idleSession } from '../../src/turn/session.ts'

const sayings = [
  'menu',
  '1',
  '1',
  'bonjour',
  'besoin',
  '4',
  'je veux acheter une machine',
  '3',
  'formasion',
  'aide',
]

export function enginePerSecond(milliseconds = 2_000): number {
  const { engine } = makeConversation(readShelf())
  const now = new Date('2026-03-02T09:00:00Z')
  let count = 0
  const world = { now, id: () => `id-${++count}`, reference: () => referenceOf(++count) }
  const situation: Situation = {
    ...{ now, language: 'fr', consent: { keep_data: 'given' }, known: true, shared: false, minor: false },
    ...{ stopped: 'no', requests: [], duty: true, office: { open: true, opensAt: now } },
    daysFor: () => 3,
  }
  const fresh = { ...idleSession(undefined, now), welcomed: true }
  const run = (until: number): number => {
    let turns = 0
    let session: Session = fresh
    while (performance.now() < until) {
      for (const text of sayings) {
        const input = { kind: 'text', message: 'm', text, sentAt: now } as const
        session = engine.respond(session, input, situation, world).session
        turns += 1
      }
      session = fresh
    }
    return turns
  }
  run(performance.now() + 500)
  const start = performance.now()
  const turns = run(start + milliseconds)
  return Math.round((turns / (performance.now() - start)) * 1000)
}
