/** No number of too few people is shown, and none can be reckoned from what is. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fewest, isSmall, shownAlone, shownOf, shownParts, toldRows } from '../../src/core/small-numbers.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0)

test('a number of few is hidden, and so is what leaves few of a whole', () => {
  expect([0, 1, 4, 5].map(shownAlone)).toEqual([0, 'hidden', 'hidden', 5])
  expect([shownOf(97, 100), shownOf(3, 100), shownOf(50, 100), shownOf(0, 100), shownOf(100, 100)]).toEqual([
    ...['hidden', 'hidden', 50, 0, 100],
  ])
})

test('the total gives no hidden part away', () => {
  const parts = (...all: number[]) => shownParts(all).parts
  expect(parts(3, 20, 40)).toEqual(['hidden', 'hidden', 40])
  expect(parts(3, 4, 40)).toEqual(['hidden', 'hidden', 40])
  expect(parts(4, 4, 30, 40)).toEqual(['hidden', 'hidden', 'hidden', 40])
  expect(parts(1, 1, 30, 30)).toEqual(['hidden', 'hidden', 'hidden', 'hidden'])
  expect(parts(0, 5, 6)).toEqual([0, 5, 6])
  expect(shownParts([0, 3])).toEqual({ whole: 'hidden', parts: [0, 'hidden'] })
  expect(shownParts([1, 1, 1, 1, 1]).whole).toBe('hidden')
})

test('whoever knows the rule cannot reckon any hidden part: another table would look the same', () => {
  const most = 11
  const tables = new Map<string, number[][]>()
  for (let a = 0; a <= most; a++)
    for (let b = 0; b <= most; b++)
      for (let c = 0; c <= most; c++) {
        const look = JSON.stringify(shownParts([a, b, c]))
        tables.set(look, [...(tables.get(look) ?? []), [a, b, c]])
      }
  for (const [look, alike] of tables) {
    shownParts(alike[0] ?? []).parts.forEach((part, index) => {
      const possible = new Set(alike.map((table) => table[index]))
      expect([look, part !== 'hidden' || possible.size > 1]).toEqual([look, true])
    })
  }
})

const tables = fc.integer({ min: 1, max: 3 }).chain((columns) =>
  fc.array(fc.array(fc.nat({ max: 14 }), { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 7,
  }),
)

test('of a table with totals no small number is shown, and what is hidden comes to no small number', () => {
  fc.assert(
    fc.property(tables, (rows) => {
      const told = toldRows(rows)
      for (const [index, one] of rows.entries()) if (told[index]) expect(one.some(isSmall)).toBe(false)
      const silent = rows.filter((_, index) => !told[index])
      const somebody = rows.filter((row) => sum(row) > 0)
      expect(silent.length !== 1 || somebody.length === 1).toBe(true)
      for (const column of (rows[0] ?? []).keys()) {
        const of = (some: readonly number[][]) => sum(some.map((one) => one[column] ?? 0))
        const rest = of(silent)
        expect(rest === 0 || rest >= fewest || isSmall(of(rows))).toBe(true)
      }
    }),
  )
})

test('two hidden rows could change places, and where one hides a small number another is different', () => {
  fc.assert(
    fc.property(tables, (rows) => {
      const told = toldRows(rows)
      const silent = [...rows.keys()].filter((index) => !told[index])
      const [first, last] = [silent[0], silent.at(-1)]
      if (first === undefined || last === undefined) return
      const changed = rows.map(
        (row, index) => rows[index === first ? last : index === last ? first : index] ?? row,
      )
      expect(toldRows(changed)).toEqual(told)
      if (silent.length === rows.filter((row) => sum(row) > 0).length) return
      for (const column of (rows[0] ?? []).keys()) {
        const numbers = silent.map((index) => rows[index]?.[column] ?? 0)
        expect(!numbers.some(isSmall) || new Set(numbers).size > 1).toBe(true)
      }
    }),
  )
})
