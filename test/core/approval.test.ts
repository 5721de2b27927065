import { describe, expect, test } from 'vitest'
import {
  type Approval,
  deciders,
  guardOfQueue,
  isFirst,
  type Present,
  partChange,
  queueOfGuard,
  without,
} from '../../src/core/approval.ts'
import type { QueueKey } from '../../src/core/queue.ts'
import type { Role } from '../../src/core/staff.ts'

const account = (roles: Role[] = [], queues: QueueKey[] = []) => ({ roles, queues })
const present = (id: string, ...roles: Role[]): Present => ({ id, roles, suspended: [] })
const asked = (more: Partial<Approval> = {}): Approval => ({
  ...{ id: 'a', kind: 'grant', guard: 'protection', staff: 'moussa', askedBy: 'yaya' },
  ...more,
})

describe('a change of an account', () => {
  test('is done at once where nothing is guarded', () => {
    const wanted = account(['case_worker', 'admin'], ['needs', 'conduct'])
    expect(partChange(account(), wanted, false)).toEqual({ now: wanted, waits: [] })
  })

  test.each(['protection', 'psea', 'data_protection'] as const)('of %s waits, given or taken', (role) => {
    const queue = queueOfGuard(role) as QueueKey
    const plain = account(['assistant'], ['intake'])
    const guarded = account(['assistant', role], ['intake', queue])
    expect(partChange(plain, guarded, false)).toMatchObject({
      ...{ now: { roles: ['assistant'], queues: ['intake'] } },
      waits: [{ kind: 'grant', guard: role }],
    })
    const taken = partChange(guarded, plain, false)
    expect(taken.now.roles).toContain(role)
    expect(taken.now.queues).toContain(queue)
    expect(taken.waits).toEqual([{ kind: 'withdraw', guard: role }])
  })

  test('of a seat in a guarded queue waits by itself', () => {
    const seat = partChange(account(['officer']), account(['officer'], ['psea', 'complaints']), false)
    expect(seat).toEqual({
      now: { roles: ['officer'], queues: ['complaints'] },
      waits: [{ kind: 'seat', guard: 'psea' }],
    })
    const unseat = partChange(account(['officer'], ['data']), account(['officer']), false)
    expect(unseat).toEqual({
      now: { roles: ['officer'], queues: ['data'] },
      waits: [{ kind: 'unseat', guard: 'data_protection' }],
    })
  })

  test('by which an administrator would read conversations waits, but not for a colleague', () => {
    const before = account(['admin', 'monitoring'])
    const wanted = account(['admin', 'monitoring', 'officer'], ['complaints'])
    expect(partChange(before, wanted, true)).toEqual({
      now: { roles: ['monitoring', 'admin'], queues: ['complaints'] },
      waits: [{ kind: 'grant', guard: 'content', roles: ['officer'] }],
    })
    expect(partChange(before, wanted, false).waits).toEqual([])
    const reads = account(['admin', 'assistant'])
    expect(partChange(reads, account(['admin', 'officer']), true).waits).toEqual([])
  })
})

describe('who agrees', () => {
  test('is a present holder of the role, never who asked and never who it is about', () => {
    const all = [
      present('yaya', 'admin', 'protection'),
      present('moussa', 'protection'),
      present('nana', 'protection'),
      present('paul', 'psea'),
      present('other', 'admin'),
    ]
    expect(deciders(asked(), all)).toEqual(['nana'])
    expect(deciders(asked({ guard: 'psea' }), all)).toEqual(['paul'])
    expect(deciders(asked({ staff: 'nana', askedBy: 'other' }), all)).toEqual(['yaya', 'moussa'])
  })

  test('is another administrator while nobody holds it, and nobody while there is none', () => {
    const yaya = present('yaya', 'admin')
    expect(deciders(asked(), [yaya, present('moussa'), present('second', 'admin')])).toEqual(['second'])
    expect(deciders(asked(), [yaya, present('moussa', 'admin')])).toEqual([])
    expect(deciders(asked(), [yaya])).toEqual([])
  })

  test('is not a holder whose own reset waits', () => {
    const nana = { ...present('nana', 'protection'), suspended: ['protection'] }
    expect(deciders(asked(), [present('yaya', 'admin'), nana, present('second', 'admin')])).toEqual([
      'second',
    ])
  })

  test('to reading conversations is whoever answers for others', () => {
    const all = [present('yaya', 'admin'), present('claire', 'officer'), present('issa', 'case_worker')]
    expect(deciders(asked({ guard: 'content', staff: 'yaya' }), all)).toEqual(['claire'])
  })
})

describe('the first of a role', () => {
  const yaya = present('yaya', 'admin')
  test('is named at once by the only administrator of an office that nothing was entrusted to', () => {
    expect(isFirst(asked(), [yaya], 0)).toBe(true)
  })
  test('waits as soon as there is a second administrator, a holder, or something to guard', () => {
    expect(isFirst(asked(), [yaya, present('second', 'admin')], 0)).toBe(false)
    expect(isFirst(asked(), [yaya, present('nana', 'protection')], 0)).toBe(false)
    expect(isFirst(asked(), [yaya], 1)).toBe(false)
  })
})

test('what is suspended is neither a role nor a seat', () => {
  const it = { roles: ['protection', 'supervisor'] as const, queues: ['protection', 'needs'] }
  expect(without(['protection'], it)).toEqual({ roles: ['supervisor'], queues: ['needs'] })
  expect(without([], it)).toEqual(it)
})

test('three queues are guarded', () => {
  expect((['protection', 'psea', 'data', 'conduct', 'intake'] as const).map(guardOfQueue)).toEqual([
    ...['protection', 'psea', 'data_protection'],
    ...[undefined, undefined],
  ])
})
