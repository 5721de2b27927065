/** A safe contact as it lies, encrypted, in its column. */
import { z } from 'zod'
import { type SafeContact, safeWays } from '../core/safe-contact.ts'

const shape = z.object({
  way: z.enum(safeWays),
  hours: z.string().optional(),
  who: z.string().optional(),
  note: z.string().optional(),
})

/** As it was written down. */
export function parseSafeContact(text: string): SafeContact {
  return shape.parse(JSON.parse(text))
}
