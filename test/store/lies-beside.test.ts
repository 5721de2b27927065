/** The rule of the thread is said twice: as a condition of a query and of a row at hand. Both say the same of every row. */
import { expect, test } from 'vitest'
import { liesBeside, type Matter, messagesBeside } from '../../src/store/access.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock } from '../turn/office.ts'

const database = oneDatabase()

test('a message lies beside a request for the search when it stands in its thread', async () => {
  const { prisma } = database()
  const clock = handClock()
  const [own, other, here, there, she, he] = Array.from({ length: 6 }, () => clock.id())
  const at = clock.now()
  const channelId = clock.id()
  await prisma.channel.create({ data: { id: channelId, kind: 'fake', account: 'x', createdAt: at } })
  for (const id of [here, there]) {
    await prisma.address.create({
      data: {
        ...{ id: id ?? '', channelId, keyId: clock.id(), sessionId: clock.id(), createdAt: at },
        ...{ externalHash: new Uint8Array(Buffer.from(String(id))), externalEnc: new Uint8Array([0]) },
      },
    })
  }
  for (const requestId of [own, other, null]) {
    for (const addressId of [here, there]) {
      for (const personId of [she, he, null]) {
        for (const visibility of ['open', 'restricted', 'sealed']) {
          await prisma.message.create({
            data: {
              ...{
                id: clock.id(),
                requestId: requestId ?? null,
                addressId: addressId ?? '',
                personId: personId ?? null,
              },
              ...{
                visibility,
                direction: 'in',
                kind: 'text',
                bodyEnc: new Uint8Array([0]),
                keyId: clock.id(),
              },
              ...{ state: 'handled', turnId: clock.id(), createdAt: at, stateAt: at },
            },
          })
        }
      }
    }
  }
  const rows = await prisma.message.findMany({ orderBy: { id: 'asc' } })
  expect(rows).toHaveLength(54)
  const id = own ?? ''
  const matters: readonly Matter[] = [
    { id },
    { id, address: here ?? '' },
    { id, address: here ?? '', person: she ?? '' },
    { id, person: she ?? '' },
  ]
  for (const matter of matters) {
    const asked = await prisma.message.findMany({
      where: messagesBeside(matter),
      orderBy: { id: 'asc' },
      select: { id: true },
    })
    expect(rows.filter((row) => liesBeside(matter, row)).map((row) => row.id)).toEqual(
      asked.map((row) => row.id),
    )
    expect(asked.length).toBeGreaterThan(0)
  }
})
