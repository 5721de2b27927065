/** How a person is answered: by voice with the text under it, or by text alone. */

/** What a person chose; nothing while they chose neither. */
export const answerings = ['voice', 'text'] as const
export type Answering = (typeof answerings)[number]

/** What is known when it is decided whether a sentence is also said aloud. */
export type Listening = {
  readonly chosen: Answering | undefined
  /** Everything this person ever sent was a voice note. */
  readonly onlySpeaks: boolean
  /** Others use the phone. */
  readonly shared: boolean
  /** The flow that talks is a sensitive one. */
  readonly sensitive: boolean
  /** It comes of our own accord: nobody knows who holds the phone. */
  readonly unasked: boolean
}

/**
 * Habit is enough in ordinary talk on a phone of one's own. What is played aloud is heard by whoever stands near: on a
 * shared phone only somebody's choice lets it speak, and then only in answer; sensitive matters are spoken only by choice on
 * a phone that nobody else uses.
 */
export function isSpokenTo({ chosen, onlySpeaks, shared, sensitive, unasked }: Listening): boolean {
  if (chosen === 'text' || (shared && (sensitive || unasked))) return false
  if (chosen === 'voice') return true
  return onlySpeaks && !shared && !sensitive
}

/** What clips may cost a person in a month while no other limit is set: about a hundred of them. */
const usualVoiceBudget = 5_000_000

/** Bytes of clips that went to a person in a month, `2026-03`. */
export type Carried = { readonly month: string; readonly bytes: number; readonly told?: true }

export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7)
}

/** The setting of the office as bytes; what nobody set is the usual limit. */
export function voiceBudgetOf(setting: unknown): number {
  return typeof setting === 'number' && setting >= 0 ? setting : usualVoiceBudget
}
