/** Reads the form that corrects the facts of a person: every field judged, whatever came with it. */
import { z } from 'zod'
import { languages } from '../../core/language.ts'
import { type PersonField, type PersonValues, personFields } from '../../core/person.ts'
import { readCaseNumber } from '../../flow/answer/case-number.ts'
import { readPhone } from '../../flow/answer/phone.ts'
import { FormFault, readForm } from '../form.ts'
import type { Region } from '../place-names.ts'

export const longestField = 120
const oldest = 1920

const shape = z.object({
  ...(Object.fromEntries(personFields.map((field) => [field, z.string().default('')])) as Record<
    PersonField,
    z.ZodDefault<z.ZodString>
  >),
  sex: z.enum(['', 'woman', 'man']).default(''),
  language: z.enum(['', ...languages]).default(''),
})

/**
 * The values that were wanted; fails with FormFault and the sentence of the first field that cannot be. A number that stands
 * in the file already is not judged again: files hold numbers that no country gives any more.
 */
export function readPersonForm(
  body: unknown,
  known: PersonValues,
  regions: readonly Region[],
  now: Date,
): PersonValues {
  const typed = readForm(shape, body)
  const values = Object.fromEntries(
    Object.entries(typed).map(([field, text]) => [field, text.replace(/[\s\p{Cc}]+/gu, ' ').trim()]),
  ) as Record<PersonField, string>
  for (const text of Object.values(values)) {
    if (text.length > longestField) throw new FormFault('people.too_long', { most: longestField })
  }
  const wanted = {
    ...values,
    phone: values.phone === known.phone ? values.phone : phoneOf(values.phone),
    caseNumber: values.caseNumber === known.caseNumber ? values.caseNumber : caseNumberOf(values.caseNumber),
    birthYear: yearOf(values.birthYear, now),
    returnDate: dateOf(values.returnDate, now),
    ...placeOf(values, regions),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''))
}

function phoneOf(text: string): string {
  const phone = text === '' ? '' : readPhone(text)
  if (phone === undefined) throw new FormFault('people.bad_phone')
  return phone
}

function caseNumberOf(text: string): string {
  const number = text === '' ? '' : readCaseNumber(text)
  if (number === undefined) throw new FormFault('people.bad_case_number')
  return number
}

/** A year of birth as it was typed, or nothing. Fails with FormFault for one that cannot be. */
export function yearOf(text: string, now: Date): string {
  const to = now.getUTCFullYear()
  const year = Number(text)
  if (text !== '' && !(/^\d{4}$/.test(text) && year >= oldest && year <= to)) {
    throw new FormFault('people.bad_year', { from: oldest, to })
  }
  return text
}

function dateOf(text: string, now: Date): string {
  if (text === '') return ''
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  const real = date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  if (!real || date > now || date.getUTCFullYear() < oldest) throw new FormFault('people.bad_date')
  return text
}

/** A cercle names its region; one that lies in another is a slip of the hand. */
function placeOf(
  { region, cercle }: Readonly<Record<PersonField, string>>,
  regions: readonly Region[],
): { readonly region: string; readonly cercle: string } {
  if (region !== '' && !regions.some(({ id }) => id === region)) throw new FormFault('form.incomplete')
  if (cercle === '') return { region, cercle }
  const home = regions.find(({ cercles }) => cercles.some(({ id }) => id === cercle))
  if (!home) throw new FormFault('form.incomplete')
  if (region !== '' && region !== home.id) throw new FormFault('people.bad_cercle')
  return { region: home.id, cercle }
}
