/** What staff know of a person. */

export const personFields = [
  'name',
  'sex',
  'birthYear',
  'language',
  'region',
  'cercle',
  'place',
  'phone',
  'caseNumber',
  'returnCountry',
  'returnDate',
] as const
export type PersonField = (typeof personFields)[number]

/** Each as it is written: codes, digits, E.164, `2026-03-02`. A field that is absent is not known. */
export type PersonValues = { readonly [F in PersonField]?: string }

const adult = 18

/** Whether somebody born in this year may still be a child: then those who protect children decide. */
export function isMinor(birthYear: number, now: Date): boolean {
  return now.getUTCFullYear() - birthYear < adult
}
