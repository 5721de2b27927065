/** Another number, phone or person behind an address: whoever writes there is a stranger, and nothing that waits goes. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { oneDatabase } from '../one-database.ts'
import { type Office, openOffice } from './office.ts'

const emptyDatabase = oneDatabase()
let office: Office

beforeEach(async () => {
  office = await openOffice(emptyDatabase(), { abilities: { answerWindow: 24 } })
  const here = office
  onTestFinished(() => here.close())
})

/** Somebody who was met, and for whom a message waits. */
async function isKnown(from: string) {
  await office.says(from, 'bonjour')
  const { prisma, keys } = office.database
  const address = await prisma.address.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const person = office.clock.id()
  const made = keys.make('person', office.clock.id(), office.clock.now())
  await office.database.road.act({
    ...{ turn: office.clock.id(), at: office.clock.now(), events: [] },
    address: { id: address.id, key: address.keyId, channel: address.channelId, session: address.sessionId },
    messages: [
      {
        id: office.clock.id(),
        spoken: { text: 'Votre dossier', language: 'fr' },
        priority: 'answer',
        visibility: 'open',
      },
    ],
    changes: [
      made.row,
      { insert: 'person', plain: { id: person, key_id: made.id, created_at: office.clock.now() } },
      { update: 'session', id: address.sessionId, plain: { person_id: person } },
    ],
  })
  return { address, person }
}
const after = (id: string) => office.database.prisma.address.findUniqueOrThrow({ where: { id } })
const waiting = async () =>
  (await office.database.prisma.message.findMany({ where: { failure: 'person:unproven' } })).map(
    ({ state }) => state,
  )
const speaker = async (id: string) => {
  const [standing] = await office.database.road.stand([id])
  return standing?.person?.id
}

test('a number that was left is closed, and the other one is on record, encrypted', async () => {
  const { address, person } = await isKnown('22300000001')
  expect(await speaker(address.id)).toBe(person)
  const news = {
    channel: office.channel.id,
    from: '22300000001',
    news: 'number_changed',
    to: '22300000002',
  } as const
  await office.ears.told([news, news])
  expect(await after(address.id)).toMatchObject({ state: 'closed' })
  expect(await speaker(address.id)).toBeUndefined()
  expect(await waiting()).toEqual(['failed'])
  const events = await office.database.prisma.event.findMany({ where: { type: 'number_left' } })
  expect(events).toMatchObject([{ personId: person, facts: {} }])
  expect(events[0]?.secretEnc).not.toBeNull()
})

test('another phone behind a number is a stranger, heard there at once', async () => {
  const { address } = await isKnown('22300000001')
  await office.ears.told([{ channel: office.channel.id, from: '22300000001', news: 'identity_changed' }])
  expect(await after(address.id)).toMatchObject({ state: 'live' })
  expect(await speaker(address.id)).toBeUndefined()
  expect(await waiting()).toEqual(['failed'])
  expect((await office.says('22300000001', 'bonjour')).length).toBeGreaterThan(0)
  expect(await speaker(address.id)).toBeUndefined()
})

test('what is said of nobody we know changes nothing', async () => {
  await office.ears.told([{ channel: office.channel.id, from: '22300000009', news: 'number_changed' }])
  expect(await office.database.prisma.event.count()).toBe(0)
})
