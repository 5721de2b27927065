import { describe, expect, onTestFinished, test } from 'vitest'
import { oneDatabase } from '../one-database.ts'
import { conversation, handClock, type Office, openOffice } from './office.ts'

const emptyDatabase = oneDatabase()

async function open(options: Parameters<typeof openOffice>[1] = {}): Promise<Office> {
  const database = emptyDatabase()
  const office = await openOffice(database, options)
  onTestFinished(() => office.close())
  return office
}

/** An engine that answers every text with itself, so that order can be read off. */
const echo: Parameters<typeof openOffice>[1] = {
  engine: {
    respond(session, input, situation, world) {
      const text = input.kind === 'text' ? input.text : input.kind
      const state = { ...idle(situation.now), lists: (session?.lists ?? 0) + 1 }
      const say = { text, language: 'fr' } as const
      return { session: state, happenings: [{ type: 'message_created', message: world.id(), say }] }
    },
  },
}

function idle(now: Date) {
  const base = { v: 1, stack: [], open: false, tries: 0, shown: [], lists: 0, greeted: true } as const
  return { ...base, heardAt: now.getTime() }
}

const textsTo = (office: Office, from: string) => office.channel.sent(from).map(({ spoken }) => spoken.text)
const countOf = async (office: Office, where: string) => {
  const { rows } = await office.database.pool.query<{ n: number }>(
    `select count(*)::int as n from message where ${where}`,
  )
  return rows[0]?.n
}

describe('an arrival', () => {
  test('is a row when the channel is told so, and answered afterwards', async () => {
    const office = await open()
    await office.channel.says('awa', 'bonjour')
    expect(await countOf(office, "direction = 'in'")).toBe(1)
    await office.settled()
    expect(await countOf(office, "direction = 'in' and state = 'handled'")).toBe(1)
    expect(office.channel.sent('awa').length).toBeGreaterThan(0)
    expect(office.log.lines).toEqual([])
  })

  test('that comes twice is answered once', async () => {
    const office = await open(echo)
    await Promise.all([1, 2, 3].map(() => office.channel.says('awa', 'un', { externalId: 'a1' })))
    await office.says('awa', 'un', { externalId: 'a1' })
    expect(textsTo(office, 'awa')).toEqual(['un'])
  })

  test('of a hundred people at once is answered to each', async () => {
    const office = await open(echo)
    const people = Array.from({ length: 100 }, (_, n) => `person ${n}`)
    await Promise.all(people.map((from) => office.channel.says(from, `bonjour de ${from}`)))
    await office.settled()
    for (const from of people) expect(textsTo(office, from)).toEqual([`bonjour de ${from}`])
  })

  test('is answered in the order of its address, however many come at once', async () => {
    const office = await open(echo)
    const words = Array.from({ length: 20 }, (_, n) => `message ${n}`)
    await office.ears.arrived(words.map((text, n) => arrival(office, 'awa', `a${n}`, text)))
    await office.settled()
    expect(textsTo(office, 'awa')).toEqual(words)
  })

  test('is a row, and its provider answered, while what was said before is still being answered', async () => {
    const database = emptyDatabase()
    let open = () => {}
    const opened = new Promise<void>((done) => {
      open = done
    })
    const road = {
      ...database.road,
      commit: (async (all) => {
        await opened
        return database.road.commit(all)
      }) as typeof database.road.commit,
    }
    const office = await openOffice(database, { ...echo, road })
    onTestFinished(() => office.close())
    const words = ['un', 'deux', 'trois']
    for (const text of words) await office.channel.says('awa', text)
    for (const from of ['issa', 'fanta', 'moussa', 'oumou']) await office.channel.says(from, 'bonjour')
    expect(await countOf(office, "direction = 'in' and state = 'received'")).toBe(7)
    open()
    await office.settled()
    expect(textsTo(office, 'awa')).toEqual(words)
    expect(textsTo(office, 'oumou')).toEqual(['bonjour'])
    expect(office.log.lines).toEqual([])
  })

  test('that was left unhandled comes before a later one', async () => {
    const office = await open(echo)
    const left = {
      id: office.clock.id(),
      at: office.clock.now(),
      incoming: arrival(office, 'awa', 'a1', 'un'),
    }
    await office.database.road.arrive([left])
    await office.says('awa', 'deux', { externalId: 'a2' })
    expect(textsTo(office, 'awa')).toEqual(['un', 'deux'])
  })

  test('with a quote of a list is read against that list', async () => {
    let quoted: string | undefined
    const office = await open({
      engine: {
        respond(session, input, situation, world) {
          if (input.kind === 'text') quoted = input.quotesList
          const choices = [{ value: 'a', text: 'common.yes' }]
          const say = { text: 'common.thanked', language: 'fr', choices, list: 'k7' } as const
          return {
            session: { ...(session ?? idle(situation.now)), lists: 1 },
            happenings: [{ type: 'message_created', message: world.id(), say }],
          }
        },
      },
    })
    const [list] = await office.says('awa', 'menu')
    await office.says('awa', '1', { quotes: list?.externalId })
    expect(quoted).toBe('k7')
    await office.says('issa', '1', { quotes: list?.externalId })
    expect(quoted).toBeUndefined()
  })
})

describe('two processes on one database', () => {
  test('handle each arrival once and in order', async () => {
    const office = await open(echo)
    const clock = handClock(office.clock.now(), 1_000_000)
    const other = await openOffice(office.database, { ...echo, clock, beside: office })
    onTestFinished(() => other.close())
    const words = Array.from({ length: 30 }, (_, n) => `message ${n}`)
    // The same deliveries reach both, as a provider may do it.
    for (const [n, text] of words.entries()) {
      const incoming = arrival(office, 'awa', `a${n}`, text)
      await Promise.all([office.lanes.arrived([incoming]), other.lanes.arrived([incoming])])
    }
    await Promise.all([office.settled(), other.settled()])
    expect(textsTo(office, 'awa')).toEqual(words)
    const out = await office.database.prisma.message.findMany({
      where: { direction: 'out' },
      orderBy: { position: 'asc' },
    })
    const turns = new Set(out.map(({ turnId }) => turnId))
    expect(out).toHaveLength(30)
    expect(turns.size).toBe(30)
  })
})

describe('a turn that the program fails on', () => {
  test('is apologised for after three tries, goes to intake, and locks nobody out', async () => {
    let calls = 0
    const office = await open({
      engine: {
        respond(session, input, situation, world) {
          if (input.kind === 'text' && input.text === 'poison') {
            calls += 1
            throw new Error('a bug')
          }
          return conversation.engine.respond(session, input, situation, world)
        },
      },
    })
    await office.says('awa', 'bonjour')
    const said = await office.says('awa', 'poison')
    expect(calls).toBe(3)
    expect(said).toHaveLength(1)
    const request = await office.database.prisma.request.findFirstOrThrow()
    expect(request).toMatchObject({ kind: 'unclear', queue: 'intake', visibility: 'restricted' })
    expect(office.log.lines.map(({ what }) => what)).toEqual(Array(3).fill('a turn failed'))
    expect((await office.says('awa', 'menu')).length).toBeGreaterThan(0)
  })

  test('costs nobody else theirs, although they share its batch', async () => {
    const office = await open({
      engine: {
        respond(session, input, situation, world) {
          if (input.kind === 'text' && input.text === 'poison') throw new Error('a bug')
          return (echo.engine ?? conversation.engine).respond(session, input, situation, world)
        },
      },
    })
    const people = Array.from({ length: 12 }, (_, n) => `person ${n}`)
    await Promise.all(people.map((from, n) => office.channel.says(from, n === 5 ? 'poison' : 'bonjour')))
    await office.settled()
    for (const from of people) expect(office.channel.sent(from)).toHaveLength(1)
    expect(await countOf(office, "state = 'received'")).toBe(0)
  })

  test('whose rows the database refuses is apologised for as well', async () => {
    const office = await open({
      engine: {
        respond(session, input, situation, world) {
          if (input.kind !== 'text' || input.text !== 'poison') {
            return (echo.engine ?? conversation.engine).respond(session, input, situation, world)
          }
          const nobody = world.id()
          const joined = { type: 'request_joined', request: nobody } as const
          return { session: session ?? idle(situation.now), happenings: [joined] }
        },
      },
    })
    const said = await office.says('awa', 'poison')
    expect(said).toHaveLength(1)
    expect(await countOf(office, "state = 'received'")).toBe(0)
  })
})

describe('when the database goes away', () => {
  test('an arrival that was not written is refused, and a later delivery of it is taken', async () => {
    let away = true
    const database = emptyDatabase()
    const lost = Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
    const road = {
      ...database.road,
      arrive: ((all) =>
        away ? Promise.reject(lost) : database.road.arrive(all)) as typeof database.road.arrive,
    }
    const office = await openOffice(database, { ...echo, road })
    onTestFinished(() => office.close())
    await expect(office.channel.says('awa', 'un', { externalId: 'a1' })).rejects.toThrow('terminated')
    away = false
    await office.says('awa', 'un', { externalId: 'a1' })
    expect(textsTo(office, 'awa')).toEqual(['un'])
  })

  test('a turn that could not be committed is taken again when it is back, once', async () => {
    let failures = 2
    const database = emptyDatabase()
    const lost = Object.assign(new Error('terminating connection'), { code: '57P01' })
    const road = {
      ...database.road,
      commit: ((all) => {
        failures -= 1
        return failures >= 0 ? Promise.reject(lost) : database.road.commit(all)
      }) as typeof database.road.commit,
    }
    const office = await openOffice(database, { ...echo, road })
    onTestFinished(() => office.close())
    await office.says('awa', 'un')
    expect(textsTo(office, 'awa')).toEqual(['un'])
    expect(office.log.lines.map(({ what }) => what)).toEqual(Array(2).fill('a batch of turns failed'))
  })
})

test('after closing nothing more is taken', async () => {
  const database = emptyDatabase()
  const office = await openOffice(database, echo)
  await office.says('awa', 'un')
  await office.close()
  await expect(office.lanes.arrived([arrival(office, 'awa', 'a2', 'deux')])).rejects.toMatchObject({
    code: 'database:unreachable',
  })
})

function arrival(office: Office, from: string, externalId: string, text: string) {
  const sentAt = office.clock.now()
  return {
    ...{ channel: office.channel.id, from, externalId, edit: 0, sentAt },
    content: { kind: 'text', text } as const,
  }
}
