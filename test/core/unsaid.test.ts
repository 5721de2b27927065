import { describe, expect, test } from 'vitest'
import { withoutSaid } from '../../src/core/unsaid.ts'

describe('a text without what was taken back', () => {
  test.each([
    ['il pleut', 'il pleut', undefined],
    ['  il pleut \n', 'il pleut', undefined],
    ['il pleut\nj’ai faim', 'il pleut', 'j’ai faim'],
    ['j’ai faim\nil pleut\nfort\nici', ' il pleut\nfort ', 'j’ai faim\nici'],
    ['il pleut fort', 'il pleut', 'il pleut fort'],
    ['il pleut', '', 'il pleut'],
    ['il pleut\nfort', 'il pleut\nici', 'il pleut\nfort'],
    ['il pleut\nil pleut', 'il pleut', 'il pleut'],
  ])('of %j without %j is %j', (text, said, left) => expect(withoutSaid(text, said)).toBe(left))
})
