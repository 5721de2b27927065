/** People, arrivals and turns for tests of the store. */
import type { Content, Incoming, Spoken } from '../../src/core/message.ts'
import type { Session } from '../../src/flow/session.ts'
import type { Database } from '../../src/store/database.ts'
import type { Arrived, NewEvent, NewMessage, Standing, TurnRows } from '../../src/store/road.ts'
import { realClock } from '../../src/world.ts'

export const noon = new Date('2026-11-23T12:00:00Z')
const id = () => realClock.id()

export async function makeChannel(database: Database, kind = 'fake'): Promise<string> {
  const channel = id()
  await database.prisma.channel.create({ data: { id: channel, kind, account: channel, createdAt: noon } })
  return channel
}

export function incoming(channel: string, from: string, n: number, content?: Content): Incoming {
  return {
    channel,
    from,
    externalId: `m${n}`,
    edit: 0,
    sentAt: new Date(noon.getTime() + n * 1000),
    content: content ?? { kind: 'text', text: `text ${n}` },
  }
}

export function arrival(channel: string, from: string, n: number, content?: Content) {
  return { id: id(), at: noon, incoming: incoming(channel, from, n, content) }
}

/** Lets one arrival in and gives it back with its standing; fails when it was a repeat. */
export async function letIn(database: Database, channel: string, from: string, n: number, content?: Content) {
  const [met] = await database.road.arrive([arrival(channel, from, n, content)])
  if (!met) throw new Error('it was a repeat')
  return met
}

export const idle: Session = {
  v: 1,
  stack: [],
  open: false,
  tries: 0,
  shown: [],
  lists: 0,
  heardAt: noon.getTime(),
  greeted: true,
}

export function spoken(text: string): Spoken {
  return { text, language: 'fr' }
}

export function message(text: string, more: Partial<NewMessage> = {}): NewMessage {
  return { id: id(), spoken: spoken(text), priority: 'answer', visibility: 'open', ...more }
}

export function event(happening: NewEvent['happening'], more: Partial<NewEvent> = {}): NewEvent {
  return { id: id(), by: 'flow', happening, visibility: 'open', ...more }
}

/** What a turn writes that answers this arrival with these words. */
export function answerTo(
  { arrived, standing }: { arrived: Arrived; standing: Standing },
  words: readonly string[],
  more: Partial<TurnRows> = {},
): TurnRows {
  return {
    turn: id(),
    at: noon,
    address: {
      id: standing.address.id,
      key: standing.address.key,
      channel: standing.address.channel,
      session: standing.session.id,
    },
    session: {
      id: standing.session.id,
      version: standing.session.version,
      state: { ...idle, lists: (standing.session.state?.lists ?? 0) + 1 },
    },
    handled: { message: arrived.message, seq: arrived.seq, visibility: 'open' },
    messages: words.map((text) => message(text)),
    events: [event({ type: 'flow_entered', flow: 'menu' })],
    changes: [],
    ...more,
  }
}
