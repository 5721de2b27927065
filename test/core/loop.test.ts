/** When it is asked whether a matter is solved, and what silence comes to. */
import { describe, expect, test } from 'vitest'
import { loopAfter, loopAt, loopStateOf } from '../../src/core/loop.ts'

const now = new Date('2026-03-02T18:00:00Z')
const day = 24 * 3_600_000

describe('the question', () => {
  test('comes a day later, and never at night', () => {
    expect(loopAt({ kind: 'request.need', visibility: 'open' }, now)).toEqual(new Date(now.getTime() + day))
    const late = new Date('2026-03-02T22:30:00Z')
    expect(loopAt({ kind: 'complaint.service', visibility: 'open' }, late)).toEqual(
      new Date('2026-03-04T07:00:00Z'),
    )
  })

  test.each([
    ['of what is sealed', 'protection.gbv', 'sealed'],
    ['of what is hidden for now', 'complaint.service', 'restricted'],
    ['of a new number', 'request.contact_change', 'open'],
    ['of what nobody has classed', 'unclear', 'restricted'],
  ] as const)('is not asked %s', (_, kind, visibility) => {
    expect(loopAt({ kind, visibility }, now)).toBeUndefined()
  })

  test('falls away with an end that nobody can judge', () => {
    expect(loopAfter('duplicate')).toEqual({ loop_at: null })
    expect(loopAfter('refused')).toEqual({})
  })
})

test('a week without a word is silence', () => {
  const asked = (days: number) => loopStateOf({ at: now, askedAt: new Date(now.getTime() - days * day) }, now)
  expect([asked(6), asked(8)]).toEqual(['asked', 'silent'])
  expect(loopStateOf({ at: now }, now)).toBe('owed')
  expect(loopStateOf({}, now)).toBe('none')
  expect(loopStateOf({ askedAt: now, answer: 'no' }, new Date(now.getTime() + 30 * day))).toBe('no')
})
