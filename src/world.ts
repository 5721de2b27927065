/** The clock, the ids and the dice. Everything else gets them as values, so that a test can fix all three. */
import { randomBytes, randomInt } from 'node:crypto'

/** What one turn may know of time and chance; pure code gets this and nothing else. */
export type World = {
  /** The moment of this turn; it does not move while the turn runs. */
  readonly now: Date
  /** A fresh id, a UUID version 7: ids made later sort later. */
  readonly id: () => string
  /** A fresh request reference, eight digits, never given before (core/reference.ts). */
  readonly reference: () => string
}

/** Where worlds come from. The house owns one; a test builds one with a fixed clock and counted ids. */
export type Clock = {
  now(): Date
  id(): string
  /** A whole number from 0 up to and not including `below`, from a cryptographic source. */
  dice(below: number): number
}

export const realClock: Clock = {
  now: () => new Date(),
  id: nextId,
  dice: (below) => randomInt(below),
}

/** Ids of one process in the order in which they were made: within a millisecond they count (RFC 9562, section 6.2). */
function nextId(): string {
  const now = Date.now()
  if (now > lastMade) made = 0
  else made += 1
  lastMade = Math.max(now, lastMade)
  if (made > mostWithin) {
    lastMade += 1
    made = 0
  }
  const random = tenBytes()
  random.writeUInt16BE(made)
  return uuid7(lastMade, random)
}

/** Twelve bits beside the version. */
const mostWithin = 0xfff
let lastMade = 0
let made = 0

let drawn = Buffer.alloc(0)

/** Ten random bytes; drawn by the thousand, because a turn takes a dozen ids. */
function tenBytes(): Buffer {
  if (drawn.length < 10) drawn = randomBytes(10_000)
  const ten = drawn.subarray(0, 10)
  drawn = drawn.subarray(10)
  return ten
}

/** A version 7 UUID from a moment in milliseconds and ten random bytes (RFC 9562, section 5.7). */
export function uuid7(milliseconds: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(milliseconds, 0, 6)
  bytes.set(random, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The smallest id that could be made at this moment: what is not smaller was made then or later. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** When an id was made. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))
}
