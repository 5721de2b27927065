/**
 * The answer of an old number to the neutral message that somebody asked to replace it (S4): a "2" and nothing else. Whoever
 * has the phone may say it, without being asked who speaks, and nothing of a case is told.
 */
import type { Expected } from './answer/heard.ts'
import { sentences } from './sentences.ts'
import { speak, tell, type Walk } from './walk.ts'

const aNumber: Expected = { ask: 'number', strict: false, optional: false }
const notMe = 2
const shortAnswer = 12

/** Gives true when the text disputes the change. A list that was shown since has the digit for itself. */
export function onDispute(walk: Walk, text: string): boolean {
  const { disputable } = walk.situation
  if (!disputable || text.trim().length > shortAnswer) return false
  const shown = walk.session.shown.at(-1)?.at ?? 0
  if (shown > disputable.at.getTime()) return false
  const heard = walk.parts.vocabulary.hear(text, aNumber, walk.language, walk.situation.now)
  const said = heard.is === 'answer' && heard.answer.is === 'number' ? heard.answer.value : undefined
  if (said !== notMe) return false
  tell(walk, { type: 'contact_disputed', request: disputable.request })
  speak(walk, sentences.disputed)
  return true
}
