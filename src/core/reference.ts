/**
 * The number by which a request is asked for: seven digits and a check digit, said aloud by people who do not read,
 * shown `123-45-678`. The check digit is Damm's: it finds every single wrong digit and every swap of two neighbours
 * (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004).
 */

const damm = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const

const numbers = 10_000_000
// Multiplying by a number that shares no factor with ten million visits every number once, in an order nobody guesses
// from one reference to the next. A reference is a name, not a secret: status is told only to the owner's address.
const stride = 6_180_339
const offset = 2_718_281

/** The reference of the n-th request ever opened; n from 0 up to ten million, then it begins again. */
export function referenceOf(n: number): string {
  const digits = String((n * stride + offset) % numbers).padStart(7, '0')
  return digits + checkDigit(digits)
}

/** The eight digits of what somebody typed or said, or undefined when it is no reference. */
export function readReference(text: string): string | undefined {
  const digits = text.replace(/[\s.\-–/]/g, '')
  return /^\d{8}$/.test(digits) && checkDigit(digits.slice(0, 7)) === digits[7] ? digits : undefined
}

/** `12345678` as it is shown and read aloud: `123-45-678`. */
export function showReference(reference: string): string {
  return `${reference.slice(0, 3)}-${reference.slice(3, 5)}-${reference.slice(5)}`
}

/** Damm's digit for digits of any length. */
export function checkDigit(digits: string): string {
  let state = 0
  for (const digit of digits) state = damm[state]?.[Number(digit)] ?? 0
  return String(state)
}
