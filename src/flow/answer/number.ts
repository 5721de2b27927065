/** Numbers as people give them: digits of any script, "1.", "option 2", "n°3", words of three languages. */
import type { Understanding } from './files.ts'
import { squash } from './fold.ts'
import { keyOf, makePhrases, type Phrases, phraseAt, wordings } from './phrases.ts'
import { partOf, type Said } from './said.ts'

export type ReadNumber = {
  /** The number that the whole message is; whole numbers from 0 to 999,999,999. */
  whole(said: Said): number | undefined
  /** The number of a choice: "2", "option 2", "n°2", "2e", "le deuxième", "fila". */
  chosen(said: Said): number | undefined
  /** The only number in a sentence; undefined when there are none or several. */
  only(said: Said): number | undefined
}

/** Nine hundred ninety-nine thousand and so on takes about as many; a longer text is none. */
const longestInWords = 10

/** What one word adds to a number: its value, or the part it plays. Bambara counts tens and more by what follows. */
type Part = number | 'and' | 'tens' | 'hundreds' | 'thousands'

export function makeNumbers(understanding: Understanding): ReadNumber {
  const parts = partsOf(understanding)
  const together = makePhrases(
    Object.entries(understanding.numbers).map(
      ([value, saying]) => [Number(value), wordings(saying)] as const,
    ),
  )
  const ordinal = ordinalsOf(understanding)
  const lead = makePhrases([['lead', wordings(understanding.choosing)] as const])
  const whole = (said: Said): number | undefined => {
    if (said.words.length > longestInWords) return undefined
    const digits = digitsOf(said.words)
    if (digits !== undefined) return digits
    return together.known.get(keyOf(said.folded)) ?? sum(said.folded.map((word) => parts.get(word)))
  }
  return {
    whole,
    chosen: (said) => {
      const number = whole(said) ?? numbered(said.tight)
      if (number !== undefined) return number
      const rest = withoutLead(said, lead)
      return (rest === said ? undefined : whole(rest)) ?? numbered(rest.tight) ?? ordinal(rest)
    },
    only: (said) => {
      const found = numbersIn(said, parts, whole)
      return found.length === 1 ? found[0] : undefined
    },
  }
}

/** "je veux le 2" without what only says that something is chosen. */
function withoutLead(said: Said, lead: Phrases<'lead'>): Said {
  let rest = said
  for (let found = phraseAt(lead, rest.folded, 0); found; found = phraseAt(lead, rest.folded, 0)) {
    rest = partOf(rest, found.to, rest.words.length)
  }
  return rest
}

/** "deuxième", "the second one", "le 2e choix": an ordinal, alone or before what it counts. Only "two choices" counts them. */
function ordinalsOf({ ordinals, choosing_after }: Understanding): (said: Said) => number | undefined {
  const { fr, en, bm, typed } = ordinals
  const known = new Map(
    [fr, en, bm, typed].flatMap((all) =>
      all.flatMap((names, place) => names.map((name) => [squash(name), place + 1] as const)),
    ),
  )
  const after = makePhrases([[true, wordings(choosing_after)]])
  const placed = (said: Said) =>
    known.get(said.squash) ?? (/^\d+$/.test(said.tight) ? undefined : numbered(said.tight))
  return (said) => {
    const alone = known.get(said.squash)
    if (alone !== undefined) return alone
    const at = said.folded.findIndex(
      (_, from) => phraseAt(after, said.folded, from)?.to === said.words.length,
    )
    return at > 0 ? placed(partOf(said, 0, at)) : undefined
  }
}

/** Every number in a sentence, each as long as it can be. */
function numbersIn(
  said: Said,
  parts: ReadonlyMap<string, Part>,
  whole: (said: Said) => number | undefined,
): readonly number[] {
  const found: number[] = []
  for (let from = 0; from < said.words.length; from++) {
    if (!starts(said, from, parts)) continue
    let best: { value: number; to: number } | undefined
    for (let to = from + 1; to <= said.words.length; to++) {
      const value = whole(partOf(said, from, to))
      if (value !== undefined) best = { value, to }
    }
    if (best === undefined) continue
    found.push(best.value)
    from = best.to - 1
  }
  return found
}

/** "n3", "2e", "1er", "3em", "2nd", "3nan": a number with what marks it as a choice. */
function numbered(word: string): number | undefined {
  const match = /^n?(\d{1,2})(?:er|ere|re|e|em|eme|emme|iem|ieme|de|st|nd|rd|th|nan)?$/.exec(word)
  return match === null ? undefined : Number(match[1])
}

/** Digits in one word, or in groups of three. */
function digitsOf(words: readonly string[]): number | undefined {
  const first = words[0] ?? ''
  if (!/^\d{1,9}$/.test(first)) return undefined
  if (words.length === 1) return Number(first)
  const grouped =
    first.length <= 3 && words.length <= 3 && words.slice(1).every((word) => /^\d{3}$/.test(word))
  return grouped ? Number(words.join('')) : undefined
}

function starts(said: Said, at: number, parts: ReadonlyMap<string, Part>): boolean {
  const part = parts.get(said.folded[at] ?? '')
  return part === undefined ? /^\d/.test(said.words[at] ?? '') : part !== 'and'
}

function partsOf({ numbers }: Understanding): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>([
    ['et', 'and'],
    ['and', 'and'],
    ['ni', 'and'],
    ['bi', 'tens'],
    ['keme', 'hundreds'],
    ['wa', 'thousands'],
    ['ba', 'thousands'],
  ])
  for (const [value, saying] of Object.entries(numbers)) {
    for (const wording of wordings(saying)) {
      const word = squash(wording)
      // Of "tan ni kelen" and "dix-sept" the words stand in the list by themselves.
      if (!/[ '-]/.test(wording) && !parts.has(word)) parts.set(word, Number(value))
    }
  }
  return parts
}

const worth = { tens: 10, hundreds: 100, thousands: 1000 } as const

/**
 * The value of number words in order, or undefined where no grammar puts them so. French and English multiply before
 * (quatre-vingts, two hundred), Bambara after (bi saba, kɛmɛ fila, waa kelen).
 */
function sum(parts: readonly (Part | undefined)[]): number | undefined {
  let thousands = 0
  let below = 0
  let last: Part | undefined
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]
    const next = parts[at + 1]
    if (part === undefined) return undefined
    if (part === 'and') {
      if (last === undefined || next === undefined || last === 'and') return undefined
    } else if (typeof part === 'string') {
      const count = typeof next === 'number' && next >= 1 && next <= 9 ? next : undefined
      if (count !== undefined) at++
      else if (part !== 'hundreds') return undefined
      below += (count ?? 1) * worth[part]
    } else if (part === 1000) {
      if (thousands > 0) return undefined
      thousands = Math.max(below, 1) * 1000
      below = 0
    } else {
      const grown = part === 100 ? hundredfold(below) : add(below, part, last)
      if (grown === undefined) return undefined
      below = grown
    }
    last = part
  }
  return last === undefined ? undefined : thousands + below
}

function hundredfold(below: number): number | undefined {
  return below > 9 ? undefined : Math.max(below, 1) * 100
}

function add(below: number, part: number, last: Part | undefined): number | undefined {
  const rest = below % 100
  if (part === 20 && rest === 4 && last === 4) return below + 76
  if (rest === 0) return last === 0 ? undefined : below + part
  // vingt-deux, tan ni fila; of the words after ten only dix-sept, dix-huit, dix-neuf go without "ni".
  if (part < 10)
    return rest % 10 === 0 && (rest > 10 || last === 'and' || part > 6) ? below + part : undefined
  // soixante-quinze, quatre-vingt-dix
  return part < 20 && (rest === 60 || rest === 80) ? below + part : undefined
}
