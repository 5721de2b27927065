/**
 * Whether two files are of one person: what speaks for it and against it, and what staff must have checked before they say
 * so. A machine lists; it never joins, and it never tells anybody whether there is such a file (domain notes 5.5, S3, S4).
 */
import { Failure } from '../failure.ts'
import { compareNames } from './name-key.ts'
import type { PersonValues } from './person.ts'

export type Clue =
  | 'case_number'
  | 'phone'
  | 'name'
  | 'name_near'
  | 'name_part'
  | 'region'
  | 'birth_year'
  | 'return_country'
  | 'return_date'
  | 'sex'

export type Match = {
  readonly for: readonly Clue[]
  readonly against: readonly Clue[]
  /** Higher is likelier; candidates are listed by it and it is never shown. */
  readonly score: number
}

/** What is compared: the file, and every number and case number that is known or was claimed. */
export type Side = {
  readonly values: PersonValues
  readonly phones: readonly string[]
  readonly caseNumbers: readonly string[]
}

const weights: Readonly<Record<Clue, number>> = {
  case_number: 12,
  phone: 8,
  name: 6,
  name_near: 4,
  name_part: 2,
  return_date: 3,
  region: 2,
  birth_year: 2,
  return_country: 1,
  sex: 3,
}

/** Looks at both files. What is not known on one side speaks neither way. */
export function compareSides(one: Side, other: Side): Match {
  const yes: Clue[] = []
  const no: Clue[] = []
  const weigh = (clue: Clue, equal: boolean | undefined) => {
    if (equal !== undefined) (equal ? yes : no).push(clue)
  }
  weigh('case_number', shared(one.caseNumbers, other.caseNumbers))
  if (shared(one.phones, other.phones)) yes.push('phone')
  const name = nameClue(one.values.name, other.values.name)
  if (name) yes.push(name)
  else if (one.values.name && other.values.name) no.push('name')
  for (const [clue, field] of [
    ['region', 'region'],
    ['return_country', 'returnCountry'],
    ['return_date', 'returnDate'],
    ['sex', 'sex'],
  ] as const) {
    const [a, b] = [one.values[field], other.values[field]]
    const equal = a === undefined || b === undefined ? undefined : fold(a) === fold(b)
    // Half the caseload is of one sex: it speaks against and hardly for.
    if (clue !== 'sex' || equal === false) weigh(clue, equal)
  }
  const [born, otherBorn] = [one.values.birthYear, other.values.birthYear]
  if (born && otherBorn) weigh('birth_year', Math.abs(Number(born) - Number(otherBorn)) <= 1)
  const sum = (clues: readonly Clue[]) => clues.reduce((all, clue) => all + weights[clue], 0)
  return { for: yes, against: no, score: sum(yes) - sum(no) / 2 }
}

function nameClue(one: string | undefined, other: string | undefined): Clue | undefined {
  if (!one || !other) return undefined
  const { words, strong, weak } = compareNames(one, other)
  if (words === 0 || strong + weak === 0) return undefined
  if (strong === words) return words > 1 ? 'name' : 'name_part'
  return strong + weak === words ? 'name_near' : 'name_part'
}

function shared(one: readonly string[], other: readonly string[]): boolean | undefined {
  if (one.length === 0 || other.length === 0) return undefined
  return one.some((each) => other.includes(each))
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .trim()
    .toLowerCase()
}

/** What staff tick when they call the number that was known before (S3). */
export const identityChecks = ['called', 'name', 'father', 'village', 'return_date'] as const
export type IdentityCheck = (typeof identityChecks)[number]

/** The known number was called, and two of the four answers agree. */
export function isIdentified(checks: readonly IdentityCheck[]): boolean {
  return checks.includes('called') && new Set(checks).size >= 3
}

/** Fails with `identity:unchecked` while too little was checked. */
export function mustBeIdentified(checks: readonly IdentityCheck[]): void {
  if (!isIdentified(checks)) throw new Failure('identity:unchecked')
}

/** What staff tick before a number is replaced (S4). */
export const contactChecks = ['called_old', 'called_contact', 'two_facts'] as const
export type ContactCheck = (typeof contactChecks)[number]

/** How far a change of number has come. */
export type ContactChange = {
  readonly checks: readonly ContactCheck[]
  /** The old number was told that somebody asked; true as well when we have no way to write to it. */
  readonly noticed: boolean
  /** Somebody answered from the old number that it was not them. */
  readonly disputed: boolean
}

/** Two of three, and the old number had its say; all three when it said no. */
export function mayChangeContact({ checks, noticed, disputed }: ContactChange): boolean {
  return noticed && new Set(checks).size >= (disputed ? 3 : 2)
}

/** Fails with `identity:unchecked` while too little was checked. */
export function mustBeChangeable(change: ContactChange): void {
  if (!mayChangeContact(change)) throw new Failure('identity:unchecked')
}
