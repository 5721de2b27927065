import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type FakeChannel, makeFake } from '../../src/channel/fake.ts'
import { Failure } from '../../src/failure.ts'
import { makePace, type Pace } from '../../src/job/pace.ts'
import { type SendParts, sendMessages } from '../../src/job/send-messages.ts'
import { makeOutbox } from '../../src/store/outbox.ts'
import type { TestDatabase } from '../database.ts'
import { oneDatabase } from '../one-database.ts'
import { answerTo, incoming, letIn, message } from '../store/turns.ts'
import { type HandClock, handClock, listLog } from '../turn/office.ts'

const emptyDatabase = oneDatabase()

let database: TestDatabase
let clock: HandClock
let channel: FakeChannel
let parts: SendParts
let blocked: string[]
let again: { readonly addresses: readonly string[]; readonly delay: number }[]

beforeEach(async () => {
  database = emptyDatabase()
  clock = handClock(new Date('2026-11-23T12:00:00Z'))
  const id = clock.id()
  await database.prisma.channel.create({ data: { id, kind: 'fake', account: id, createdAt: clock.now() } })
  channel = makeFake({ id, clock })
  const here = channel
  onTestFinished(() => here.close())
  blocked = []
  again = []
  parts = {
    ...{ outbox: makeOutbox(database.pool, database.keys), channel, clock, log: listLog() },
    open: async (media) => Buffer.from(media),
    pace: makePace({}),
    blocked: async (address) => void blocked.push(address),
    again: async (addresses, delay) => void again.push({ addresses, delay }),
  }
})

let told = 0
/** Writes these words to somebody and gives the address. */
async function write(to: string, ...words: string[]): Promise<string> {
  told += 1
  const met = await letIn(database, channel.id, to, told)
  await database.road.commit([answerTo(met, words)])
  return met.standing.address.id
}
const send = (...addresses: string[]) => sendMessages(parts, addresses, new AbortController().signal)
const sentTo = (to: string) => channel.sent(to).map(({ spoken }) => spoken.text)
const states = async () =>
  (await database.prisma.message.findMany({ where: { direction: 'out' }, orderBy: { position: 'asc' } })).map(
    ({ state, failure, attempts }) => [state, failure, attempts],
  )

describe('sending', () => {
  test('is in order for each address, side by side for several', async () => {
    channel.delay(5)
    const addresses = await Promise.all(
      ['awa', 'issa', 'seydou'].map((to) => write(to, `1 ${to}`, `2 ${to}`, `3 ${to}`)),
    )
    await send(...addresses)
    for (const to of ['awa', 'issa', 'seydou']) expect(sentTo(to)).toEqual([`1 ${to}`, `2 ${to}`, `3 ${to}`])
    expect(await states()).toEqual(Array(9).fill(['sent', null, 1]))
  })

  test('by two workers at once sends nothing twice and keeps the order', async () => {
    channel.delay(2)
    const words = Array.from({ length: 10 }, (_, n) => `message ${n}`)
    const address = await write('awa', ...words)
    await Promise.all([send(address), send(address), send(address)])
    expect(sentTo('awa')).toEqual(words)
  })
})

describe('an account that cannot speak', () => {
  test('holds what waits back: nothing is taken, no try is counted', async () => {
    const address = await write('awa', 'un')
    const held = (why: 'down' | 'paused' | 'elsewhere') => {
      parts = { ...parts, channel: Object.assign(channel, { holdsBack: () => why }) }
    }
    held('down')
    await send(address)
    held('paused')
    await send(address)
    expect(again).toEqual([])
    held('elsewhere')
    await send(address)
    expect(again).toEqual([{ addresses: [address], delay: 2_000 }])
    expect(await states()).toEqual([['queued', null, 0]])
    Object.assign(channel, { holdsBack: () => undefined })
    await send(address)
    expect(await states()).toEqual([['sent', null, 1]])
  })

  test('when nobody knows whether it went, a sign that comes late still counts, and it is not said again', async () => {
    const address = await write('awa', 'un')
    channel.fail(new Failure('channel:doubtful', { externalId: 'w1' }))
    await send(address)
    expect(await states()).toEqual([['unknown', null, 1]])
    await parts.outbox.report([{ channel: channel.id, externalId: 'w1', state: 'sent', at: clock.now() }])
    clock.forward(3_600_000)
    await send(address)
    expect(sentTo('awa')).toEqual([])
    expect(await states()).toEqual([['sent', null, 1]])
  })

  test('what is said again is said as such', async () => {
    const address = await write('awa', 'un')
    const told: unknown[] = []
    const plain = channel.send.bind(channel)
    const listening: SendParts['channel']['send'] = (to, spoken, open, sending) => {
      told.push(sending)
      return plain(to, spoken, open)
    }
    parts = { ...parts, channel: Object.assign(channel, { send: listening }) }
    channel.fail(new Failure('channel:doubtful'))
    await send(address)
    clock.forward(61_000)
    await send(address)
    expect(told).toEqual([
      { resent: false, campaign: false },
      { resent: true, campaign: false },
    ])
    expect(sentTo('awa')).toEqual(['un'])
  })
})

test('what waits where another sender stands is looked at again, until nothing does', async () => {
  const address = await write('awa', 'un')
  const other = { holder: clock.id(), now: clock.now(), until: new Date(clock.now().getTime() + 60_000) }
  const [held] = await parts.outbox.claim(other, [address])
  if (!held) throw new Error('nothing to send')
  await send(address)
  // What the other has in the air is its own.
  expect(again).toEqual([])
  const met = await letIn(database, channel.id, 'awa', 99)
  await database.road.commit([answerTo(met, ['deux'])])
  await send(address)
  expect(again).toEqual([{ addresses: [address], delay: 300 }])
  expect(sentTo('awa')).toEqual([])
})

describe('a send that fails', () => {
  test('for a while is put back with a growing pause, and nothing overtakes it', async () => {
    channel.fail(new Failure('channel:unreachable'), 2)
    const address = await write('awa', 'un', 'deux')
    await send(address)
    expect(sentTo('awa')).toEqual([])
    expect(again).toEqual([{ addresses: [address], delay: 5_000 }])
    clock.forward(6_000)
    await send(address)
    expect(again.at(-1)?.delay).toBe(15_000)
    clock.forward(16_000)
    await send(address)
    expect(sentTo('awa')).toEqual(['un', 'deux'])
  })

  test('for a day has failed for good', async () => {
    channel.fail(new Failure('channel:unreachable'), 50)
    const address = await write('awa', 'un')
    for (let tries = 0; tries < 12; tries++) {
      await send(address)
      clock.forward(30_000_000)
    }
    expect(await states()).toEqual([['failed', 'channel:unreachable', 11]])
  })

  test('because of the rate waits as long as the provider says', async () => {
    channel.fail(new Failure('channel:throttled', { afterSeconds: 7 }))
    const address = await write('awa', 'un')
    await send(address)
    expect(again).toEqual([{ addresses: [address], delay: 7_000 }])
  })

  test('for ever costs only that message', async () => {
    channel.fail(new Failure('channel:refused'))
    const address = await write('awa', 'un', 'deux')
    await send(address)
    expect(sentTo('awa')).toEqual(['deux'])
    expect(await states()).toEqual([
      ['failed', 'channel:refused', 1],
      ['sent', null, 1],
    ])
  })

  test('after the provider closed its window is held before anything is tried, and not in a moment before', async () => {
    const windowed = makeFake({ id: channel.id, clock, abilities: { answerWindow: 24 } })
    onTestFinished(() => windowed.close())
    parts = { ...parts, channel: windowed }
    clock.forward(24 * 60 * 60_000)
    await send(await write('awa', 'un'))
    clock.forward(1)
    await send(await write('issa', 'un'))
    expect([windowed.sent('awa').length, windowed.sent('issa').length]).toEqual([1, 0])
    expect(await states()).toEqual([
      ['sent', null, 1],
      ['held', 'channel:window_closed', 1],
    ])
    // Neither time nor another message moves it; the person's next word does, and it goes in order.
    const issa = await write('issa', 'deux')
    clock.forward(25 * 60 * 60_000)
    await send(issa)
    expect(windowed.sent('issa')).toEqual([])
    clock.forward(1)
    const again = { id: clock.id(), at: clock.now(), incoming: incoming(channel.id, 'issa', 900) }
    const [met] = await database.road.arrive([again])
    if (!met) throw new Error('it was a repeat')
    await database.road.commit([answerTo(met, ['trois'])])
    await send(issa)
    expect(windowed.sent('issa').map(({ spoken }) => spoken.text)).toEqual(['un', 'deux', 'trois'])
  })

  test('because one person had too much makes nobody else wait', async () => {
    const held: number[] = []
    parts = { ...parts, pace: { turn: async () => {}, hold: (seconds) => void held.push(seconds) } }
    channel.fail(new Failure('channel:throttled', { afterSeconds: 6, pair: true }))
    await send(await write('awa', 'un'))
    channel.fail(new Failure('channel:throttled', { afterSeconds: 10 }))
    await send(await write('issa', 'un'))
    expect(held).toEqual([10])
    expect(again.map(({ delay }) => delay)).toEqual([6_000, 10_000])
  })

  test('because the person blocked us is told', async () => {
    channel.fail(new Failure('channel:blocked'))
    const address = await write('awa', 'un')
    await send(address)
    expect(blocked).toEqual([address])
  })

  test('in a way that nobody understands is unknown, sent once more and counted', async () => {
    const strange = makeFake({
      id: channel.id,
      clock,
      passedOn: async () => Promise.reject(new Error('a bug')),
    })
    onTestFinished(() => strange.close())
    const address = await write('awa', 'un')
    await sendMessages({ ...parts, channel: strange }, [address], new AbortController().signal)
    expect(await states()).toEqual([['unknown', 'resent', 2]])
    expect(await parts.outbox.unknown()).toBe(1)
  })
})

describe('a message with a voice before it', () => {
  const before = { media: 'clip', kind: 'voice', mime: 'audio/ogg', bytes: 4, seconds: 1 } as const
  const speak = async (to: string) => {
    const met = await letIn(database, channel.id, to, ++told)
    const spoken = { text: 'un', language: 'fr', before } as const
    await database.road.commit([
      answerTo(met, [], { messages: [message('', { spoken, priority: 'campaign' })] }),
    ])
    return met.standing.address.id
  }

  test('goes out as two, the voice first', async () => {
    await send(await speak('awa'))
    const sent = channel.sent('awa').map(({ spoken: { text, file } }) => [text, file?.media])
    expect(sent).toEqual([
      ['', 'clip'],
      ['un', undefined],
    ])
    expect(await states()).toEqual([['sent', null, 1]])
  })

  test('is doubtful and not heard twice when the words may not have followed', async () => {
    let calls = 0
    const cut = makeFake({
      ...{ id: channel.id, clock },
      async passedOn() {
        calls += 1
        if (calls > 1) throw new Failure('channel:unreachable')
      },
    })
    onTestFinished(() => cut.close())
    const address = await speak('awa')
    await sendMessages({ ...parts, channel: cut }, [address], new AbortController().signal)
    expect([calls, await states()]).toEqual([2, [['unknown', null, 1]]])
  })
})

describe('when the database goes away for a moment', () => {
  test('what was sent is written when it is back, and not sent again', async () => {
    let failures = 2
    const lost = Object.assign(new Error('terminating connection'), { code: '57P01' })
    const outbox: SendParts['outbox'] = {
      ...parts.outbox,
      settle(sender, outcomes) {
        failures -= 1
        return failures >= 0 ? Promise.reject(lost) : parts.outbox.settle(sender, outcomes)
      },
    }
    const address = await write('awa', 'un', 'deux')
    await sendMessages({ ...parts, outbox }, [address], new AbortController().signal)
    expect(sentTo('awa')).toEqual(['un', 'deux'])
    expect(await states()).toEqual([
      ['sent', null, 1],
      ['sent', null, 1],
    ])
  })
})

describe('closing', () => {
  test('leaves what waits for its turn queued, to be sent by the next process', async () => {
    const closing = new AbortController()
    const pace = makePace({ perAddress: { perSecond: 0.01, burst: 1 } })
    const address = await write('awa', 'un', 'deux', 'trois')
    const sending = sendMessages({ ...parts, pace }, [address], closing.signal)
    await expect.poll(() => sentTo('awa')).toEqual(['un'])
    await pause(50)
    closing.abort()
    await sending
    clock.forward(2_000)
    await send(address)
    expect(sentTo('awa')).toEqual(['un', 'deux', 'trois'])
  })
})

describe('the pace', () => {
  const waits = async (pace: Pace, address: string) => {
    const start = performance.now()
    await pace.turn(address, new AbortController().signal)
    return performance.now() - start
  }

  test('lets a burst through and then fills slowly, for each address apart', async () => {
    const pace = makePace({ perAddress: { perSecond: 20, burst: 2 } })
    expect(await waits(pace, 'awa')).toBeLessThan(20)
    expect(await waits(pace, 'awa')).toBeLessThan(20)
    expect(await waits(pace, 'awa')).toBeGreaterThan(30)
    expect(await waits(pace, 'issa')).toBeLessThan(20)
  })

  test('holds everybody back when the provider asks for it', async () => {
    const pace = makePace({})
    pace.hold(0.1)
    expect(await waits(pace, 'awa')).toBeGreaterThan(80)
  })

  test('in all is never faster than the account may be', async () => {
    const pace = makePace({ overall: { perSecond: 100, burst: 1 } })
    const start = performance.now()
    await Promise.all(Array.from({ length: 11 }, (_, n) => waits(pace, `person ${n}`)))
    expect(performance.now() - start).toBeGreaterThan(90)
  })
})
