/**
 * A caseload as the programme keeps it in a table: which columns there are, how their headings are written, and what one
 * row says of a person once it was read. Cells are judged in caseload-row.ts.
 */
import type { Language } from './language.ts'

/** The columns in the order in which they are listed everywhere. */
export const caseloadColumns = [
  'case_number',
  'name',
  'sex',
  'birth_year',
  'phone',
  'language',
  'region',
  'cercle',
  'return_country',
  'return_date',
  'case_worker',
] as const
export type CaseloadColumn = (typeof caseloadColumns)[number]

/** Which column of the table holds what, counted from 0. */
export type Mapping = Readonly<Partial<Record<CaseloadColumn, number>>>

/** A cell as a table gives it: what a formula came to, never the formula. */
export type Cell = string | number | Date | undefined

/** A row of a table with its line, as an editor or Excel counts. */
export type TableRow = { readonly line: number; readonly cells: readonly Cell[] }

/** One row, read. What the row leaves empty is absent. */
export type CaseloadRow = {
  readonly line: number
  readonly caseNumber: string
  readonly name?: string
  readonly sex?: 'woman' | 'man'
  readonly birthYear?: number
  /** E.164. */
  readonly phone?: string
  readonly language?: Language
  readonly region?: string
  readonly cercle?: string
  readonly returnCountry?: string
  /** ISO date. */
  readonly returnDate?: string
  /** E-mail address or name, as written. */
  readonly worker?: string
}

/** Why a row was refused, or what of it was left out: the key of a sentence. */
export type RowReason =
  | 'missing'
  | 'not_a_number'
  | 'not_a_year'
  | 'not_a_date'
  | 'in_future'
  | 'not_a_phone'
  | 'not_a_sex'
  | 'not_a_language'
  | 'not_a_place'
  | 'contradiction'
  | 'too_long'
  | 'broken_cell'
  | 'twice'
  | 'elsewhere'
  | 'several_cases'
  | 'unknown_worker'
  | 'several_workers'
  | 'phone_known'
  | 'not_written'

/** Something that is wrong with a line. A refusal keeps the row out; anything else was taken without that cell. */
export type Remark = {
  readonly line: number
  readonly refused: boolean
  readonly reason: RowReason
  readonly column?: CaseloadColumn
  /** What stood there, shortened; personal. */
  readonly given?: string
}

/** Headings in French and English, without accents, case and signs; the product's own names are among them. */
const headings: Readonly<Record<CaseloadColumn, readonly string[]>> = {
  case_number: [
    'case number',
    'case no',
    'case id',
    'case',
    'numero de dossier',
    'numero dossier',
    'no dossier',
    'n dossier',
    'n de dossier',
    'dossier',
    'code dossier',
    'numero du cas',
    'mimosa',
    'id',
  ],
  name: [
    'name',
    'full name',
    'nom',
    'nom et prenom',
    'nom et prenoms',
    'nom prenom',
    'prenom et nom',
    'prenoms et nom',
    'nom complet',
    'beneficiaire',
    'beneficiary',
    'returnee',
    'migrant',
  ],
  sex: ['sex', 'gender', 'sexe', 'genre'],
  birth_year: [
    'birth year',
    'year of birth',
    'annee de naissance',
    'annee naissance',
    'date de naissance',
    'date naissance',
    'date of birth',
    'birth date',
    'dob',
    'ne en',
    'naissance',
  ],
  phone: [
    'phone',
    'phone number',
    'telephone',
    'tel',
    'numero de telephone',
    'numero telephone',
    'n telephone',
    'contact',
    'mobile',
    'portable',
  ],
  language: ['language', 'langue', 'langue parlee', 'spoken language', 'preferred language'],
  region: ['region', 'region de retour', 'region of return', 'region de residence'],
  cercle: ['cercle', 'circle', 'cercle de retour', 'commune', 'cercle commune'],
  return_country: [
    'return country',
    'country of return',
    'returned from',
    'pays de retour',
    'pays de provenance',
    'provenance',
    'pays d accueil',
    'pays hote',
    'host country',
    'country',
    'pays',
  ],
  return_date: [
    'return date',
    'date of return',
    'date de retour',
    'date retour',
    'arrival date',
    'date of arrival',
    'date d arrivee',
    'date arrivee',
    'retour',
  ],
  case_worker: [
    'case worker',
    'caseworker',
    'case manager',
    'agent',
    'agent de reintegration',
    'charge de dossier',
    'travailleur social',
    'gestionnaire de cas',
    'gestionnaire',
    'responsable',
    'assistant',
  ],
}

const columnOf: ReadonlyMap<string, CaseloadColumn> = new Map(
  caseloadColumns.flatMap((column) => headings[column].map((heading) => [heading, column] as const)),
)

/** Guesses the columns by their headings; of two that say the same the first counts. */
export function guessMapping(header: readonly Cell[]): Mapping {
  const found: Partial<Record<CaseloadColumn, number>> = {}
  for (const [place, cell] of header.entries()) {
    const column = typeof cell === 'string' ? columnOf.get(plainHeading(cell)) : undefined
    if (column !== undefined) found[column] ??= place
  }
  return found
}

/** Whether a row looks like headings: two of them are known. */
export function isHeader(cells: readonly Cell[]): boolean {
  return Object.keys(guessMapping(cells)).length >= 2
}

function plainHeading(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/n[°º]/g, 'n ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
