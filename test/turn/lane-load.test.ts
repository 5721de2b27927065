/** What a turn starts from: what was read with the arrival, or, when that waited, what stands now. */
import { expect, test } from 'vitest'
import { loadBatch } from '../../src/turn/lane-load.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, openOffice } from './office.ts'

const emptyDatabase = oneDatabase()

test('what was read with an arrival is read again once it waited longer than a second', async () => {
  const database = emptyDatabase()
  const clock = handClock()
  const office = await openOffice(database, { clock })
  const incoming = {
    ...{ channel: office.channel.id, from: 'awa', externalId: 'a1', edit: 0, sentAt: clock.now() },
    content: { kind: 'text', text: 'bonjour' } as const,
  }
  const [met] = await database.road.arrive([{ id: clock.id(), at: clock.now(), incoming }])
  if (!met) throw new Error('a first arrival is new')
  const batch = [{ lane: 'awa', task: { kind: 'met', met, at: clock.now() } as const }]
  await database.pool.query("update address set stopped = 'all'")

  const stoppedNow = async () =>
    (await loadBatch({ road: database.road, log: office.log, clock }, batch)).map(
      ({ standing }) => standing.address.stopped,
    )
  clock.forward(900)
  expect(await stoppedNow()).toEqual(['no'])
  clock.forward(200)
  expect(await stoppedNow()).toEqual(['all'])
  await office.close()
})
