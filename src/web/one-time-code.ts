/** The code printed at start that makes the first administrator: thirty minutes, one use, kept only in memory. */
import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../world.ts'

const lasts = 30 * 60_000
/** Wrong tries after which the code is spent: nobody guesses one of a thousand billion in ten. */
const mostTries = 10
/** Without letters and digits that look alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export type OneTimeCode = {
  /** As it is printed, in groups: `K7QP-3WXM`. */
  readonly shown: string
  /** Whether this is the code, still good; a right answer spends it. Letters of either case, dashes and spaces aside. */
  use(given: string): boolean
  /** Gives the code back when what it was spent on did not succeed. */
  restore(): void
}

/** A fresh code; its thirty minutes begin with this call. */
export function makeOneTimeCode(clock: Clock): OneTimeCode {
  const code = Array.from({ length: 8 }, () => letters[clock.dice(letters.length)]).join('')
  const until = clock.now().getTime() + lasts
  let tries = 0
  let spent = false
  return {
    shown: `${code.slice(0, 4)}-${code.slice(4)}`,
    use(given) {
      if (spent || tries >= mostTries || clock.now().getTime() >= until) return false
      tries += 1
      const same = equal(given.toUpperCase().replace(/[^A-Z0-9]/g, ''), code)
      spent = same
      return same
    },
    restore() {
      spent = false
    },
  }
}

function equal(given: string, code: string): boolean {
  const one = Buffer.alloc(code.length)
  one.write(given)
  return given.length === code.length && timingSafeEqual(one, Buffer.from(code))
}
