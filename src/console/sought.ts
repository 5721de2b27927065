/**
 * What somebody typed into the field, read as everything it can be; and how it travels in an address without being read
 * there: names and numbers of people must not stand in the histories of shared browsers, in logs or in proxies.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { readReference } from '../core/reference.ts'
import { readCaseNumber } from '../flow/answer/case-number.ts'
import { plain } from '../flow/answer/fold.ts'
import { readPhone } from '../flow/answer/phone.ts'
import { wordsSought } from '../flow/answer/search-words.ts'
import type { Sought } from '../store/find-people.ts'
import { digitsAtLeast } from '../store/person-words.ts'

export const longestSought = 120
/** More words than that are a sentence, and no message is found by a whole one. */
const wordsAtMost = 8

/** What somebody looks for. */
export type Looking = Sought & {
  readonly text: string
  /** Eight digits with the right check digit. */
  readonly reference?: string
  /** Folded words, for messages. */
  readonly words: readonly string[]
}

export function readSought(typed: string): Looking {
  const text = typed.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, longestSought)
  const digits = plain(text).replace(/[^0-9]/g, '')
  const onlyDigits = digits.length >= digitsAtLeast && !/\p{L}/u.test(text)
  const phone = readPhone(text)
  const caseNumber = readCaseNumber(text)
  const reference = readReference(text)
  return {
    text,
    name: text,
    words: wordsSought(text).slice(0, wordsAtMost),
    ...(reference === undefined ? {} : { reference }),
    ...(phone === undefined ? {} : { phone }),
    ...(onlyDigits ? { digits } : {}),
    ...(caseNumber === undefined ? {} : { caseNumber }),
  }
}

/** The text for an address of ours, readable by this house for this member of staff only. */
export function sealSought(cookieKey: Buffer, staff: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(cookieKey), nonce).setAAD(Buffer.from(staff))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

/** The text again; undefined for what was not sealed here, or for somebody else. */
export function openSought(cookieKey: Buffer, staff: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed.slice(0, 1_000), 'base64url')
  if (bytes.length < 29) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(cookieKey), bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(staff)).setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function keyFor(cookieKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', cookieKey, '', 'baro/sought', 32))
}
