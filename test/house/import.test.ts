/** `npm run import`: a caseload taken in without a house and beside one. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import type { Place } from './program.ts'
import { makePrograms, type Programs } from './programs.ts'

async function bring({ start }: Programs, where: Place, file: string) {
  const program = start(where, {}, ['import', file])
  await program.ended
  return [program.child.exitCode, program.said()] as const
}

test('a caseload is taken in alone and beside a running house, and told line by line', async (context) => {
  const programs = makePrograms(context)
  const where = await programs.office()
  const csv = join(where.folder, 'gens.csv')
  await writeFile(csv, 'case_number;name;phone\nML-1;Awa Traoré;76123456\nML-2;Issa Maïga;12\n')
  expect(await bring(programs, where, csv)).toEqual([
    0,
    'Line 3, refused. Phone: No country has such a number.\n2 rows: 1 new, 0 changed, 0 the same, 1 refused.\n',
  ])

  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Gens')
  sheet.addRows([
    ['case_number', 'name', 'phone'],
    ['ML-1', 'Awa Traoré', 76123456],
    ['ML-2', 'Issa Maïga', 66000011],
  ])
  const xlsx = join(where.folder, 'gens.xlsx')
  await book.xlsx.writeFile(xlsx)
  const house = programs.start(where)
  await house.open
  expect(await bring(programs, where, xlsx)).toEqual([
    0,
    '2 rows: 1 new, 0 changed, 1 the same, 0 refused.\n',
  ])
})

test('a file that cannot be read is told in words, and nothing is started for it', async (context) => {
  const programs = makePrograms(context)
  const where = await programs.place()
  const lying = join(where.folder, 'gens.xlsx')
  await writeFile(lying, 'case_number;name\n')
  const told = await Promise.all([
    bring(programs, where, lying),
    bring(programs, where, join(where.folder, 'absent.csv')),
  ])
  for (const [code, said] of told) {
    expect(code).toBe(1)
    expect(said).not.toMatch(/^\s+at /m)
  }
  expect(told[0]?.[1]).toContain('not what its name says')
  expect(told[1]?.[1]).toContain('cannot be read')
})
