/**
 * Who reads. What is boxed to the holders of a sealed matter opens only while one of them is asking, and the keys must know
 * of it wherever they are asked for a word: so the reader goes with the request, and no function hands a secret on.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Pair } from './box.ts'

export type Reader = {
  readonly staff: string
  readonly pair: Pair
  /** Sealed keys that were looked for in this request, opened or not theirs. */
  readonly opened: Map<string, Pair | 'shut'>
}

const reading = new AsyncLocalStorage<Reader>()

/** Runs `work`, and all that comes of it, with a member of staff whose key pair is open. */
export function readAs<T>(who: Pick<Reader, 'staff' | 'pair'>, work: () => T): T {
  return reading.run({ ...who, opened: new Map() }, work)
}

/** Whoever is asking with an open key pair, if anybody is. */
export function reader(): Reader | undefined {
  return reading.getStore()
}
