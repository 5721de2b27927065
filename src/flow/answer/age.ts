/** An age: "15", "15 ans", "n si bɛ san 15 na", a year of birth. */
import type { Understanding } from './files.ts'
import type { ReadNumber } from './number.ts'
import { makePhrases, phraseAt, wordings } from './phrases.ts'
import { partOf, type Said } from './said.ts'

const youngest = 5
const oldest = 110

/** Whole years from 5 to 110; undefined for everything else. */
export type ReadAge = (said: Said, now: Date) => number | undefined

export function makeAge(understanding: Understanding, numbers: ReadNumber): ReadAge {
  const around = makePhrases([[true, wordings(understanding.age.around)]])
  return (said, now) => {
    const value = numbers.whole(said) ?? numbers.whole(within(said)) ?? glued(said.tight)
    if (value === undefined) return undefined
    const thisYear = now.getUTCFullYear()
    const age = value > thisYear - oldest && value <= thisYear - youngest ? thisYear - value : value
    return age >= youngest && age <= oldest ? age : undefined
  }

  /** What is left between the words that stand round an age. */
  function within(said: Said): Said {
    let from = 0
    for (let found = phraseAt(around, said.folded, 0); found !== undefined; ) {
      from = found.to
      found = phraseAt(around, said.folded, from)
    }
    let to = said.words.length
    for (let at = to - 1; at > from; at--) {
      const tail = said.folded.slice(at, to)
      if (phraseAt(around, tail, 0)?.to === tail.length) to = at
    }
    return partOf(said, from, to)
  }
}

/** "15ans", "20yo". */
function glued(word: string): number | undefined {
  const match = /^(\d{1,3})(?:ans|an|years|yo)$/.exec(word)
  return match === null ? undefined : Number(match[1])
}
