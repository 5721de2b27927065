/**
 * What a text means to the open question. The order is that of domain notes 6.3: control words, digits and number words,
 * yes and no, words of concepts and labels, then one-letter slips, which are asked back; else nothing, and a person reads.
 */
import type { Language } from '../../core/language.ts'
import type { Answer } from '../session.ts'
import type { ReadAge } from './age.ts'
import { readCaseNumber } from './case-number.ts'
import type { Chosen, ReadChoice } from './choice.ts'
import type { Concepts } from './concept.ts'
import type { Polite, ReadCourtesy } from './courtesy.ts'
import type { ReadDate } from './date.ts'
import { type Neighbours, slipsOf } from './fuzzy.ts'
import type { Expected, Heard, Universal } from './heard.ts'
import type { ReadNumber } from './number.ts'
import { readPhone } from './phone.ts'
import type { ReadPlace } from './place.ts'
import { partOf, type Said } from './said.ts'
import type { ReadUniversal } from './universal.ts'
import type { ReadYesNo } from './yes-no.ts'

export type Ears = {
  readonly universal: ReadUniversal
  readonly courtesy: ReadCourtesy
  readonly numbers: ReadNumber
  readonly yesNo: ReadYesNo
  readonly concepts: Concepts
  readonly choices: ReadChoice
  readonly dates: ReadDate
  readonly age: ReadAge
  readonly place: ReadPlace
  /** Words of "pass" and "I do not know". */
  readonly skips: (said: Said) => boolean
  /** Words of the menu and of needs, for slips outside every question. */
  readonly slips: Neighbours<{ readonly concept: string; readonly text: string }>
}

/** One hearing: the message, the message without its courtesy, and what is expected. */
type Hearing = Polite & { readonly said: Said; readonly language: Language; readonly now: Date }

type Choices = NonNullable<Expected['choices']>

const nothing: Heard = { is: 'nothing' }
/** In a list this long "segin" may be the number 8 as well as "back". */
const longList = 8
/** A sentence longer than this tells a story; a person reads it. */
const longestMeaning = 8
/** "mon numéro de téléphone est le +223 76 12 34 56" has twelve words; a longer text is a story. */
const longestFigures = 16
/** A village has a short name; a longer text is something else. */
const longestPlace = 5

export function hear(
  ears: Ears,
  said: Said,
  expected: Expected | undefined,
  language: Language,
  now: Date,
): Heard {
  const { core, greeting, thanks, eitherWay } = ears.courtesy(said)
  const hearing: Hearing = { said, core, greeting, thanks, eitherWay, language, now }
  if (expected === undefined) return outside(ears, hearing, undefined)
  switch (expected.ask) {
    case 'choice':
    case 'yes_no':
      return hearChoice(ears, hearing, expected)
    case 'number':
    case 'date':
    case 'age':
    case 'phone':
    case 'case_number':
      return hearFigures(ears, hearing, expected)
    case 'place':
      return hearPlace(ears, hearing, expected)
    case 'text':
    case 'name':
    case 'voice':
      return hearFree(ears, hearing, expected)
  }
}

function hearChoice(ears: Ears, hearing: Hearing, expected: Expected): Heard {
  const { core, language } = hearing
  const choices = expected.choices ?? []
  const control = controlWord(ears, core)
  if (control === 'back' && choices.length >= longList && ears.numbers.whole(core) === longList) {
    const eighth = choices[longList - 1]
    if (eighth !== undefined)
      return { is: 'doubt', value: eighth.value, text: eighth.labels[language] ?? '8' }
  }
  if (control !== undefined) {
    // A choice that names the control word means it for this list.
    const named = choices.find(({ words }) => words?.includes(control))
    return named === undefined ? universal(control) : { is: 'answer', answer: code(named.value) }
  }
  const chosen = chooseIn(ears, hearing, choices)
  if (chosen !== undefined) return taken(chosen)
  if (expected.ask === 'yes_no' || holdsYesNo(expected)) {
    const reply = hearYesNo(ears, hearing, expected)
    if (reply !== undefined) return { is: 'answer', answer: code(reply) }
  }
  if (skipped(ears, hearing, expected)) return { is: 'answer', answer: { is: 'nothing' } }
  if (core.words.length === 0) return courtesy(hearing, expected)
  const yesNoOnly = expected.ask === 'yes_no' && choices.length === 0
  const within = yesNoOnly || expected.strict ? undefined : ears.choices.within(core, choices, language)
  if (within !== undefined) return taken(within)
  const other = outside(ears, hearing, expected)
  if (other.is !== 'nothing') return other
  const slip = expected.strict ? undefined : ears.choices.slip(core, choices)
  return slip === undefined ? nothing : taken(slip)
}

/** As it was said, for courtesy may be a choice ("ça va"); else without the courtesy ("2 svp"). */
function chooseIn(ears: Ears, { said, core, language }: Hearing, choices: Choices): Chosen | undefined {
  const whole = ears.choices.choose(said, choices, language)
  if (whole?.sure === true || core === said || core.words.length === 0) return whole
  return ears.choices.choose(core, choices, language) ?? whole
}

function hearYesNo(ears: Ears, { said, core }: Hearing, expected: Expected): 'yes' | 'no' | undefined {
  if (said.words.length === 0) return expected.strict ? undefined : ears.yesNo.signs(said.raw)
  const own = expected.choices === undefined ? ears.numbers.chosen(core) : undefined
  if (own === 1 || own === 2) return own === 1 ? 'yes' : 'no'
  return (
    ears.yesNo.words(said, expected.strict) ??
    ears.yesNo.words(core, expected.strict) ??
    numberedYesNo(ears, core)
  )
}

/** "1 oui", "2. non": the number and the word say the same. */
function numberedYesNo(ears: Ears, core: Said): 'yes' | 'no' | undefined {
  const number = core.words[0] === '1' ? 'yes' : core.words[0] === '2' ? 'no' : undefined
  if (number === undefined || core.words.length < 2) return undefined
  const rest = partOf(core, 1, core.words.length)
  return ears.yesNo.words(rest, true) === number ? number : undefined
}

function hearFigures(ears: Ears, hearing: Hearing, expected: Expected): Heard {
  const { core, said } = hearing
  // 00 leaves whatever is asked; otherwise digits are answers here, so they are tried before 0 and "segin".
  if (core.tight === '00') return universal('leave')
  const answer = figures(ears, hearing, expected)
  if (answer !== undefined) return { is: 'answer', answer }
  const control = controlWord(ears, core)
  if (control !== undefined) return universal(control)
  if (skipped(ears, hearing, expected)) return { is: 'answer', answer: { is: 'nothing' } }
  return said.words.length === 0 ? nothing : outside(ears, hearing, expected)
}

function figures(ears: Ears, { said, core, now }: Hearing, { ask }: Expected): Answer | undefined {
  if (core.words.length > longestFigures) return undefined
  switch (ask) {
    case 'number': {
      const value = ears.numbers.whole(core) ?? ears.numbers.only(core)
      return value === undefined ? undefined : { is: 'number', value }
    }
    case 'age': {
      const value = ears.age(core, now)
      return value === undefined ? undefined : { is: 'number', value }
    }
    case 'date': {
      const value = ears.dates(core, now)
      return value === undefined ? undefined : { is: 'date', value }
    }
    case 'phone': {
      const value = readPhone(said.raw)
      return value === undefined ? undefined : { is: 'phone', value }
    }
    default: {
      const value = readCaseNumber(said.raw)
      return value === undefined ? undefined : { is: 'text', value }
    }
  }
}

/** Villages are not on the list: a short text that is nothing else is kept as it was said. */
function hearPlace(ears: Ears, hearing: Hearing, expected: Expected): Heard {
  const { core, said } = hearing
  const control = controlWord(ears, core)
  if (control !== undefined) return universal(control)
  const found = ears.place(core)
  if (found !== undefined) {
    const { place, sure, name } = found
    if (!sure) return { is: 'doubt', value: place.cercle ?? place.region ?? name, text: name }
    return { is: 'answer', answer: { is: 'place', value: { ...place, said: said.raw } } }
  }
  if (skipped(ears, hearing, expected)) return { is: 'answer', answer: { is: 'nothing' } }
  const other = outside(ears, hearing, expected)
  const short = core.words.length > 0 && core.words.length <= longestPlace && /[a-z]{2}/.test(core.tight)
  if (other.is !== 'nothing' || !short) return other
  return { is: 'answer', answer: { is: 'place', value: { said: said.raw } } }
}

/** Words are the answer, whatever they are, but for a control word that stands alone and a mere greeting. */
function hearFree(ears: Ears, hearing: Hearing, expected: Expected): Heard {
  const { core, said } = hearing
  const control = controlWord(ears, core)
  if (control !== undefined && (core.words.length === 1 || control === 'help_me')) return universal(control)
  if (skipped(ears, hearing, expected)) return { is: 'answer', answer: { is: 'nothing' } }
  if (core.words.length === 0 && said.words.length > 0) {
    const polite = courtesy(hearing, expected)
    // Baraka is thanks, and a name.
    if (polite.is === 'greeting' || (polite.is === 'thanks' && expected.ask !== 'name')) return polite
  }
  return said.raw === '' ? nothing : { is: 'answer', answer: { is: 'text', value: said.raw } }
}

/** What a text says when it answers nothing that is open. */
function outside(ears: Ears, hearing: Hearing, expected: Expected | undefined): Heard {
  const { core, said, language } = hearing
  const control = expected === undefined ? controlWord(ears, core) : undefined
  if (control !== undefined) return universal(control)
  if (core.words.length === 0) return courtesy(hearing, expected)
  const whole = ears.concepts.spoken(core, language).filter((id) => isOutside(ears, id))
  const first = whole.find((id) => isOfMenu(ears, id)) ?? whole[0]
  if (first !== undefined) {
    if (ears.concepts.group(first) === 'language') return universal('language')
    return { is: 'concept', concept: ears.concepts.chain(first).at(-1) ?? first }
  }
  if (expected === undefined) {
    const reply = ears.yesNo.words(said, false)
    if (reply !== undefined) return { is: 'concept', concept: reply }
  }
  const named = core.words.length > longestMeaning ? [] : ears.concepts.inside(core, language)
  if (named.includes('praise') && (hearing.thanks || hearing.eitherWay)) return { is: 'thanks' }
  const meant = plainMeaning(named)
  if (meant.length === 1 && meant[0] !== undefined) return { is: 'concept', concept: meant[0] }
  return expected === undefined ? slipOutside(ears, core) : nothing
}

/** "I need food" names a need and food: food is meant. "My trade goes well" names work, and is praise. */
function plainMeaning(named: readonly string[]): readonly string[] {
  if (named.includes('praise') && !named.includes('need') && !named.includes('problem')) return ['praise']
  const special = named.filter((concept) => concept !== 'need' && concept !== 'praise')
  return special.length > 0 ? special : named
}

function slipOutside(ears: Ears, core: Said): Heard {
  if (core.words.length > 2) return nothing
  const near = slipsOf(ears.slips, core)
  const concepts = new Set(near.map(({ concept }) => concept))
  const [only] = near
  return concepts.size === 1 && only !== undefined
    ? { is: 'doubt', value: only.concept, text: only.text }
    : nothing
}

function isOutside(ears: Ears, concept: string): boolean {
  const group = ears.concepts.group(concept)
  return group !== 'sensitive' && group !== 'said'
}

function isOfMenu(ears: Ears, concept: string): boolean {
  const group = ears.concepts.group(concept)
  return group === 'menu' || group === 'need' || group === 'language'
}

/** A message of courtesy alone. "i ni ce" is a greeting when nothing is open, and thanks when a question is. */
function courtesy({ greeting, thanks, eitherWay, said }: Hearing, expected: Expected | undefined): Heard {
  if (said.words.length === 0) return nothing
  if (thanks) return { is: 'thanks' }
  if (greeting !== undefined) return { is: 'greeting', greeting }
  if (!eitherWay) return nothing
  return expected === undefined ? { is: 'greeting', greeting: 'any' } : { is: 'thanks' }
}

function controlWord(ears: Ears, core: Said): Universal | undefined {
  if (core.tight === '00') return 'leave'
  if (core.tight === '0') return 'menu'
  return ears.universal(core)
}

function skipped(ears: Ears, { core }: Hearing, { optional, ask }: Expected): boolean {
  if (!optional) return false
  if (ears.skips(core)) return true
  return ask !== 'choice' && ask !== 'yes_no' && ears.yesNo.words(core, true) === 'no'
}

function holdsYesNo({ choices }: Expected): boolean {
  return choices?.some(({ value }) => value === 'yes' || value === 'no') ?? false
}

function universal(word: Universal): Heard {
  return { is: 'universal', word }
}

function taken({ value, sure, text }: Chosen): Heard {
  return sure ? { is: 'answer', answer: code(value) } : { is: 'doubt', value, text }
}

function code(value: string): Answer {
  return { is: 'code', value }
}
