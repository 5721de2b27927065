import { describe, expect, test } from 'vitest'
import { expireReads, makeAccessLog, type Read, writeReads } from '../../src/store/access-log.ts'
import { realClock } from '../../src/world.ts'
import { oneDatabase } from '../one-database.ts'
import { listLog } from '../turn/office.ts'

const database = oneDatabase()
const id = () => realClock.id()
const noon = new Date('2026-03-02T12:00:00Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const rows = () => database().prisma.accessLog.findMany({ orderBy: { id: 'asc' } })

describe('reads', () => {
  test('are written together, in order, before the log is closed', async () => {
    const log = makeAccessLog(database().pool, listLog())
    const reads: Read[] = [
      { staff: id(), what: 'person', id: id(), at: noon },
      { staff: id(), what: 'search', at: later(1) },
      { staff: id(), what: 'file', id: id(), at: later(2) },
    ]
    for (const read of reads) log.note(read)
    expect(await rows()).toEqual([])
    await log.close()
    expect((await rows()).map(({ what, staffId, subjectId, at }) => [what, staffId, subjectId, at])).toEqual(
      reads.map(({ what, staff, id: subject = null, at }) => [what, staff, subject, at]),
    )
  })

  test('of the same thing by the same reader within a minute are one look; a search is each its own', async () => {
    const log = makeAccessLog(database().pool, listLog())
    const [awa, issa, person] = [id(), id(), id()]
    const looks = [
      ...[0, 20, 59, 61, 100, 122].map((seconds) => ({ staff: awa, seconds })),
      { staff: issa, seconds: 123 },
    ]
    for (const { staff, seconds } of looks)
      log.note({ staff, what: 'person', id: person, at: later(seconds) })
    for (const seconds of [130, 131]) log.note({ staff: awa, what: 'search', at: later(seconds) })
    await log.close()
    const kept = (await rows()).map(({ at, what }) => [what, (at.getTime() - noon.getTime()) / 1000])
    expect(kept).toEqual([
      ['person', 0],
      ['person', 61],
      ['person', 122],
      ['person', 123],
      ['search', 130],
      ['search', 131],
    ])
  })

  test('of a request are found by its reference; one that does not exist leaves no id', async () => {
    const { prisma, pool } = database()
    const request = id()
    await prisma.request.create({
      data: {
        ...{ id: request, reference: '12345678', kind: 'request.info', queue: 'information' },
        ...{ visibility: 'open', priority: 3, openedAt: noon, dueAt: noon, lastHeardAt: noon },
      },
    })
    const staff = id()
    await writeReads(pool, [
      { staff, what: 'request', reference: '12345678', at: noon },
      { staff, what: 'request', reference: '99999999', at: noon },
    ])
    expect((await rows()).map(({ subjectId }) => subjectId)).toEqual([request, null])
  })

  test('that could not be written wait for a database that comes back, and the log says so', async () => {
    const told = listLog()
    let away = true
    const pool = new Proxy(database().pool, {
      get: (target, name) =>
        name === 'query' && away
          ? () => Promise.reject(new Error('the database is away'))
          : Reflect.get(target, name).bind(target),
    })
    const log = makeAccessLog(pool, told)
    log.note({ staff: id(), what: 'search', at: noon })
    await expect.poll(() => told.lines.length, { timeout: 10_000 }).toBe(1)
    away = false
    await expect.poll(async () => (await rows()).length, { timeout: 10_000 }).toBe(1)
    await log.close()
  })

  test('are kept for five years and no longer', async () => {
    const staff = id()
    const day = 24 * 3600
    await writeReads(database().pool, [
      { staff, what: 'search', at: later(-day) },
      { staff, what: 'search', at: later(day) },
    ])
    const inFiveYears = new Date('2031-03-02T12:00:00Z')
    expect(await expireReads(database(), inFiveYears)).toBe(1)
    expect((await rows()).map(({ at }) => at)).toEqual([later(day)])
  })
})
