/** When a file that did not come is tried again. */
import { expect, test } from 'vitest'
import { nextTry, wantFile } from '../../src/core/late-file.ts'

const now = new Date('2026-03-02T09:00:00Z')

test('a late file is tried with growing pauses for about a day, then no more', () => {
  const pauses: number[] = []
  for (let tries = 1; ; tries += 1) {
    const at = nextTry(tries, now)
    if (!at) break
    pauses.push((at.getTime() - now.getTime()) / 60_000)
  }
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other))
  expect(pauses[0]).toBe(1)
  const whole = pauses.reduce((sum, one) => sum + one, 0)
  expect(whole).toBeGreaterThan(22 * 60)
  expect(whole).toBeLessThanOrEqual(24 * 60)
  expect(nextTry(1_000, now)).toBeUndefined()
})

test.each(['waiting', 'stored', 'infected', 'gone', 'too_large'])(
  'a file that is %s is not asked for again',
  (state) => {
    expect(wantFile({ message: 'm', media: 'f', state })).toEqual([])
  },
)

test('a lost one is, on record with the request of its message', () => {
  expect(wantFile({ message: 'm', media: 'f', state: 'lost', request: 'r' })).toEqual([
    { type: 'file_wanted', message: 'm', media: 'f', request: 'r' },
  ])
})
