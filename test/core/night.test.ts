/** Whether it is night where somebody is. */
import { describe, expect, test } from 'vitest'
import { nightIn, zonesOf } from '../../src/core/night.ts'

const at = (clock: string) => new Date(`2026-11-25T${clock}:00Z`)

describe('it is night', () => {
  test.each([
    ['ML', '19:59', undefined],
    ['ML', '20:00', '20:00'],
    ['ML', '06:59', '06:59'],
    ['ML', '07:00', undefined],
    // Paris is an hour ahead in winter, Algiers all year.
    ['FR', '19:10', '20:10'],
    ['DZ', '06:30', undefined],
  ])('in %s at %s of Bamako: %s', (country, clock, night) => {
    expect(nightIn(country, at(clock))).toBe(night)
  })

  test('in a country of many clocks when it is night on one of them', () => {
    expect(zonesOf('US').length).toBeGreaterThan(5)
    // Noon in New York, seven in the morning in Honolulu; two hours earlier Honolulu sleeps.
    expect(nightIn('US', at('17:00'))).toBeUndefined()
    expect(nightIn('US', at('15:00'))).toBe('05:00')
  })

  test('by the clock of Mali where the country tells nothing', () => {
    for (const country of ['', 'xx', 'ZZ', '001', 'Mali']) expect(zonesOf(country)).toEqual(['Africa/Bamako'])
  })
})
