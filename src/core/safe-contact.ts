/** How a person can be reached without harm: what they told staff, kept by staff, shown before anybody writes. */
import type { Happening } from './event.ts'

/** What they prefer; `call`: nobody writes to them unless they wrote first, `none`: nobody reaches out at all. */
export const safeWays = ['any', 'text', 'voice', 'call', 'visit', 'none'] as const
export type SafeWay = (typeof safeWays)[number]

/** Every text is personal. */
export type SafeContact = {
  readonly way: SafeWay
  /** When it is safe, as the person said it. */
  readonly hours?: string
  /** Who may call or come: a woman, nobody from the village. */
  readonly who?: string
  readonly note?: string
}

/** Writes it down; nothing when it says what was known. */
export function noteSafeContact(before: SafeContact | undefined, after: SafeContact): readonly Happening[] {
  const same =
    before !== undefined &&
    before.way === after.way &&
    before.hours === after.hours &&
    before.who === after.who &&
    before.note === after.note
  return same ? [] : [{ type: 'safe_contact_noted', secret: after }]
}
