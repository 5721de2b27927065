import { describe, expect, test } from 'vitest'
import { giveBack, owesDelay, returnsAt } from '../../src/core/absence.ts'
import { assign, assignInTurn, type Candidate, nextInTurn } from '../../src/core/assignment.ts'
import { backOf, undo } from '../../src/core/bulk.ts'
import type { Happening, HappeningOf } from '../../src/core/event.ts'
import { areAlike, merge, part } from '../../src/core/merge.ts'
import type { Request } from '../../src/core/request.ts'
import { snooze, wake } from '../../src/core/snooze.ts'
import { Failure } from '../../src/failure.ts'

const monday = new Date('2026-03-02T09:00:00Z')
const hours = (n: number) => new Date(monday.getTime() + n * 3_600_000)
const plain: Request = {
  ...{ id: 'r', reference: '12345678', kind: 'request.info', queue: 'information', visibility: 'open' },
  ...{ priority: 3, state: 'open', office: 'mopti', person: 'awa', openedAt: monday, dueAt: hours(10) },
  ...{ contactAttempted: false, version: 3 },
}
const request = (more: Partial<Request> = {}): Request => ({ ...plain, ...more })
const codeOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return undefined
}
const types = (happenings: readonly Happening[]) => happenings.map(({ type }) => type)

describe('giving a request to somebody', () => {
  const member = { id: 'moussa', roles: ['case_worker'], queues: ['information'] } as const
  const supervisor = { id: 'mariam', roles: ['supervisor'], queues: [], office: 'mopti' } as const

  test('a member of the queue gives themselves what nobody has, and needs a reason for anything else', () => {
    expect(types(assign(request(), member, { owner: 'moussa' }))).toEqual(['request_assigned'])
    const other = { owner: 'fanta' }
    expect(codeOf(() => assign(request(), member, other))).toBe('request:reason_missing')
    expect(types(assign(request(), member, { ...other, reason: 'x' }))).toEqual(['request_assigned'])
    const had = request({ owner: 'fanta' })
    expect(codeOf(() => assign(had, member, { owner: 'moussa' }))).toBe('request:reason_missing')
  })

  test('a supervisor gives what belongs to their office, and nothing of another', () => {
    expect(types(assign(request(), supervisor, { owner: 'fanta' }))).toEqual(['request_assigned'])
    const elsewhere = request({ office: 'gao' })
    expect(codeOf(() => assign(elsewhere, supervisor, { owner: 'fanta' }))).toBe('staff:not_allowed')
    const homeless = { ...supervisor, office: undefined }
    expect(codeOf(() => assign(request({ office: undefined }), homeless, { owner: 'fanta' }))).toBe(
      'staff:not_allowed',
    )
  })

  test('nothing happens to what they have already, and a closed one stays closed', () => {
    expect(assign(request({ owner: 'fanta' }), supervisor, { owner: 'fanta' })).toEqual([])
    expect(codeOf(() => assign(request({ state: 'closed' }), supervisor, { owner: 'a' }))).toBe(
      'request:closed',
    )
  })

  test('the machine never gives what is sealed, or what somebody has', () => {
    expect(types(assignInTurn(request(), 'fanta'))).toEqual(['request_assigned'])
    expect(assignInTurn(request({ visibility: 'sealed' }), 'fanta')).toEqual([])
    expect(assignInTurn(request({ owner: 'moussa' }), 'fanta')).toEqual([])
  })
})

describe('whose turn it is', () => {
  const one = (staff: string, more: Partial<Candidate> = {}): Candidate => ({
    staff,
    ...{ speaks: ['fr'], open: 0, ...more },
  })

  test.each<[string, readonly Candidate[], number | undefined, string | undefined]>([
    ['whoever speaks the language comes first', [one('a'), one('b', { speaks: ['bm'], open: 5 })], 9, 'b'],
    ['without them anybody', [one('b'), one('a')], 9, 'a'],
    [
      'then who waits longest',
      [one('a', { assignedAt: hours(2) }), one('b', { assignedAt: hours(1) })],
      9,
      'b',
    ],
    ['who was never given one is before them', [one('a', { assignedAt: hours(2) }), one('b')], 9, 'b'],
    ['nobody at the limit', [one('a', { open: 3 }), one('b', { open: 4 })], 3, undefined],
    ['without a limit anybody', [one('a', { open: 300 })], undefined, 'a'],
    ['a full speaker of the language gives way', [one('a', { speaks: ['bm'], open: 3 }), one('b')], 3, 'b'],
    ['nobody there', [], 3, undefined],
  ])('%s', (_, candidates, limit, next) => {
    expect(nextInTurn(candidates, { language: 'bm' }, limit)?.staff).toBe(next)
  })
})

test('whoever would rather speak with a woman is given to nobody else by the machine', () => {
  const man: Candidate = { staff: 'a', speaks: ['bm'], open: 0, sex: 'man' }
  const unsaid: Candidate = { staff: 'b', speaks: ['bm'], open: 0 }
  const woman: Candidate = { staff: 'c', speaks: ['fr'], open: 9, sex: 'woman' }
  const wish = { language: 'bm', prefers: 'woman' } as const
  expect(nextInTurn([man, unsaid, woman], wish, undefined)?.staff).toBe('c')
  expect(nextInTurn([man, unsaid], wish, undefined)).toBeUndefined()
})

describe('putting aside', () => {
  test('goes until a moment to come, within ninety days', () => {
    expect(types(snooze(request(), hours(3), monday))).toEqual(['request_snoozed'])
    for (const until of [monday, hours(-1), hours(24 * 91), new Date(Number.NaN)]) {
      expect(codeOf(() => snooze(request(), until, monday))).toBe('request:bad_time')
    }
  })

  test('is not for danger', () => {
    const dangers = [request({ priority: 0 }), request({ kind: 'protection.gbv', priority: 2 })]
    for (const it of dangers) expect(codeOf(() => snooze(it, hours(1), monday))).toBe('staff:not_allowed')
  })

  test('ends once', () => {
    expect(types(wake(request({ snoozedUntil: hours(1) }), 'person'))).toEqual(['request_woken'])
    expect(wake(request(), 'time')).toEqual([])
  })
})

describe('two requests of one person', () => {
  const earlier = request({ id: 'e', reference: '11111111', openNeeds: ['n1'] })
  const later = request({
    ...{ id: 'l', reference: '22222222', openedAt: hours(1), dueAt: hours(5), priority: 2 },
    ...{ state: 'answered', openNeeds: ['n2'] },
  })
  const [merged, absorbed] = merge(later, earlier) as unknown as readonly [
    HappeningOf<'request_merged'>,
    HappeningOf<'request_absorbed'>,
  ]

  test('the later joins the earlier, whichever is named first', () => {
    expect(merge(earlier, later)).toEqual([merged, absorbed])
    expect(merged).toMatchObject({ request: 'l', into: 'e', state: 'answered' })
    expect(absorbed).toMatchObject({ request: 'e', merged: 'l', needs: ['n2'], priority: 2 })
    expect(absorbed.dueAt).toBe(hours(5).toISOString())
  })

  test.each<[string, Partial<Request>]>([
    ['another person', { person: 'issa' }],
    ['nobody known', { person: undefined }],
    ['another visibility', { visibility: 'restricted' }],
    ['a closed one', { state: 'closed' }],
    ['itself', { id: 'e' }],
  ])('are not alike: %s', (_, more) => {
    expect(areAlike(earlier, { ...later, ...more })).toBe(false)
  })

  test('restricted ones only in one queue about one thing, sealed ones never', () => {
    const hidden = { visibility: 'restricted', kind: 'complaint.fraud', queue: 'conduct' } as const
    expect(areAlike({ ...earlier, ...hidden }, { ...later, ...hidden })).toBe(true)
    expect(areAlike({ ...earlier, ...hidden }, { ...later, ...hidden, queue: 'data' })).toBe(false)
    const sealed = { visibility: 'sealed', kind: 'protection.gbv', queue: 'protection' } as const
    expect(areAlike({ ...earlier, ...sealed }, { ...later, ...sealed })).toBe(false)
  })

  test('parted again, both are what they were, but for what staff changed since', () => {
    const joined = { ...later, state: 'closed', mergedInto: 'e' } as const
    const grown = { ...earlier, dueAt: hours(5), priority: 2, openNeeds: ['n1', 'n2'] } as const
    const [own, first] = part(joined, grown, { merged, absorbed })
    expect(own).toMatchObject({ request: 'l', back: { state: 'answered' }, needs: ['n2'] })
    expect(first).toMatchObject({ back: { dueAt: hours(10).toISOString(), priority: 3 } })
    const [, kept] = part(joined, { ...grown, priority: 1 }, { merged, absorbed })
    expect(kept).toMatchObject({ back: { dueAt: hours(10).toISOString() } })
    expect(kept).not.toHaveProperty('back.priority')
    expect(part(later, earlier, { merged, absorbed })).toEqual([])
  })
})

describe('somebody is away', () => {
  const hers = request({ owner: 'mariam' })

  test('what has used up four fifths of its term goes back, and not before', () => {
    expect(returnsAt(hers)).toEqual(hours(8))
    expect(giveBack(hers, 'mariam', hours(7.9))).toEqual([])
    expect(types(giveBack(hers, 'mariam', hours(8)))).toEqual(['request_returned'])
  })

  test.each<[string, Partial<Request>]>([
    ['answered', { state: 'answered' }],
    ['put aside', { snoozedUntil: hours(20) }],
    ["a colleague's by now", { owner: 'moussa' }],
  ])('what is %s stays', (_, more) => {
    expect(giveBack({ ...hers, ...more }, 'mariam', hours(9))).toEqual([])
  })

  test('the person is told once, and never of danger', () => {
    expect(owesDelay(request({ delay: 'owed' }))).toBe(true)
    for (const more of [{ delay: 'told' }, {}, { delay: 'owed', state: 'answered' }] as const) {
      expect(owesDelay(request(more))).toBe(false)
    }
    const threat = { kind: 'security.threat', visibility: 'restricted', delay: 'owed' } as const
    expect(owesDelay(request(threat))).toBe(false)
  })
})

test('what was done to several is taken back where nobody touched it since', () => {
  const back = backOf(request())
  expect(undo(request({ version: 4 }), 'take', { version: 4, back })).toMatchObject([
    { type: 'act_undone', back: { owner: null, state: 'open', snoozedUntil: null } },
  ])
  expect(codeOf(() => undo(request({ version: 5 }), 'take', { version: 4, back }))).toBe(
    'request:changed_meanwhile',
  )
})
