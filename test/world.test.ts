import { expect, test } from 'vitest'
import { realClock, timeOfId } from '../src/world.ts'

test('ids of one process sort as they were made, within a millisecond too, and never come twice', () => {
  const before = Date.now()
  const ids = Array.from({ length: 20_000 }, () => realClock.id())
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(timeOfId(ids[0] ?? '').getTime()).toBeGreaterThanOrEqual(before)
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})
