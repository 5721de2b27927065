/**
 * The indicators of accountability (domain notes 3.5): what was said to the programme, whether it was answered in time, and
 * whether that helped. Shares are of what is named beside them; small numbers are hidden, and whatever would give them away.
 */
import { fewest, type Shown, shownAlone, shownOf, toldRows } from './small-numbers.ts'

/** By what the figures may be split. */
export const splits = ['kind', 'region', 'sex', 'age', 'channel', 'language'] as const
export type Split = (typeof splits)[number]

const ages: readonly string[] = ['under_18', 'from_18', 'from_25', 'from_35', 'from_50']

/** Of the requests that were opened in some time; all of them may be added up. */
export type Counts = {
  readonly opened: number
  /** Had a first answer of a person. */
  readonly answered: number
  /** That answer came within its term. */
  readonly inTime: number
  /** It came late, or is due and has not come. */
  readonly late: number
  readonly closed: number
  /** Closed, and a message of staff had reached the person. */
  readonly told: number
  /** Asked whether it is solved: yes, no, and no word for a week. */
  readonly yes: number
  readonly no: number
  readonly silent: number
  readonly complaintsClosed: number
  /** Of complaints: the answer was contested. */
  readonly appealed: number
}

export type Tally = Counts & {
  readonly name: string
  /** Half of the first answers came within this. */
  readonly medianMinutes?: number
}

export type Indicators = { readonly [K in keyof Counts]: Shown } & {
  /** Whole percent; absent where there is nothing to divide, or where it would tell a hidden number. */
  readonly inTimeShare?: number
  readonly loopShare?: number
  readonly satisfied?: number
  readonly appealShare?: number
  readonly medianMinutes?: number
}

export const nothing: Counts = {
  ...{ opened: 0, answered: 0, inTime: 0, late: 0, closed: 0, told: 0, yes: 0, no: 0, silent: 0 },
  ...{ complaintsClosed: 0, appealed: 0 },
}

/** All rows together. */
export function sumOf(rows: readonly Counts[]): Counts {
  const keys = Object.keys(nothing) as (keyof Counts)[]
  const sums = keys.map((key) => [key, rows.reduce((all, row) => all + row[key], 0)])
  return Object.fromEntries(sums) as Counts
}

/** Everybody; a part of a shown number is shown only when neither it nor the rest is small. */
export function totalOf(it: Counts, medianMinutes: number | undefined): Indicators {
  const opened = shownAlone(it.opened)
  const part = (n: number, of: number, whole: Shown) => (whole === 'hidden' ? whole : shownOf(n, of))
  const closed = part(it.closed, it.opened, opened)
  const complaintsClosed = part(it.complaintsClosed, it.closed, closed)
  return withShares(
    {
      ...{ opened, closed, complaintsClosed },
      answered: part(it.answered, it.opened, opened),
      inTime: part(it.inTime, it.opened, opened),
      late: part(it.late, it.opened, opened),
      told: part(it.told, it.closed, closed),
      yes: part(it.yes, it.opened, opened),
      no: part(it.no, it.opened, opened),
      silent: part(it.silent, it.opened, opened),
      appealed: part(it.appealed, it.complaintsClosed, complaintsClosed),
    },
    medianMinutes,
  )
}

/** Rows of one table: some of the numbers that stand beside each other. */
export type Part = 'answers' | 'loop'

export type IndicatorRow = { readonly name: string; readonly it?: Indicators }

/** Row by row, the largest first; undefined for a row that would tell of too few people. Each part is a table of its own. */
export function rowsOf(tallies: readonly Tally[], part: Part): readonly IndicatorRow[] {
  const sorted = [...tallies].sort((one, other) => other.opened - one.opened)
  const told = toldRows(sorted.map((one) => cellsOf(one, part)))
  return sorted.map((tally, index) => {
    const { name, medianMinutes, ...counts } = tally
    return told[index] ? { name, it: withShares(counts, medianMinutes) } : { name }
  })
}

/** Ages from the youngest up, whoever's is not known last; any other split as it comes. */
export function inOrder(rows: readonly IndicatorRow[], by: Split): readonly IndicatorRow[] {
  if (by !== 'age') return rows
  const rank = ({ name }: IndicatorRow) => (ages.includes(name) ? ages.indexOf(name) : ages.length)
  return [...rows].sort((one, other) => rank(one) - rank(other))
}

/** Numbers of which each one that the part shows is one, or a sum of some. */
function cellsOf(it: Counts, part: Part): readonly number[] {
  const { opened, answered, inTime, late, closed, told, yes, no, silent, complaintsClosed, appealed } = it
  if (part === 'answers') {
    return [...[answered, opened - answered], ...[inTime, late], ...[closed, opened - closed]]
  }
  return [...[told, closed - told], ...[yes, no, silent], ...[appealed, complaintsClosed - appealed]]
}

function withShares(
  counts: { readonly [K in keyof Counts]: Shown },
  medianMinutes: number | undefined,
): Indicators {
  const { inTime, late, told, closed, yes, no, appealed, complaintsClosed, answered } = counts
  const shares = {
    inTimeShare: shareOf(inTime, plus(inTime, late)),
    loopShare: shareOf(told, closed),
    satisfied: shareOf(yes, plus(yes, no)),
    appealShare: shareOf(appealed, complaintsClosed),
    medianMinutes: answered !== 'hidden' && answered >= fewest ? medianMinutes : undefined,
  }
  return { ...counts, ...Object.fromEntries(Object.entries(shares).filter(([, n]) => n !== undefined)) }
}

function plus(one: Shown, other: Shown): Shown {
  return one === 'hidden' || other === 'hidden' ? 'hidden' : one + other
}

/** Whole percent; undefined where there is nothing to divide by, or where it would tell a number that is hidden. */
export function shareOf(part: Shown, whole: Shown): number | undefined {
  if (part === 'hidden' || whole === 'hidden' || whole === 0) return undefined
  return Math.round((100 * part) / whole)
}

export type Period = { readonly from: Date; readonly until: Date }

/** The quarter in which a moment lies, or one before; Bamako keeps UTC all year. */
export function quarterOf(at: Date, ago = 0): Period {
  const first = Math.floor(at.getUTCMonth() / 3) * 3 - 3 * ago
  const begin = (month: number) => new Date(Date.UTC(at.getUTCFullYear(), month, 1))
  return { from: begin(first), until: begin(first + 3) }
}

/** The month in which a moment lies, or one before. */
export function monthOf(at: Date, ago = 0): Period {
  const begin = (month: number) => new Date(Date.UTC(at.getUTCFullYear(), month, 1))
  return { from: begin(at.getUTCMonth() - ago), until: begin(at.getUTCMonth() - ago + 1) }
}
