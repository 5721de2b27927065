import { describe, expect, test } from 'vitest'
import { queues } from '../../src/core/queue.ts'
import { kindOf, type Request, type RequestKind, requestKinds } from '../../src/core/request.ts'
import {
  answer,
  attemptContact,
  close,
  handOver,
  reclassify,
  reopen,
  setPriority,
  take,
  writeNote,
} from '../../src/core/request-rules.ts'
import { Failure } from '../../src/failure.ts'

const request = (facts: Partial<Request> = {}): Request => {
  const kind = facts.kind ?? 'request.followup'
  const { queue, visibility, priority } = kindOf(kind)
  const at = new Date('2026-03-02T09:00:00Z')
  return {
    id: 'r1',
    reference: '12345678',
    kind,
    queue,
    visibility,
    priority,
    state: 'open',
    openedAt: at,
    dueAt: at,
    contactAttempted: false,
    version: 0,
    ...facts,
  }
}
const codeOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
  return undefined
}

describe('taking and answering', () => {
  test('an unowned request is taken once; taking it again changes nothing', () => {
    expect(take(request(), 'moussa')).toEqual([{ type: 'request_taken', request: 'r1', owner: 'moussa' }])
    expect(take(request({ owner: 'moussa' }), 'moussa')).toEqual([])
  })

  test('what a colleague has cannot be taken, only handed over', () => {
    expect(codeOf(() => take(request({ owner: 'mariam' }), 'moussa'))).toBe('request:taken')
    expect(handOver(request({ owner: 'mariam' }), { queue: 'followup', owner: 'moussa' })).toEqual([
      { type: 'request_handed_over', request: 'r1', queue: 'followup' },
      { type: 'request_taken', request: 'r1', owner: 'moussa' },
    ])
  })

  test('the first answer is told apart from later ones, and takes the request', () => {
    expect(answer(request(), 'moussa', 'm1')).toEqual([
      { type: 'request_taken', request: 'r1', owner: 'moussa' },
      { type: 'request_answered', request: 'r1', message: 'm1', first: true },
    ])
    const second = answer(request({ owner: 'moussa', firstAnswerAt: new Date(0) }), 'moussa', 'm2')
    expect(second).toEqual([{ type: 'request_answered', request: 'r1', message: 'm2', first: false }])
  })

  test.each([
    ['take', () => take(request({ state: 'closed' }), 'moussa')],
    ['answer', () => answer(request({ state: 'closed' }), 'moussa', 'm1')],
    ['hand over', () => handOver(request({ state: 'closed' }), { queue: 'needs' })],
    ['reclassify', () => reclassify(request({ state: 'closed' }), 'request.need')],
    ['set priority', () => setPriority(request({ state: 'closed' }), 1)],
  ])('nobody can %s a closed request', (_, act) => {
    expect(codeOf(act)).toBe('request:closed')
  })
})

describe('handing over', () => {
  test('to the same place changes nothing', () => {
    expect(handOver(request(), { queue: 'followup' })).toEqual([])
  })

  test('keeps the reason apart as a secret', () => {
    const [happening] = handOver(request(), { queue: 'needs', reason: 'une affaire de santé' })
    expect(happening).toMatchObject({ queue: 'needs', secret: { reason: 'une affaire de santé' } })
  })
})

describe('closing', () => {
  test('a second closure changes nothing', () => {
    expect(close(request({ state: 'closed' }), { outcome: 'answered' })).toEqual([])
  })

  test('a need cannot be closed without a result', () => {
    const need = request({ kind: 'request.need' })
    expect(codeOf(() => close(need, { outcome: 'answered' }))).toBe('request:result_missing')
    expect(close(need, { outcome: 'answered', needResult: 'given' })).toMatchObject([{ needResult: 'given' }])
    expect(close(need, { outcome: 'refused' })).toMatchObject([{ outcome: 'refused', needResult: 'refused' }])
  })

  test('what came of one need is not said of another', () => {
    const need = request({ kind: 'request.need', needResult: 'referred' })
    expect(close(need, { outcome: 'answered' })).toMatchObject([{ needResult: 'referred' }])
    const another = { ...need, openNeeds: ['n'] }
    expect(codeOf(() => close(another, { outcome: 'answered' }))).toBe('request:result_missing')
    expect(close(another, { outcome: 'given' })).toMatchObject([{ needResult: 'given' }])
  })

  test('words of suicide cannot be closed without a try to reach the person', () => {
    const matter = request({ kind: 'protection.suicide' })
    expect(codeOf(() => close(matter, { outcome: 'answered' }))).toBe('request:attempt_missing')
    expect(close({ ...matter, contactAttempted: true }, { outcome: 'answered' })).toHaveLength(1)
  })

  test('only what is closed is reopened', () => {
    expect(reopen(request())).toEqual([])
    expect(reopen(request({ state: 'closed' }))).toEqual([
      { type: 'request_reopened', request: 'r1', cause: 'staff' },
    ])
  })
})

describe('reclassifying', () => {
  test('a false alarm goes back to the ordinary queue and priority', () => {
    expect(reclassify(request({ kind: 'protection.suicide' }), 'request.info')).toEqual([
      { type: 'request_reclassified', request: 'r1', kind: 'request.info', falseAlarm: true },
      { type: 'request_handed_over', request: 'r1', queue: 'information' },
      { type: 'request_lowered', request: 'r1', priority: 3 },
    ])
  })

  test('a listener seals what turns out to be grave', () => {
    expect(reclassify(request({ kind: 'unclear' }), 'complaint.sea')).toEqual([
      { type: 'request_reclassified', request: 'r1', kind: 'complaint.sea', falseAlarm: false },
      { type: 'request_handed_over', request: 'r1', queue: 'psea' },
      { type: 'request_raised', request: 'r1', priority: 0 },
    ])
  })

  test('never lowers the priority of what is no false alarm', () => {
    const raised = request({ kind: 'request.need', priority: 1 })
    expect(reclassify(raised, 'request.info').map(({ type }) => type)).not.toContain('request_lowered')
  })

  test('to the same kind changes nothing', () => {
    expect(reclassify(request(), 'request.followup')).toEqual([])
  })
})

describe('priority, attempts and notes', () => {
  test('a person raises and lowers, but does not lower a protection matter', () => {
    expect(setPriority(request(), 1)).toEqual([{ type: 'request_raised', request: 'r1', priority: 1 }])
    expect(setPriority(request(), 4)).toEqual([{ type: 'request_lowered', request: 'r1', priority: 4 }])
    expect(setPriority(request(), 3)).toEqual([])
    expect(codeOf(() => setPriority(request({ kind: 'protection.gbv' }), 3))).toBe('staff:not_allowed')
  })

  test('an attempt is recorded whether it worked or not, on closed requests too', () => {
    const attempt = { id: 'a1', way: 'call', reached: false } as const
    expect(attemptContact(request({ state: 'closed' }), attempt)).toMatchObject([
      { type: 'contact_attempted', attempt: 'a1', reached: false },
    ])
  })

  test('an empty note is none', () => {
    expect(writeNote(request(), '  ')).toEqual([])
    expect(writeNote(request(), 'rappeler le soir')).toHaveLength(1)
  })
})

test('every kind of request goes to a queue that exists', () => {
  for (const kind of Object.keys(requestKinds) as RequestKind[])
    expect(queues).toHaveProperty(kindOf(kind).queue)
})

describe('two who answer', () => {
  const last = { id: 'm2', staff: 'mariam' }
  const owned = request({ owner: 'mariam' })

  test('the second is stopped when a colleague spoke since they began', () => {
    expect(codeOf(() => answer(owned, 'moussa', 'm3', { last, seen: 'm1' }))).toBe(
      'request:answered_meanwhile',
    )
    expect(codeOf(() => answer(request(), 'moussa', 'm3', { last, seen: '' }))).toBe(
      'request:answered_meanwhile',
    )
  })

  test('what they had seen, or said themselves, stops nobody', () => {
    const answered = [{ type: 'request_answered', request: 'r1', message: 'm3', first: true }]
    expect(answer(request({ owner: 'moussa' }), 'moussa', 'm3', { last, seen: 'm2' })).toEqual(answered)
    expect(answer(owned, 'mariam', 'm3', { last, seen: '' })).toEqual(answered)
  })

  test('whoever was shown it may write all the same, and takes nothing from their colleague', () => {
    const [only, ...more] = answer(owned, 'moussa', 'm3', { last, seen: 'm1', despite: 'm2' })
    expect([only?.type, more]).toEqual(['request_answered', []])
    expect(
      codeOf(() => answer(owned, 'moussa', 'm3', { last: { ...last, id: 'm4' }, seen: 'm1', despite: 'm2' })),
    ).toBe('request:answered_meanwhile')
  })

  test('to have seen it is not to be the owner', () => {
    expect(codeOf(() => answer(owned, 'moussa', 'm3', { last, seen: 'm2' }))).toBe('request:taken')
    expect(codeOf(() => answer(owned, 'moussa', 'm3', { despite: 'm2' }))).toBe('request:taken')
  })
})
