/** A caseload taken in: new people, the same file again, changes, rows that cannot be read, people one may not see. */
import { expect, test } from 'vitest'
import type { Cell, Mapping, TableRow } from '../../src/core/caseload.ts'
import type { Staff } from '../../src/core/staff.ts'
import { readPerson } from '../../src/store/person.ts'
import { importCaseload } from '../../src/turn/import-caseload.ts'
import { oneDatabase } from '../one-database.ts'
import { conversation, hire, type Office, openOffice } from './office.ts'

const database = oneDatabase()

const header = [
  ...['Numéro de dossier', 'Nom et prénom', 'Sexe', 'Date de naissance', 'Téléphone', 'Langue', 'Région'],
  ...['Cercle', 'Pays de retour', 'Date de retour', 'Agent'],
]
const awa = [
  ...[
    'ML-2025/001',
    'Awa Traoré',
    'F',
    new Date('1992-05-04'),
    '76 12 34 56',
    'bambara',
    'Kayess',
    'Bafoulabe',
  ],
  ...['Libye', '12/03/2025', 'moussa diarra'],
]

async function* table(...rows: readonly (readonly Cell[])[]): AsyncGenerator<TableRow> {
  for (const [at, cells] of [header, ...rows].entries()) yield { line: at + 1, cells }
}

async function bring(
  office: Office,
  rows: AsyncIterable<TableRow>,
  more: { readonly bringer?: Staff; readonly mapping?: Mapping } = {},
) {
  const { vocabulary } = conversation
  return importCaseload(office.desk, { rows, vocabulary, bringer: undefined, ...more })
}

test('a row becomes a person with a case, an owner and look-ups like everybody else', async () => {
  const office = await openOffice(database())
  const moussa = await hire(office, 'Moussa Diarra', ['case_worker'])
  const { counts, remarks } = await bring(office, table(awa))
  expect([counts, remarks]).toEqual([{ rows: 1, made: 1, changed: 0, same: 0, refused: 0 }, []])
  const { prisma, keys } = database()
  const row = await prisma.person.findFirstOrThrow({ include: { cases: true } })
  expect(await readPerson(database(), row.id)).toMatchObject({
    ...{ name: 'Awa Traoré', sex: 'woman', birthYear: 1992, phone: '+22376123456', language: 'bm' },
    ...{
      region: 'ml-kayes',
      returnCountry: 'Libye',
      caseNumber: 'ML-2025/001',
      owner: moussa.id,
      minor: false,
    },
  })
  expect(row.cercle).toContain('bafoulab')
  expect(row.returnDate?.toISOString()).toBe('2025-03-12T00:00:00.000Z')
  expect(Buffer.from(row.phoneHash ?? [])).toEqual(keys.hash('phone', '+22376123456'))
  expect(Buffer.from(row.cases[0]?.numberHash ?? [])).toEqual(keys.hash('case_number', 'ML-2025/001'))
  expect(await prisma.event.count({ where: { type: 'person_imported', personId: row.id } })).toBe(1)
  await office.close()
})

test('the same table again changes nothing; a changed row says only what is new, and empties nothing', async () => {
  const office = await openOffice(database())
  const moussa = await hire(office, 'Moussa Diarra', ['case_worker'])
  await bring(office, table(awa))
  const { prisma } = database()
  const before = await prisma.person.findFirstOrThrow()
  expect((await bring(office, table(awa))).counts).toMatchObject({ made: 0, changed: 0, same: 1 })
  expect(await prisma.event.count()).toBe(1)

  const later = ['ml-2025/001', '', '', '', '+223 66 00 00 11', '', '', '', '', '', '']
  expect((await bring(office, table(later))).counts).toMatchObject({ made: 0, changed: 1 })
  const after = await readPerson(database(), before.id)
  expect(after).toMatchObject({
    name: 'Awa Traoré',
    phone: '+22366000011',
    region: 'ml-kayes',
    owner: moussa.id,
  })
  expect(await prisma.person.count()).toBe(1)
  const { facts } = await prisma.event.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(facts).toMatchObject({ made: false })
  await office.close()
})

test('a table of the eight old regions is understood: what was cut from them is where it is now', async () => {
  const office = await openOffice(database())
  const living = (number: string, region: string, cercle: string) =>
    awa.map((one, at) => (at === 0 ? number : at === 6 ? region : at === 7 ? cercle : one))
  const { counts } = await bring(
    office,
    table(
      living('ML-1', 'Kayes', 'Kita'),
      living('ML-2', 'Kayes', 'Nioro'),
      living('ML-3', 'Sikasso', 'Koutiala'),
      living('ML-4', 'Gao', 'Ménaka'),
      living('ML-5', 'Mopti', 'Bandiagara'),
    ),
  )
  expect(counts).toMatchObject({ made: 5, refused: 0 })
  const people = await database().prisma.person.findMany({ orderBy: { id: 'asc' } })
  expect(people.map(({ region }) => region)).toEqual([
    'ml-kita',
    'ml-nioro',
    'ml-koutiala',
    'ml-menaka',
    'ml-bandiagara',
  ])
  await office.close()
})

test('what cannot be read is told with its line and column, and the rest is taken', async () => {
  const office = await openOffice(database())
  const wrong = (place: number, cell: Cell) => awa.map((one, at) => (at === place ? cell : one))
  const numbered = (number: string, row: readonly Cell[]) => [number, ...row.slice(1)]
  const { counts, remarks } = await bring(
    office,
    table(
      wrong(0, undefined),
      numbered('ML-2', wrong(1, undefined)),
      numbered('ML-3', wrong(2, 'peut-être')),
      numbered('ML-4', wrong(3, 'il y a longtemps')),
      numbered('ML-5', wrong(4, '12')),
      numbered('ML-6', wrong(5, 'soninké')),
      numbered('ML-7', wrong(6, 'Atlantide')),
      numbered('ML-8', wrong(6, 'Gao')),
      numbered('ML-9', wrong(9, '31/02/2025')),
      numbered('ML-10', wrong(9, '2031-01-01')),
      numbered('ML-11', wrong(1, '#REF!')),
      numbered('ML-12', wrong(1, 'x'.repeat(100_000))),
      awa,
      awa,
      [],
    ),
  )
  expect(
    remarks.filter(({ refused }) => refused).map(({ line, column, reason }) => [line, column, reason]),
  ).toEqual([
    [2, 'case_number', 'missing'],
    [3, 'name', 'missing'],
    [4, 'sex', 'not_a_sex'],
    [5, 'birth_year', 'not_a_year'],
    [6, 'phone', 'not_a_phone'],
    [8, 'region', 'not_a_place'],
    [9, 'cercle', 'contradiction'],
    [10, 'return_date', 'not_a_date'],
    [11, 'return_date', 'in_future'],
    [12, 'name', 'broken_cell'],
    [13, 'name', 'too_long'],
    [15, 'case_number', 'twice'],
  ])
  expect(counts).toEqual({ rows: 14, made: 2, changed: 0, same: 0, refused: 12 })
  const taken = remarks.filter(({ refused }) => !refused)
  expect(taken.map(({ line, reason }) => [line, reason])).toEqual([
    [7, 'not_a_language'],
    [7, 'unknown_worker'],
    [7, 'phone_known'],
    [14, 'unknown_worker'],
    [14, 'phone_known'],
  ])
  // A number that two share is for a person to look at.
  expect(await database().prisma.person.count()).toBe(2)
  await office.close()
})

test('a supervisor changes nobody whom they do not see, and makes no second case of that number', async () => {
  const office = await openOffice(database())
  const { prisma } = database()
  const [kayes, gao] = await Promise.all(
    ['kayes', 'gao'].map((key) =>
      prisma.office.create({ data: { id: office.clock.id(), key, name: key, regions: [] } }),
    ),
  )
  await hire(office, 'Moussa Diarra', ['case_worker'], { office: kayes?.id })
  await bring(office, table(awa))
  const elsewhere = await hire(office, 'Fanta', ['supervisor'], { office: gao?.id })
  const own = await hire(office, 'Salif', ['supervisor'], { office: kayes?.id })
  const other = ['ML-2025/001', 'Quelqu’un', ...Array(9).fill(undefined)]
  const refused = await bring(office, table(other), { bringer: elsewhere })
  expect(refused.remarks).toMatchObject([{ line: 2, refused: true, reason: 'elsewhere' }])
  expect(await prisma.person.count()).toBe(1)
  expect((await bring(office, table(other), { bringer: own })).counts.changed).toBe(1)
  expect(await prisma.event.count({ where: { by: 'staff', staffId: own.id } })).toBe(1)
  await office.close()
})

test('a table without headings is taken only with columns that somebody chose', async () => {
  const office = await openOffice(database())
  async function* bare(): AsyncGenerator<TableRow> {
    yield { line: 1, cells: ['a', 'b'] }
    yield { line: 2, cells: ['Issa Maïga', 'ML-77'] }
  }
  await expect(bring(office, bare())).rejects.toThrow('table:no_header')
  const { counts } = await bring(office, bare(), { mapping: { case_number: 1, name: 0 } })
  expect(counts.made).toBe(1)
  await office.close()
})
