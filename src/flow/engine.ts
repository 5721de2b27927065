/** The conversation, purely: (session, input, situation) -> [session', happenings]. Never waits, reads a clock or rolls a die. */
import type { Happening } from '../core/event.ts'
import { type Language, languages } from '../core/language.ts'
import type { World } from '../world.ts'
import type { Expected } from './answer/heard.ts'
import type { Vocabulary } from './answer/vocabulary.ts'
import type { Ask, Flow, FlowBook } from './definition.ts'
import { handle } from './handle.ts'
import type { Input } from './input.ts'
import type { Session, Situation } from './session.ts'
import { choicesOf } from './steps/ask.ts'
import type { Parts } from './walk.ts'

/** What one input led to. No happening and the same session means that nothing is written. */
export type Sprint = { readonly session: Session; readonly happenings: readonly Happening[] }

/** What the engine needs besides the session: the flows and the words that people use. */
export type Engine = {
  /**
   * Walks until a question waits, the flows end, or 100 steps were taken. `session` is undefined for an address never
   * heard; a session that cannot go on (its flow or step is gone, its version is unknown) restarts politely.
   */
  respond(session: Session | undefined, input: Input, situation: Situation, world: World): Sprint
}

/** `label` gives the words of a choice, so that saying the label chooses it; undefined where a language lacks it. */
export function makeEngine(given: {
  readonly book: FlowBook
  readonly vocabulary: Vocabulary
  readonly label: (text: string, language: Language) => string | undefined
  /** Short hash of a wording as it was shown, for the record of consent (Locales.wording). */
  readonly wording: (text: string, language: Language) => string
  readonly voices?: Parts['voices']
  readonly published?: Parts['published']
}): Engine {
  const parts: Parts = { ...given, expected: expectations(given.label), labelKey: labelKeys() }
  return { respond: (session, input, situation, world) => handle(parts, session, input, situation, world) }
}

/** What each question expects, made once per question: the labels of its choices in every language. */
function expectations(label: (text: string, language: Language) => string | undefined): Parts['expected'] {
  const made = new WeakMap<Ask, Expected>()
  return (step) => {
    const before = made.get(step)
    if (before) return before
    const words = new Map(step.choices?.map((choice) => [choice.value, choice.words]))
    const choices = choicesOf(step).map(({ value, text }) => ({
      value,
      words: words.get(value),
      labels: Object.fromEntries(languages.map((language) => [language, label(text, language)])),
    }))
    const { ask, strict, optional } = step
    const expected: Expected = { ask, strict, optional, choices: choices.length > 0 ? choices : undefined }
    made.set(step, expected)
    return expected
  }
}

/** The locale keys of the labels of a flow, by the name under which the choice is kept and its value. */
function labelKeys(): Parts['labelKey'] {
  const made = new WeakMap<Flow, ReadonlyMap<string, string>>()
  return (flow, keep, value) => {
    let keys = made.get(flow)
    if (!keys) {
      const asks = flow.steps.filter((step): step is Ask => 'ask' in step)
      keys = new Map(
        asks.flatMap((step) =>
          choicesOf(step).map((choice) => [`${step.keep} ${choice.value}`, choice.text]),
        ),
      )
      made.set(flow, keys)
    }
    return keys.get(`${keep} ${value}`)
  }
}
