/**
 * What a text means to the open question. The order is that of domain notes 6.3: control words, digits and number words,
 * yes and no, words of concepts and labels, then one-letter slips, which are asked back; else nothing, and a person reads.
 */
import type { Language } from '../../core/language.ts'
import type { Answer } from '../session.ts'
import { readCaseNumber } from './case-number.ts'
import type { Chosen } from './choice.ts'
import { controlWord, type Ears, type Hearing, nothing, universal } from './ears.ts'
import type { Expected, Heard, Universal } from './heard.ts'
import { courtesy, outside, signs } from './outside.ts'
import { readPhone } from './phone.ts'
import { partOf, type Said } from './said.ts'

type Choices = NonNullable<Expected['choices']>

/** In a list this long "segin" may be the number 8 as well as "back". */
const longList = 8
/** "mon numéro de téléphone est le +223 76 12 34 56" has twelve words; a longer text is a story. */
const longestFigures = 16
/** A village has a short name; a longer text is something else. */
const longestPlace = 5

/** Control words that are meant even as a sentence, where a sentence is asked for. */
const sentencesToo: ReadonlySet<Universal> = new Set(['help_me', 'repeat', 'by_voice', 'text_only'])

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
    case 'code':
      return hearCode(ears, hearing, expected)
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
  // "fɔlɔ" is the first as well as the menu.
  const first =
    control === 'menu' && !expected.strict && ears.numbers.chosen(core) === 1 ? choices[0] : undefined
  if (first !== undefined) return { is: 'doubt', value: first.value, text: first.labels[language] ?? '1' }
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
  if (core.words.length === 0) return courtesy(ears, hearing, expected)
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

/** The digits themselves were looked for before (code.ts). */
function hearCode(ears: Ears, hearing: Hearing, expected: Expected): Heard {
  const control = controlWord(ears, hearing.core)
  if (control !== undefined) return universal(control)
  return skipped(ears, hearing, expected) ? { is: 'answer', answer: { is: 'nothing' } } : nothing
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

/** Words are the answer, whatever they are, but for a control word that stands alone, “I did not understand” and a greeting. */
function hearFree(ears: Ears, hearing: Hearing, expected: Expected): Heard {
  const { core, said } = hearing
  const control = controlWord(ears, core)
  if (control !== undefined && (core.words.length === 1 || sentencesToo.has(control)))
    return universal(control)
  if (skipped(ears, hearing, expected)) return { is: 'answer', answer: { is: 'nothing' } }
  if (said.words.length === 0) {
    const sign = signs(ears, said.raw)
    if (sign.is === 'thanks' || sign.is === 'universal') return sign
  }
  if (core.words.length === 0 && said.words.length > 0) {
    const polite = courtesy(ears, hearing, expected)
    // Baraka is thanks, and a name.
    if (polite.is === 'greeting' || (polite.is === 'thanks' && expected.ask !== 'name')) return polite
  }
  // A story or a name is wanted: "oui" is neither.
  if (expected.ask !== 'voice' && ears.yesNo.only(core)) return { is: 'nod' }
  return said.raw === '' ? nothing : { is: 'answer', answer: { is: 'text', value: said.raw } }
}

function skipped(ears: Ears, { core }: Hearing, { optional, ask }: Expected): boolean {
  if (!optional) return false
  if (ears.skips(core)) return true
  return ask !== 'choice' && ask !== 'yes_no' && ears.yesNo.words(core, true) === 'no'
}

function holdsYesNo({ choices }: Expected): boolean {
  return choices?.some(({ value }) => value === 'yes' || value === 'no') ?? false
}

function taken({ value, sure, text }: Chosen): Heard {
  return sure ? { is: 'answer', answer: code(value) } : { is: 'doubt', value, text }
}

function code(value: string): Answer {
  return { is: 'code', value }
}
