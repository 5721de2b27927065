/**
 * A complaint without a name. The channel knows who writes, and so does this phone; the programme does not: the complaint
 * has no person, no address and no case, and whoever made it asks for the answer with a code, from any phone.
 */
import { checkDigit } from './reference.ts'
import type { Priority, RequestKind } from './request.ts'

export type NamelessHappening =
  /** Never on record with whoever wrote: it becomes a matter of its own (turn/apply-nameless.ts). */
  | {
      readonly type: 'nameless_told'
      readonly request: string
      readonly reference: string
      readonly kind: RequestKind
      readonly priority: Priority
      /** Told once, and known again by its hash. */
      readonly code: string
      readonly secret: { readonly text: string }
    }
  /** Staff wrote an answer that waits for the code. */
  | { readonly type: 'nameless_answered'; readonly request: string; readonly word: string }
  /** Whoever has the code added something, or contests what was answered. */
  | { readonly type: 'nameless_added'; readonly request: string; readonly contests: boolean }

/** Digits without the check digit: guessing is hopeless, and it is taken for no phone number, reference or card. */
const length = 11
const most = 10n ** BigInt(length)

/**
 * A code from the chance in a fresh id that is kept nowhere. The first digit is no zero; the last one checks the others
 * (reference.ts).
 */
export function drawCode(id: string): string {
  const chance = BigInt(`0x${id.replaceAll(/[^0-9a-f]/g, '').slice(-16) || '0'}`)
  const digits = String((chance % (most - most / 10n)) + most / 10n)
  return digits + checkDigit(digits)
}

/** `123 456 789 012`, as it is said and written down. */
export function showCode(code: string): string {
  return code.replace(/(\d{3})(?=\d)/g, '$1 ')
}

/** The code that a message begins with, however its digits are grouped, and the words behind it; undefined for all else. */
export function readCode(text: string): { readonly code: string; readonly words?: string } | undefined {
  const plain = text.normalize('NFKC').trim()
  const found = /^((?:\d[\s.\-–/]*){12})(?!\d)(.*)$/su.exec(plain)
  const code = found?.[1]?.replace(/\D/g, '') ?? ''
  if (code.length !== length + 1 || checkDigit(code.slice(0, length)) !== code[length]) return undefined
  const words = found?.[2]?.trim() ?? ''
  return words === '' ? { code } : { code, words }
}

/** To the hour: the time of a row must not tell whose message came in the same moment. */
export function blurred(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000)
}
