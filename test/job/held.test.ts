/** Answers that come after a provider's window: held, asked for once, sent in order, and a call when nobody writes. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Staff } from '../../src/core/staff.ts'
import { heldRound } from '../../src/job/held.ts'
import { answerRequest, closeRequest } from '../../src/turn/act.ts'
import { oneDatabase } from '../one-database.ts'
import { conversation, hire, monday, type Office, openOffice } from '../turn/office.ts'

const emptyDatabase = oneDatabase()
const day = 24 * 60 * 60_000
let office: Office
let mariam: Staff

beforeEach(async () => {
  office = await openOffice(emptyDatabase(), {
    abilities: { answerWindow: 24 },
    engine: conversation.engine,
  })
  const here = office
  onTestFinished(() => here.close())
  mariam = await hire(office, 'Mariam', ['case_worker', 'supervisor', 'protection'])
})

const round = async () => {
  const { database, desk } = office
  const send = async (outgoing: ReadonlyMap<string, readonly string[]>) => {
    desk.passOn({ outgoing, hints: new Set() })
  }
  await heldRound({ desk, pool: database.pool, speech: office.talk, dispatch: { send } })
  await office.settled()
}
const answer = async (request: string, text: string) => {
  await answerRequest(office.desk, { staff: mariam, request, form: office.clock.id() }, { text })
  await office.settled()
}
const gets = (from: string) =>
  office.channel.sent(from).map(({ spoken }) => spoken.template?.name ?? spoken.text)
const states = async () =>
  (
    await office.database.prisma.message.findMany({
      where: { staffId: { not: null } },
      orderBy: { position: 'asc' },
    })
  ).map(({ state }) => state)
const events = (type: string) => office.database.prisma.event.findMany({ where: { type } })
const request = (id: string) => office.database.prisma.request.findUniqueOrThrow({ where: { id } })

/** Somebody asks for a person, and a day and an hour go by. */
async function asksAndIsSilent(from: string): Promise<string> {
  await office.says(from, 'bonjour')
  await office.says(from, 'une personne')
  const { id } = await office.database.prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })
  office.clock.forward(day + 3_600_000)
  return id
}

/** The account belongs to a business that has this template for a knock. */
async function approve(more: { readonly state?: string; readonly use?: string } = {}): Promise<void> {
  const { prisma } = office.database
  await prisma.channel.update({ where: { id: office.channel.id }, data: { settings: { business: 'b1' } } })
  await prisma.template.create({
    data: {
      ...{
        id: office.clock.id(),
        business: 'b1',
        name: 'frappe',
        language: 'fr',
        speaks: 'fr',
        category: 'UTILITY',
      },
      ...{ state: 'approved', body: 'x', use: 'knock', updatedAt: monday, ...more },
    },
  })
}

describe('an answer outside the window', () => {
  test('waits, asks once for a word, and goes in order when it comes', async () => {
    await approve()
    const id = await asksAndIsSilent('awa')
    const before = gets('awa').length
    await answer(id, 'un')
    await answer(id, 'deux')
    expect(await states()).toEqual(['held', 'held'])
    await round()
    await round()
    expect(gets('awa').slice(before)).toEqual(['frappe'])
    office.clock.forward(60_000)
    await office.says('awa', 'bonjour')
    expect(gets('awa').slice(before, before + 3)).toEqual(['frappe', 'un', 'deux'])
    expect(await states()).toEqual(['sent', 'sent'])
    expect(await events('knock_sent')).toHaveLength(1)
    // The next silence is another one.
    await round()
    office.clock.forward(day + 1)
    await answer(id, 'trois')
    await round()
    expect(gets('awa').slice(-1)).toEqual(['frappe'])
  })

  test('is not forced on whoever writes only that they want nothing more', async () => {
    await approve()
    const id = await asksAndIsSilent('awa')
    await answer(id, 'un')
    const { prisma } = office.database
    office.clock.forward(60_000)
    await prisma.address.updateMany({ data: { stopped: 'all', lastHeardAt: office.clock.now() } })
    await round()
    expect(await states()).toEqual(['held'])
    await prisma.address.updateMany({ data: { stopped: 'no' } })
    await round()
    expect(await states()).toEqual(['sent'])
  })

  test('goes although the machine has nothing to say to the word that opens the window', async () => {
    await approve()
    const id = await asksAndIsSilent('awa')
    await answer(id, 'un')
    const { prisma } = office.database
    office.clock.forward(1_000)
    await prisma.address.updateMany({ data: { lastHeardAt: office.clock.now() } })
    await round()
    expect(await states()).toEqual(['sent'])
  })

  test('becomes a call that is due at once when nobody writes for two days, and only once', async () => {
    await approve()
    const id = await asksAndIsSilent('awa')
    await answer(id, 'un')
    await round()
    office.clock.forward(2 * day - 1)
    await round()
    expect(await events('call_asked')).toEqual([])
    expect((await request(id)).state).toBe('answered')
    office.clock.forward(1)
    await round()
    await round()
    expect((await events('call_asked')).map(({ facts }) => facts)).toEqual([{ request: id, cause: 'silent' }])
    expect(await request(id)).toMatchObject({ state: 'open', dueAt: office.clock.now() })
    expect(office.news.flatMap(({ hints }) => [...hints])).toContain(`request-${id}`)
  })

  test.each([
    ['no template is there', {}, 'no_template'],
    ['the template waits for approval', { state: 'pending' }, 'no_template'],
    ['the template stands for something else', { use: 'delay.told' }, 'no_template'],
  ])('becomes a call at once when %s', async (_, more, cause) => {
    if (Object.keys(more).length > 0) await approve(more)
    const id = await asksAndIsSilent('awa')
    await answer(id, 'un')
    await round()
    expect((await events('call_asked')).map(({ facts }) => facts)).toEqual([{ request: id, cause }])
    expect(await events('knock_sent')).toEqual([])
  })

  test('asks for no call in a request that was closed meanwhile', async () => {
    const id = await asksAndIsSilent('awa')
    await answer(id, 'un')
    await closeRequest(
      office.desk,
      { staff: mariam, request: id, form: office.clock.id() },
      { outcome: 'answered' },
    )
    await round()
    expect(await events('call_asked')).toEqual([])
  })

  test('is held too when only the provider knows that the window is closed', async () => {
    await approve()
    await office.says('awa', 'bonjour')
    await office.says('awa', 'une personne')
    const { id } = await office.database.prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })
    await answer(id, 'un')
    const sent = office.channel.sent('awa').at(-1)?.externalId ?? ''
    office.clock.forward(60_000)
    const report = {
      externalId: sent,
      state: 'failed',
      at: office.clock.now(),
      failure: 'channel:window_closed',
    } as const
    await office.outbox.report([{ ...report, channel: office.channel.id }])
    expect(await states()).toEqual(['held'])
    await round()
    expect(gets('awa').slice(-1)).toEqual(['frappe'])
  })
})
