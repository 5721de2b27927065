import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nightIn } from '../../src/core/night.ts'
import { safeWays } from '../../src/core/safe-contact.ts'
import { type Leaving, mayLeave, type Occasion, type Reached } from '../../src/core/send-policy.ts'
import { keptBack } from '../../src/job/keep-back.ts'
import type { Outgoing } from '../../src/store/outbox.ts'

const minute = 60_000
const hour = 60 * minute
const noon = new Date('2026-03-02T12:00:00Z')
const own: Reached = { country: 'ML', shared: false, present: true, unsure: false, coded: false }
const ago = (milliseconds: number, now = noon) => new Date(now.getTime() - milliseconds)
const at = (clock: string) => new Date(`2026-03-02T${clock}:00Z`)

/** Hours as staff write them, and the minutes of the day that they mean; undefined: only a person can read them. */
const hours: readonly (readonly [string | undefined, readonly (readonly [number, number])[] | undefined])[] =
  [
    [undefined, [[0, 1440]]],
    ['9h-12h', [[540, 720]]],
    ['le matin', [[0, 720]]],
    ['après 16h', [[960, 1440]]],
    ['21h-23h', [[1260, 1380]]],
    [
      '8h-9h, 14h30-16h',
      [
        [480, 540],
        [870, 960],
      ],
    ],
    ['quand il est au champ', undefined],
  ]
const moments = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((n) => new Date(noon.getTime() + n * minute))
const before = fc.option(fc.integer({ min: 0, max: 6 * 24 * 60 }), { nil: undefined })
const occasions: readonly Occasion[] = ['reply', 'staff', 'prompt', 'knock', 'campaign']
const cases = fc.record({
  now: moments,
  country: fc.constantFrom('ML', 'FR', 'SN', 'LY'),
  words: fc.constantFrom(...hours),
  way: fc.constantFrom(...safeWays),
  known: fc.boolean(),
  shared: fc.boolean(),
  present: fc.boolean(),
  unsure: fc.boolean(),
  coded: fc.boolean(),
  heard: before,
  opened: before,
  alarmed: before,
  occasion: fc.constantFrom(...occasions),
  insisted: fc.boolean(),
})
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

function whomOf(it: Case): Reached {
  const when = (minutes: number | undefined) =>
    minutes === undefined ? undefined : ago(minutes * minute, it.now)
  const [heardAt, openedAt, alarmedAt] = [when(it.heard), when(it.opened), when(it.alarmed)]
  const [said] = it.words
  const { country, shared, present, unsure, coded } = it
  return {
    ...{ country, shared, present, unsure, coded },
    ...(it.known ? { safe: { way: it.way, ...(said ? { hours: said } : {}) } } : {}),
    ...(heardAt ? { heardAt } : {}),
    ...(openedAt ? { openedAt } : {}),
    ...(alarmedAt ? { alarmedAt } : {}),
  }
}

test('no message leaves outside the policy, whoever it is for, whatever the phone, the hour and the words', () => {
  fc.assert(
    fc.property(cases, (it) => {
      const { occasion, insisted, now } = it
      const heard = it.heard ?? Number.POSITIVE_INFINITY
      const verdict = mayLeave(whomOf(it), { occasion, insisted }, now)
      if (occasion === 'reply' && heard <= 60) {
        expect(verdict.is).toBe('send')
        return
      }
      if (verdict.is !== 'send') return
      const ours = occasion !== 'staff' && occasion !== 'reply'
      const decided = insisted && !ours
      const refuses = it.known && ['call', 'visit', 'none'].includes(it.way)
      const spans = it.known ? it.words[1] : [[0, 1440] as const]
      const opened = it.opened !== undefined && it.opened <= 12 * 60 && (it.alarmed ?? 1e9) > it.opened
      const clock = now.getUTCHours() * 60 + now.getUTCMinutes()
      // Nobody who asked for silence is written to, unless they wrote, or staff were warned and decided.
      if (refuses) expect(!ours && (decided || heard <= 24 * 60)).toBe(true)
      // What only a person can read is left to a person.
      if (!spans) expect(ours).toBe(false)
      // Who called for help in secret hears nothing of our own accord.
      if (ours && it.alarmed !== undefined && it.alarmed <= 3 * 24 * 60)
        expect(it.opened !== undefined && it.opened < it.alarmed).toBe(true)
      if (occasion !== 'knock' && occasion !== 'campaign') {
        if (it.shared) expect(it.present && !it.unsure).toBe(true)
        if (it.coded) expect(opened && heard <= 15).toBe(true)
        else if (it.shared) expect(heard <= 15 || decided).toBe(true)
      }
      if (heard <= 15 || decided || !spans) return
      expect(spans.some(([from, to]) => from <= clock && clock < to)).toBe(true)
      const atNight = spans.every(([from]) => from >= 20 * 60)
      if (ours && !atNight) expect(nightIn(it.country, now)).toBeUndefined()
    }),
    { numRuns: 4000, seed: 20260302 },
  )
})

test('what waits may go at the moment that it waits for', () => {
  fc.assert(
    fc.property(cases, (it) => {
      const leaving = { occasion: it.occasion, insisted: it.insisted }
      const verdict = mayLeave(whomOf(it), leaving, it.now)
      if (verdict.is !== 'wait') return
      expect(verdict.until > it.now).toBe(true)
      expect(verdict.until.getTime() - it.now.getTime()).toBeLessThanOrEqual(48 * hour)
      // By then they may be called silent, or their code is old: then it is kept, and waits no longer.
      expect(mayLeave(whomOf(it), leaving, verdict.until).is).not.toBe('wait')
    }),
    { numRuns: 2000, seed: 20260303 },
  )
})

test('whoever sends asks for every message, and what may not leave is kept or over', () => {
  fc.assert(
    fc.property(
      cases,
      fc.constantFrom('prompt', 'knock', 'staff', undefined),
      fc.boolean(),
      (it, said, byStaff) => {
        const { country: _country, ...reached } = { ...whomOf({ ...it, country: 'ML' }) }
        const campaign = it.occasion === 'campaign'
        const message: Outgoing = {
          ...{
            message: 'm',
            address: 'a',
            channel: 'c',
            to: 'x',
            attempt: 1,
            resent: false,
            byStaff,
            reached,
          },
          priority: campaign ? 'campaign' : 'answer',
          spoken: {
            ...{ text: 'x', language: 'fr' },
            ...(said ? { occasion: said } : {}),
            ...(it.insisted ? { insisted: true } : {}),
          },
        }
        const occasion = campaign ? 'campaign' : (said ?? (byStaff ? 'staff' : 'reply'))
        const verdict = mayLeave({ ...reached, country: 'ML' }, { occasion, insisted: it.insisted }, it.now)
        const kept = keptBack(message, it.now)
        expect(kept === undefined).toBe(verdict.is === 'send')
        if (campaign && kept) expect(kept.is).toBe('failed')
        else if (kept) expect(kept.is).toBe(verdict.is === 'never' ? 'failed' : 'held')
      },
    ),
    { numRuns: 2000, seed: 20260304 },
  )
})

test.each<readonly [string, Partial<Reached>, Leaving, Date, unknown]>([
  ['an answer goes out', {}, { occasion: 'staff' }, at('22:00'), { is: 'send' }],
  [
    'a reminder waits for the day',
    {},
    { occasion: 'prompt' },
    at('22:00'),
    { is: 'wait', until: new Date('2026-03-03T07:00:00Z') },
  ],
  [
    'an answer waits for safe hours',
    { safe: { way: 'any', hours: '9h-12h' } },
    { occasion: 'staff' },
    at('14:00'),
    { is: 'wait', until: new Date('2026-03-03T09:00:00Z') },
  ],
  [
    'a wish of the night is a wish',
    { safe: { way: 'any', hours: '21h-23h' } },
    { occasion: 'prompt' },
    at('14:00'),
    { is: 'wait', until: at('21:00') },
  ],
  [
    'staff who were warned decide',
    { safe: { way: 'none', hours: '9h-12h' } },
    { occasion: 'staff', insisted: true },
    at('14:00'),
    { is: 'send' },
  ],
  [
    'nobody insists past a code',
    { coded: true, heardAt: ago(minute) },
    { occasion: 'staff', insisted: true },
    noon,
    { is: 'preview' },
  ],
  [
    'a code opens for a talk',
    { coded: true, openedAt: ago(minute), heardAt: ago(minute) },
    { occasion: 'staff' },
    noon,
    { is: 'send' },
  ],
  [
    'a call for help shuts again',
    { coded: true, openedAt: ago(9 * minute), alarmedAt: ago(minute), heardAt: ago(minute) },
    { occasion: 'staff' },
    noon,
    { is: 'preview' },
  ],
  [
    'a shared phone gets neutral words',
    { shared: true, heardAt: ago(hour) },
    { occasion: 'staff' },
    noon,
    { is: 'preview' },
  ],
  [
    'whoever asks for calls only is not written to',
    { safe: { way: 'call' } },
    { occasion: 'prompt' },
    noon,
    { is: 'never' },
  ],
  [
    'unless they wrote',
    { safe: { way: 'call' }, heardAt: ago(hour) },
    { occasion: 'staff' },
    noon,
    { is: 'send' },
  ],
])('%s', (_, whom, leaving, now, verdict) => {
  expect(mayLeave({ ...own, ...whom }, leaving, now)).toEqual(verdict)
})
