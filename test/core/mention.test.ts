import { expect, test } from 'vitest'
import { mentionsIn } from '../../src/core/mention.ts'

const readers = [
  { id: 'm', name: 'Mariam' },
  { id: 'k', name: 'Mariam Koumaré' },
  { id: 'a', name: 'Assétou Sogoba' },
  { id: 'b', name: 'Assétou Sogoba' },
]

test.each([
  ['@Mariam voyez', ['m']],
  ['@Mariam Koumaré voyez', ['k']],
  ['voyez @mariam koumare.', ['k']],
  ['@Mariama voyez', []],
  ['@Assétou Sogoba', ['a', 'b']],
  ['Mariam, sans signe', []],
  ['@ Mariam', []],
  ['@Mariam et encore @Mariam', ['m']],
  ['@Moussa, que nous ne connaissons pas', []],
  [`${'@'.repeat(100_000)}Mariam`, ['m']],
])('%s', (note, ids) => {
  expect([...mentionsIn(note.slice(0, 100_010), readers)].sort()).toEqual(ids)
})
