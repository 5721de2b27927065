/** When nobody is written to first, and how tries in vain are counted. */
import { expect, test } from 'vitest'
import { vainDays, writeBar } from '../../src/core/reach-rules.ts'

const fine = {
  state: 'live',
  stopped: 'no',
  consent: 'given',
  safe: undefined,
  night: false,
  windowClosed: false,
} as const

test.each([
  [{}, undefined],
  [{ stopped: 'campaigns' }, undefined],
  [{ stopped: 'all' }, 'stopped'],
  [{ state: 'blocked' }, 'blocked'],
  [{ state: 'closed' }, 'closed'],
  [{ consent: undefined }, 'no_consent'],
  [{ consent: 'refused' }, 'no_consent'],
  [{ consent: 'withdrawn' }, 'no_consent'],
  [{ safe: 'voice' }, undefined],
  [{ safe: 'call' }, 'safe'],
  [{ safe: 'none', windowClosed: true }, 'safe'],
  [{ night: true }, 'night'],
  [{ windowClosed: true }, 'window'],
] as const)('with %j the bar is %s', (facts, bar) => {
  expect(writeBar({ ...fine, ...facts })).toBe(bar)
})

test('tries on one day count once, and being reached begins the count anew', () => {
  const vain = (day: string) => ({ day, reached: false })
  expect(vainDays([])).toBe(0)
  expect(vainDays([vain('2026-11-20'), vain('2026-11-20'), vain('2026-11-21')])).toBe(2)
  expect(vainDays([vain('2026-11-20'), { day: '2026-11-21', reached: true }, vain('2026-11-22')])).toBe(1)
})
