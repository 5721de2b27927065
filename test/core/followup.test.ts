/** When somebody is free for a follow-up, and when the person is reminded of it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCalendar } from '../../src/core/calendar.ts'
import { freeSlots, isFree, nextReminder, overlap, type Room, spanOf } from '../../src/core/followup.ts'
import { nightIn } from '../../src/core/night.ts'
import { safeSpansOf } from '../../src/core/safe-hours.ts'

const hour = 3_600_000
const wednesday = new Date('2026-02-11T09:00:00Z')
const room: Room = { calendar: makeCalendar(), taken: [], away: [], country: 'ML' }
const shown = (slots: readonly Date[]) => slots.map((at) => at.toISOString().slice(0, 16))

describe('free slots', () => {
  test('fit whole into the hours of the office, Friday before the prayer', () => {
    const wish = { minutes: 60, from: new Date('2026-02-13T10:00:00Z'), most: 4 }
    expect(shown(freeSlots(room, wish))).toEqual([
      '2026-02-13T10:00',
      '2026-02-13T10:30',
      '2026-02-13T11:00',
      '2026-02-13T11:30',
    ])
    expect(shown(freeSlots(room, { ...wish, from: new Date('2026-02-13T12:00:00Z'), most: 1 }))).toEqual([
      '2026-02-16T08:00',
    ])
  })

  test('respect a named day, days that will not do, and a distance', () => {
    const wish = { minutes: 30, from: wednesday, most: 3 }
    expect(shown(freeSlots(room, { ...wish, only: 5, apart: hour }))).toEqual([
      '2026-02-13T08:00',
      '2026-02-13T09:00',
      '2026-02-13T10:00',
    ])
    const others = freeSlots(room, {
      ...wish,
      not: [5],
      notOn: ['2026-02-11', '2026-02-12'],
      apart: 4 * hour,
    })
    expect(shown(others)).toEqual(['2026-02-16T08:00', '2026-02-16T12:00', '2026-02-16T16:00'])
  })

  test('keep to the hours that are safe for the person', () => {
    const safe = safeSpansOf('14h-16h')
    if (!safe) throw new Error('the hours were not read')
    const slots = freeSlots({ ...room, safe }, { minutes: 60, from: wednesday, most: 3 })
    expect(shown(slots)).toEqual(['2026-02-11T14:00', '2026-02-11T14:30', '2026-02-11T15:00'])
  })

  const quarter = fc.integer({ min: 0, max: 4 * 24 * 20 }).map((n) => wednesday.getTime() + (n * hour) / 4)
  const span = fc
    .tuple(quarter, fc.integer({ min: 1, max: 48 }))
    .map(([from, length]) => ({ from: new Date(from), to: new Date(from + (length * hour) / 2) }))

  test('are never on a holiday, in an absence, over another or in quiet hours', () => {
    fc.assert(
      fc.property(
        fc.record({
          taken: fc.array(span, { maxLength: 8 }),
          away: fc.array(span, { maxLength: 3 }),
          holidays: fc.array(fc.integer({ min: 11, max: 28 }), { maxLength: 8 }),
          country: fc.constantFrom('ML', 'FR', 'US', 'CN'),
          minutes: fc.constantFrom(20, 30, 60, 240),
          always: fc.boolean(),
        }),
        ({ taken, away, holidays, country, minutes, always }) => {
          const days = new Set(holidays.map((one) => `2026-02-${one}`))
          const whole = [['00:00', '23:59']] as const
          const week = { 1: whole, 2: whole, 3: whole, 4: whole, 5: whole, 6: whole, 7: whole }
          const hours = always ? { zone: 'Africa/Bamako', week } : undefined
          const there: Room = { calendar: makeCalendar(hours, days), taken, away, country }
          for (const at of freeSlots(there, { minutes, from: wednesday, most: 12 })) {
            const slot = spanOf(at, minutes)
            expect(at >= wednesday).toBe(true)
            expect(days.has(at.toISOString().slice(0, 10))).toBe(false)
            expect([...taken, ...away].some((other) => overlap(slot, other))).toBe(false)
            expect(nightIn(country, at)).toBeUndefined()
            expect(nightIn(country, new Date(slot.to.getTime() - 60_000))).toBeUndefined()
            expect(isFree(there, at, minutes)).toBe(true)
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('reminders', () => {
  const remind = (at: string, after: 'agreed' | 'day_before', now: string) => {
    const next = nextReminder(new Date(`${at}:00Z`), after, new Date(`${now}:00Z`), 'ML')
    return next && `${next.prompt} ${next.at.toISOString().slice(0, 16)}`
  }

  test.each([
    ['2026-02-12T10:00', 'agreed', '2026-02-09T09:00', 'day_before 2026-02-11T10:00'],
    ['2026-02-12T10:00', 'day_before', '2026-02-11T10:00', 'same_day 2026-02-12T08:00'],
    // Two hours before eight it is night: the last hour of the evening before.
    ['2026-02-12T08:00', 'day_before', '2026-02-11T08:00', 'same_day 2026-02-11T19:00'],
    ['2026-02-12T10:00', 'agreed', '2026-02-11T12:00', 'same_day 2026-02-12T08:00'],
    ['2026-02-12T10:00', 'agreed', '2026-02-12T09:00', undefined],
  ] as const)('of %s, after %s at %s', (at, after, now, expected) => {
    expect(remind(at, after, now)).toBe(expected)
  })
})

describe('safe hours', () => {
  test.each([
    [undefined, [{ from: 0, to: 1440 }]],
    ['9h-12h', [{ from: 540, to: 720 }]],
    ['de 9h30 à 11:00', [{ from: 570, to: 660 }]],
    ['entre 14h et 16h', [{ from: 840, to: 960 }]],
    ['après 16 h', [{ from: 960, to: 1440 }]],
    ['le matin seulement', [{ from: 0, to: 720 }]],
    ["l'après-midi", [{ from: 720, to: 1080 }]],
    [
      '9h-11h, 15h-17h',
      [
        { from: 540, to: 660 },
        { from: 900, to: 1020 },
      ],
    ],
    ['quand mon mari est au champ', undefined],
    ['pas avant 10h', undefined],
  ])('%s', (text, spans) => {
    expect(safeSpansOf(text)).toEqual(spans)
  })
})
