import { describe, expect, test } from 'vitest'
import { makeCalendar } from '../../src/core/calendar.ts'

// 2 March 2026 is a Monday; Bamako's clock is UTC.
const monday = (time: string) => new Date(`2026-03-02T${time}:00Z`)
const friday = (time: string) => new Date(`2026-03-06T${time}:00Z`)
const saturday = (time: string) => new Date(`2026-03-07T${time}:00Z`)
const calendar = makeCalendar()

describe('the working calendar', () => {
  test.each([
    ['Monday at opening', monday('08:00'), true],
    ['Monday before opening', monday('07:59'), false],
    ['Monday at closing', monday('17:00'), false],
    ['Friday afternoon', friday('12:30'), false],
    ['Saturday', saturday('10:00'), false],
  ])('%s is open: %#', (_, at, open) => {
    expect(calendar.isOpen(at)).toBe(open)
  })

  test('opens at once while it is open, and on Monday after the weekend', () => {
    expect(calendar.opensAt(monday('09:30'))).toEqual(monday('09:30'))
    expect(calendar.opensAt(friday('12:30'))).toEqual(new Date('2026-03-09T08:00:00Z'))
  })

  test('minutes run through the night', () => {
    expect(calendar.dueAt(friday('23:30'), { minutes: 60 })).toEqual(saturday('00:30'))
  })

  test('working hours stop at closing and go on at the next opening', () => {
    expect(calendar.dueAt(monday('09:00'), { workingHours: 2 })).toEqual(monday('11:00'))
    expect(calendar.dueAt(friday('11:30'), { workingHours: 2 })).toEqual(new Date('2026-03-09T09:00:00Z'))
    expect(calendar.dueAt(saturday('11:30'), { workingHours: 2 })).toEqual(new Date('2026-03-09T10:00:00Z'))
  })

  test('working days end at closing and begin with the next opening', () => {
    expect(calendar.dueAt(monday('09:00'), { workingDays: 0 })).toEqual(monday('17:00'))
    expect(calendar.dueAt(monday('06:00'), { workingDays: 0 })).toEqual(monday('17:00'))
    expect(calendar.dueAt(monday('09:00'), { workingDays: 4 })).toEqual(friday('12:30'))
    expect(calendar.dueAt(monday('09:00'), { workingDays: 5 })).toEqual(new Date('2026-03-09T17:00:00Z'))
    expect(calendar.dueAt(saturday('09:00'), { workingDays: 1 })).toEqual(new Date('2026-03-10T17:00:00Z'))
  })

  test('a holiday is no working day', () => {
    const feast = makeCalendar(undefined, ['2026-03-03'])
    expect(feast.isOpen(new Date('2026-03-03T10:00:00Z'))).toBe(false)
    expect(feast.dueAt(monday('16:00'), { workingHours: 2 })).toEqual(new Date('2026-03-04T09:00:00Z'))
    expect(feast.dueAt(monday('09:00'), { workingDays: 1 })).toEqual(new Date('2026-03-04T17:00:00Z'))
  })

  test('days are counted by dates and are at least one', () => {
    expect(calendar.daysUntil(monday('09:00'), monday('17:00'))).toBe(1)
    expect(calendar.daysUntil(monday('23:59'), friday('00:01'))).toBe(4)
    expect(calendar.daysUntil(friday('09:00'), monday('09:00'))).toBe(1)
  })

  test('says how much of the working day is left', () => {
    expect(calendar.minutesLeft(monday('14:30'))).toBe(150)
    expect(calendar.minutesLeft(monday('17:00'))).toBe(0)
    expect(calendar.minutesLeft(monday('07:00'))).toBe(0)
  })

  test('a break at noon counts for nothing, and both halves for the same day', () => {
    const broken = makeCalendar({
      zone: 'Africa/Bamako',
      week: {
        1: [
          ['08:00', '12:00'],
          ['14:00', '17:00'],
        ],
      },
    })
    expect(broken.isOpen(monday('13:00'))).toBe(false)
    expect(broken.opensAt(monday('13:00'))).toEqual(monday('14:00'))
    expect(broken.dueAt(monday('11:00'), { workingHours: 2 })).toEqual(monday('15:00'))
    expect(broken.dueAt(monday('09:00'), { workingDays: 0 })).toEqual(monday('17:00'))
    expect(broken.dueAt(monday('09:00'), { workingDays: 1 })).toEqual(new Date('2026-03-09T17:00:00Z'))
    expect(broken.minutesLeft(monday('11:00'))).toBe(240)
  })

  test('a day that spans two days of the universal clock is one day', () => {
    const east = makeCalendar({ zone: 'Pacific/Auckland', week: { 2: [['08:00', '17:00']] } })
    // Tuesday 08:00 in Auckland (UTC+13 in March) is Monday 19:00.
    expect(east.opensAt(monday('09:00'))).toEqual(monday('19:00'))
    expect(east.dueAt(monday('09:00'), { workingDays: 0 })).toEqual(new Date('2026-03-03T04:00:00Z'))
  })

  test('a week without an open hour is refused', () => {
    expect(() => makeCalendar({ zone: 'Africa/Bamako', week: {} })).toThrow('never opens')
  })

  test('another zone keeps its own clock', () => {
    const paris = makeCalendar({ zone: 'Europe/Paris', week: { 1: [['08:00', '17:00']] } })
    expect(paris.opensAt(monday('06:00'))).toEqual(monday('07:00'))
  })
})
