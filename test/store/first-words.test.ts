/** Who counts as written to first: whoever had not written for a day, once, whichever number of the business it was. */
import { expect, onTestFinished, test } from 'vitest'
import { firstWords } from '../../src/store/first-words.ts'
import { answerRequest } from '../../src/turn/act.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, openOffice } from '../turn/office.ts'

const database = oneDatabase()
const hour = 3_600_000

test('answers are not counted, first words are, on all numbers of the business and for a day', async () => {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  const { prisma, pool } = database()
  const [one, other, strange] = [
    office.channel,
    await office.addChannel('fake'),
    await office.addChannel('fake'),
  ]
  const settings = { business: 'b1', limit: 'TIER_50' }
  await prisma.channel.updateMany({ where: { id: { in: [one.id, other.id] } }, data: { settings } })
  const left = async (channel: string) => (await firstWords(pool, channel, office.clock.now()))?.left
  const staff = await hire(office, 'Mariam', ['case_worker', 'assistant'])
  const requests: string[] = []
  for (const channel of [one, other, strange]) {
    await channel.says('awa', 'bonjour')
    await channel.says('awa', 'une personne')
    await office.settled()
    requests.push((await prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).id)
  }
  const answer = async (request: string | undefined) => {
    const act = { staff, request: request ?? '', form: office.clock.id() }
    await answerRequest(office.desk, act, { text: 'Bonjour.' })
    await office.settled()
  }
  await answer(requests[0])
  expect(await left(one.id)).toBe(45)

  office.clock.forward(25 * hour)
  for (const request of [requests[0], requests[0], requests[1], requests[2]]) await answer(request)
  // Two people of the business, each once; the third number is somebody else's.
  expect([await left(one.id), await left(other.id), await left(strange.id)]).toEqual([43, 43, undefined])

  office.clock.forward(hour)
  await one.says('awa', 'merci')
  await office.settled()
  office.clock.forward(hour)
  await answer(requests[0])
  expect(await left(one.id)).toBe(43)
  const { again } = (await firstWords(pool, one.id, office.clock.now())) ?? {}
  expect(again?.getTime()).toBe(office.clock.now().getTime() + 22 * hour)

  office.clock.forward(23 * hour)
  expect(await left(one.id)).toBe(45)
})

test('what is held, or did not go, has reached nobody', async () => {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  const { prisma, pool } = database()
  const settings = { business: 'b1', limit: '250' }
  await prisma.channel.update({ where: { id: office.channel.id }, data: { settings } })
  const staff = await hire(office, 'Mariam', ['case_worker', 'assistant'])
  for (const text of ['bonjour', 'une personne']) await office.says('awa', text)
  office.clock.forward(25 * hour)
  const request = (await prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
  await answerRequest(office.desk, { staff, request, form: office.clock.id() }, { text: 'Bonjour.' })
  await office.settled()
  const of = async (state: string) => {
    await prisma.message.updateMany({ where: { staffId: staff.id }, data: { state } })
    return (await firstWords(pool, office.channel.id, office.clock.now()))?.left
  }
  expect([await of('held'), await of('failed'), await of('unknown'), await of('read')]).toEqual([
    225, 225, 224, 224,
  ])
})
