import { expect, test } from 'vitest'
import { referenceOf } from '../../src/core/reference.ts'
import { enterSteps } from './enter-steps.ts'
import { hours } from './play.ts'

const request = {
  id: 'r1',
  reference: '00000000',
  kind: 'request.need',
  state: 'open',
  openedAt: new Date('2026-03-01T09:00:00Z'),
  dueAt: new Date('2026-03-04T09:00:00Z'),
} as const
const steps =
  '  - { id: a, ask: text, text: it.ref, keep: ref }\n' +
  '  - { id: b, find_request: { reference: { answer: ref }, found: it.found, unknown: it.unknown }, next: a }'

test('whoever tries references is answered like a stranger after five wrong ones in a day, whatever they send', () => {
  const { who } = enterSteps(steps, { requests: [request] })
  const answer = (text: string) => who.says(text).said[0]
  expect(answer('000-00-000')).toBe('it.found')
  for (const wrong of ['123-45-678', '999 99 999', '12345678', 'no number', '000-00-001']) {
    expect(answer(wrong)).toBe('it.unknown')
  }
  expect(answer('000-00-000')).toBe('it.unknown')
  who.after(25 * hours)
  expect([answer('00 0-00-000'), answer('000-00-000')]).toContain('it.found')
})

test('a request that staff joined to another is known by its own reference too', () => {
  const { who } = enterSteps(steps, { requests: [{ ...request, joined: [referenceOf(7)] }] })
  expect(who.says(referenceOf(7)).said[0]).toBe('it.found')
  expect(who.says('000-00-001').said[0]).toBe('it.unknown')
})
