/** Whatever anybody sends, in whatever order: the engine never throws, never loops, and its session stays JSON. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hours, player } from './play.ts'
import { smallHouse } from './small-house.ts'

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '2', '3', '4', '7', 'yes', 'no', 'pass') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['menu', 'back', 'repeat', 'change', 'language', 'help', 'help me', 'person', 'stop', 'start', '00'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('hello', 'thank you so very much', 'follow-up', 'hungry', 'where', 'healt'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'i want to die',
      'he touched me',
      'asks for money',
      'i am 15',
      'i am afraid of him',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('my engine has broken down', 'le la les moteur en panne', 'السلام عليكم'),
  },
  { weight: 1, arbitrary: fc.string() },
)

type Sent = Parameters<ReturnType<typeof player>['sends']>[0]

const input: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 12, arbitrary: text.map((said) => ({ kind: 'text', text: said }) as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('choice' as const),
      list: fc.constantFrom('1', '2', '3', '4', 'x'),
      number: fc.integer({ min: 0, max: 7 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      text,
      quotesList: fc.constantFrom('1', '2', '3', '9'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'voice', seconds: 4 } as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Sent>(
      { kind: 'file', file: 'photo' },
      { kind: 'file', file: 'document', text: 'my paper' },
      { kind: 'location', latitude: 12, longitude: -8 },
      { kind: 'contact', phone: '+22370000000', own: true },
      { kind: 'edit', text: 'something else' },
      { kind: 'unsupported' },
      { kind: 'silence' },
    ),
  },
)

const moment = fc.record({
  input,
  pause: fc.constantFrom(0, 0, 0, 1, 13, 30, 200),
  shared: fc.boolean(),
})

test('any sequence of inputs is survived', () => {
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 40 }),
      fc.constantFrom({}, { language: 'en' as const, consent: { keep_data: 'given' as const } }),
      (moments, facts) => {
        const who = player(smallHouse, facts)
        for (const { input: sent, pause, shared } of moments) {
          who.after(pause * hours)
          who.given({ shared: shared && pause > 0 })
          const turn = who.sends(sent)
          const { stack, shown, open } = turn.session
          expect(stack.length).toBeLessThanOrEqual(smallHouse.length)
          expect(new Set(stack.map(({ flow }) => flow)).size).toBe(stack.length)
          expect(shown.length).toBeLessThanOrEqual(5)
          expect(open && stack.length === 0).toBe(false)
          expect(turn.said.length).toBeLessThanOrEqual(12)
          expect(JSON.stringify(turn.session).length).toBeLessThan(20_000)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('whatever a person writes or speaks is answered, joined or kept', () => {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 25 }), (inputs) => {
      const who = player(smallHouse)
      for (const sent of inputs) {
        who.after(2 * 60_000)
        const { happenings } = who.sends(sent)
        if (sent.kind !== 'silence') expect(happenings.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 200 },
  )
})

test('somebody in danger is always heard', () => {
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 25 }), (moments) => {
      const who = player(smallHouse, {})
      for (const { input: sent, pause } of moments) {
        who.after(pause * hours)
        who.sends(sent)
      }
      const types = who.says('he touched me').happenings.map(({ type }) => type)
      expect(types.includes('request_opened') || types.includes('request_joined')).toBe(true)
    }),
    { numRuns: 200 },
  )
})
