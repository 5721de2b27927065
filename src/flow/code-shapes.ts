/** The shapes of steps about being reached without harm: the code of a phone, whom to speak with (definition.ts). */
import { z } from 'zod'
import { common, key } from './shape-parts.ts'

export const setCode = z.strictObject({
  ...common,
  set_code: z
    .strictObject({
      which: z.enum(['code', 'alarm']),
      first: z.strictObject({ answer: key }),
      again: z.strictObject({ answer: key }),
      otherwise: key.describe('where to when they differ, or both codes are the same'),
    })
    .describe('keeps four digits that were given twice'),
})
export const endCode = z.strictObject({ ...common, end_code: z.literal(true) })
export const preferWorker = z.strictObject({
  ...common,
  prefer_worker: z
    .strictObject({ answer: key })
    .describe('woman or man, from a kept choice; any other value: they do not mind'),
})
export const endProxy = z.strictObject({ ...common, end_proxy: z.literal(true) })
