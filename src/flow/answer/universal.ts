/** Words that work everywhere. They count as the whole message only; French and English exactly, before folding. */
import type { Understanding } from './files.ts'
import { squash } from './fold.ts'
import { type Universal, universals } from './heard.ts'
import { keysOf } from './phrases.ts'
import type { Said } from './said.ts'

export type ReadUniversal = (said: Said) => Universal | undefined

/** Nobody stops or begins anything by a wish that was meant for something else. */
const wished: ReadonlySet<Universal> = new Set([
  'menu',
  'language',
  'help',
  'person',
  'by_voice',
  'text_only',
])

export function makeUniversals(understanding: Understanding): ReadUniversal {
  const exact = new Map<string, Universal>()
  const folded = new Map<string, Universal>()
  const wishes = keysOf(understanding.wishing)
  for (const word of universals) {
    const keys = keysOf(understanding.commands[word])
    for (const key of keys.tight) exact.set(key, word)
    for (const key of keys.squash) folded.set(key, word)
    if (!wished.has(word)) continue
    for (const wish of wishes.tight) for (const key of keys.tight) exact.set(wish + key, word)
    for (const wish of [...wishes.tight, ...wishes.squash])
      for (const key of [...keys.tight, ...keys.squash]) folded.set(squash(wish + key), word)
  }
  return (said) => exact.get(said.tight) ?? folded.get(said.squash)
}
