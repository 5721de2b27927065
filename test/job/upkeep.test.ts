/** What runs in the background: the sweeper, files, silence, forgetting, reports. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FileHandle } from '../../src/core/message.ts'
import { Failure } from '../../src/failure.ts'
import { everySoOften } from '../../src/job/clockwork.ts'
import { expire } from '../../src/job/expire.ts'
import { fetchMedia } from '../../src/job/fetch-media.ts'
import { sweep } from '../../src/job/sweep.ts'
import { wakeSessions } from '../../src/job/wake-sessions.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { idleSession } from '../../src/turn/session.ts'
import { oneDatabase } from '../one-database.ts'
import { listLog, type Office, openOffice } from '../turn/office.ts'

const emptyDatabase = oneDatabase()

async function open(options: Parameters<typeof openOffice>[1] = {}): Promise<Office> {
  const office = await openOffice(emptyDatabase(), options)
  onTestFinished(() => office.close())
  return office
}
const hour = 3_600_000

function sweepOf(office: Office) {
  const sent: string[] = []
  let files = 0
  const dispatch = {
    async send(outgoing: ReadonlyMap<string, readonly string[]>) {
      sent.push(...[...outgoing.values()].flat())
    },
    async fetchFiles() {
      files += 1
    },
  }
  return { run: () => sweep({ ...office.database, ...office, dispatch }), sent, files: () => files }
}

describe('the sweeper', () => {
  test('has nothing to do on a quiet day', async () => {
    const office = await open()
    await office.says('awa', 'bonjour')
    expect(await sweepOf(office).run()).toEqual({ arrivals: 0, sends: 0, unknown: 0, files: 0 })
  })

  test('handles what a process that died left unhandled, in order', async () => {
    const office = await open()
    for (const [n, text] of ['bonjour', 'menu', 'aide'].entries()) {
      const incoming = {
        ...{
          channel: office.channel.id,
          from: 'awa',
          externalId: `a${n}`,
          edit: 0,
          sentAt: office.clock.now(),
        },
        content: { kind: 'text', text } as const,
      }
      await office.database.road.arrive([{ id: office.clock.id(), at: office.clock.now(), incoming }])
    }
    office.clock.forward(6_000)
    expect(await sweepOf(office).run()).toMatchObject({ arrivals: 1 })
    await office.settled()
    const left = await office.database.prisma.message.count({ where: { state: 'received' } })
    expect(left).toBe(0)
    expect(office.channel.sent('awa').length).toBeGreaterThan(2)
  })

  test('makes a job for messages that nobody sends, and frees the lease of a dead sender', async () => {
    const office = await open()
    const { id } = await addressAfter(office, 'bonjour')
    await office.database.prisma.message.updateMany({
      where: { direction: 'out' },
      data: { state: 'sending', failure: null },
    })
    const until = new Date(office.clock.now().getTime() + 60_000)
    await office.database.prisma.address.updateMany({ data: { sendHolder: 'dead', sendUntil: until } })
    const sweeping = sweepOf(office)
    expect(await sweeping.run()).toMatchObject({ sends: 0, unknown: 0 })
    office.clock.forward(61_000)
    const swept = await sweeping.run()
    expect(swept?.unknown).toBeGreaterThan(0)
    expect(sweeping.sent).toEqual([id])
  })

  test('is done by one process at a time', async () => {
    const office = await open()
    const client = await office.database.pool.connect()
    try {
      await client.query("select pg_advisory_lock(hashtextextended('sweep', 0))")
      expect(await sweepOf(office).run()).toBeUndefined()
    } finally {
      client.release(true)
    }
    await expect.poll(() => sweepOf(office).run()).toBeDefined()
  })
})

describe('files', () => {
  test('are fetched once and kept encrypted', async () => {
    const { office, folder, fetch, bring } = await withFiles()
    const bytes = Buffer.from('OggS voice of Awa, some bytes of it')
    await bring(office.channel.keeps('voice', bytes, { mime: 'audio/ogg', seconds: 3 }))
    await fetch()
    const media = await office.database.prisma.media.findFirstOrThrow()
    expect(media).toMatchObject({ state: 'stored', bytes: bytes.length })
    const [part = ''] = await readdir(folder)
    const [file = ''] = await readdir(join(folder, part))
    expect(file).toBe(media.id)
    const { readFile } = await import('node:fs/promises')
    const stored = await readFile(join(folder, part, file))
    expect(stored.includes('Awa')).toBe(false)
    const { keys } = office.database
    expect(keys.decrypt(media.keyId, placeOf('media', 'file', media.id), stored)).toEqual(bytes)
    expect(office.news.some(({ files }) => files)).toBe(true)
  })

  test('that are gone at the provider are not asked for again, others are', async () => {
    const { office, fetch, bring, asked } = await withFiles(new Failure('channel:unreachable'))
    await bring({ kind: 'photo', handle: 'nowhere' })
    await fetch()
    const { prisma } = office.database
    expect(await prisma.media.findFirstOrThrow()).toMatchObject({ state: 'waiting', attempts: 1 })
    await fetch()
    expect(asked()).toBe(1)
    office.clock.forward(60_000)
    await fetch()
    expect(await prisma.media.findFirstOrThrow()).toMatchObject({ state: 'gone' })
    await fetch()
    expect(asked()).toBe(2)
  })
})

describe('silence', () => {
  test('is told to a conversation when its moment has come, and only then', async () => {
    let silences = 0
    const office = await open({
      engine: {
        respond(_, input, situation) {
          const wakeAt = situation.now.getTime() + hour
          const idle = idleSession(undefined, situation.now)
          if (input.kind !== 'silence') return { session: { ...idle, wakeAt }, happenings: [] }
          silences += 1
          return { session: idle, happenings: [{ type: 'silence_reached', flow: 'a', step: 'b' }] }
        },
      },
    })
    const parts = { ...office.database, ...office }
    await office.says('awa', 'bonjour')
    await wakeSessions(parts)
    expect(silences).toBe(0)
    office.clock.forward(hour + 1)
    await Promise.all([wakeSessions(parts), wakeSessions(parts)])
    await wakeSessions(parts)
    expect(silences).toBe(1)
    expect(await office.database.prisma.event.findFirstOrThrow()).toMatchObject({ by: 'clock' })
  })
})

describe('forgetting', () => {
  test('leaves of somebody who never agreed nothing but a count', async () => {
    const office = await open()
    const { keyId } = await addressAfter(office, 'je veux mon argent de réintégration')
    const parts = { ...office.database, mediaFolder: '/nowhere', clock: office.clock }
    office.clock.forward(71 * hour)
    expect(await expire(parts)).toBe(0)
    office.clock.forward(2 * hour)
    expect(await expire(parts)).toBe(1)
    const { prisma, keys } = office.database
    expect(await prisma.message.count()).toBe(0)
    expect(await prisma.event.count({ where: { secretEnc: { not: null } } })).toBe(0)
    expect([await prisma.session.count(), await prisma.address.count()]).toEqual([0, 0])
    expect(keys.isErased(keyId)).toBe(true)
    expect(await expire(parts)).toBe(0)
    expect((await office.says('awa', 'bonjour')).length).toBeGreaterThan(0)
  })

  test('does not touch whoever agreed, nor what belongs to a request', async () => {
    const office = await open()
    for (const text of ['bonjour', '1', '1', 'il me faut un toit pour ma famille'])
      await office.says('awa', text)
    await office.says('issa', 'je veux en finir')
    const { prisma } = office.database
    const before = await prisma.message.count({ where: { requestId: { not: null } } })
    const ofAwa = await prisma.message.count()
    office.clock.forward(200 * hour)
    await expire({ ...office.database, mediaFolder: '/nowhere', clock: office.clock })
    expect(await prisma.message.count({ where: { requestId: { not: null } } })).toBe(before)
    expect(await prisma.message.count()).toBeLessThanOrEqual(ofAwa)
    expect(await prisma.consent.count({ where: { answer: 'given' } })).toBe(1)
    const address = await prisma.address.findMany({ where: { people: { some: {} } } })
    expect(await prisma.message.count({ where: { addressId: address[0]?.id } })).toBeGreaterThan(5)
  })
})

test('a report that comes before its message is known is told again', async () => {
  const office = await open()
  await office.says('awa', 'bonjour')
  const [sent] = office.channel.sent('awa')
  const { prisma } = office.database
  const row = await prisma.message.findFirstOrThrow({
    where: { direction: 'out' },
    orderBy: { position: 'asc' },
  })
  await prisma.message.update({ where: { id: row.id }, data: { externalHash: null } })
  await office.channel.reports({ externalId: sent?.externalId ?? '', state: 'read', at: office.clock.now() })
  await prisma.message.update({ where: { id: row.id }, data: { externalHash: row.externalHash } })
  await expect
    .poll(async () => (await prisma.message.findFirstOrThrow({ where: { id: row.id } })).state, {
      timeout: 5_000,
    })
    .toBe('read')
})

test('a clockwork never runs twice at once, survives a failing round and stops when closed', async () => {
  let [running, most, rounds] = [0, 0, 0]
  const log = listLog()
  const work = everySoOften(
    'test',
    5,
    async () => {
      running += 1
      most = Math.max(most, running)
      rounds += 1
      await new Promise((done) => setTimeout(done, 10))
      running -= 1
      if (rounds === 2) throw new Error('a bug')
    },
    log,
  )
  await expect.poll(() => rounds).toBeGreaterThan(3)
  await work.close()
  const after = rounds
  await new Promise((done) => setTimeout(done, 40))
  expect({ most, rounds, failures: log.lines.length }).toEqual({ most: 1, rounds: after, failures: 1 })
})

async function addressAfter(office: Office, text: string) {
  await office.says('awa', text)
  return office.database.prisma.address.findFirstOrThrow()
}

async function withFiles(...failures: Failure[]) {
  const folder = await mkdtemp(join(tmpdir(), 'baro-media-'))
  const office = await open()
  onTestFinished(() => rm(folder, { recursive: true }))
  let asked = 0
  const channel: Pick<Office['channel'], 'id' | 'fetch'> = {
    id: office.channel.id,
    async fetch(file, limit) {
      const failure = failures[asked]
      asked += 1
      if (failure) throw failure
      return office.channel.fetch(file, limit)
    },
  }
  const parts = { ...office.database, channels: [channel], folder, log: listLog(), clock: office.clock }
  return {
    ...{ office, folder, asked: () => asked },
    fetch: () => fetchMedia(parts, new AbortController().signal),
    async bring(file: FileHandle) {
      await office.channel.brings('awa', { kind: 'file', file })
      await office.settled()
    },
  }
}
