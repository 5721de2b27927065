/** A case number as the programme writes it: 1 to 32 letters, digits, slashes and hyphens, upper case. */

const shape = /^[A-Z0-9/-]{1,32}$/

/**
 * The case number a text is, or the only word in it that could be one; undefined without a digit, since a word alone
 * ("aucun") is never a number.
 */
export function readCaseNumber(text: string): string | undefined {
  const upper = text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/[‐-―−]/g, '-')
  const joined = upper.replace(/\s*([/-])\s*/g, '$1')
  if (isOne(joined)) return joined
  const candidates = joined.split(/[\s,;:.!?()«»"']+/).filter(isOne)
  return candidates.length === 1 ? candidates[0] : undefined
}

function isOne(word: string): boolean {
  return shape.test(word) && /\d/.test(word)
}
