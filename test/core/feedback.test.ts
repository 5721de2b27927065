/** How feedback is sorted, pointed at others and made a request of. */
import { expect, test } from 'vitest'
import { type Feedback, point, raise, recode } from '../../src/core/feedback.ts'

const it: Feedback = { id: 'f', kind: 'rumour', text: 'on dit', version: 0 }

test('what would change nothing happens not', () => {
  expect(recode(it, 'rumour')).toEqual([])
  expect(point(it, '  ')).toEqual([])
  expect(point({ ...it, elsewhere: 'PAM' }, ' PAM ')).toEqual([])
})

test('another kind is on record with the one before', () => {
  expect(recode(it, 'question')).toEqual([
    { type: 'feedback_recoded', feedback: 'f', kind: 'question', was: 'rumour' },
  ])
})

test('an organisation has a name, no story, and its name is secret', () => {
  expect(point(it, ' PAM   Mali')).toEqual([
    { type: 'feedback_pointed', feedback: 'f', elsewhere: true, secret: { organisation: 'PAM Mali' } },
  ])
  expect(point({ ...it, elsewhere: 'PAM' }, '')).toEqual([
    { type: 'feedback_pointed', feedback: 'f', elsewhere: false },
  ])
  expect(() => point(it, 'x'.repeat(121))).toThrow('form:invalid')
})

test('a request of it has the queue, eyes and urgency of its kind, and there is only one', () => {
  const to = { request: 'r', reference: '12345678' }
  expect(raise(it, { ...to, kind: 'complaint.sea' })).toMatchObject([
    { type: 'request_opened', queue: 'psea', visibility: 'sealed', priority: 0, secret: { text: 'on dit' } },
    { type: 'feedback_raised', request: 'r', kind: 'complaint.sea' },
  ])
  expect(() => raise({ ...it, request: 'q' }, { ...to, kind: 'request.info' })).toThrow('feedback:raised')
})
