/** In which order staff are called to a request. */
import { describe, expect, test } from 'vitest'
import { makeCalendar } from '../../src/core/calendar.ts'
import { type Called, ladderOf } from '../../src/turn/ladder.ts'
import type { Surroundings } from '../../src/turn/surroundings.ts'
import { monday } from './office.ts'

const hour = 3_600_000
const span = (staff: string, rank: number, line: 'protection' | 'critical' = 'protection') => ({
  ...{ staff, rank, line },
  from: new Date(monday.getTime() - hour),
  until: new Date(monday.getTime() + hour),
})

function town(duty: Surroundings['duty']): Surroundings {
  return {
    calendar: makeCalendar(),
    duty,
    staffOf: new Map([
      ['protection', ['awa', 'bintou', 'coumba']],
      ['needs', ['moussa', 'salif']],
      ['intake', ['fanta']],
    ]),
    officeOfStaff: new Map([
      ['moussa', 'kayes'],
      ['salif', 'gao'],
    ]),
    officeNames: [],
    supervisorOf: new Map([
      ['awa', 'chief'],
      ['moussa', 'boss'],
    ]),
    names: [],
    offices: [],
  }
}

const sealed: Called = {
  ...{ line: 'protection', queue: 'protection', visibility: 'sealed' },
  ...{ holders: ['awa', 'bintou'], barred: [], officers: ['head'], absent: [] },
}
const duty = [span('bintou', 0), span('dede', 1), span('eve', 1), span('awa', 2)]

describe('the ladder', () => {
  test('goes from who is on duty over the deputies in their order to all who may know of it', () => {
    expect(ladderOf(town(duty), sealed, monday)).toEqual([['bintou'], ['dede', 'eve'], ['awa']])
  })

  test('of a sealed matter never reaches whoever does not hold it, not even above', () => {
    expect(ladderOf(town([]), sealed, monday)).toEqual([['awa', 'bintou']])
  })

  test('of what is not sealed ends with those who answer for it', () => {
    const open: Called = { ...sealed, line: 'critical', queue: 'needs', visibility: 'open' }
    expect(ladderOf(town([]), open, monday)).toEqual([
      ['moussa', 'salif'],
      ['boss', 'head'],
    ])
  })

  test('calls those of the office that an open matter waits for, and nobody of another', () => {
    const open: Called = { ...sealed, line: 'critical', queue: 'needs', visibility: 'open', office: 'gao' }
    expect(ladderOf(town([]), open, monday)).toEqual([['salif'], ['head']])
    expect(ladderOf(town([]), { ...open, queue: 'intake', visibility: 'restricted' }, monday)).toEqual([
      ['fanta'],
      ['head'],
    ])
  })

  test('passes over whoever is barred, and knows nobody twice', () => {
    expect(ladderOf(town(duty), { ...sealed, barred: ['bintou', 'eve'] }, monday)).toEqual([
      ['dede'],
      ['awa'],
    ])
  })

  test('calls the absent only after all others', () => {
    expect(ladderOf(town([]), { ...sealed, absent: ['awa'] }, monday)).toEqual([['bintou'], ['awa']])
  })

  test('of a restricted matter passes over those on duty who have no seat where it waits', () => {
    const intake: Called = { ...sealed, line: 'critical', queue: 'intake', visibility: 'restricted' }
    const steps = ladderOf(town([span('moussa', 0, 'critical')]), intake, monday)
    expect(steps).toEqual([['fanta'], ['head']])
  })

  test('has only those whose hours it is', () => {
    const later = new Date(monday.getTime() + 2 * hour)
    expect(ladderOf(town(duty), sealed, later)).toEqual([['awa', 'bintou']])
  })
})
