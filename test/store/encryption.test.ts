import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { makeKeys, placeOf } from '../../src/store/encryption.ts'
import { fixedMasterKey, readMasterKey } from '../../src/store/master-key.ts'
import { realClock } from '../../src/world.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { answerTo, letIn, makeChannel, noon } from './turns.ts'

const place = placeOf('person', 'name_enc', 'row')

async function writtenKey(database: TestDatabase): Promise<string> {
  const { id, row } = database.keys.make('person', realClock.id(), noon)
  await database.road.act({ turn: realClock.id(), at: noon, messages: [], events: [], changes: [row] })
  return id
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'baro-key-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

test('a value is read again only with its key and in its place', async () => {
  const { pool, keys, ...rest } = await cloneDatabase()
  const key = await writtenKey({ pool, keys, ...rest })
  const value = keys.encrypt(key, place, 'Awa Exemple')
  expect(value.includes('Awa')).toBe(false)
  expect(keys.encrypt(key, place, 'Awa Exemple').equals(value)).toBe(false)
  const elsewhere = makeKeys(pool, Buffer.alloc(32, 7))
  await elsewhere.load([key])
  expect(elsewhere.read(key, place, value)).toBe('Awa Exemple')
  expect(() => keys.read(key, placeOf('person', 'name_enc', 'other row'), value)).toThrow()
  value[value.length - 1] = (value.at(-1) ?? 0) ^ 1
  expect(() => keys.read(key, place, value)).toThrow()
  await expect(makeKeys(pool, Buffer.alloc(32, 8)).load([key])).rejects.toThrow()
})

test('an erased key reads nothing, here and in every process that loads it', async () => {
  const database = await cloneDatabase()
  const key = await writtenKey(database)
  const value = database.keys.encrypt(key, place, 'Awa Exemple')
  await database.keys.erase(key, noon)
  expect(database.keys.read(key, place, value)).toBeUndefined()
  expect(() => database.keys.decrypt(key, place, value)).toThrow('key:erased')
  expect(() => database.keys.encrypt(key, place, 'more')).toThrow('key:erased')
  const elsewhere = makeKeys(database.pool, Buffer.alloc(32, 7))
  await elsewhere.load([key])
  expect(elsewhere.isErased(key)).toBe(true)
  const row = await database.prisma.subjectKey.findUniqueOrThrow({ where: { id: key } })
  expect(row).toMatchObject({ wrapped: null, erasedAt: noon })
})

test('an erased address is heard again as somebody new', async () => {
  const database = await cloneDatabase()
  const channel = await makeChannel(database)
  const met = await letIn(database, channel, 'awa', 1)
  await database.road.commit([answerTo(met, ['bonjour'])])
  const waiting = await letIn(database, channel, 'awa', 2)
  await database.keys.erase(met.standing.address.key, noon)
  const [unread] = await database.road.next([met.standing.address.id])
  expect(unread?.arrived.incoming.content).toEqual({ kind: 'unsupported', theirs: 'erased' })
  const again = await letIn(database, channel, 'awa', 3)
  expect(again.standing.address.id).toBe(waiting.standing.address.id)
  expect(again.standing.address.key).not.toBe(met.standing.address.key)
  expect(again.standing.session).toMatchObject({ version: 0, state: undefined })
})

test('a hash tells the same from the same and nothing between kinds', async () => {
  const { pool, keys } = await cloneDatabase()
  expect(keys.hash('phone', '+22300000000')).toEqual(keys.hash('phone', '+22300000000'))
  expect(keys.hash('phone', '+22300000000')).not.toEqual(keys.hash('address', '+22300000000'))
  const changed = makeKeys(pool, Buffer.alloc(32, 7), { wrapping: 1, lookup: 2, words: 1, cookies: 1 })
  expect(changed.hash('phone', '+22300000000')[0]).toBe(2)
  expect(changed.hash('phone', '+22300000000').subarray(1)).not.toEqual(
    keys.hash('phone', '+22300000000').subarray(1),
  )
})

test('the wrapping key can be changed while everything stays readable', async () => {
  const database = await cloneDatabase()
  const key = await writtenKey(database)
  const value = database.keys.encrypt(key, place, 'Awa Exemple')
  const numbers = { wrapping: 2, lookup: 1, words: 1, cookies: 1 }
  expect(await makeKeys(database.pool, Buffer.alloc(32, 7), numbers).rewrap(100)).toBe(0)
  expect((await database.prisma.subjectKey.findUniqueOrThrow({ where: { id: key } })).wrapId).toBe(2)
  const later = makeKeys(database.pool, Buffer.alloc(32, 7), numbers)
  await later.load([key])
  expect(later.read(key, place, value)).toBe('Awa Exemple')
})

test('the master key is made once, for its owner only, and never inside the data folder', async () => {
  const home = await folder()
  const options = { file: join(home, 'baro.key'), dataDir: join(home, 'data') }
  const first = await readMasterKey(options)
  expect(first.bytes).toBeUndefined()
  const bytes = await first.make()
  expect((await stat(options.file)).mode & 0o777).toBe(0o600)
  expect(Buffer.from(await readFile(options.file, 'utf8'), 'base64')).toEqual(bytes)
  expect((await readMasterKey(options)).bytes).toEqual(bytes)
  expect(await first.make()).toEqual(bytes)
  const inside = readMasterKey({ file: join(home, 'data', 'baro.key'), dataDir: join(home, 'data') })
  await expect(inside).rejects.toMatchObject({ code: 'config:invalid' })
  const short = readMasterKey({ key: 'abc', file: '', dataDir: home })
  await expect(short).rejects.toMatchObject({ code: 'config:invalid', facts: { setting: 'BARO_KEY' } })
  const hex = await readMasterKey({ key: '07'.repeat(32), file: '', dataDir: home })
  expect(hex.bytes).toEqual(Buffer.alloc(32, 7))
})

test('a database refuses to open with another master key, or with none, and makes no new one', async () => {
  const { connectionString } = await cloneDatabase()
  const home = await folder()
  const file = join(home, 'baro.key')
  const missing = await readMasterKey({ file, dataDir: join(home, 'data') })
  const open = (masterKey: typeof missing) => openDatabase({ connectionString, masterKey, migrate: false })
  await expect(open(missing)).rejects.toMatchObject({ code: 'key:missing', facts: { where: file } })
  await expect(stat(file)).rejects.toThrow()
  await expect(open(fixedMasterKey(Buffer.alloc(32, 9)))).rejects.toMatchObject({ code: 'key:different' })
})

test('a key that is loaded stays, however many others were used before it', async () => {
  const database = await cloneDatabase()
  const [key, other] = [await writtenKey(database), await writtenKey(database)]
  const keys = makeKeys(database.pool, Buffer.alloc(32, 7))
  await keys.load([key])
  const value = keys.encrypt(key, place, 'Awa Exemple')
  // The memory is full, and the key is the next to make room.
  for (let n = 1; n < 20_000; n++) keys.make('person', realClock.id(), noon)
  await keys.load([key, other])
  expect(keys.read(key, place, value)).toBe('Awa Exemple')
})
