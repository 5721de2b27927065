/**
 * What is decided to be said, turned into what a channel can show: one idea, then the choices, digits first. Every
 * label carries its number, so that a list shown as buttons can also be typed.
 */
import type { Clip } from '../core/clip.ts'
import type { Choice, Say, Spoken, SpokenFile } from '../core/message.ts'
import type { Locales } from './locale.ts'

/** What rendering needs to know of a channel; `channel/contract.ts` gives more. */
export type Screen = {
  /** Buttons at once, and characters on one; undefined: the list is part of the text. */
  readonly buttons: { readonly most: number; readonly labelLength: number } | undefined
  /** Characters in one message. A longer text is not cut here: the channel sends it in parts. */
  readonly textLength: number
  /** Bytes of the largest voice note and picture; absent: none can be sent. */
  readonly files?: { readonly voice?: number; readonly photo?: number }
}

/**
 * The words of a wish, in its language. The choices are buttons where all of them fit the screen, otherwise lines of
 * the text; never both, so that nobody reads the list twice. Never fails: a missing sentence is said in French.
 */
export function speak(say: Say, screen: Screen, locales: Locales): Spoken {
  // The words that follow carry the key: what goes by a sentence (its template, say) goes once.
  if (say.clip) {
    return { language: say.language, text: '', file: fileOf(say.clip) }
  }
  const text = locales.t(say.language, say.text, say.vars)
  const vars = say.vars && Object.keys(say.vars).length > 0 ? { vars: say.vars } : {}
  const before = say.aloud ? { before: fileOf(say.aloud) } : {}
  const spoken = { language: say.language, key: say.text, ...vars, ...before }
  const { choices, list } = say
  if (choices === undefined || choices.length === 0) return { ...spoken, text }
  const labels = choices.map((choice, index) => labelOf(choice, index, say, locales))
  if (list === undefined || !fits(labels, screen)) {
    return { ...spoken, text: [text, ...labels].join('\n') }
  }
  return {
    ...spoken,
    text,
    buttons: labels.map((label, index) => ({ label, list, number: index + 1 })),
  }
}

function fileOf(clip: Clip): SpokenFile {
  return { kind: 'voice', mime: 'audio/ogg', ...clip }
}

/** Digits first: people who do not read know them. */
function labelOf(choice: Choice, index: number, say: Say, locales: Locales): string {
  return `${index + 1} ${locales.t(say.language, choice.text, say.vars)}`
}

/** A list is shown whole or not at all: a cut label says something else. */
export function fits(labels: readonly string[], { buttons }: Screen): boolean {
  return (
    buttons !== undefined &&
    labels.length <= buttons.most &&
    labels.every((label) => [...label].length <= buttons.labelLength)
  )
}
