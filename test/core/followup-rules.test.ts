/** What staff do with a follow-up, where its hour lies ahead and where it is over. */
import { describe, expect, test } from 'vitest'
import { makeCalendar } from '../../src/core/calendar.ts'
import type { Room } from '../../src/core/followup.ts'
import { agree, type FollowUp, propose } from '../../src/core/followup-rules.ts'
import type { Request } from '../../src/core/request.ts'
import { Failure } from '../../src/failure.ts'

const hour = new Date('2026-03-05T10:00:00Z')
const before = new Date('2026-03-05T09:59:00Z')
const room: Room = { calendar: makeCalendar(), taken: [], away: [], country: 'ML' }
const request = { id: 'r', state: 'open' } as Pick<Request, 'id' | 'state' | 'firstAnswerAt'>
const proposed: FollowUp = { id: 'f', request: 'r', state: 'proposed', staff: 's', at: hour }
const wish = (agreed: boolean) =>
  ({ staff: 's', kind: 'call', at: hour, minutes: 20, country: 'ML', agreed }) as const

const outcome = (rule: () => readonly { readonly type: string }[]) => {
  try {
    return rule().map(({ type }) => type)
  } catch (error) {
    return error instanceof Failure ? error.code : error
  }
}

describe('a time', () => {
  test.each([
    ['a minute before', before, ['follow_up_agreed']],
    ['at its hour', hour, 'follow_up:past'],
    ['days later', new Date('2026-03-09T10:00:00Z'), 'follow_up:past'],
  ] as const)('is agreed to only while it lies ahead: %s', (_name, now, expected) => {
    expect(outcome(() => agree(proposed, now))).toEqual(expected)
    expect(outcome(() => propose(request, proposed, 'x', wish(true), room, now))).toEqual(expected)
  })

  test('that is over is proposed to nobody, not even the one that stood', () => {
    for (const standing of [undefined, proposed]) {
      expect(outcome(() => propose(request, standing, 'x', wish(false), room, hour))).toBe('follow_up:past')
    }
    expect(outcome(() => propose(request, undefined, 'x', wish(false), room, before))).toEqual([
      'follow_up_proposed',
    ])
  })

  test('that was agreed to before it came changes nothing when it is agreed to again', () => {
    expect(agree({ ...proposed, state: 'agreed' }, hour)).toEqual([])
  })
})
