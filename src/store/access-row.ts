/**
 * The conditions of access.ts, held against rows in memory. A hint concerns everybody who listens and a mention
 * everybody who works here: one query loads what the rule asks about, and the rule as it is written judges for each of
 * them. It knows as much of Prisma's conditions as the rule uses, and fails on what it does not know or was not given.
 */
import type { Prisma } from '../../prisma/client/client.ts'
import type { Staff } from '../core/staff.ts'
import { personsSeenBy, requestsSeenBy } from './access.ts'
import type { Database } from './database.ts'

/** What the rule asks of a request; words of people stay where they are. */
const requestFacts = {
  omit: { textEnc: true },
  include: { holders: true, barred: true, case: { omit: { numberEnc: true } } },
} as const

const ofPerson = { id: true, cases: { omit: { numberEnc: true } }, requests: requestFacts } as const
/** Found to be one person, two files are seen together. */
const personFacts = {
  select: { ...ofPerson, sameAs: { select: ofPerson }, others: { select: ofPerson } },
} as const

/** A row with everything that the rule asks about. */
export type AccessRow = Readonly<Record<string, unknown>> & { readonly id: string }
export type RequestAccessRow = AccessRow & { readonly queue: string; readonly ownerId: string | null }

export async function requestAccessRows(
  prisma: Database['prisma'],
  ids: readonly string[],
): Promise<readonly RequestAccessRow[]> {
  if (ids.length === 0) return []
  return prisma.request.findMany({ where: { id: { in: [...ids] } }, ...requestFacts })
}

export async function personAccessRows(
  prisma: Database['prisma'],
  ids: readonly string[],
): Promise<readonly AccessRow[]> {
  if (ids.length === 0) return []
  return prisma.person.findMany({ where: { id: { in: [...ids] } }, ...personFacts })
}

/** Whether this request exists for them: the answer of the query, without the query. */
export function seesRequest(staff: Staff, row: AccessRow): boolean {
  return holds(requestsSeenBy(staff), row) === true
}

export function seesPerson(staff: Staff, row: AccessRow): boolean {
  return holds(personsSeenBy(staff), row) === true
}

type Condition = Prisma.RequestWhereInput | Prisma.PersonWhereInput
/** As in SQL, a comparison with nothing is neither true nor false. */
type Verdict = boolean | undefined

/** Holds a condition against a row. */
export function holds(condition: Condition, row: Readonly<Record<string, unknown>>): Verdict {
  return every(
    Object.entries(condition).map(([name, asked]): Verdict => {
      if (asked === undefined) return true
      if (name === 'AND') return every(listOf(asked).map((one) => holds(one, row)))
      if (name === 'OR') return some(listOf(asked).map((one) => holds(one, row)))
      if (name === 'NOT') return every(listOf(asked).map((one) => not(holds(one, row))))
      if (!(name in row)) throw new Error(`the rule of access asks for ${name}, which was not loaded`)
      return fits(asked, row[name])
    }),
  )
}

function fits(asked: unknown, value: unknown): Verdict {
  if (typeof asked !== 'object' || asked === null) return equal(asked, value)
  if (Array.isArray(value)) return fitsMany(asked, value)
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return holds(asked, value as object as Record<string, unknown>)
  return every(
    Object.entries(asked).map(([operator, given]): Verdict => {
      if (given === undefined) return true
      if (operator === 'equals') return equal(given, value)
      if (operator === 'not') return not(equal(given, value))
      if (operator === 'in') return value === null ? undefined : (given as unknown[]).includes(value)
      if (operator === 'notIn') return value === null ? undefined : !(given as unknown[]).includes(value)
      // A condition on a row beside this one, which is not there.
      if (value === null) return undefined
      throw new Error(`the rule of access uses ${operator}, which is not known here`)
    }),
  )
}

function fitsMany(asked: object, rows: readonly unknown[]): Verdict {
  const of = (condition: Condition) =>
    rows.map((row) => holds(condition, row as Record<string, unknown>) === true)
  return every(
    Object.entries(asked).map(([operator, given]): Verdict => {
      if (operator === 'some') return of(given).includes(true)
      if (operator === 'none') return !of(given).includes(true)
      if (operator === 'every') return !of(given).includes(false)
      if (operator === 'has') return rows.includes(given)
      throw new Error(`the rule of access uses ${operator}, which is not known here`)
    }),
  )
}

function equal(asked: unknown, value: unknown): Verdict {
  if (asked === null) return value === null
  return value === null ? undefined : asked === value
}

function listOf(asked: unknown): readonly Condition[] {
  return (Array.isArray(asked) ? asked : [asked]) as readonly Condition[]
}

function not(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict
}

function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false
  return verdicts.includes(undefined) ? undefined : true
}

function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true
  return verdicts.includes(undefined) ? undefined : false
}
