/** The shapes of steps about a follow-up (definition.ts). */
import { z } from 'zod'
import { common, key } from './shape-parts.ts'

export const askFollowUp = z.strictObject({ ...common, ask_follow_up: z.literal(true) })
export const agreeFollowUp = z.strictObject({
  ...common,
  agree_follow_up: z
    .union([z.literal(true), z.strictObject({ past: key.describe('where to when its hour is over') })])
    .describe('says yes to the time that was proposed, once more to one that is agreed'),
})
export const offerSlots = z.strictObject({
  ...common,
  offer_slots: z
    .strictObject({
      otherwise: key.describe('where to when fewer than three are free, or no day was named that was to be'),
      named: z.boolean().default(false).describe('only when the message named a day'),
    })
    .describe('finds the next three free times, of a day that the message names: {slot_1} {slot_2} {slot_3}'),
})
export const moveFollowUp = z.strictObject({
  ...common,
  move_follow_up: z
    .strictObject({
      answer: key,
      taken: key.describe('where to when that time was taken meanwhile'),
      past: key.optional().describe('where to when that time is over; absent: as when it was taken'),
    })
    .describe('to the time that was chosen: first, second or third'),
})
export const leaveFollowUp = z.strictObject({ ...common, leave_follow_up: z.literal(true) })
