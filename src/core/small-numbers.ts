/**
 * Numbers under five tell too much of too few people: whoever knows the village knows who it was. They are hidden, and so
 * is whatever would give them away: where a total stands beside its parts, no hidden part, nor the sum of the hidden ones,
 * can be reckoned from what is shown.
 */

/** From so many on a number may be shown. Nobody at all is no secret. */
export const fewest = 5

/** A number that may be shown, or one that stays hidden. */
export type Shown = number | 'hidden'

export function isSmall(n: number): boolean {
  return n > 0 && n < fewest
}

/** A number that stands by itself. */
export function shownAlone(n: number): Shown {
  return isSmall(n) ? 'hidden' : n
}

/** How many of a whole that is shown too: whoever knows these knows the others. */
export function shownOf(n: number, whole: number): Shown {
  return isSmall(n) || isSmall(whole - n) ? 'hidden' : n
}

/** A whole and its parts. */
export function shownParts(parts: readonly number[]): {
  readonly whole: Shown
  readonly parts: readonly Shown[]
} {
  const told = toldRows(parts.map((part) => [part]))
  const counted = parts.filter((part) => part > 0)
  // Where each part is known to be somebody, a whole of ones would say so.
  const allOnes = counted.length > 1 && counted.every((part) => part === 1)
  return {
    whole: allOnes ? 'hidden' : shownAlone(sum(parts)),
    parts: parts.map((part, index) => (told[index] ? part : 'hidden')),
  }
}

/**
 * Which rows of a table may be shown under its totals. A row is shown whole or not at all, since its numbers give each
 * other away; the columns are such that each number shown of a row is one of them, or a sum of some.
 *
 * Hidden are the rows with a small number, and as many of the smallest others as it takes until in no column the hidden
 * rows come to few, nor have all the same few. Then two hidden rows could change places and nothing would look different,
 * even to whoever knows this rule. Rows of one size are hidden together: which of them it was would say something.
 */
export function toldRows(rows: readonly (readonly number[])[]): readonly boolean[] {
  const counted = rows.map((row, index) => ({ row, index, size: sum(row) })).filter(({ size }) => size > 0)
  let hidden = counted.filter(({ row }) => row.some(isSmall))
  let shown = counted.filter(({ row }) => !row.some(isSmall))
  const totals = columnsOf(rows)
  while (
    shown.length > 0 &&
    givesAway(
      hidden.map(({ row }) => row),
      totals,
    )
  ) {
    const least = Math.min(...shown.map(({ size }) => size))
    hidden = [...hidden, ...shown.filter(({ size }) => size === least)]
    shown = shown.filter(({ size }) => size > least)
  }
  const silent = new Set(hidden.map(({ index }) => index))
  return rows.map((_, index) => !silent.has(index))
}

/** Whether the totals, less what is shown, tell a small number of these rows. */
function givesAway(hidden: readonly (readonly number[])[], totals: readonly number[]): boolean {
  if (hidden.length < 2) return hidden.length === 1
  const rest = columnsOf(hidden)
  return totals.some((total, column) => {
    const numbers = hidden.map((row) => row[column] ?? 0)
    const [first = 0] = numbers
    if (isSmall(first) && numbers.every((n) => n === first)) return true
    // A total that is small is not shown, and tells nothing.
    return isSmall(rest[column] ?? 0) && !isSmall(total)
  })
}

function columnsOf(rows: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = rows
  return first.map((_, column) => sum(rows.map((row) => row[column] ?? 0)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0)
}
