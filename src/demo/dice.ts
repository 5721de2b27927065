/** Chance for the demo office: the same seed throws the same dice on every machine (the real ones are in world.ts). */
import { uuid7 } from '../world.ts'

export type Dice = {
  /** A whole number from 0 up to and not including `limit`. */
  below(limit: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True in `percent` of a hundred throws. */
  chance(percent: number): boolean
  pick<T>(from: readonly T[]): T
  /** One of the keys, as often as its weight says. */
  weigh<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K
  shuffle<T>(from: readonly T[]): T[]
  /** Dice of their own for one part of the story: more throws here change nothing there. */
  fork(part: string): Dice
}

export function makeDice(seed: string): Dice {
  const next = sfc32(seed)
  const below = (limit: number) => Math.floor((next() / 4_294_967_296) * limit)
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (percent) => below(10_000) < percent * 100,
    pick: (from) => pickFrom(from, below(from.length)),
    weigh: (weights) => weigh(weights, next() / 4_294_967_296),
    shuffle(from) {
      const all = [...from]
      for (let last = all.length - 1; last > 0; last--) {
        const other = below(last + 1)
        const held = pickFrom(all, last)
        all[last] = pickFrom(all, other)
        all[other] = held
      }
      return all
    },
    fork: (part) => makeDice(`${seed}/${part}`),
  }
}

function pickFrom<T>(from: readonly T[], index: number): T {
  if (index < 0 || index >= from.length) throw new Error('nothing to pick from')
  return from[index] as T
}

function weigh<K extends string>(weights: Readonly<Partial<Record<K, number>>>, throwOf: number): K {
  const entries = Object.entries(weights) as [K, number][]
  const sum = entries.reduce((all, [, weight]) => all + weight, 0)
  let left = throwOf * sum
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  const last = entries.at(-1)
  if (!last) throw new Error('nothing to weigh')
  return last[0]
}

/** Chris Doty-Humphrey's small fast counter generator (PractRand), seeded by FNV-1a of the words. */
function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [0x9e37_79b9, 0x243f_6a88, fnv(seed), 1]
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  for (let warm = 0; warm < 15; warm++) next()
  return next
}

function fnv(text: string): number {
  let hash = 0x811c_9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x0100_0193)
  return hash | 0
}

/** Ids that sort by their moment and, within one moment, by the order in which they were made. */
export function makeIds(dice: Dice): (at: Date) => string {
  let made = 0
  return (at) => {
    made += 1
    const random = Buffer.alloc(10)
    random.writeUInt32BE(made, 1)
    for (let i = 5; i < random.length; i++) random[i] = dice.below(256)
    return uuid7(at.getTime(), random)
  }
}
