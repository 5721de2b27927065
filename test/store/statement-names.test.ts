import { expect, test } from 'vitest'
import { makeStatementNames } from '../../src/store/statement-names.ts'
import { cloneDatabase } from '../database.ts'

const asked = (sql: string, args: readonly unknown[] = []) => ({ sql, args })

test('what is asked again and again has a name of its own from the third time on', () => {
  const nameOf = makeStatementNames()
  const names = [1, 2, 3, 4].map(() => nameOf(asked('select 1')))
  expect(names.slice(0, 2)).toEqual(['', ''])
  expect(names[2]).not.toBe('')
  expect(names[3]).toBe(names[2])
  const other = [1, 2, 3].map(() => nameOf(asked('select 2'))).at(-1)
  expect(other).not.toBe('')
  expect(other).not.toBe(names[2])
})

test('a long list of ids that was written out has none, a long statement by hand has one', () => {
  const nameOf = makeStatementNames()
  const args = Array.from({ length: 40 }, (_, n) => n)
  const thrice = (sql: string) => [1, 2, 3].map(() => nameOf(asked(sql, args))).at(-1)
  expect(thrice('SELECT 1 WHERE 2 IN ($1, $2)')).toBe('')
  expect(thrice('select 1 where 2 = any($1)')).not.toBe('')
})

test('there are only so many names, however many statements come', () => {
  const nameOf = makeStatementNames()
  const names = new Set<string>()
  for (let n = 0; n < 1000; n++) for (let time = 0; time < 3; time++) names.add(nameOf(asked(`select ${n}`)))
  expect(names.size).toBeLessThanOrEqual(401)
})

test('a connection keeps what was asked of it often, and nothing else', async () => {
  const { prisma } = await cloneDatabase()
  await prisma.$transaction(async (tx) => {
    for (let time = 0; time < 4; time++) await tx.office.findMany({ select: { key: true } })
    const rows = await tx.$queryRaw<{ statement: string }[]>`select statement from pg_prepared_statements`
    expect(rows.filter(({ statement }) => statement.includes('"office"'))).toHaveLength(1)
  })
})
