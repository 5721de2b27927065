/**
 * What several people say alike within some days. Pure: sayings come as folded words; nothing is answered because of it,
 * staff look at what stands together.
 */

export type Saying = {
  readonly id: string
  /** Who said it: one person who repeats it is no rumour. */
  readonly teller: string
  readonly at: Date
  /** Its words, folded; each counts once. */
  readonly words: readonly string[]
}

export type Cluster = {
  /** The newest first. */
  readonly sayings: readonly Saying[]
  readonly tellers: number
  /** Words that most of them share, the most shared first: what it is about. */
  readonly shared: readonly string[]
}

/** So many different people make a rumour. */
export const fewestTellers = 3
/** How much of the weight of the lighter saying must be shared. */
const leastShared = 0.25
/** Shorter words join sentences and mean nothing alone; numbers always mean something. */
const shortestWord = 4
const wordsShown = 5

/**
 * The groups among these sayings, the one with the most tellers first. Two sayings belong together when they share most of
 * what is rare in one of them: a word that everybody uses weighs little, whatever the language.
 */
export function clustersOf(all: readonly Saying[]): readonly Cluster[] {
  const sayings = all.map((one) => ({ ...one, words: [...new Set(one.words.filter(carries))] }))
  const weigh = weightsOf(sayings)
  const groups: (typeof sayings)[] = []
  for (const saying of sayings) {
    const near = groups.filter((group) => group.some((other) => areAlike(saying.words, other.words, weigh)))
    const [into] = near
    if (!into) {
      groups.push([saying])
      continue
    }
    // It ties groups together that were apart.
    into.push(saying, ...near.slice(1).flat())
    for (const gone of near.slice(1)) groups.splice(groups.indexOf(gone), 1)
  }
  return groups
    .map(clusterOf)
    .filter(({ tellers }) => tellers >= fewestTellers)
    .sort((one, other) => other.tellers - one.tellers || newest(other) - newest(one))
}

function carries(word: string): boolean {
  return word.length >= shortestWord || isNumber(word)
}

function isNumber(word: string): boolean {
  return /\d/.test(word)
}

/** The rarer a word among all sayings, the more it weighs. */
function weightsOf(sayings: readonly Saying[]): (word: string) => number {
  const uses = new Map<string, number>()
  for (const { words } of sayings) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1)
  return (word) => Math.log(1 + sayings.length / (uses.get(word) ?? 1))
}

function areAlike(
  one: readonly string[],
  other: readonly string[],
  weigh: (word: string) => number,
): boolean {
  const shared = one.filter((word) => other.includes(word))
  const [shorter = 0, longer = 0] = [one.length, other.length].sort((a, b) => a - b)
  // A few words in common say little, unless a number is among them or there are hardly any others.
  const enough = shared.some(isNumber) ? 2 : 3
  const nearlyAll = shorter > 1 ? shared.length * 3 >= shorter * 2 : shared.length === longer
  if (shared.length === 0 || (shared.length < enough && !nearlyAll)) return false
  const weight = (words: readonly string[]) => words.reduce((sum, word) => sum + weigh(word), 0)
  return weight(shared) >= leastShared * Math.min(weight(one), weight(other))
}

function clusterOf(group: readonly Saying[]): Cluster {
  const uses = new Map<string, number>()
  for (const { words } of group) for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1)
  const shared = [...uses].filter(([, n]) => n * 2 > group.length).sort(([, one], [, other]) => other - one)
  return {
    sayings: [...group].sort((one, other) => other.at.getTime() - one.at.getTime()),
    tellers: new Set(group.map(({ teller }) => teller)).size,
    shared: shared.slice(0, wordsShown).map(([word]) => word),
  }
}

function newest({ sayings }: Cluster): number {
  return sayings[0]?.at.getTime() ?? 0
}
