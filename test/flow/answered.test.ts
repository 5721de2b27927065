import { describe, expect, test } from 'vitest'
import { only, player } from './play.ts'
import { smallHouse } from './small-house.ts'

const request = {
  id: 'r1',
  reference: '00000000',
  kind: 'request.need',
  openedAt: new Date('2026-03-01T09:00:00Z'),
  dueAt: new Date('2026-03-04T09:00:00Z'),
} as const

function withRequest(state: 'open' | 'waiting' | 'answered') {
  const requests = [{ ...request, state }]
  return player(smallHouse, { language: 'en', consent: { keep_data: 'given' }, known: true, requests })
}

describe('what somebody writes after staff answered', () => {
  test.each(['answered', 'waiting'] as const)('goes on in the request that is %s', (state) => {
    const turn = withRequest(state).says('the shop wants the paper with the stamp')
    expect(only(turn, 'request_joined').request).toBe('r1')
    expect(turn.said).toEqual(['common.added'])
  })

  test('is for intake while staff have not answered', () => {
    const turn = withRequest('open').says('the shop wants the paper with the stamp')
    expect(only(turn, 'request_opened').kind).toBe('unclear')
  })

  test('is for a listener when it is a voice note', () => {
    const turn = withRequest('answered').speaks()
    expect(only(turn, 'request_opened').kind).toBe('unclear')
  })

  test('is danger first of all', () => {
    const turn = withRequest('answered').says('i want to die')
    expect(only(turn, 'request_opened').visibility).toBe('sealed')
  })
})
