/** The languages the product speaks, in the order in which they are offered. */
export const languages = ['fr', 'bm', 'en'] as const
export type Language = (typeof languages)[number]

/** The languages of the console. */
export const staffLanguages = ['fr', 'en'] as const
export type StaffLanguage = (typeof staffLanguages)[number]
