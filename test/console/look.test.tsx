/** A look and its address: one is the other. */
import { describe, expect, test } from 'vitest'
import { lookQuery, readLook, without } from '../../src/console/look.ts'

describe('the address of a look', () => {
  test.each([
    '?view=mine',
    '?queue=needs',
    '?view=queues&queue=needs&queue=followup&kind=request.need&category=health&priority=0&priority=2',
    '?view=overdue&language=bm&region=mopti&channel=telegram&age=over_7&returned=yes&order=newest',
  ])('is the same again: %s', (query) => {
    const look = readLook(Object.fromEntries(entries(query)))
    expect([...new URLSearchParams(lookQuery(look))].sort()).toEqual([...new URLSearchParams(query)].sort())
    expect(readLook(Object.fromEntries(entries(lookQuery(look))))).toEqual(look)
  })

  test('says nothing of what nobody knows', () => {
    const strange = {
      view: 'x',
      queue: ['x'],
      kind: ['<b>'],
      priority: '9',
      age: {},
      region: "'; drop",
    }
    expect(lookQuery(readLook(strange))).toBe('?view=queues')
    const named = readLook({ view: 'mine', kind: ['request.need', 'x'], order: 'up' })
    expect(lookQuery(named)).toBe('?view=mine&kind=request.need')
  })

  test('loses one filter and keeps the others', () => {
    const look = readLook({ view: 'mine', priority: ['0', '2'], language: 'bm' })
    expect(lookQuery(without(look, 'priority', '0'))).toBe('?view=mine&priority=2&language=bm')
    expect(without(without(without(look, 'priority', '0'), 'priority', '2'), 'language', 'bm')).toEqual({
      view: 'mine',
    })
  })
})

function entries(query: string): [string, string | string[]][] {
  const params = new URLSearchParams(query)
  return [...new Set(params.keys())].map((name) => {
    const [one = '', ...more] = params.getAll(name)
    return [name, more.length > 0 ? [one, ...more] : one]
  })
}
