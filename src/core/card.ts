/**
 * The code of an invitation card: ten digits with a check digit, said and typed by people who do not read, shown
 * `123 456 7890`. It begins with no zero and has two digits more than a reference, so that it is taken for neither that
 * nor a phone number of the countries people come from.
 */
import { checkDigit } from './reference.ts'

/** After so many days a card that nobody used is worth nothing. */
export const cardDays = 14

/** A code nobody can guess, from a fair die. */
export function drawCardCode(dice: (below: number) => number): string {
  const digits = String(100_000_000 + dice(900_000_000))
  return digits + checkDigit(digits)
}

/** The code that a whole message is, however its digits are grouped; undefined for everything else. */
export function readCardCode(text: string): string | undefined {
  if (text.length > 40) return undefined
  const digits = text
    .normalize('NFKC')
    .trim()
    .replace(/[\s.\-–/]/g, '')
  return /^[1-9]\d{9}$/.test(digits) && checkDigit(digits.slice(0, 9)) === digits[9] ? digits : undefined
}

/** `1234567890` as it is printed and read aloud. */
export function showCardCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`
}

/** Where the code is typed in already: Telegram's start link, WhatsApp's link with a text. */
export function cardLink(door: CardDoor, code: string): string {
  return door.kind === 'telegram'
    ? `https://t.me/${door.name}?start=${code}`
    : `https://wa.me/${door.name}?text=${code}`
}

/** An account that people write to: the name of a bot, or a WhatsApp number in digits. */
export type CardDoor = { readonly kind: 'telegram' | 'whatsapp'; readonly name: string }
