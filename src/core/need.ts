/** What a person lacks. Categories in the order in which they are offered (domain notes 6.6, need_list). */
export const needCategories = [
  'health',
  'food',
  'housing',
  'work',
  'training',
  'school',
  'papers',
  'family',
  'worries',
  'other',
] as const
export type NeedCategory = (typeof needCategories)[number]

export const urgencies = ['today', 'this_week', 'can_wait'] as const
export type Urgency = (typeof urgencies)[number]

/** A need cannot be closed without one of these. */
export const needResults = ['given', 'referred', 'refused', 'unreachable'] as const
export type NeedResult = (typeof needResults)[number]
