/** What a text says when it answers nothing that is open: courtesy, a wish of the menu, a need, praise. */
import { controlWord, type Ears, type Hearing, nothing, universal } from './ears.ts'
import { slipsOf } from './fuzzy.ts'
import type { Expected, Heard } from './heard.ts'
import type { Said } from './said.ts'

/** A sentence longer than this tells a story; a person reads it. */
const longestMeaning = 8

/** "merci beaucoup pour votre aide" says more than thanks; "i ni ce kosɛbɛ" does not. */
const longestThanks = 4
const praised: Heard = { is: 'thanks', praise: true }

/** Reads a text outside the question, or without one. */
export function outside(ears: Ears, hearing: Hearing, expected: Expected | undefined): Heard {
  const { core, said, language } = hearing
  const control = expected === undefined ? controlWord(ears, core) : undefined
  if (control !== undefined) return universal(control)
  if (core.words.length === 0) return courtesy(ears, hearing, expected)
  const whole = ears.concepts.spoken(core, language).filter((id) => isOutside(ears, id))
  const first = whole.find((id) => isOfMenu(ears, id)) ?? whole[0]
  if (first !== undefined) {
    if (ears.concepts.group(first) === 'language') return { is: 'universal', word: 'language', named: first }
    return { is: 'concept', concept: ears.concepts.chain(first).at(-1) ?? first }
  }
  if (ears.yesNo.only(said) || ears.yesNo.only(core)) return { is: 'nod' }
  const named = core.words.length > longestMeaning ? [] : ears.concepts.inside(core, language)
  if (named.includes('praise') && (hearing.thanks || hearing.eitherWay)) return praised
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
export function courtesy(ears: Ears, hearing: Hearing, expected: Expected | undefined): Heard {
  const { greeting, thanks, eitherWay, said } = hearing
  if (said.words.length === 0) return signs(ears, said.raw)
  const thanked: Heard = said.words.length > longestThanks ? praised : { is: 'thanks' }
  if (thanks) return thanked
  if (greeting !== undefined) return { is: 'greeting', greeting }
  if (!eitherWay) return nothing
  return expected === undefined ? { is: 'greeting', greeting: 'any' } : thanked
}

/** A message without a word: 🙏 thanks, 👍 nods, and "?" asks what was said. */
export function signs(ears: Ears, raw: string): Heard {
  if (ears.thanksBySign(raw)) return { is: 'thanks' }
  if (ears.yesNo.signs(raw) !== undefined) return { is: 'nod' }
  return /^[\s?!.…]+$/u.test(raw) ? universal('repeat') : nothing
}
