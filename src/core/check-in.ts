/**
 * The check-in: a few weeks after the delivery a person is asked how they are, in five questions of a conversation
 * (flows/check_in.yaml). Each answer is kept as it comes: whoever stops half-way has said that much.
 */

/** What is asked, in this order; the codes are those of the survey of the same name. */
export const checkInItems = ['work', 'food', 'health', 'safety', 'call'] as const
export type CheckInItem = (typeof checkInItems)[number]

/** The version of these questions: another wording of what is asked is another version. */
export const checkInVersion = 1
export const checkInSurvey = 'check-in'

/** A check-in as the conversation knows it. */
export type OwnCheckIn = { readonly case: string; readonly due: boolean }
