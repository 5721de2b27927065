import { beforeEach, expect, test } from 'vitest'
import {
  addAbsence,
  awayAt,
  endAbsence,
  endAbsences,
  findAbsence,
  listAbsences,
} from '../../src/store/absence.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, monday } from '../turn/office.ts'

const database = oneDatabase()
const hours = (n: number) => new Date(monday.getTime() + n * 60 * 60_000)
let mariam: string
let moussa: string

beforeEach(async () => {
  const office = { database: database(), clock: handClock(), watch: { current: unused, forget() {} } }
  mariam = (await hire(office, 'Mariam', ['case_worker'])).id
  moussa = (await hire(office, 'Moussa', ['case_worker'])).id
})
const unused = () => Promise.reject(new Error('nobody asks'))
const ids = { one: '0192f0c0-0000-7000-8000-000000000001', two: '0192f0c0-0000-7000-8000-000000000002' }
const away = (id: string, staff: string, from: number, until: number) =>
  addAbsence(database().prisma, { id, staff, from: hours(from), until: hours(until), by: staff }, monday)

test('somebody is away from the first moment of a span and back at its last', async () => {
  await away(ids.one, mariam, 1, 3)
  const at = async (n: number) => [...(await awayAt(database().prisma, hours(n))).keys()]
  expect(await Promise.all([at(0), at(1), at(2), at(3)])).toEqual([[], [mariam], [mariam], []])
})

test('of two spans that overlap the later end counts', async () => {
  await away(ids.one, mariam, 0, 5)
  await away(ids.two, mariam, 2, 3)
  expect(await awayAt(database().prisma, hours(2))).toEqual(new Map([[mariam, hours(5)]]))
})

test('whoever comes back early is back, and only they', async () => {
  await away(ids.one, mariam, 0, 5)
  await away(ids.two, moussa, 0, 5)
  expect(await endAbsences(database().prisma, mariam, hours(2))).toBe(true)
  expect(await endAbsences(database().prisma, mariam, hours(2))).toBe(false)
  expect([...(await awayAt(database().prisma, hours(2))).keys()]).toEqual([moussa])
})

test('one that has not begun is taken back, one that has is ended and stays on record', async () => {
  await away(ids.one, mariam, 0, 5)
  await away(ids.two, mariam, 3, 5)
  for (const id of [ids.one, ids.two]) await endAbsence(database().prisma, id, hours(1))
  expect(await findAbsence(database().prisma, ids.two)).toBeUndefined()
  expect(await findAbsence(database().prisma, ids.one)).toMatchObject({ until: hours(1) })
})

test('the list holds present and coming ones, of whom one asks for', async () => {
  await away(ids.one, mariam, -5, -1)
  await away(ids.two, moussa, 3, 5)
  const list = await listAbsences(database().prisma, monday)
  expect(list.map(({ staff }) => staff)).toEqual([moussa])
  expect(await listAbsences(database().prisma, monday, [mariam])).toEqual([])
})
