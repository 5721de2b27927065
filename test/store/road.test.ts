import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import type { Change } from '../../src/store/road.ts'
import { realClock } from '../../src/world.ts'
import { cloneDatabase, testMasterKey } from '../database.ts'
import { answerTo, arrival, event, letIn, makeChannel, message, noon } from './turns.ts'

const id = () => realClock.id()

function newPerson(database: Awaited<ReturnType<typeof cloneDatabase>>, name: string) {
  const key = database.keys.make('person', id(), noon)
  const person = id()
  const changes: Change[] = [
    key.row,
    {
      insert: 'person',
      plain: { id: person, key_id: key.id, created_at: noon, sex: 'woman' },
      secret: { name_enc: name },
      key: key.id,
    },
  ]
  return { person, key: key.id, changes }
}

describe('an arrival', () => {
  test('is a row with the next number of its address, and a repeat falls away', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const first = arrival(channel, 'awa', 1)
    const [met] = await database.road.arrive([first])
    expect(met?.arrived).toMatchObject({ message: first.id, seq: 1n, behind: false })
    expect(met?.standing.session.state).toBeUndefined()
    const [again, bakary] = await database.road.arrive([
      arrival(channel, 'awa', 1),
      arrival(channel, 'bakary', 1),
    ])
    expect(again).toBeUndefined()
    expect(bakary?.arrived.seq).toBe(1n)
    const third = await letIn(database, channel, 'awa', 2)
    expect(third.arrived.behind).toBe(true)
    expect(third.standing.address.id).toBe(met?.standing.address.id)
  })

  test('of the same words edited is an arrival of its own', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const first = await letIn(database, channel, 'awa', 1)
    const edit = arrival(channel, 'awa', 1)
    const [edited] = await database.road.arrive([{ ...edit, incoming: { ...edit.incoming, edit: 5 } }])
    expect(edited?.arrived).toMatchObject({ behind: true })
    expect(edited?.arrived.message).not.toBe(first.arrived.message)
  })

  test('comes out of the database as it came in, in order', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const one = arrival(channel, 'awa', 1, {
      kind: 'file',
      file: { kind: 'voice', handle: 'h1', mime: 'audio/ogg', seconds: 4 },
    })
    const full = { ...one.incoming, quotes: 'q', displayName: 'Awa', phone: '+22300000000' }
    await database.road.arrive([{ ...one, incoming: full }])
    const second = await letIn(database, channel, 'awa', 2)
    const address = second.standing.address.id
    const [lowest] = await database.road.next([address])
    expect(lowest?.arrived).toEqual({ message: one.id, seq: 1n, behind: false, incoming: full })
    const [media] = await database.prisma.media.findMany()
    expect(media).toMatchObject({ messageId: one.id, kind: 'voice', seconds: 4, state: 'waiting' })
    if (lowest) await database.road.commit([answerTo(lowest, ['oui'])])
    const [next, stranger] = await database.road.next([address, id()])
    expect(next?.arrived.message).toBe(second.arrived.message)
    expect(stranger).toBeUndefined()
  })

  test('is written once when two processes hear it at the same moment', async () => {
    const database = await cloneDatabase()
    const other = await openDatabase({
      connectionString: database.connectionString,
      masterKey: testMasterKey,
      migrate: false,
    })
    const channel = await makeChannel(database)
    const people = Array.from({ length: 30 }, (_, n) => `person ${n}`)
    const batch = () => people.map((from) => arrival(channel, from, 1))
    const both = await Promise.all([
      database.road.arrive(batch()),
      other.road.arrive(batch().reverse()),
      other.road.arrive(batch()),
    ])
    expect(both.flat().filter((met) => met !== undefined)).toHaveLength(30)
    expect(await database.prisma.address.count()).toBe(30)
    expect(await database.prisma.session.count()).toBe(30)
    expect(await database.prisma.message.count()).toBe(30)
    await other.close()
  })
})

describe('a turn', () => {
  test('writes the session, what is said and what happened, or nothing', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const met = await letIn(database, channel, 'awa', 1)
    const turn = answerTo(met, ['i ni ce', 'que voulez-vous ?'])
    expect(await database.road.commit([turn])).toEqual(['through'])
    expect(await database.road.commit([answerTo(met, ['encore'])])).toEqual(['behind'])
    const said = await database.prisma.message.findMany({ orderBy: { position: 'asc' } })
    expect(said.map((row) => [row.direction, row.state])).toEqual([
      ['in', 'handled'],
      ['out', 'queued'],
      ['out', 'queued'],
    ])
    expect(said.map((row) => row.id).slice(1)).toEqual(turn.messages.map((one) => one.id))
    expect(await database.prisma.event.count()).toBe(1)
    const [standing] = await database.road.stand([met.standing.address.id])
    expect(standing?.session).toMatchObject({ version: 1, state: { lists: 1 } })
  })

  test('waits for an earlier arrival of its address', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const first = await letIn(database, channel, 'awa', 1)
    const second = await letIn(database, channel, 'awa', 2)
    expect(await database.road.commit([answerTo(second, ['deux'])])).toEqual(['behind'])
    expect(await database.road.commit([answerTo(first, ['un'])])).toEqual(['through'])
    const [reloaded] = await database.road.next([second.standing.address.id])
    expect(reloaded && (await database.road.commit([answerTo(reloaded, ['deux'])]))).toEqual(['through'])
  })

  test('of one lane goes through beside another that was too late', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const awa = await letIn(database, channel, 'awa', 1)
    const bakary = await letIn(database, channel, 'bakary', 1)
    await database.road.commit([answerTo(awa, ['un'])])
    const went = await database.road.commit([answerTo(awa, ['trop tard']), answerTo(bakary, ['un'])])
    expect(went).toEqual(['behind', 'through'])
    expect(await database.prisma.message.count({ where: { direction: 'out' } })).toBe(2)
  })

  test('changes other rows in the same transaction, and what is secret is encrypted', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const met = await letIn(database, channel, 'awa', 1)
    const { person, key, changes } = newPerson(database, 'Awa Exemple')
    const address = met.standing.address.id
    const request = id()
    await database.road.commit([
      answerTo(met, ['merci'], {
        person: { id: person, key },
        session: {
          id: met.standing.session.id,
          version: 0,
          state: { ...answerTo(met, []).session?.state, wakeAt: noon.getTime() } as never,
          person,
        },
        events: [event({ type: 'person_described', secret: { name: 'Awa Exemple' } })],
        changes: [
          ...changes,
          { update: 'person', id: person, plain: { language: 'bm' } },
          { insert: 'person_address', plain: { person_id: person, address_id: address, since: noon } },
          {
            insert: 'consent',
            plain: {
              ...{ id: id(), address_id: address, session_id: met.standing.session.id, item: 'keep_data' },
              ...{
                answer: 'given',
                text: 'consent.keep',
                wording: 'abc',
                language: 'fr',
                medium: 'text',
                at: noon,
              },
            },
          },
          {
            insert: 'request',
            plain: {
              ...{
                id: request,
                reference: '12345678',
                kind: 'request.need',
                queue: 'needs',
                visibility: 'open',
              },
              ...{ priority: 3, address_id: address, person_id: person, key_id: key },
              ...{ opened_at: noon, due_at: noon, last_heard_at: noon },
            },
            secret: { text_enc: 'pas de toit' },
            key,
          },
        ],
      }),
    ])
    const [standing] = await database.road.stand([address])
    expect(standing).toMatchObject({
      person: { id: person, key, known: true, minor: false },
      consent: { keep_data: 'given' },
      requests: [{ id: request, reference: '12345678', openedAt: noon }],
    })
    const row = await database.prisma.person.findUniqueOrThrow({ where: { id: person } })
    expect(row.language).toBe('bm')
    expect(Buffer.from(row.nameEnc ?? []).toString()).not.toContain('Awa')
    const text = await database.pool.query('select (p.*)::text || (e.*)::text as all from person p, event e')
    expect(text.rows[0]?.all).not.toContain(Buffer.from('Awa Exemple').toString('hex'))
  })

  test('whose rows the database refuses costs no other lane', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const met = await Promise.all(
      ['awa', 'bakary', 'coumba'].map((from) => letIn(database, channel, from, 1)),
    )
    const opened = (reference: string): Change => ({
      insert: 'request',
      plain: {
        ...{
          id: id(),
          reference,
          kind: 'request.info',
          queue: 'information',
          visibility: 'open',
          priority: 3,
        },
        ...{ opened_at: noon, due_at: noon, last_heard_at: noon },
      },
    })
    const references = ['11111111', '11111111', '22222222']
    const turns = met.map((one, n) => answerTo(one, ['ok'], { changes: [opened(references[n] ?? '')] }))
    expect(await database.road.commit(turns)).toEqual(['through', 'refused', 'through'])
    expect(await database.prisma.request.count()).toBe(2)
    expect(await database.prisma.message.count({ where: { direction: 'out' } })).toBe(2)
  })

  test('of staff fails when the request has changed since it was read, and writes nothing', async () => {
    const database = await cloneDatabase()
    const request = id()
    const plain = {
      ...{
        id: request,
        reference: '33333333',
        kind: 'request.info',
        queue: 'information',
        visibility: 'open',
      },
      ...{ priority: 3, opened_at: noon, due_at: noon, last_heard_at: noon },
    }
    const act = (changes: Change[]) => {
      const turn = { turn: id(), at: noon, messages: [], changes }
      return database.road.act({ ...turn, events: [event({ type: 'flow_entered', flow: 'x' })] })
    }
    await act([{ insert: 'request', plain }])
    await act([{ update: 'request', id: request, version: 0, plain: { state: 'answered' } }])
    const late = act([{ update: 'request', id: request, version: 0, plain: { state: 'closed' } }])
    await expect(late).rejects.toMatchObject({ code: 'request:changed_meanwhile' })
    const row = await database.prisma.request.findUniqueOrThrow({ where: { id: request } })
    expect(row).toMatchObject({ state: 'answered', version: 1 })
    expect(await database.prisma.event.count()).toBe(2)
  })

  test('says to an address without touching its session', async () => {
    const database = await cloneDatabase()
    const channel = await makeChannel(database)
    const { standing } = await letIn(database, channel, 'awa', 1)
    const { session: _, handled: __, ...turn } = answerTo(await one(database, standing.address.id), [])
    await database.road.act({ ...turn, messages: [message('bonjour', { visibility: 'restricted' })] })
    const said = await database.prisma.message.findFirstOrThrow({ where: { direction: 'out' } })
    expect(said).toMatchObject({ state: 'queued', visibility: 'restricted', addressId: standing.address.id })
  })
})

test('two processes that race over the same lanes keep every address in order and lose nothing', async () => {
  const database = await cloneDatabase()
  const connectionString = database.connectionString
  const other = await openDatabase({ connectionString, masterKey: testMasterKey, migrate: false })
  const channel = await makeChannel(database)
  const people = Array.from({ length: 8 }, (_, n) => `person ${n}`)
  for (let n = 1; n <= 12; n++) await database.road.arrive(people.map((from) => arrival(channel, from, n)))
  const addresses = (await database.prisma.address.findMany()).map((row) => row.id)
  const work = async (road: typeof database.road, order: readonly string[]) => {
    for (;;) {
      const met = (await road.next(order)).filter((one) => one !== undefined)
      if (met.length === 0) return
      await road.commit(met.map((one) => answerTo(one, [`${one.arrived.incoming.externalId}`])))
    }
  }
  await Promise.all([
    work(database.road, addresses),
    work(other.road, [...addresses].reverse()),
    work(other.road, addresses),
  ])
  for (const address of addresses) {
    const rows = await database.prisma.message.findMany({
      where: { addressId: address },
      orderBy: { position: 'asc' },
    })
    const key = rows[0]?.keyId ?? ''
    const said = rows
      .filter((row) => row.direction === 'out')
      .map(
        (row) => JSON.parse(database.keys.read(key, `message.body_enc:${row.id}`, row.bodyEnc) ?? '{}').text,
      )
    expect(said).toEqual(Array.from({ length: 12 }, (_, n) => `m${n + 1}`))
  }
  await other.close()
})

async function one(database: Awaited<ReturnType<typeof cloneDatabase>>, address: string) {
  const [met] = await database.road.next([address])
  if (!met) throw new Error('nothing is there')
  return met
}
