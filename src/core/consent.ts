/** What a person may allow or refuse, item by item; a record is written once and a withdrawal is another record. */
export const consentItems = ['keep_data', 'information', 'referral', 'guardian'] as const
export type ConsentItem = (typeof consentItems)[number]
export const consentAnswers = ['given', 'refused', 'withdrawn'] as const
export type ConsentAnswer = (typeof consentAnswers)[number]
/** How the answer was given: typed, by voice (a member of staff heard it), or to staff. */
export type ConsentMedium = 'text' | 'audio' | 'staff'
