import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { makeOutbox, type Outcome, type Outgoing, type Sender } from '../../src/store/outbox.ts'
import type { NewMessage } from '../../src/store/road.ts'
import { realClock } from '../../src/world.ts'
import { cloneDatabase, type TestDatabase, testMasterKey } from '../database.ts'
import { answerTo, letIn, makeChannel, message, noon } from './turns.ts'

const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const sender = (holder: string, at = 0): Sender => ({ holder, now: after(at), until: after(at + 60) })
const texts = (all: readonly Outgoing[]) => all.map((one) => one.spoken.text)

async function waiting(database: TestDatabase, from: string, messages: readonly NewMessage[]) {
  const channel = await makeChannel(database)
  const met = await letIn(database, channel, from, 1)
  await database.road.commit([answerTo(met, [], { messages })])
  return { address: met.standing.address.id, channel }
}

function sent(one: Outgoing): Outcome {
  return {
    message: one.message,
    address: one.address,
    is: 'sent',
    channel: one.channel,
    externalId: one.message,
  }
}

async function stateOf(database: TestDatabase, text: Outgoing | NewMessage) {
  const id = 'message' in text ? text.message : text.id
  return database.prisma.message.findUniqueOrThrow({ where: { id } })
}

test('an address sends in order, one at a time, to where the person is', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const { address, channel } = await waiting(database, 'chat-1', [message('un'), message('deux')])
  expect(await outbox.due(noon, 10)).toEqual([{ address, channel }])
  const [first] = await outbox.claim(sender('a'), [address])
  expect(first).toMatchObject({ to: 'chat-1', channel, priority: 'answer', attempt: 1, resent: false })
  expect(await outbox.claim(sender('b'), [address])).toEqual([])
  expect(await outbox.due(noon, 10)).toEqual([])
  const next = first ? await outbox.settle(sender('a'), [sent(first)]) : []
  expect(texts(next)).toEqual(['deux'])
  expect(await outbox.settle(sender('a'), next.map(sent))).toEqual([])
  const rows = await database.prisma.message.findMany({ where: { direction: 'out' } })
  expect(rows.map((row) => row.state)).toEqual(['sent', 'sent'])
  expect(await outbox.claim(sender('b'), [address])).toEqual([])
  expect((await database.prisma.address.findFirstOrThrow()).sendHolder).toBeNull()
})

test('answers go before campaigns, whenever they were written', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const campaign = message('nouvelles', { priority: 'campaign' })
  const { address } = await waiting(database, 'awa', [campaign, message('réponse')])
  const first = await outbox.claim(sender('a'), [address])
  expect(texts(first)).toEqual(['réponse'])
  expect(texts(await outbox.settle(sender('a'), first.map(sent)))).toEqual(['nouvelles'])
})

test('nothing overtakes a message that waits for its next try', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const { address } = await waiting(database, 'awa', [message('un'), message('deux')])
  const [first] = await outbox.claim(sender('a'), [address])
  if (!first) throw new Error('nothing to send')
  const later = {
    message: first.message,
    address,
    is: 'later',
    at: after(30),
    failure: 'channel:throttled',
  } as const
  expect(await outbox.settle(sender('a'), [later])).toEqual([])
  expect(await outbox.claim(sender('b', 29), [address])).toEqual([])
  expect(await outbox.claim(sender('b', 30), [address])).toMatchObject([
    { message: first.message, attempt: 2 },
  ])
})

test('a message that failed for good makes way for the next', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const { address } = await waiting(database, 'awa', [message('un'), message('deux')])
  const [first] = await outbox.claim(sender('a'), [address])
  if (!first) throw new Error('nothing to send')
  const failed = { message: first.message, address, is: 'failed', failure: 'channel:refused' } as const
  expect(texts(await outbox.settle(sender('a'), [failed]))).toEqual(['deux'])
  expect(await stateOf(database, first)).toMatchObject({ state: 'failed', failure: 'channel:refused' })
})

test('what a dead sender had in the air is sent once more as an answer and never as a campaign', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const answer = await waiting(database, 'awa', [message('réponse')])
  const campaign = await waiting(database, 'bakary', [message('nouvelles', { priority: 'campaign' })])
  const addresses = [answer.address, campaign.address]
  expect(await outbox.claim(sender('dead'), addresses)).toHaveLength(2)
  expect(await outbox.recover(after(59))).toBe(0)
  expect(await outbox.claim(sender('b', 59), addresses)).toEqual([])
  expect(await outbox.recover(after(61))).toBe(2)
  const again = await outbox.claim(sender('dead too', 61), addresses)
  expect(again).toMatchObject([{ address: answer.address, resent: true, attempt: 2 }])
  expect(await outbox.recover(after(61), after(1000))).toBe(1)
  expect(await outbox.claim(sender('c', 200), addresses)).toEqual([])
  expect(await outbox.unknown()).toBe(2)
})

test('the yes of a sender that was thought dead still counts', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const { address } = await waiting(database, 'awa', [message('réponse')])
  const slow = await outbox.claim(sender('slow'), [address])
  await outbox.recover(after(61))
  await outbox.settle(sender('slow', 62), slow.map(sent))
  expect(await outbox.claim(sender('b', 63), [address])).toEqual([])
  expect(await outbox.unknown()).toBe(0)
})

test('delivery reports only move forward, and tell which message they do not find', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const { address, channel } = await waiting(database, 'awa', [message('un')])
  const [first] = await outbox.claim(sender('a'), [address])
  if (!first) throw new Error('nothing to send')
  const report = (state: 'sent' | 'delivered' | 'read' | 'failed', externalId = first.message) => {
    return { channel, externalId, state, at: after(5) }
  }
  expect(await outbox.report([report('delivered')])).toHaveLength(1)
  await outbox.settle(sender('a'), [sent(first)])
  expect(await outbox.report([report('delivered'), report('sent'), report('read', 'somebody else')])).toEqual(
    [report('read', 'somebody else')],
  )
  expect((await stateOf(database, first)).state).toBe('delivered')
  await outbox.report([report('read'), report('delivered')])
  await outbox.report([report('failed'), report('sent')])
  expect((await stateOf(database, first)).state).toBe('read')
})

test('a report of a failure says why, where the provider does', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const { address, channel } = await waiting(database, 'awa', [message('un'), message('deux')])
  const [first] = await outbox.claim(sender('a'), [address])
  const [second] = first ? await outbox.settle(sender('a'), [sent(first)]) : []
  if (!first || !second) throw new Error('nothing to send')
  await outbox.settle(sender('a'), [sent(second)])
  const failed = (one: Outgoing) =>
    ({ channel, externalId: one.message, state: 'failed', at: after(5) }) as const
  await outbox.report([{ ...failed(first), failure: 'channel:window_closed' }, failed(second)])
  expect((await stateOf(database, first)).failure).toBe('channel:window_closed')
  expect((await stateOf(database, second)).failure).toBe('channel:refused')
})

test('senders that race for the same addresses send every message once and in order', async () => {
  const database = await cloneDatabase()
  const { connectionString } = database
  const other = await openDatabase({ connectionString, masterKey: testMasterKey, migrate: false })
  const numbers = ['1', '2', '3', '4', '5', '6']
  const addresses: string[] = []
  for (let n = 0; n < 6; n++) {
    addresses.push(
      (
        await waiting(
          database,
          `p${n}`,
          numbers.map((text) => message(text)),
        )
      ).address,
    )
  }
  const heard = new Map<string, string[]>(addresses.map((address) => [address, []]))
  const work = async (outbox: ReturnType<typeof makeOutbox>, holder: string, order: readonly string[]) => {
    let empty = 0
    while (empty < 3) {
      let batch = await outbox.claim(sender(holder), order)
      empty = batch.length === 0 ? empty + 1 : 0
      while (batch.length > 0) {
        for (const one of batch) heard.get(one.address)?.push(one.spoken.text)
        batch = await outbox.settle(sender(holder), batch.map(sent))
      }
    }
  }
  await Promise.all([
    work(makeOutbox(database.pool, database.keys), 'a', addresses),
    work(makeOutbox(other.pool, other.keys), 'b', [...addresses].reverse()),
    work(makeOutbox(other.pool, other.keys), 'c', addresses),
  ])
  for (const address of addresses) expect(heard.get(address)).toEqual(numbers)
  await other.close()
})

test('whoever asked hears of each request whose messages have come further, and of no standstill', async () => {
  const database = await cloneDatabase()
  const heard: string[] = []
  const outbox = makeOutbox(database.pool, database.keys, (requests) =>
    heard.push(...requests.map(({ id }) => id)),
  )
  const request = realClock.id()
  const about = { request }
  const { address, channel } = await waiting(database, 'awa', [message('un', about), message('deux', about)])
  const [first] = await outbox.claim(sender('a'), [address])
  if (!first) throw new Error('nothing to send')
  expect(heard.splice(0)).toEqual([])
  await outbox.settle(sender('a'), [sent(first)])
  expect(heard.splice(0)).toEqual([request])
  const report = { channel, externalId: first.message, state: 'delivered', at: after(5) } as const
  await outbox.report([report, report])
  expect(heard.splice(0)).toEqual([request])
  await outbox.report([report])
  expect(heard.splice(0)).toEqual([])
  expect(await outbox.recover(after(100))).toBe(1)
  expect(heard).toEqual([request])
})

test('nothing is sent to somebody who was erased', async () => {
  const database = await cloneDatabase()
  const outbox = makeOutbox(database.pool, database.keys)
  const text = message('un')
  const { address } = await waiting(database, 'awa', [text])
  const { keyId } = await database.prisma.address.findUniqueOrThrow({ where: { id: address } })
  await database.keys.erase(keyId, noon)
  expect(await outbox.claim(sender('a'), [address])).toEqual([])
  expect(await stateOf(database, text)).toMatchObject({ state: 'failed', failure: 'key:erased' })
  expect(await outbox.due(noon, 10)).toEqual([])
})
