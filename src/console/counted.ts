/**
 * What takes long to count, counted once for a little while: a page, its pictures and the table that is taken from it say
 * the same, and going to and fro between them costs nothing.
 */
import type { Clock } from '../world.ts'

/** Gives what is known under this name, or counts it; who asks and all that is asked about belong into the name. */
export type Counted = <T>(name: string, count: () => Promise<T>) => Promise<T>

/** What is older than `lasts` milliseconds is counted anew; whoever asks meanwhile waits for the same count. */
export function makeCounted(clock: Pick<Clock, 'now'>, lasts: number): Counted {
  const known = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>()
  return <T>(name: string, count: () => Promise<T>) => {
    const now = clock.now().getTime()
    for (const [old, { at }] of known) if (now - at >= lasts) known.delete(old)
    const found = known.get(name)
    // Whatever stands under a name was counted for it.
    if (found) return found.value as Promise<T>
    const value = count()
    known.set(name, { at: now, value })
    value.catch(() => known.delete(name))
    return value
  }
}

/** A name for what is counted of these things under the access of who reads it. */
export function nameOf(what: string, ...of: readonly unknown[]): string {
  return JSON.stringify([what, ...of])
}
