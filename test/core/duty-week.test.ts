import { describe, expect, test } from 'vitest'
import { eachDay, gapsOf, laterBy, mondayOf, weekLength } from '../../src/core/duty-week.ts'

const at = (text: string) => new Date(`2026-03-${text}:00Z`)
const span = (from: string, until: string) => ({ from: at(from), until: at(until) })
const week = { from: at('02T00:00'), until: at('09T00:00') }

describe('the hours that nobody covers', () => {
  test.each([
    ['all of a week without anybody', [], [week]],
    ['none when somebody is there from before until after', [span('01T00:00', '10T00:00')], []],
    [
      'what lies between two, whatever their order',
      [span('05T00:00', '09T00:00'), span('02T00:00', '04T12:00')],
      [span('04T12:00', '05T00:00')],
    ],
    ['nothing inside a longer one', [span('02T00:00', '09T00:00'), span('03T00:00', '04T00:00')], []],
    ['those after the last', [span('02T00:00', '08T18:00')], [span('08T18:00', '09T00:00')]],
  ])('are %s', (_, spans, gaps) => {
    expect(gapsOf(spans, week)).toEqual(gaps)
  })
})

describe('each day at the same hours', () => {
  test('runs through the nights', () => {
    expect(eachDay(span('02T18:00', '05T08:00'))).toEqual([
      span('02T18:00', '03T08:00'),
      span('03T18:00', '04T08:00'),
      span('04T18:00', '05T08:00'),
    ])
  })

  test('takes whole days where both ends are at the same hour', () => {
    expect(eachDay(span('02T08:00', '04T08:00'))).toEqual([
      span('02T08:00', '03T08:00'),
      span('03T08:00', '04T08:00'),
    ])
  })

  test('keeps the last day', () => {
    expect(eachDay(span('02T08:00', '03T12:00'))).toEqual([
      span('02T08:00', '02T12:00'),
      span('03T08:00', '03T12:00'),
    ])
  })
})

test('a week begins on Monday, and a span goes to the same hours of a later one', () => {
  expect(mondayOf(at('08T23:59'))).toEqual(at('02T00:00'))
  expect(mondayOf(at('02T00:00'))).toEqual(at('02T00:00'))
  const later = laterBy({ ...span('02T08:00', '03T08:00'), rank: 1 }, 4)
  expect(later).toMatchObject({ rank: 1, from: new Date(at('02T08:00').getTime() + 4 * weekLength) })
})
