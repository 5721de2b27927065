/** Which line of a list a text chooses: its number, its concept, its label, or a word of its label. */
import { type Language, languages } from '../../core/language.ts'
import type { Concepts } from './concept.ts'
import type { Understanding } from './files.ts'
import { plain, squash } from './fold.ts'
import { isSlip } from './fuzzy.ts'
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
  slip(said: Said, choices: Choices, language: Language): Chosen | undefined
}

/** Longer sentences tell a story: what they name is asked back. */
const shortSentence = 6
const longestSentence = 12

export function makeChoices(
  understanding: Understanding,
  numbers: ReadNumber,
  concepts: Concepts,
  yesNo: ReadYesNo,
): ReadChoice {
  const { quiet_words } = understanding
  const quiet = new Set([...quiet_words.fr, ...quiet_words.en, ...quiet_words.bm].map(squash))
  const countWords = Object.entries(understanding.numbers).flatMap(([value, saying]) =>
    wordings(saying).map((word) => ({ key: squash(word), text: word, number: Number(value) })),
  )
  // Labels come from the locale files: a few hundred, read once each.
  const labels = new Map<string, Said>()
  const label = (text: string): Said => {
    const known = labels.get(text)
    if (known !== undefined) return known
    const read = readSaid(text)
    labels.set(text, read)
    return read
  }
  const wordsOfConcepts = new Map<string, readonly { readonly key: string; readonly text: string }[]>()
  const conceptWords = (choice: Choice) => {
    const wanted = wantedBy(choice)
    const cached = wordsOfConcepts.get(wanted.join())
    if (cached !== undefined) return cached
    const found = concepts.wordings(wanted).map((text) => ({ key: squash(text), text }))
    wordsOfConcepts.set(wanted.join(), found)
    return found
  }

  const byConcept = (ids: readonly string[], choices: Choices) =>
    choices.filter((choice) =>
      ids.some((id) => concepts.chain(id).some((one) => wantedBy(choice).includes(one))),
    )

  /** The words that stand in one label only, in any language. */
  const ownWords = (choices: Choices): ReadonlyMap<string, Choice | undefined> => {
    const owners = new Map<string, Choice | undefined>()
    for (const choice of choices) {
      for (const language of languages) {
        for (const word of label(choice.labels[language] ?? '').folded) {
          if (word.length < 4 || quiet.has(word)) continue
          owners.set(word, owners.has(word) && owners.get(word) !== choice ? undefined : choice)
        }
      }
    }
    return owners
  }

  return {
    choose: (said, choices, language) => {
      const number = numbers.chosen(said)
      if (number !== undefined) return sure(choices[number - 1], said)
      const reply = yesNo.words(said, true)
      const replied =
        reply === undefined ? undefined : choices.find((choice) => wantedBy(choice).includes(reply))
      if (replied !== undefined) return sure(replied, said)
      const meant = byConcept(concepts.whole(said, language), choices)
      if (meant.length === 1) return sure(meant[0], said)
      const named = choices.filter((choice) =>
        languages.some((each) => label(choice.labels[each] ?? '').squash === said.squash),
      )
      return named.length === 1 ? sure(named[0], said) : numberAndLabel(said, choices)
    },
    within: (said, choices, language) => {
      if (said.words.length > longestSentence) return undefined
      const owners = ownWords(choices)
      const named = new Set(said.folded.flatMap((word) => owners.get(word) ?? []))
      const meant = named.size > 0 ? [...named] : byConcept(concepts.inside(said, language), choices)
      const only = meant.length === 1 ? meant[0] : undefined
      if (only === undefined) return undefined
      const short = said.words.length <= shortSentence
      return { value: only.value, sure: short, text: only.labels[language] ?? only.value }
    },
    slip: (said, choices, language) => {
      if (said.words.length > 3) return undefined
      const tried = said.words.length === 1 ? [said.squash] : [said.squash, ...said.folded]
      const found = new Map<string, string>()
      for (const [word, choice] of ownWords(choices)) {
        if (choice !== undefined && tried.some((one) => isSlip(one, word))) {
          found.set(choice.value, choice.labels[language] ?? word)
        }
      }
      for (const choice of choices) {
        for (const { key, text } of conceptWords(choice)) {
          if (!found.has(choice.value) && isSlip(said.squash, key)) found.set(choice.value, text)
        }
      }
      for (const { key, text, number } of countWords) {
        const choice = choices[number - 1]
        if (choice !== undefined && !found.has(choice.value) && isSlip(said.squash, key))
          found.set(choice.value, text)
      }
      const [only] = found
      return found.size === 1 && only !== undefined
        ? { value: only[0], sure: false, text: only[1] }
        : undefined
    },
  }

  /** "1 Santé": a number with the label beside it; asked back when the two disagree. */
  function numberAndLabel(said: Said, choices: Choices): Chosen | undefined {
    if (said.words.length < 2 || said.words.length > 8) return undefined
    const first = numbers.chosen(partOf(said, 0, 1))
    const choice = first === undefined ? undefined : choices[first - 1]
    if (choice === undefined) return undefined
    const rest = partOf(said, 1, said.words.length)
    if (numbers.only(rest) !== undefined) return undefined
    const agrees = languages.some((each) => label(choice.labels[each] ?? '').squash === rest.squash)
    return { value: choice.value, sure: agrees, text: String(first) }
  }
}

function wantedBy(choice: Choice): readonly string[] {
  return [choice.value, ...(choice.words ?? [])]
}

function sure(choice: Choice | undefined, said: Said): Chosen | undefined {
  return choice === undefined ? undefined : { value: choice.value, sure: true, text: plain(said.raw) }
}
