/** Writes down how the person is reached without harm. */
import { z } from 'zod'
import { safeWays, workerSexes } from '../../core/safe-contact.ts'
import { recordSafeContact, type Wishes } from '../../turn/safe-contact.ts'
import { FormFault, readForm } from '../form.ts'
import type { ActRoute } from './act-route.ts'

export const longestSafeLine = 120
export const longestSafeNote = 500

const line = z
  .string()
  .default('')
  .transform((text) => text.trim())
const shape = z.object({
  way: z.enum(safeWays),
  worker: z.enum(['', ...workerSexes]).default(''),
  ...{ hours: line, who: line, note: line },
})

export const safeContact: ActRoute = async ({ desk }, act, body) => {
  await recordSafeContact(desk, act, readSafe(body))
}

/** What a form says of it, empty lines left out. Fails with FormFault for what is too long. */
export function readSafe(body: unknown): Wishes {
  const { way, worker, ...said } = readForm(shape, body)
  const { hours, who, note } = said
  if (hours.length > longestSafeLine || who.length > longestSafeLine || note.length > longestSafeNote) {
    throw new FormFault('box.safe_long', { line: longestSafeLine, note: longestSafeNote })
  }
  const kept = Object.fromEntries(Object.entries(said).filter(([, text]) => text !== ''))
  return { safe: { way, ...kept }, worker: worker === '' ? undefined : worker }
}
