/** Words that work everywhere. They count as the whole message only; French and English exactly, before folding. */
import type { Understanding } from './files.ts'
import { type Universal, universals } from './heard.ts'
import { keysOf } from './phrases.ts'
import type { Said } from './said.ts'

export type ReadUniversal = (said: Said) => Universal | undefined

export function makeUniversals(understanding: Understanding): ReadUniversal {
  const exact = new Map<string, Universal>()
  const folded = new Map<string, Universal>()
  for (const word of universals) {
    const keys = keysOf(understanding.commands[word])
    for (const key of keys.tight) exact.set(key, word)
    for (const key of keys.squash) folded.set(key, word)
  }
  return (said) => exact.get(said.tight) ?? folded.get(said.squash)
}
