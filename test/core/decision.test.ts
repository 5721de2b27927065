/** A decision: what it must say, and the quarter it is counted in. */
import { expect, test } from 'vitest'
import { quarterOf, record } from '../../src/core/decision.ts'

const it = { id: 'd', text: 'Un bureau ouvre.', day: '2026-03-02', basis: [{ request: 'r' }] }

test('it is on record with everything that stands behind it', () => {
  expect(record({ ...it, basis: [{ request: 'r' }, { feedback: 'f' }] }, '2026-03-02')).toEqual([
    { type: 'decision_recorded', decision: 'd', day: '2026-03-02', request: 'r' },
    { type: 'decision_recorded', decision: 'd', day: '2026-03-02', feedback: 'f' },
  ])
})

test.each([
  ['text', { text: ' ' }],
  ['text', { text: 'x'.repeat(601) }],
  ['day', { day: '2026-03-03' }],
  ['basis', { basis: [] }],
])('without a good %s it is none', (field, fault) => {
  expect(() => record({ ...it, ...fault }, '2026-03-02')).toThrow(
    expect.objectContaining({ code: 'form:invalid', facts: { field } }),
  )
})

test.each([
  ['2026-01-01', '2026-1'],
  ['2026-03-31', '2026-1'],
  ['2026-04-01', '2026-2'],
  ['2026-12-31', '2026-4'],
])('%s lies in %s', (day, quarter) => {
  expect(quarterOf(new Date(day))).toBe(quarter)
})
