/** The shape of the step that takes a complaint without a name (definition.ts). */
import { z } from 'zod'
import { common, key, textKey } from './shape-parts.ts'

export const tellNameless = z.strictObject({
  ...common,
  tell_nameless: z
    .strictObject({
      text: z.strictObject({ answer: key }),
      code: textKey.describe('tells the code ({code}), once'),
      spoken: key.describe('where to when it was spoken: a voice says whose it is'),
    })
    .describe('makes the kept words a complaint of their own, which nothing leads back from'),
})
