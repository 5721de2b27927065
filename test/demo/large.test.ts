/** The large office, made small: what `npm run seed:large` writes is read by the product's own readers. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPlaces } from '../../src/flow/answer/files.ts'
import { loadMedia } from '../../src/store/media.ts'
import { listRequests } from '../../src/store/request-list.ts'
import { staffOf, staffSelect } from '../../src/store/staff.ts'
import { threadOfRequest } from '../../src/store/thread.ts'
import { fillLarge, type LargeReport } from '../bench/large-fill.ts'
import { copyDatabase, type TestDatabase } from '../database.ts'
import { now, shelf } from './story-kit.ts'

let one: TestDatabase
let other: TestDatabase
let folder: string
let report: LargeReport

/** Files are encrypted under the keys of their own database. */
const filesOf = (database: TestDatabase) => join(folder, database === one ? 'one' : 'other')

const fill = (database: TestDatabase) =>
  fillLarge(database, {
    ...{ people: 400, seed: 'baro', now, passwordHash: 'a hash', tell: () => {} },
    mediaFolder: filesOf(database),
    places: readPlaces(shelf.places),
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baro-large-'))
  one = await copyDatabase()
  other = await copyDatabase()
  report = await fill(one)
})

afterAll(async () => {
  await one.drop()
  await other.drop()
  await rm(folder, { recursive: true, force: true })
})

const supervisor = async () =>
  staffOf(
    await one.prisma.staff.findUniqueOrThrow({
      where: { email: 'supervisor@demo.invalid' },
      select: staffSelect,
    }),
  )

describe('the large office', () => {
  test('has as much of everything as its people should have', () => {
    expect(report.people).toBe(400)
    expect(report.messages / report.people).toBeGreaterThan(8.5)
    expect(report.messages / report.people).toBeLessThan(12)
    expect(report.requests / report.people).toBeGreaterThan(1)
    expect(report.unfinished / report.requests).toBeLessThan(0.06)
  })

  test('tells the same story twice, under other keys', async () => {
    expect(await fill(other)).toEqual(report)
    const text = `select md5(string_agg(concat_ws(' ', id, reference, kind, state, due_at, owner_id), ',' order by id)) as told
      from request`
    const told = async ({ pool }: TestDatabase) => (await pool.query<{ told: string }>(text)).rows[0]?.told
    expect(await told(one)).toBe(await told(other))
  })

  test('refuses a database in which somebody was', async () => {
    await expect(fill(one)).rejects.toThrow('not empty')
    expect(await one.prisma.person.count()).toBe(report.people)
  })

  test('has messages in the order of time, and nothing written aside', async () => {
    const { rows } = await one.pool.query<{ disordered: number }>(
      `select count(*)::int as disordered from (
         select created_at, lag(created_at) over (order by position) as before from message) as m
       where before > created_at`,
    )
    expect(rows[0]?.disordered).toBe(0)
    const { rows: aside } = await one.pool.query("select from pg_class where relname like 'large_%'")
    expect(aside).toHaveLength(0)
  })

  test('is read back decrypted, voices included', async () => {
    const staff = await supervisor()
    const { lines } = await listRequests(one, staff, 'closed', { now, limit: 20 })
    expect(lines).toHaveLength(20)
    expect(lines.every(({ who, first }) => who !== undefined && first !== undefined)).toBe(true)
    const [line] = lines
    if (!line) throw new Error('nothing was closed')
    const { items } = await threadOfRequest(one, line.request, { limit: 60 })
    expect(items.some((item) => item.type === 'said' && item.staff !== undefined)).toBe(true)
    const voice = await one.prisma.media.findFirst({
      where: { state: 'stored', message: { visibility: 'open' } },
    })
    if (voice) expect((await loadMedia(one, staff, filesOf(one), voice.id)).mime).toBe('audio/wav')
  })

  test('keeps sealed matters to their holders', async () => {
    const sealed = await one.prisma.request.findMany({
      where: { visibility: 'sealed' },
      include: { holders: true },
    })
    expect(sealed.length).toBeGreaterThan(0)
    for (const { holders } of sealed) expect(holders.length).toBeGreaterThan(0)
  })
})
