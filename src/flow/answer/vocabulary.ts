/** The words people use, folded and indexed once at start. */
import type { Danger } from '../../core/danger.ts'
import type { Language } from '../../core/language.ts'
import type { Place } from '../../core/place.ts'
import { makeAge } from './age.ts'
import { type AboutAppointment, makeAppointments } from './appointment.ts'
import { makeChoices } from './choice.ts'
import { allConcepts, makeConcepts } from './concept.ts'
import { makeCourtesy } from './courtesy.ts'
import { makeDanger } from './danger.ts'
import { makeDates } from './date.ts'
import type { Ears } from './ears.ts'
import { readDanger, readPlaces, readUnderstanding, type Understanding } from './files.ts'
import { makeNeighbours, slipKeys } from './fuzzy.ts'
import { hear } from './hear.ts'
import type { Expected, Heard } from './heard.ts'
import { makeLanguageGuess } from './language.ts'
import { makeNumbers } from './number.ts'
import { makePhrases, onlyPhrases, wordings } from './phrases.ts'
import { makePlaces } from './place.ts'
import { readSaid, type Said } from './said.ts'
import { type Script, scriptOf } from './script.ts'
import { makeUniversals } from './universal.ts'
import { makeYesNo, onlySign } from './yes-no.ts'

/** What understanding a text needs; pure and shared by all turns. */
export type Vocabulary = {
  /** Reads a text against an open question, or against nothing when none is open. Order: domain notes 6.3. */
  hear(text: string, expected: Expected | undefined, language: Language, now: Date): Heard
  /** The gravest danger phrase in a text, if any; whole words, exact after folding. "au secours" alone is one, too. */
  danger(text: string): Danger | undefined
  /** How old a child says in a text that they are; undefined where none does. */
  yearsSaid(text: string): number | undefined
  /** The language a text seems to be in; `other` for another script or none of the three, undefined when unsure. */
  guessLanguage(text: string): Language | 'other' | undefined
  /** ISO 15924 code of the script. */
  script(text: string): Script
  /** What a text says of a time that was proposed or agreed; undefined when it says nothing of that. */
  appointment(text: string): AboutAppointment | undefined
  /** The region and cercle that a text names, old names and misspellings included. */
  place(text: string): Place | undefined
}

/**
 * Reads the three files of words and indexes them; takes some milliseconds, once. Fails with a plain Error that says
 * what is wrong in which file; afterwards nothing fails, whatever a person writes.
 */
export function makeVocabulary(files: {
  readonly understanding: unknown
  readonly danger: unknown
  readonly places: unknown
}): Vocabulary {
  const understanding = readUnderstanding(files.understanding)
  const ears = makeEars(understanding, makePlaces(readPlaces(files.places)))
  const danger = makeDanger(readDanger(files.danger), ears.numbers)
  const guess = makeLanguageGuess(understanding)
  const appointments = makeAppointments(understanding)
  const read = remembering(readSaid)
  return {
    hear: (text, expected, language, now) => hear(ears, read(text), expected, language, now),
    danger: (text) => danger(text, read(text)),
    yearsSaid: (text) => danger.years(text, read(text)),
    guessLanguage: (text) => guess(text, read(text)),
    script: scriptOf,
    appointment: (text) => appointments(read(text)),
    place: (text) => ears.place(read(text))?.place,
  }
}

/** Everything that the `words` of a choice may name; for the inspection of flows. */
export function conceptNames(understanding: unknown): ReadonlySet<string> {
  return new Set(Object.keys(allConcepts(readUnderstanding(understanding))))
}

function makeEars(understanding: Understanding, place: Ears['place']): Ears {
  const numbers = makeNumbers(understanding)
  const yesNo = makeYesNo(understanding)
  const concepts = makeConcepts(understanding)
  const skips = makePhrases([[true, wordings(understanding.replies.skip)]])
  const ofMenu = Object.entries(understanding.concepts).filter(
    ([, { group }]) => group === 'menu' || group === 'need',
  )
  return {
    universal: makeUniversals(understanding),
    courtesy: makeCourtesy(understanding),
    numbers,
    yesNo,
    thanksBySign: (raw) => understanding.courtesy.thanks.signs.includes(onlySign(raw) ?? ''),
    concepts,
    choices: makeChoices(understanding, numbers, concepts, yesNo),
    dates: makeDates(understanding, numbers),
    age: makeAge(understanding, numbers),
    place,
    skips: (said) => said.words.length > 0 && onlyPhrases(skips, said.folded, 0) !== undefined,
    slips: makeNeighbours(
      ofMenu.flatMap(([id, concept]) =>
        wordings(concept).flatMap((text) =>
          slipKeys(text).map((key) => [key, { concept: concept.means ?? id, text }] as const),
        ),
      ),
    ),
  }
}

/** One message is asked about several times in its turn: the last reading is kept, and no more than that. */
function remembering(read: (text: string) => Said): (text: string) => Said {
  let last: { readonly text: string; readonly said: Said } | undefined
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, said: read(text) }
    return last.said
  }
}
