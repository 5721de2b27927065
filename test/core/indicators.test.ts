/** Shares of what they say, small numbers and whatever gives them away hidden, and the quarters of the year. */
import { describe, expect, test } from 'vitest'
import {
  type Counts,
  inOrder,
  monthOf,
  nothing,
  quarterOf,
  rowsOf,
  shareOf,
  sumOf,
  totalOf,
} from '../../src/core/indicators.ts'

const counts = (some: Partial<Counts>): Counts => ({ ...nothing, ...some })

describe('everybody', () => {
  test('in time is of those that had their answer or should have', () => {
    const it = totalOf(counts({ opened: 100, answered: 60, inTime: 48, late: 16 }), 90)
    expect(it).toMatchObject({ opened: 100, inTimeShare: 75, medianMinutes: 90 })
  })

  test('the loop is closed with an answer that arrived, and satisfaction is of those who spoke', () => {
    const it = totalOf(
      counts({
        opened: 100,
        closed: 50,
        told: 40,
        yes: 15,
        no: 5,
        silent: 20,
        complaintsClosed: 20,
        appealed: 5,
      }),
      undefined,
    )
    expect(it).toMatchObject({ loopShare: 80, satisfied: 75, appealShare: 25 })
    expect(it.medianMinutes).toBeUndefined()
  })

  test('a part that is small, or leaves a small rest, is held back with every share of it', () => {
    const it = totalOf(counts({ opened: 100, answered: 60, inTime: 3, late: 57, closed: 97, told: 60 }), 90)
    expect(it).toMatchObject({ opened: 100, inTime: 'hidden', closed: 'hidden', told: 'hidden' })
    expect([it.inTimeShare, it.loopShare]).toEqual([undefined, undefined])
    expect(totalOf(counts({ opened: 4, answered: 4 }), 5)).toMatchObject({
      opened: 'hidden',
      answered: 'hidden',
    })
  })

  test('nothing divides by nothing', () => {
    expect(shareOf(0, 0)).toBeUndefined()
    expect(totalOf(nothing, undefined).satisfied).toBeUndefined()
  })
})

describe('a split', () => {
  const row = (name: string, opened: number) => ({
    name,
    ...counts({ opened, answered: opened, inTime: opened, closed: opened, told: opened, silent: opened }),
  })

  test('hides a row of few, and another with it that would give it away', () => {
    const rows = rowsOf([row('kayes', 40), row('gao', 3), row('segou', 9), row('mopti', 20)], 'answers')
    expect(rows.map(({ name, it }) => [name, it?.opened])).toEqual([
      ['kayes', 40],
      ['mopti', 20],
      ['segou', undefined],
      ['gao', undefined],
    ])
  })

  test('adds up to everybody', () => {
    const all = sumOf([row('kayes', 40), row('gao', 3)])
    expect(all).toMatchObject({ opened: 43, told: 43 })
  })
})

test('quarters and months begin and end where the year says', () => {
  const days = ({ from, until }: { from: Date; until: Date }) =>
    [from, until].map((at) => at.toISOString().slice(0, 10))
  const november = new Date('2026-11-26T10:00:00Z')
  expect(days(quarterOf(november))).toEqual(['2026-10-01', '2027-01-01'])
  expect(days(quarterOf(november, 1))).toEqual(['2026-07-01', '2026-10-01'])
  expect(days(quarterOf(new Date('2026-02-10T00:00:00Z'), 1))).toEqual(['2025-10-01', '2026-01-01'])
  expect(days(monthOf(new Date('2026-01-31T23:00:00Z'), 1))).toEqual(['2025-12-01', '2026-01-01'])
})

test('ages stand from the youngest up, whoever has none last, and any other split as it came', () => {
  const rows = ['from_35', '', 'under_18', 'from_50', 'from_18'].map((name) => ({ name }))
  const names = (by: 'age' | 'region') => inOrder(rows, by).map(({ name }) => name)
  expect(names('age')).toEqual(['under_18', 'from_18', 'from_35', 'from_50', ''])
  expect(names('region')).toEqual(rows.map(({ name }) => name))
})
