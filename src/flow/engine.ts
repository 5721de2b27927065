/** The conversation, purely: (session, input, situation) -> [session', happenings]. Never waits, reads a clock or rolls a die. */
import type { Happening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import type { World } from '../world.ts'
import type { Vocabulary } from './answer/vocabulary.ts'
import type { FlowBook } from './definition.ts'
import type { Input, Session, Situation } from './session.ts'

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
export declare function makeEngine(parts: {
  readonly book: FlowBook
  readonly vocabulary: Vocabulary
  readonly label: (text: string, language: Language) => string | undefined
  /** Short hash of a wording as it was shown, for the record of consent (Locales.wording). */
  readonly wording: (text: string, language: Language) => string
}): Engine
