/** Which line of a list a text chooses: its number, its concept, its label, or a word of its label. */
import { type Language, languages } from '../../core/language.ts'
import type { Concepts } from './concept.ts'
import type { Understanding } from './files.ts'
import { squash } from './fold.ts'
import { makeNeighbours, type Neighbours, neighboursOf, slipKeys, slipsOf } from './fuzzy.ts'
import type { Expected } from './heard.ts'
import type { ReadNumber } from './number.ts'
import { wordings } from './phrases.ts'
import { partOf, readSaid, type Said } from './said.ts'
import type { ReadYesNo } from './yes-no.ts'

type Choices = NonNullable<Expected['choices']>
type Choice = Choices[number]

/** A line that is chosen, or one that it may be; `text` is what it looks like and, heard again, chooses it. */
export type Chosen = { readonly value: string; readonly sure: boolean; readonly text: string }

export type ReadChoice = {
  choose(said: Said, choices: Choices, language: Language): Chosen | undefined
  /** A line named inside a longer sentence; unsure when the sentence is long. */
  within(said: Said, choices: Choices, language: Language): Chosen | undefined
  /** A slip of one letter: never sure. */
  slip(said: Said, choices: Choices): Chosen | undefined
}

/** Longer sentences tell a story: what they name is asked back. */
const shortSentence = 6
const longestSentence = 12
/** Shorter words of a label choose nothing by themselves. */
const shortestWord = 4

/** What a list is known by; made when it is first heard. */
type Index = {
  readonly concepts: ReadonlyMap<string, ReadonlySet<Choice>>
  readonly labels: ReadonlyMap<string, Choice | undefined>
  /** Words that stand in the labels of one choice only, in any language. */
  readonly words: ReadonlyMap<string, Choice | undefined>
  readonly slips: Neighbours<{ readonly value: string; readonly text: string }>
}

export function makeChoices(
  understanding: Understanding,
  numbers: ReadNumber,
  concepts: Concepts,
  yesNo: ReadYesNo,
): ReadChoice {
  const makeIndex = indexer(understanding, concepts)
  const indexes = new WeakMap<Choices, Index>()
  const indexOf = (choices: Choices): Index => {
    const before = indexes.get(choices)
    if (before !== undefined) return before
    const made = makeIndex(choices)
    indexes.set(choices, made)
    return made
  }
  return {
    choose: (said, choices, language) => {
      const number = numbers.chosen(said)
      if (number !== undefined) return sure(choices[number - 1])
      const index = indexOf(choices)
      const replies = index.concepts.has('yes') || index.concepts.has('no')
      const reply = replies ? yesNo.words(said, true) : undefined
      const meant =
        (reply === undefined ? undefined : onlyOf(index.concepts.get(reply))) ??
        chosenBy(index, concepts.whole(said, language), concepts.chain) ??
        index.labels.get(said.squash)
      return meant === undefined ? numberAndLabel(numbers, index, said, choices) : sure(meant)
    },
    within: (said, choices, language) => namedWithin(indexOf(choices), concepts, said, language),
    slip: (said, choices) => slipIn(indexOf(choices), said),
  }
}

function namedWithin(index: Index, concepts: Concepts, said: Said, language: Language): Chosen | undefined {
  if (said.words.length > longestSentence) return undefined
  const named = new Set<Choice>()
  for (const word of said.folded) {
    const owner = index.words.get(word)
    if (owner !== undefined) named.add(owner)
  }
  const only =
    named.size > 0 ? onlyOf(named) : chosenBy(index, concepts.inside(said, language), concepts.chain)
  if (only === undefined) return undefined
  const short = said.words.length <= shortSentence
  return { value: only.value, sure: short, text: only.labels[language] ?? only.value }
}

function slipIn({ slips }: Index, said: Said): Chosen | undefined {
  if (said.words.length > 3) return undefined
  const found = slipsOf(slips, said)
  const near = found.length > 0 ? found : said.folded.flatMap((word) => neighboursOf(slips, word))
  const only = near[0]
  if (only === undefined || near.some(({ value }) => value !== only.value)) return undefined
  return { value: only.value, sure: false, text: only.text }
}

function indexer(understanding: Understanding, concepts: Concepts): (choices: Choices) => Index {
  const { quiet_words } = understanding
  const quiet = new Set([...quiet_words.fr, ...quiet_words.en, ...quiet_words.bm].map(squash))
  const counts = Object.entries(understanding.numbers).map(
    ([value, saying]) => [Number(value), wordings(saying)] as const,
  )
  return (choices) => {
    const byConcept = new Map<string, Set<Choice>>()
    const labels = new Map<string, Choice | undefined>()
    const words = new Map<string, Choice | undefined>()
    const slips: [string, { readonly value: string; readonly text: string }][] = []
    const claim = (index: Map<string, Choice | undefined>, key: string, choice: Choice) =>
      index.set(key, index.has(key) && index.get(key) !== choice ? undefined : choice)
    for (const [place, choice] of choices.entries()) {
      const wanted = [choice.value, ...(choice.words ?? [])]
      for (const id of wanted) byConcept.set(id, (byConcept.get(id) ?? new Set<Choice>()).add(choice))
      for (const language of languages) {
        const { squash: whole, words: written, folded } = readSaid(choice.labels[language] ?? '')
        if (whole !== '') claim(labels, whole, choice)
        for (const [at, word] of folded.entries()) {
          if (word.length < shortestWord || quiet.has(word)) continue
          claim(words, word, choice)
          const text = written[at] ?? word
          for (const key of slipKeys(text)) slips.push([key, { value: choice.value, text }])
        }
      }
      const counted = counts.find(([value]) => value === place + 1)?.[1] ?? []
      for (const text of [...concepts.wordings(wanted), ...counted])
        for (const key of slipKeys(text)) slips.push([key, { value: choice.value, text }])
    }
    return { concepts: byConcept, labels, words, slips: makeNeighbours(slips) }
  }
}

/** The only choice that one of these concepts, or what they count as, belongs to. */
function chosenBy(
  index: Index,
  ids: readonly string[],
  chain: (id: string) => readonly string[],
): Choice | undefined {
  let only: Choice | undefined
  for (const id of ids) {
    for (const one of chain(id)) {
      for (const choice of index.concepts.get(one) ?? []) {
        if (only !== undefined && only !== choice) return undefined
        only = choice
      }
    }
  }
  return only
}

/** "1 Santé": a number with the label beside it; asked back when the two disagree. */
function numberAndLabel(numbers: ReadNumber, index: Index, said: Said, choices: Choices): Chosen | undefined {
  if (said.words.length < 2 || said.words.length > 8) return undefined
  const first = numbers.chosen(partOf(said, 0, 1))
  const choice = first === undefined ? undefined : choices[first - 1]
  if (choice === undefined) return undefined
  const rest = partOf(said, 1, said.words.length)
  if (rest.words.some((word) => /\d/.test(word))) return undefined
  return { value: choice.value, sure: index.labels.get(rest.squash) === choice, text: String(first) }
}

function onlyOf(choices: ReadonlySet<Choice> | undefined): Choice | undefined {
  const [only] = choices ?? []
  return choices?.size === 1 ? only : undefined
}

function sure(choice: Choice | undefined): Chosen | undefined {
  return choice === undefined ? undefined : { value: choice.value, sure: true, text: choice.value }
}
