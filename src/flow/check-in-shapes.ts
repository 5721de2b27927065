/** The shapes of steps about how somebody is (definition.ts). */
import { z } from 'zod'
import { common, key } from './shape-parts.ts'

export const endCheckIn = z.strictObject({
  ...common,
  end_check_in: z
    .strictObject({ remark: z.strictObject({ answer: key }) })
    .describe('all was asked; what was said freely goes to those who read what nobody has classed'),
})
