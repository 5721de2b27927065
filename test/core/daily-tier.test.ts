/** To how many people WhatsApp lets a business write first in a day. */
import { expect, test } from 'vitest'
import { firstsLeft, tierOf } from '../../src/core/daily-tier.ts'

test.each([
  ['TIER_50', 50],
  ['TIER_250', 250],
  ['TIER_1K', 1_000],
  ['TIER_2K', 2_000],
  ['TIER_100K', 100_000],
  ['10000', 10_000],
  ['-1', Number.POSITIVE_INFINITY],
  ['TIER_UNLIMITED', Number.POSITIVE_INFINITY],
  ['TIER_NOT_SET', undefined],
  ['a word of tomorrow', undefined],
  ['-2', undefined],
  [undefined, undefined],
])('%s is %s', (word, most) => {
  expect(tierOf(word)).toBe(most)
})

test('campaigns leave a tenth of it for answers, and nothing is limited that nobody told of', () => {
  expect(firstsLeft('TIER_250', 0)).toBe(225)
  expect(firstsLeft('TIER_250', 200)).toBe(25)
  expect(firstsLeft('TIER_250', 249)).toBe(0)
  expect(firstsLeft('TIER_UNLIMITED', 5)).toBeUndefined()
  expect(firstsLeft(undefined, 5)).toBeUndefined()
})
