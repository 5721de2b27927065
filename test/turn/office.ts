import { makeBarred } from '../../src/store/barred.ts'
/** A small office for tests of turns: one database, one fake channel, real flows, a clock that is moved by hand. */

import { setTimeout as pause } from 'node:timers/promises'
import type { OpenFile } from '../../src/channel/contract.ts'
import { type FakeChannel, makeFake } from '../../src/channel/fake.ts'
import { makeConversation } from '../../src/conversation.ts'
import type { QueueKey } from '../../src/core/queue.ts'
import type { Role, Staff } from '../../src/core/staff.ts'
import type { Engine } from '../../src/flow/engine.ts'
import { makeEars } from '../../src/job/ears.ts'
import { makePace } from '../../src/job/pace.ts'
import { sendMessages } from '../../src/job/send-messages.ts'
import type { Log } from '../../src/log.ts'
import { readShelf } from '../../src/shelf.ts'
import type { Database } from '../../src/store/database.ts'
import { makeOutbox } from '../../src/store/outbox.ts'
import { findHelped } from '../../src/store/proxy.ts'
import type { Road } from '../../src/store/road.ts'
import { seatsOf } from '../../src/store/staff.ts'
import type { Locales } from '../../src/text/locale.ts'
import type { Desk } from '../../src/turn/act.ts'
import type { Speech } from '../../src/turn/aloud.ts'
import { makeCards } from '../../src/turn/card.ts'
import { makeCodes } from '../../src/turn/code.ts'
import type { News } from '../../src/turn/hint.ts'
import { noteBlocked } from '../../src/turn/news.ts'
import { makeOriginals } from '../../src/turn/original.ts'
import { makeQuotes } from '../../src/turn/quote.ts'
import { Lanes } from '../../src/turn/receive.ts'
import { makeReferences } from '../../src/turn/references.ts'
import { makeWatch } from '../../src/turn/surroundings.ts'
import { makeTolds } from '../../src/turn/told.ts'
import { type Clock, uuid7 } from '../../src/world.ts'
import { noFiles } from '../channel/ears.ts'

/** A Monday in Bamako. */
export const monday = new Date('2026-03-02T09:00:00Z')
export const conversation = makeConversation(readShelf())

/** A clock that stands until it is moved, and ids that are counted. */
export type HandClock = Clock & { set(at: Date): void; forward(milliseconds: number): void }

export function handClock(start: Date = monday, firstId = 0): HandClock {
  let now = start.getTime()
  let ids = firstId
  return {
    now: () => new Date(now),
    id() {
      ids += 1
      const random = Buffer.alloc(10)
      random.writeUInt32BE(ids, 6)
      return uuid7(now, random)
    },
    dice: (below) => ids % below,
    set: (at) => {
      now = at.getTime()
    },
    forward: (milliseconds) => {
      now += milliseconds
    },
  }
}

/** Keeps what was logged, for tests that look at it. */
export function listLog(): Log & { readonly lines: { what: string; cause?: unknown }[] } {
  const lines: { what: string; cause?: unknown }[] = []
  return {
    lines,
    info: (what) => void lines.push({ what }),
    warn: (what) => void lines.push({ what }),
    error: (what, cause) => void lines.push({ what, cause }),
  }
}

type Abilities = Parameters<typeof makeFake>[0]['abilities']

export type Office = Awaited<ReturnType<typeof openOffice>>

/** Opens the office on a database; messages are sent as soon as a turn is committed, without job lines. */
export async function openOffice(
  database: Database,
  options: {
    readonly clock?: HandClock
    readonly engine?: Engine
    readonly locales?: Locales
    readonly voices?: Speech['voices']
    readonly road?: Road
    readonly abilities?: Abilities
    /** The bytes of files that go out; there are none unless a test keeps some. */
    readonly open?: OpenFile
    /** Another process of the same office: speaks through the same accounts. */
    readonly beside?: { readonly channels: Map<string, FakeChannel> }
  } = {},
) {
  const clock = options.clock ?? handClock()
  const road = options.road ?? database.road
  const log = listLog()
  const channels = options.beside?.channels ?? new Map<string, FakeChannel>()
  const outbox = makeOutbox(database.pool, database.keys)
  const watch = makeWatch(database.prisma, clock)
  const news: News[] = []
  const pace = makePace({})
  const closing = new AbortController()
  const sends = new Set<Promise<void>>()
  const track = (work: Promise<void>) => {
    const tracked = work.finally(() => sends.delete(tracked))
    sends.add(tracked)
  }
  const deliver = async (id: string, addresses: readonly string[]): Promise<void> => {
    const channel = channels.get(id)
    if (!channel) throw new Error('something is to be sent on an account that is not there')
    const parts = {
      ...{ outbox, channel, pace, clock, log },
      open: options.open ?? noFiles,
      blocked: (address: string) => noteBlocked({ road, clock }, [address]),
      // Where another sender stood it is looked at in a moment; longer pauses are for clocks that a test moves.
      again: async (some: readonly string[], delay: number) => {
        if (delay < 1_000) track(pause(20).then(() => deliver(id, some)))
      },
    }
    await sendMessages(parts, addresses, closing.signal)
  }
  const passOn = (it: News) => {
    news.push(it)
    for (const [id, addresses] of it.outgoing) track(deliver(id, addresses))
  }
  const screen = (id: string) => channels.get(id)?.abilities ?? { buttons: undefined, textLength: 4096 }
  const talk = {
    ...conversation,
    engine: options.engine ?? conversation.engine,
    locales: options.locales ?? conversation.locales,
    voices: options.voices ?? conversation.voices,
    screen,
  }
  const lanes = new Lanes({
    ...talk,
    ...{ keys: database.keys, clock, road, watch, log, passOn },
    references: makeReferences(database.pool),
    quotedList: makeQuotes(database.pool, database.keys),
    original: makeOriginals(database.pool, database.keys),
    card: makeCards(database, clock),
    told: makeTolds(database, clock, conversation.vocabulary),
    barred: makeBarred(database),
    code: makeCodes(database, clock),
    helped: (proxy: string) => findHelped(database.prisma, proxy, clock.now()),
  })
  const ears = makeEars({ ...database, road, lanes, outbox, clock, log, changed: () => {} })
  /** One more account, listening. */
  async function addChannel(kind: string, abilities?: Abilities): Promise<FakeChannel> {
    const id = clock.id()
    await database.prisma.channel.create({ data: { id, kind, account: id, createdAt: clock.now() } })
    const channel = makeFake({ id, clock, abilities })
    channels.set(id, channel)
    await channel.start(ears, { read: async () => undefined, write: async () => {} })
    return channel
  }
  const channel = await addChannel('fake', options.abilities)
  const references = makeReferences(database.pool)
  const desk: Desk = { ...database, road, clock, watch, references, passOn }
  return {
    talk,
    ...{ database, clock, lanes, channel, channels, addChannel, outbox, watch, log, news, desk, ears },
    /** Until everything that was said is answered and sent. */
    async settled() {
      do {
        await lanes.settled()
        await Promise.all(sends)
      } while (sends.size > 0)
    },
    /** Says something and waits for the answer; gives what was sent meanwhile to that person. */
    async says(from: string, text: string, more: Parameters<FakeChannel['says']>[2] = {}) {
      const before = channel.sent(from).length
      await channel.says(from, text, more)
      await this.settled()
      return channel.sent(from).slice(before)
    },
    async close() {
      await lanes.close()
      closing.abort()
      await Promise.all(sends)
      await ears.close()
      for (const one of channels.values()) await one.close()
    },
  }
}

let staffCount = 0

/** Somebody who works here, seated where the roles sit. */
export async function hire(
  office: Pick<Office, 'database' | 'clock' | 'watch'>,
  name: string,
  roles: readonly Role[],
  more: { readonly office?: string; readonly queues?: readonly QueueKey[] } = {},
): Promise<Staff> {
  staffCount += 1
  const { prisma } = office.database
  const id = office.clock.id()
  const queues = more.queues ?? seatsOf(roles)
  const email = `staff${staffCount}@example.org`
  await prisma.staff.create({
    data: {
      ...{ id, name, email, roles: [...roles], passwordHash: '-', createdAt: office.clock.now() },
      officeId: more.office ?? null,
    },
  })
  await prisma.queueStaff.createMany({ data: queues.map((queue) => ({ queue, staffId: id })) })
  office.watch.forget()
  return { id, name, email, roles, language: 'fr', office: more.office, queues }
}
