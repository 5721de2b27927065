import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Danger, type DangerKind, dangerKinds } from '../../src/core/danger.ts'
import { needCategories, urgencies } from '../../src/core/need.ts'
import { dangerPriority, higher, priorityOf, termOf } from '../../src/core/priority.ts'
import { type Priority, type RequestKind, requestKinds } from '../../src/core/request.ts'

const kinds = Object.keys(requestKinds) as RequestKind[]
const strong = (kind: DangerKind): Danger => ({ kind, strength: 'strong' })
const weak = (kind: DangerKind): Danger => ({ kind, strength: 'weak' })

describe('the priority of a request', () => {
  test.each([
    ['health', 'today', 1],
    ['food', 'today', 1],
    ['housing', 'today', 1],
    ['worries', 'today', 1],
    ['training', 'today', 2],
    ['health', 'this_week', 2],
    ['food', 'this_week', 3],
    ['health', 'can_wait', 3],
  ] as const)('for %s that can wait until %s is %i', (category, urgency, priority) => {
    expect(priorityOf({ kind: 'request.need', category, urgency })).toBe(priority)
  })

  test.each([
    [strong('suicide'), 0],
    [strong('danger_now'), 0],
    [strong('sea'), 0],
    [strong('fraud'), 2],
    [weak('suicide'), 1],
    [weak('danger_now'), 1],
    [weak('fraud'), 2],
  ] as const)('with %j is at least %i', (danger, priority) => {
    expect(dangerPriority(danger)).toBe(priority)
    expect(priorityOf({ kind: 'request.followup', danger })).toBe(priority)
  })

  test('is never lowered by any fact', () => {
    const danger = fc.record({
      kind: fc.constantFrom(...dangerKinds),
      strength: fc.constantFrom('strong' as const, 'weak' as const),
    })
    const facts = fc.record({
      kind: fc.constantFrom(...kinds),
      category: fc.option(fc.constantFrom(...needCategories), { nil: undefined }),
      urgency: fc.option(fc.constantFrom(...urgencies), { nil: undefined }),
      danger: fc.option(danger, { nil: undefined }),
    })
    fc.assert(
      fc.property(facts, (all) => {
        expect(priorityOf(all)).toBeLessThanOrEqual(priorityOf({ kind: all.kind }))
        expect(priorityOf(all)).toBeLessThanOrEqual(priorityOf({ ...all, danger: undefined }))
        expect(priorityOf(all)).toBeLessThanOrEqual(priorityOf({ ...all, urgency: undefined }))
      }),
    )
  })

  test('of several is the most urgent', () => {
    expect(higher(3, 1, 4)).toBe(1)
  })
})

describe('the term of a request', () => {
  test.each<[RequestKind, Priority, ReturnType<typeof termOf>]>([
    ['request.need', 3, { workingDays: 5 }],
    ['request.need', 1, { workingDays: 0 }],
    ['request.need', 0, { minutes: 60 }],
    ['request.info', 3, { workingDays: 2 }],
    ['request.info', 1, { workingDays: 0 }],
    ['complaint.sea', 0, { minutes: 1440 }],
    ['protection.suicide', 0, { minutes: 60 }],
    ['unclear', 3, { workingHours: 2 }],
    ['unclear', 2, { workingHours: 2 }],
    ['unclear', 0, { minutes: 60 }],
    ['request.data', 1, { workingDays: 0 }],
    ['request.followup', 4, { workingDays: 10 }],
  ])('%s at priority %i is %j', (kind, priority, term) => {
    expect(termOf(kind, priority)).toEqual(term)
  })
})
