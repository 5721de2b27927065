/** The shapes of steps about being referred to a partner (definition.ts). */
import { z } from 'zod'
import { common, key, textKey } from './shape-parts.ts'

export const answerReferral = z.strictObject({
  ...common,
  answer_referral: z
    .strictObject({
      as: z.enum(['given', 'refused']),
      text: textKey.describe('the question that was answered'),
    })
    .describe('puts on record what the person said to being referred'),
})
export const judgeReferral = z.strictObject({
  ...common,
  judge_referral: z.enum(['came', 'came_not']).describe('whether the service came, as the person says'),
})
export const withdrawReferrals = z.strictObject({
  ...common,
  withdraw_referrals: z
    .strictObject({
      text: textKey.describe('what the person withdrew'),
      none: key.optional().describe('where to when there was nothing to take back'),
    })
    .describe('takes back every referral of the person: the links of partners close at once'),
})
