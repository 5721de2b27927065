/** The shapes of steps about how somebody is (definition.ts). */
import { z } from 'zod'
import { common, key } from './shape-parts.ts'

export const endCheckIn = z.strictObject({
  ...common,
  end_check_in: z
    .strictObject({ remark: z.strictObject({ answer: key }) })
    .describe(
      'all was asked; what was said freely is kept with the answers, and by voice it is heard by staff',
    ),
})
