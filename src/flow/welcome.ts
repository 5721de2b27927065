/** The first contact: whatever is said first is kept, and the welcome begins. */
import { isForeign } from './idle.ts'
import { known } from './known.ts'
import { giveToReaders, isGuarded } from './opening.ts'
import { run } from './run.ts'
import { keepThing, parkVoice } from './sent.ts'
import { sentences } from './sentences.ts'
import type { Answer } from './session.ts'
import { enterFlow } from './stack.ts'
import { hear, isNumber, isWord } from './text.ts'
import { onUniversal } from './universal.ts'
import { inWords, isQuiet, speak, type Walk } from './walk.ts'

/**
 * Nobody has met us here yet: no language chosen, nothing asked about what may be kept. For a day after danger nobody is
 * welcomed and no child is asked to agree: what they say goes to those who guard the matter.
 */
export function needsWelcome(walk: Walk): boolean {
  const { session, situation } = walk
  const met = situation.language !== undefined && situation.consent.keep_data !== undefined
  if (session.welcomed || met || session.stack.length > 0 || isQuiet(walk) || isGuarded(walk)) return false
  return walk.parts.book.current(known.welcome) !== undefined
}

/** Welcomes somebody who wrote a text; STOP is obeyed before any welcome, help comes before it. */
export function welcomeText(walk: Walk, text: string): void {
  const heard = hear(walk, text, undefined)
  if (heard.is === 'universal' && isWord(heard, 'stop', 'leave')) {
    onUniversal(walk, heard.word)
    return
  }
  if (heard.is === 'universal' && isWord(heard, 'help', 'help_me', 'person')) {
    begin(walk, { fresh: true })
    onUniversal(walk, heard.word)
    return
  }
  const foreign = isForeign(walk, text)
  const empty = heard.is === 'greeting' || heard.is === 'thanks' || heard.is === 'universal'
  const said: Record<string, Answer> =
    empty || foreign || isNumber(walk, text) ? {} : { said: inWords(walk, text) }
  if (foreign) {
    giveToReaders(walk, 'not_understood', text)
    walk.session.foreignAt = walk.now
    speak(walk, sentences.anyLanguage)
  }
  begin(walk, { answers: said })
  run(walk)
}

/** Welcomes somebody who spoke: a person hears the note, and danger is asked for before anything else (S6). */
export function welcomeVoice(walk: Walk): void {
  // Heard already: the welcome does not ask what is needed once more.
  begin(walk, { fresh: true, answers: { opened: { is: 'code', value: 'yes' } } })
  parkVoice(walk)
  run(walk)
}

/** Welcomes somebody who sent something else; photos and documents are kept for a person. */
export function welcomeThing(walk: Walk): void {
  begin(walk, { fresh: true })
  if (walk.input.kind === 'file') keepThing(walk)
  run(walk)
}

function begin(
  walk: Walk,
  given: { readonly answers?: Readonly<Record<string, Answer>>; readonly fresh?: boolean },
): void {
  walk.session.greeted = true
  enterFlow(walk, known.welcome, given)
}
